import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.ts';
import { inTransaction } from './transaction.ts';

type Db = Kysely<Database>;

/**
 * Gives somebody an address, and takes the one before back. Safe to repeat: the same address is made once, and stays
 * taken back if it was.
 */
export const makeFeed = (db: Db, { hash, person }: { readonly hash: string; readonly person: string }): Promise<void> =>
  inTransaction(db, async (trx) => {
    // Two that are made at once come one after the other.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`feed ${person}`}, 0))`.execute(trx);
    if (await trx.selectFrom('calendar_feeds').select('hash').where('hash', '=', hash).executeTakeFirst()) return;
    await revokeFeed(trx, person);
    await trx.insertInto('calendar_feeds').values({ hash, person }).execute();
  });

/** Takes somebody's address back. Safe to repeat. */
export const revokeFeed = async (db: Db, person: string): Promise<void> => {
  await db
    .updateTable('calendar_feeds')
    .set({ revoked_at: sql<string>`clock_timestamp()` })
    .where('person', '=', person)
    .where('revoked_at', 'is', null)
    .execute();
};

/** Whose address this is, while it is good. */
export const findFeed = (db: Db, hash: string): Promise<{ readonly person: string } | undefined> =>
  db
    .selectFrom('calendar_feeds')
    .select('person')
    .where('hash', '=', hash)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();

/** When the address was made that somebody has now. */
export const feedOf = (
  db: Db,
  person: string,
): Promise<{ readonly hash: string; readonly madeAt: string } | undefined> =>
  db
    .selectFrom('calendar_feeds')
    .select(['hash', 'made_at as madeAt'])
    .where('person', '=', person)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
