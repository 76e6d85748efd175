import { ApplicationFailure } from '@temporalio/common';
import type { Kysely } from 'kysely';
import { doubtWhatMayHaveGone } from '../database/backup/restore.ts';
import { lockWaitingLetters, correctWaitingLetters } from '../database/corrections.ts';
import { digestOf } from '../database/digest.ts';
import { writeEntry } from '../database/entry.ts';
import type { Database } from '../database/schema.ts';
import type { MailHours } from '../database/send-times.ts';
import { workedOut } from '../database/worked-out.ts';
import type { Command } from '../domain/case/command.ts';
import type { TakenUnproved } from '../domain/case/proof.ts';
import { type CaseEvent, type CaseState, stageOf } from '../domain/case/state.ts';
import { transition } from '../domain/case/transition.ts';
import { later } from '../domain/dates.ts';
import type { CaseHeader, OpenedEvent } from '../domain/lifecycle.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import type { Answer } from '../workflows/messages.ts';
import { type Attempt, attempted } from './record/attempt.ts';
import type { CaseOnRecord, CatchUpInput, RecordInput, RecordOutcome } from './record/contract.ts';
import { withDocuments, type WriteDocument } from './record/documents.ts';
import { lettersOf } from './record/letters.ts';
import { foundOnRecord, lifecycleOf, readBeyondCase } from './record/on-record.ts';
import { planned } from './record/plans.ts';
import { checkedByDirectory } from './record/refused.ts';

export { recordTimeout } from './record/attempt.ts';
export type { CaseOnRecord, CatchUpInput, RecordInput, RecordOutcome, SendTimes } from './record/contract.ts';
export type { WriteDocument } from './record/documents.ts';

/**
 * How a case and the register keep together. The register leads: a workflow task can be run again after its transaction
 * was committed, by the same worker or another one, at a later time and with other things to do first. So a transition is
 * known again by the number of its first event and by the id of its command, never by its time or its content: what is on
 * record beyond the case is handed back, and the case takes it in before it decides anything.
 */
export const recordActivities = ({ db, ...means }: RecordDependencies) => ({
  /**
   * Puts one transition on record, in one transaction: its events, the instants of its new deadlines, the case as it
   * stands, who and why, and the messages to send.
   *
   * Safe to repeat: its first event is written directly after the last one that the case knows, or nothing is. All that it
   * does, it does in this transaction, files included: a worker that dies before COMMIT, or in it, has done all or nothing,
   * and what it has done is what the next try finds on record.
   *
   * @throws ApplicationFailure `RegisterBehind` if the register has less than the case knows, `NobodyAsked` if what is refused
   * is no command: nothing is written, and no further try of the activity would help. `workflows/record.ts` has it fail the
   * workflow task, which Temporal tries again until somebody has mended the cause, never the case
   */
  record: (input: RecordInput): Promise<RecordOutcome> =>
    attempted(
      db,
      () => firstEventOf(input),
      (attempt) => putOnRecord(attempt, input, means),
    ),

  /**
   * What is on record beyond what a case knows, and what the command that is asked about was answered. Takes the same lock
   * as `record`, so that whoever was at the case has ended. Safe to repeat: it changes nothing.
   *
   * @throws ApplicationFailure `RegisterBehind`, as above
   */
  catchUp: (input: CatchUpInput): Promise<CaseOnRecord> =>
    attempted(
      db,
      () => `${input.case}/catchUp`,
      (attempt) => readBeyondCase(attempt, input),
    ),
});

export interface RecordDependencies {
  readonly db: Kysely<Database>;
  /** Whether mail of live cases waits for its readers' working hours. */
  readonly mailHours?: MailHours;
  /** Whose commands are taken without a proof. */
  readonly unproved?: TakenUnproved;
  /** Writes the documents that a lifecycle circulates by itself, to be kept in the register; where it is absent, they have to be given. */
  readonly written?: WriteDocument | undefined;
}

export type RecordActivities = ReturnType<typeof recordActivities>;

const idIn = ({ before, events: [event] }: RecordInput): string =>
  before?.id ?? (event as CaseEvent & OpenedEvent<{ header: CaseHeader }>).input.header.id;

/** The name of an attempt in tests of faults: `action/a/accepted/3`. */
const firstEventOf = (input: RecordInput): string =>
  `${idIn(input)}/${input.events[0]?.type}/${input.events[0]?.number}`;

async function putOnRecord(
  attempt: Attempt,
  input: RecordInput,
  { written, unproved = 'operators', mailHours = 'office' }: Omit<RecordDependencies, 'db'>,
): Promise<RecordOutcome> {
  const { trx } = attempt;
  const { before, command, played } = input;
  const lifecycle = lifecycleOf(input.kind);
  const id = idIn(input);
  // Locks the case until COMMIT. Postgres ends a transaction that stands still with it; who stood still before gives up here.
  // Gives what this command was answered, or all events that the case does not know, or `CaseExists` to another's opening.
  const earlier = await foundOnRecord(attempt, lifecycle, input, id);
  if (earlier) return earlier;

  await lockWaitingLetters(trx, id, input.events);
  const events = await workedOut(trx, lifecycle, before, input.events);
  const moved = transition(lifecycle, before, events);
  const now = later(input.now ?? '', moved.after.lastAt);
  const checked = await checkedByDirectory(trx, lifecycle, { ...input, events }, moved, { now, unproved });
  if (isRefusal(checked)) return refusedTo(command, checked);
  const { onBehalfOf, proof } = checked;
  const stamped = onBehalfOf === undefined ? events : events.map((event) => ({ ...event, onBehalfOf }));
  const decided = await withDocuments(trx, written, lifecycle, { ...input, events: stamped });
  // A file that was kept for it is named by no event, and goes with the next retention.
  if (isRefusal(decided)) return refusedTo(command, decided);

  const { plans, complete } = await planned(trx, lifecycle, transition(lifecycle, before, decided));
  const messages = await lettersOf(trx, lifecycle, complete, { now, hours: played ? 'office' : mailHours });
  const answer = command && answerTo(command, complete.after);
  const answered = answer && command ? { command: { id: command.id, digest: answer.digest, answer, ...proof } } : {};
  await writeEntry(trx, { lifecycle, ...complete, messages, rules: input.rules, ...answered });
  await correctWaitingLetters(trx, complete.after.id, complete.events);
  const keys = messages.map(({ message }) => message.key);
  // A played case tells of other years: what was restored when means nothing to it.
  if (keys.length > 0 && !played) await doubtWhatMayHaveGone(trx, keys);

  // Histories hold this: what goes at once is left out, and so is the event `planned`, which the case makes of the plans.
  const waiting = messages.filter(({ time }) => time.sendAt > now);
  const sendAt = Object.fromEntries(waiting.map(({ message, time }) => [message.key, time.sendAt]));
  return { outcome: 'recorded', events: decided, plans, answer, sendAt };
}

function refusedTo(command: Command | undefined, refusal: Refusal): RecordOutcome {
  if (command) return { outcome: 'refused', refusal };
  const because = `What happens by itself is refused, and nobody would hear of it: ${refusal.because}`;
  throw ApplicationFailure.nonRetryable(because, 'NobodyAsked');
}

const answerTo = ({ name, body }: Command, after: CaseState): Answer => ({
  case: after.id,
  event: after.number,
  stage: stageOf(after),
  at: after.lastAt,
  digest: digestOf(name, body),
});
