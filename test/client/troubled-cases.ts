import { ApplicationFailure, condition, setHandler } from '@temporalio/workflow';
import { commandUpdate, viewQuery } from '../../workflows/messages.ts';

/** How a case of the tests is in trouble. */
export type Trouble =
  | { readonly is: 'neverEndingCommands' | 'brokenCommands' }
  /** Its task fails until an instant, in milliseconds; for ever where that never comes. */
  | { readonly is: 'failingTask'; readonly until: number };

export const registerBehind =
  'The register has 5 events of action/behind, the case itself 7: it is older than Temporal.';

/** Stands in the place of a case, and behaves as one does whose surroundings are broken. */
export async function action(trouble: Trouble): Promise<void> {
  setHandler(commandUpdate('note'), async (body) => {
    if (trouble.is === 'neverEndingCommands') await condition(() => false);
    if (trouble.is === 'brokenCommands') throw ApplicationFailure.nonRetryable('The disk is full.', 'SomethingElse');
    return { body } as never;
  });
  setHandler(viewQuery, () => ({ id: 'action/troubled' }) as never);
  if (trouble.is === 'failingTask' && Date.now() < trouble.until) throw new Error(registerBehind);
  await condition(() => false);
}
