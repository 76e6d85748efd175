import { type Kysely, sql, Transaction } from 'kysely';
import type { Database } from './schema.ts';

/** In the transaction that is under way, or in one of its own. */
export const inTransaction = <T>(db: Kysely<Database>, act: (trx: Transaction<Database>) => Promise<T>): Promise<T> =>
  db instanceof Transaction ? act(db) : db.transaction().execute(act);

/** A transaction in which nothing may be asked for as long as its client likes: Postgres does not end it. */
export const staysOpen = async (trx: Transaction<Database>): Promise<void> => {
  await sql`set local idle_in_transaction_session_timeout = 0`.execute(trx);
};
