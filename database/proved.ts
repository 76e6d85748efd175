import type { Kysely, Transaction } from 'kysely';
import {
  notProved,
  type Proved,
  refuseStatement,
  refuseUnproved,
  type Statement,
  type TakenUnproved,
} from '../domain/case/proof.ts';
import type { Instant } from '../domain/dates.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { inService } from './actor.ts';
import { type FoundKey, findProofKey, linkNamedIn } from './proof-keys.ts';
import type { Database } from './schema.ts';
import { keyNamedIn, statementIn } from './signed.ts';
import { hasLeft, surroundingsOf } from './surroundings.ts';

/** With what key a statement proves that this person gives this; or why it does not, by the register's keys and clock. */
export async function keyThatProves(
  trx: Transaction<Database>,
  proof: string,
  asked: Proved,
): Promise<string | Refusal> {
  const signed = await signedIn(trx, proof, asked.by);
  if (isRefusal(signed)) return signed;
  const { statement, key } = signed;
  const link = await linkNamedIn(trx, asked.id);
  return refuseStatement(statement, asked, key, key.now, link) ?? (await refuseLeft(trx, asked.by, key.now)) ?? key.id;
}

interface Signed {
  readonly statement: Statement;
  readonly key: FoundKey;
}

/** A statement whose signature is that of a key on record. */
async function signedIn(trx: Transaction<Database>, proof: string, by: string): Promise<Signed | Refusal> {
  const kid = await keyNamedIn(proof);
  if (kid === undefined) return notProved(by, 'what it comes with is no proof');
  const key = await findProofKey(trx, kid);
  if (!key) return notProved(by, `the register knows no key ${kid}; log in (\`./entente login\`)`);
  const statement = await statementIn(proof, key.publicKey);
  return statement ? { statement, key } : notProved(by, `its signature is not that of the key ${kid}`);
}

/** Why somebody gives no more commands, whatever keys they have. */
export async function refuseLeft(trx: Transaction<Database>, by: string, now: Instant): Promise<Refusal | undefined> {
  const person = (await surroundingsOf(trx, [`person/${by}`])).people.get(by);
  return person && hasLeft(person, now)
    ? notProved(by, `${by} has left on ${person.leftOn}, and gives no more commands`)
    : undefined;
}

/** Something that somebody gives without a proof. */
export interface Unsigned {
  readonly by: string;
  readonly command: string;
  /** It looks at what somebody else has done. */
  readonly isSecond?: boolean;
  /** By the day of which they are what the directory says. */
  readonly at: Instant;
}

/** Why something is not taken without a proof. */
export async function refuseWithoutProof(
  db: Kysely<Database>,
  { by, command, isSecond = false, at }: Unsigned,
  taken: TakenUnproved,
): Promise<Refusal | undefined> {
  if (taken === 'anybody') return undefined;
  const roles = taken === 'operators' ? (await inService(db, by, at)).roles : [];
  const isOperator = roles.some(({ role }) => role === 'operator');
  return refuseUnproved({ by, command, isSecond, isOperator }, taken);
}
