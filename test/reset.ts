import type { Client } from '@temporalio/client';

/** Resets a workflow to before this command was taken, as an operator can do in the Temporal UI, and without what came after. */
export async function resetToBefore(client: Client, workflowId: string, command: string): Promise<void> {
  const { workflowService, options } = client;
  const { namespace } = options;
  const { history } = await workflowService.getWorkflowExecutionHistory({ namespace, execution: { workflowId } });
  const events = history?.events ?? [];
  const taken = events.findIndex(
    ({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) =>
      accepted?.acceptedRequest?.input?.name === command,
  );
  const task = events.slice(0, taken).findLast((event) => event.workflowTaskCompletedEventAttributes);
  await workflowService.resetWorkflowExecution({
    namespace,
    workflowExecution: { workflowId },
    workflowTaskFinishEventId: task?.eventId ?? null,
    // Signals and updates that came after.
    resetReapplyExcludeTypes: [1, 2],
    reason: 'by mistake',
    requestId: `reset-${workflowId}`,
  });
}
