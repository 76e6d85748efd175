import { settleAsSent } from '../database/ledger.ts';
import { coordinatorOf } from '../database/lists/messages.ts';
import { refuseBesideCases, refuseUnknownPerson } from '../database/people.ts';
import { unlessRefused } from './errors.ts';
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
    unlessRefused(await refuseUnknownPerson(db, verdict.by));
    unlessRefused(
      await refuseBesideCases(db, 'mail settle', verdict.by, { coordinator: await coordinatorOf(db, key) }),
    );
    return settleAsSent(db, key, verdict);
  });
