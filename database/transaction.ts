import { type Kysely, sql, Transaction } from 'kysely';
import { isRefusal } from '../domain/refusal.ts';
import type { Database } from './schema.ts';

/** In the transaction that is under way, or in one of its own: with a refusal that ends as if it had never begun. */
export async function inTransaction<T>(
  db: Kysely<Database>,
  act: (trx: Transaction<Database>) => Promise<T>,
): Promise<T> {
  if (db instanceof Transaction) return act(db);
  try {
    return await db.transaction().execute(async (trx) => {
      const result = await act(trx);
      if (isRefusal(result)) throw new TakenBack(result);
      return result;
    });
  } catch (error) {
    if (error instanceof TakenBack) return error.result as T;
    throw error;
  }
}

/** Does something to see what comes of it, and takes back what it has stored. */
export async function onTrial<T>(trx: Transaction<Database>, act: () => Promise<T>): Promise<T> {
  await sql`savepoint trial`.execute(trx);
  const outcome = await act();
  await sql`rollback to savepoint trial`.execute(trx);
  return outcome;
}

/** Nothing of what was refused is stored. */
class TakenBack extends Error {
  readonly result: unknown;
  constructor(result: unknown) {
    super('Refused');
    this.result = result;
  }
}

/** A transaction in which nothing may be asked for as long as its client likes: Postgres does not end it. */
export const staysOpen = async (trx: Transaction<Database>): Promise<void> => {
  await sql`set local idle_in_transaction_session_timeout = 0`.execute(trx);
};
