import type { Kysely, Transaction } from 'kysely';
import { faultPoint } from '../../database/fault-points.ts';
import type { Database } from '../../database/schema.ts';

/** Of one attempt, in milliseconds. */
export const recordTimeout = 5_000;

/** One try of an activity: its transaction, and until when by this process's own clock it may write. */
export interface Attempt {
  readonly trx: Transaction<Database>;
  readonly until: number;
}

/** Runs one try in one transaction: it is on record as a whole, or not at all. `what` names it to fault points. */
export async function attempted<T>(
  db: Kysely<Database>,
  what: () => string,
  act: (attempt: Attempt) => Promise<T>,
): Promise<T> {
  const until = performance.now() + recordTimeout;
  await faultPoint('beforeBegin', what);
  const outcome = await db.transaction().execute(async (trx) => {
    const done = await act({ trx, until });
    await faultPoint('beforeCommit', what);
    return done;
  });
  await faultPoint('afterCommit', what);
  return outcome;
}
