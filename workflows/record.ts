import { ActivityFailure, ApplicationFailure, isCancellation, proxyLocalActivities } from '@temporalio/workflow';
import type { CaseOnRecord, CatchUpInput, RecordActivities, RecordInput, RecordOutcome } from '../activities/record.ts';
import { spaced } from '../domain/case/label.ts';

// Short, keyed and idempotent, so a local activity: it costs one event instead of three and no task of its own. All its
// tries together stay within one workflow task: what takes longer would cost the history three events every few seconds.
const { record, catchUp } = proxyLocalActivities<RecordActivities>({
  startToCloseTimeout: '5s',
  scheduleToCloseTimeout: '7s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '2s' },
});

/** Puts a transition into the register, however long that takes; the Temporal UI names its events. */
export function putOnRecord(input: RecordInput): Promise<RecordOutcome> {
  const summary = `On record: ${input.events.map(({ type }) => spaced(type)).join(', ')}`;
  return untilItAnswers(record.executeWithOptions({ summary }, [input]));
}

/** What the register has beyond what the case knows. */
export const readFromRegister = (input: CatchUpInput): Promise<CaseOnRecord> =>
  untilItAnswers(catchUp.executeWithOptions({ summary: 'What is on record' }, [input]));

/**
 * A register that does not answer, or is older than the case, fails the workflow task, not the case, since what is thrown
 * here is no `ApplicationFailure`: Temporal tries the task again for as long as it takes, shows why, and adds nothing to
 * the history. Whatever comes meanwhile waits in line behind it.
 */
async function untilItAnswers<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (isCancellation(error) || isOfEarlierVersion(error)) throw error;
    throw new Error(reasonIn(error), { cause: error });
  }
}

const causeOf = (error: unknown): unknown => (error instanceof ActivityFailure ? error.cause : error);

const reasonIn = (error: unknown): string => {
  const cause = causeOf(error);
  return cause instanceof ApplicationFailure && cause.nonRetryable
    ? `${cause.type}: ${cause.message}`
    : `The register does not answer: ${cause instanceof Error ? cause.message : String(cause)}`;
};

/** Histories of 0.2 hold this failure of a command, which its giver was told; the case has caught up since. */
function isOfEarlierVersion(error: unknown): boolean {
  const cause = causeOf(error);
  return cause instanceof ApplicationFailure && cause.type === 'RegisterAhead';
}
