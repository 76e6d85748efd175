import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { msToTs, tsToMs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';

/**
 * Moves the clock of one workflow on, on a server that allows it (see the flags of the embedded one), and waits until it is there.
 *
 * Timers on the way fire in order; what runs (an activity, say) is waited for. Not to so short a time
 * past a timer that a task of it may still be done then: the server may go too far (see {@link skip}).
 */
export async function fastForward(client: Client, workflowId: string, milliseconds: number): Promise<void> {
  const fastForwardId = await setGoing(client, workflowId, milliseconds, asManyAsThereAre);
  const {
    FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_COMPLETED: done,
    FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_FAILED: failed,
  } = proto.temporal.api.enums.v1.FastForwardPollingResult;
  for (;;) {
    const answer = await client.workflowService.pollWorkflowExecutionTimeSkipping({
      namespace: client.options.namespace,
      workflowExecution: { workflowId },
      fastForwardId,
    });
    if (answer.fastForwardPollingResult === done) return;
    if (answer.fastForwardPollingResult === failed)
      throw new Error(`The clock of ${workflowId} could not be moved on: ${answer.failedReason}`);
  }
}

const asManyAsThereAre = 100_000;

/**
 * Sets a clock going by one skip: to its next timer, or as far as said where that is nearer. Whoever sets it going sees by
 * what happens that it has arrived.
 *
 * Temporal 1.32.0 forgets how far a clock was to go if a task of the workflow is done just after it has come by there, and
 * skips to the timer after that, weeks too far (mended later: temporalio/temporal, pull request 11373). With one skip it cannot.
 */
export async function skip(client: Client, workflowId: string, milliseconds: number): Promise<void> {
  await setGoing(client, workflowId, milliseconds, 1);
}

async function setGoing(
  client: Client,
  workflowId: string,
  milliseconds: number,
  maxSessionSkipCount: number,
): Promise<string> {
  const id = randomUUID();
  await client.workflowService.updateWorkflowExecutionOptions({
    namespace: client.options.namespace,
    workflowExecution: { workflowId },
    workflowExecutionOptions: {
      timeSkippingConfig: {
        enabled: true,
        maxSessionSkipCount,
        fastForwardConfig: { id, duration: msToTs(milliseconds) },
      },
    },
    updateMask: { paths: ['time_skipping_config'] },
  });
  return id;
}

export interface WorkflowLook {
  /** Its own now, in milliseconds since 1970. */
  readonly now: number;
  /** The same for as long as it only begins anew. */
  readonly firstRunId: string;
  readonly isOver: boolean;
  /** It is over, or waits for timers and messages alone: nothing of it is with a worker, or about to be. */
  readonly isIdle: boolean;
}

/** How the server sees a workflow, which is not asked itself. */
export async function lookAt(client: Client, workflowId: string): Promise<WorkflowLook> {
  const { workflowExecutionInfo, workflowExtendedInfo, pendingActivities, pendingWorkflowTask } =
    await client.workflowService.describeWorkflowExecution({
      namespace: client.options.namespace,
      execution: { workflowId },
    });
  const time = workflowExtendedInfo?.timeSkippingInfo?.currentTime;
  const isOver =
    workflowExecutionInfo?.status !==
    proto.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
  return {
    now: time ? tsToMs(time) : Date.now(),
    firstRunId: workflowExecutionInfo?.firstRunId ?? '',
    isOver,
    isIdle: isOver || (pendingActivities.length === 0 && !pendingWorkflowTask),
  };
}

/** The workflow's own now, in milliseconds since 1970. */
export const workflowNow = async (client: Client, workflowId: string): Promise<number> =>
  (await lookAt(client, workflowId)).now;
