import { settleAsSent } from '../database/ledger.ts';
import { coordinatorOf } from '../database/lists/messages.ts';
import { refuseBesideCases, refuseUnknownPerson } from '../database/people.ts';
import type { BesideCases } from './beside-cases.ts';
import { unlessRefused } from './errors.ts';

/**
 * Says in somebody's name that a message has arrived; false when it was not undelivered.
 *
 * @throws {@link RefusedError} if there is no such person, or it is not theirs to say
 */
export const settledAsSent = (
  besideCases: BesideCases,
  key: string,
  verdict: { readonly by: string; readonly why: string },
): Promise<boolean> => {
  const said = { command: 'mail settle', about: key, by: verdict.by, fields: { key, why: verdict.why } } as const;
  return besideCases.change(said, async (trx) => {
    const concerned = { coordinator: await coordinatorOf(trx, key) };
    unlessRefused(
      (await refuseUnknownPerson(trx, verdict.by)) ??
        (await refuseBesideCases(trx, 'mail settle', verdict.by, concerned)),
    );
    return settleAsSent(trx, key, verdict);
  });
};
