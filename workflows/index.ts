import { workflowInfo } from '@temporalio/workflow';
import { isKind, lifecycles } from '../domain/kinds.ts';
import { runCase } from './engine.ts';
import type { CaseInput, CaseOutcome } from './messages.ts';

export { answerCode } from './answer-code.ts';
export { signIn } from './sign-in.ts';

/** A case of each kind is a workflow that is named as the kind; Temporal gives this what no other function here is named as. */
export default async function anyCase(input: CaseInput): Promise<CaseOutcome> {
  const { workflowType } = workflowInfo();
  // Fails the task and not the case: a worker that knows the kind goes on with it.
  if (!isKind(workflowType)) throw new TypeError(`There are no cases of kind ${workflowType}.`);
  return runCase(lifecycles[workflowType], input);
}
