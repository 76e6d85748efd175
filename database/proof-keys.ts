import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { linkIn } from '../domain/case/command-id.ts';
import type { KnownLink, ProofKey } from '../domain/case/proof.ts';
import { findLink, signInOf } from './answer-links.ts';
import type { Database } from './schema.ts';

type Db = Kysely<Database>;

/** What stands on record of how a command was proved. */
export interface ProofOnRecord {
  readonly proved: boolean;
  readonly proof?: string;
  readonly key?: string;
}

/** By what a public key is called: 16 hexadecimal digits of its SHA-256. */
export const keyIdOf = (publicKey: string): string =>
  createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest('hex').slice(0, 16);

/** A key that is somebody's, and the register's time. */
export interface FoundKey extends ProofKey {
  /** The 32 bytes of Ed25519, as base64url. */
  readonly publicKey: string;
  readonly now: string;
}

/** Nothing for one that nobody has confirmed yet. */
export const findProofKey = (db: Db, id: string): Promise<FoundKey | undefined> =>
  db
    .selectFrom('proof_keys')
    .select(['id', 'public_key as publicKey', 'person', 'from_at as from', 'until_at as until'])
    .select(['revoked_at as revokedAt', sql<string>`clock_timestamp()`.as('now')])
    .where('id', '=', id)
    .where('from_at', 'is not', null)
    .$narrowType<{ from: string }>()
    .executeTakeFirst();

/**
 * Keeps the key of the pages. Safe to repeat: it is known already.
 *
 * @returns whether commands can be proved with it; not if it was revoked, or is somebody's
 */
export async function keepPagesKey(db: Db, publicKey: string): Promise<boolean> {
  const id = keyIdOf(publicKey);
  await db
    .insertInto('proof_keys')
    .values({ id, public_key: publicKey, owner: 'pages', place: 'pages', from_at: sql<string>`clock_timestamp()` })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const found = await findProofKey(db, id);
  return found?.publicKey === publicKey && found.person === null && found.revokedAt === null;
}

/** Those that nobody has confirmed within a day go: when the next is asked for, and when somebody signs in. */
export const forgetUnconfirmedKeys = (db: Db): Promise<unknown> =>
  db
    .deleteFrom('proof_keys')
    .where('from_at', 'is', null)
    .where('asked_at', '<', sql<string>`clock_timestamp() - interval '1 day'`)
    .execute();

/** What the register knows of the link that a command's id names. */
export async function linkNamedIn(db: Db, commandId: string): Promise<KnownLink | undefined> {
  const hash = linkIn(commandId)?.hash;
  const link = hash === undefined ? undefined : await findLink(db, hash);
  return (
    link && {
      is: signInOf(link.message) === undefined ? 'link' : 'session',
      person: link.person,
      case: link.case_id,
    }
  );
}
