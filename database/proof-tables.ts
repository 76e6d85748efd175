import type { Generated } from 'kysely';
import type { TakenUnproved } from '../domain/case/proof.ts';

/** A public key with which commands are proved, from the moment at which it is asked for. Its private half is with whoever made it. */
export interface ProofKeyTable {
  /** The first 16 hexadecimal digits of the SHA-256 of the key. */
  id: string;
  /** The 32 bytes of Ed25519, as base64url. */
  public_key: string;
  owner: 'person' | 'pages';
  /** Whose it is, once they have confirmed it; null for the pages' own. */
  person: Generated<string | null>;
  /** The computer that it was made at, as that one is called. */
  place: string;
  /** With which its asker finds it on the desk, to confirm it. */
  code: Generated<string | null>;
  /** By the database's clock, as all of these. */
  asked_at: Generated<string>;
  /** When it was confirmed: null until then. */
  from_at: Generated<string | null>;
  until_at: Generated<string | null>;
  /** The sign-in by which it was confirmed. */
  sign_in: Generated<string | null>;
  revoked_at: Generated<string | null>;
  revoked_by: Generated<string | null>;
  revoked_because: Generated<string | null>;
}

/** What was done to the directory, to calendars and to mail, by whom, and how that was proved. */
export interface DoneBesideCasesTable {
  id: string;
  at: Generated<string>;
  command: string;
  about: string | null;
  by: string | null;
  /** SHA-256 of command and fields; null of what came from elsewhere than our client. */
  digest: string | null;
  proved: boolean;
  /** The signed statement, a JWS. */
  proof: string | null;
  key: string | null;
}

/** Whose word is taken without a proof; one row at most. */
export interface TakenUnprovedTable {
  only_one: Generated<boolean>;
  whose: TakenUnproved;
  since: Generated<string>;
}
