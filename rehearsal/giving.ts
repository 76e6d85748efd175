import { type Client, WithStartWorkflowOperation } from '@temporalio/client';
import { markdownOf } from '../domain/case/markdown.ts';
import { kindOf } from '../domain/case/opening.ts';
import type { ToProve } from '../domain/case/proof.ts';
import type { Instant } from '../domain/dates.ts';
import { type Answer, commandUpdate, openingUpdate, taskQueue } from '../workflows/messages.ts';

/** What somebody gives a case of another year, with its proof where there is one, and where the case's clock stands. */
export interface GivenAt extends ToProve {
  readonly proof: string | undefined;
  readonly at: Instant;
}

/** Opens a case whose clock starts then. */
export function openedAt(client: Client, { id: commandId, case: workflowId, body: opening, proof, at }: GivenAt) {
  const startWorkflowOperation = new WithStartWorkflowOperation(kindOf(workflowId), {
    workflowId,
    taskQueue,
    args: [{ opening, commandId, startsAt: at, proof }],
    staticSummary: markdownOf(String(opening['title'])),
    workflowIdConflictPolicy: 'USE_EXISTING',
    // An opening that was refused leaves a failed workflow; it must not block the corrected one.
    workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
  });
  return client.workflow.executeUpdateWithStart(openingUpdate, {
    args: [{ commandId }],
    updateId: commandId,
    startWorkflowOperation,
  });
}

/** Gives a case a command, to which it takes its clock along. */
export const commandedAt = (client: Client, { id, case: caseId, command, body, proof, at }: GivenAt): Promise<Answer> =>
  client.workflow
    .getHandle(caseId)
    .executeUpdate(commandUpdate(command), { args: [body, { asOf: at, proof }], updateId: id });
