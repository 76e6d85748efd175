import { type Kysely, Transaction } from 'kysely';
import type { Database } from './schema.ts';

/** In the transaction that is under way, or in one of its own. */
export const inTransaction = <T>(db: Kysely<Database>, act: (trx: Transaction<Database>) => Promise<T>): Promise<T> =>
  db instanceof Transaction ? act(db) : db.transaction().execute(act);
