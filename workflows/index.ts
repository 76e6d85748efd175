import { lifecycles } from '../domain/kinds.ts';
import type { Lifecycle } from '../domain/lifecycle.ts';
import { runCase } from './engine.ts';
import type { CaseInput, CaseOutcome } from './messages.ts';

export { answerCode } from './answer-code.ts';
export { signIn } from './sign-in.ts';

const workflowOf =
  (lifecycle: Lifecycle) =>
  async (input: CaseInput): Promise<CaseOutcome> =>
    runCase(lifecycle, input);

/** A case of each kind is a workflow that is named as the kind; `test/workflows/kinds.test.ts` misses none. */
export const action = workflowOf(lifecycles.action);
export const appointment = workflowOf(lifecycles.appointment);
export const committee = workflowOf(lifecycles.committee);
export const edition = workflowOf(lifecycles.edition);
export const meeting = workflowOf(lifecycles.meeting);
export const mou = workflowOf(lifecycles.mou);
export const programme = workflowOf(lifecycles.programme);
export const request = workflowOf(lifecycles.request);
export const visit = workflowOf(lifecycles.visit);
export const workshop = workflowOf(lifecycles.workshop);
