import { randomUUID } from 'node:crypto';
import { Context, getClient } from '@temporalio/activity';
import { ApplicationFailure, WorkflowNotFoundError } from '@temporalio/common';
import {
  type Client,
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import type { Kysely } from 'kysely';
import { findCase } from '../database/lists/cases.ts';
import { readCommand } from '../database/register.ts';
import type { Database } from '../database/schema.ts';
import { markdownOf } from '../domain/case/markdown.ts';
import { kindOf } from '../domain/case/opening.ts';
import type { Instant } from '../domain/dates.ts';
import { isRefusalCode, type Refusal, refuse } from '../domain/refusal.ts';
import { type CommandOptions, commandUpdate, openingUpdate, taskQueue } from '../workflows/messages.ts';

export interface OpenInput {
  readonly kind: string;
  /** The flat record of `openingSchema`. */
  readonly opening: Readonly<Record<string, unknown>> & { readonly id: string; readonly title: string };
  readonly commandId: string;
  readonly startsAt?: Instant | undefined;
}

export interface TellInput {
  readonly case: string;
  readonly command: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly commandId: string;
  readonly asOf?: Instant | undefined;
}

/** What a case does to other cases. A refusal is an answer; only what may pass is tried again. */
export const caseActivities = ({ db }: { readonly db: Kysely<Database> }) => ({
  /**
   * Opens a case as a workflow of its own and waits until it is on record.
   *
   * Safe to repeat: its id is derived from its opener's, a second start joins the first.
   */
  async openCase({ kind, opening, commandId, startsAt }: OpenInput): Promise<Refusal | null> {
    const startWorkflowOperation = new WithStartWorkflowOperation(kind, {
      workflowId: `${kind}/${opening.id}`,
      taskQueue,
      args: [{ opening, commandId, startsAt }],
      staticSummary: markdownOf(opening.title),
      workflowIdConflictPolicy: 'USE_EXISTING',
      // An opening that was refused leaves a failed workflow; it must not block the corrected one.
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    });
    return answered(db, { case: `${kind}/${opening.id}`, commandId }, ({ workflow }) =>
      workflow.executeUpdateWithStart(openingUpdate, {
        args: [{ commandId }],
        updateId: commandId,
        startWorkflowOperation,
      }),
    );
  },

  /**
   * Gives another case a command, as one case tells another what has happened. One that is open on record and that nobody
   * runs is started again from the register first.
   *
   * Safe to repeat: the command's id is derived from the event that causes it.
   */
  async tellCase(told: TellInput): Promise<Refusal | null> {
    const { case: id, command } = told;
    return answered(db, told, async (client) => {
      try {
        await client.workflow.getHandle(id).executeUpdate(commandUpdate(command), updateOf(told));
      } catch (error) {
        const found = error instanceof WorkflowNotFoundError ? await findCase(db, id) : undefined;
        if (!found || found.state.closedAt) throw error;
        await tellFromRegister(client, told, found.state.title);
      }
    });
  },
});

/** Temporal answers an update's id once for all, so nobody may know this one before: the command's own id travels inside. */
const updateOf = ({ body, asOf, commandId }: TellInput): { args: [unknown, CommandOptions]; updateId: string } => ({
  args: [body, { asOf, commandId }],
  updateId: randomUUID(),
});

async function tellFromRegister(client: Client, told: TellInput, title: string): Promise<void> {
  const { case: id, asOf } = told;
  const startWorkflowOperation = new WithStartWorkflowOperation(kindOf(id), {
    workflowId: id,
    taskQueue,
    args: [{ startsAt: asOf }],
    staticSummary: markdownOf(title),
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
  });
  try {
    await client.workflow.executeUpdateWithStart(commandUpdate(told.command), {
      ...updateOf(told),
      startWorkflowOperation,
    });
  } catch (error) {
    // It has come to an end that the register knows nothing of: nothing is refused for that, it is tried again.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    throw new Error(`${id} is over in Temporal and open on record: the register is older.`, { cause: error });
  }
}

export type CaseActivities = ReturnType<typeof caseActivities>;

/** Shorter than the activity may take, so that no question of one attempt is pending beside the next. */
const answerWithinMs = 50_000;

async function answered(
  db: Kysely<Database>,
  { case: caseId, commandId }: Pick<TellInput, 'case' | 'commandId'>,
  ask: (client: Client) => Promise<unknown>,
): Promise<Refusal | null> {
  const client = getClient();
  try {
    await client.withAbortSignal(AbortSignal.timeout(answerWithinMs), () => ask(client));
    return null;
  } catch (error) {
    const refusal = refusalIn(error);
    // What an earlier attempt did not hear: it was taken, and the case is over by now.
    if (refusal) return (await readCommand(db, caseId, commandId)) ? null : refusal;
    throw isBusy(error) ? busy(caseId, error) : error;
  }
}

/** Temporal lets ten updates wait for one case at a time, and none while its task has failed and is tried again. */
function isBusy(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause)
    if (busyCodes.includes((each as { code?: unknown }).code)) return true;
  return false;
}

const busyCodes: readonly unknown[] = [8, 9];

/** The case is there, so there is no reason to stay away for long. */
const busy = (caseId: string, cause: unknown): ApplicationFailure =>
  ApplicationFailure.create({
    type: 'CaseBusy',
    message: `${caseId} is busy and is asked again soon: ${cause instanceof Error ? cause.message : String(cause)}`,
    nextRetryDelay: 700 * Math.min(Context.current().info.attempt, 10),
  });

/** The refusal behind an error; undefined when the error is none. */
function refusalIn(error: unknown): Refusal | undefined {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return undefined;
  if (error instanceof WorkflowExecutionAlreadyStartedError)
    return refuse('CaseExists', `${error.workflowId} was opened before and is over.`);
  if (error instanceof WorkflowNotFoundError)
    return refuse('CaseClosed', `${error.workflowId} is over, or was never opened.`);
  if (!(error instanceof WorkflowUpdateFailedError) || !(error.cause instanceof ApplicationFailure)) return undefined;
  const { type, message } = error.cause;
  return isRefusalCode(type) ? refuse(type, message) : undefined;
}
