import { settleAsSent } from '../database/ledger.ts';
import { refuseUnknownPerson } from '../database/people.ts';
import { RefusedError } from './errors.ts';
import type { RegisterConnection } from './register.ts';

/**
 * Says in somebody's name that a message has arrived; false when it was not undelivered.
 *
 * @throws {@link RefusedError} if there is no such person
 */
export const settledAsSent = (
  register: RegisterConnection,
  key: string,
  verdict: { readonly by: string; readonly why: string },
): Promise<boolean> =>
  register.change(async (db) => {
    const unknown = await refuseUnknownPerson(db, verdict.by);
    if (unknown) throw new RefusedError(unknown);
    return settleAsSent(db, key, verdict);
  });
