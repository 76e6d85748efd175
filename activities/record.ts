import { ApplicationFailure } from '@temporalio/common';
import type { Kysely, Transaction } from 'kysely';
import { calendarFor } from '../database/calendars.ts';
import { digestOf } from '../database/digest.ts';
import { refuseLocalTimes } from '../database/local-times.ts';
import { refuseUnknownReferences, refuseUnreachable } from '../database/references.ts';
import {
  lockCase,
  readCommand,
  readEvent,
  readSendTimes,
  type TimedMessage,
  writeEntry,
} from '../database/register.ts';
import { type MailHours, sendTimeOf, type When } from '../database/send-times.ts';
import type { Database } from '../database/schema.ts';
import { bodyOf, type Command, commandsOf } from '../domain/case/command.ts';
import { type Message, withAnswerDay } from '../domain/case/effects.ts';
import { openingSchema } from '../domain/case/opening.ts';
import { type CaseEvent, type CaseState, stageOf, unplannedDeadlines } from '../domain/case/state.ts';
import { plannedEvent, type Transition, transition } from '../domain/case/transition.ts';
import { type Instant, later } from '../domain/dates.ts';
import { isKind, lifecycles } from '../domain/kinds.ts';
import type { Plan } from '../domain/ladder.ts';
import type { Lifecycle } from '../domain/lifecycle.ts';
import { planDeadline } from '../domain/planning.ts';
import { referencesIn } from '../domain/references.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import type { Answer } from '../workflows/messages.ts';
import { completed } from './mail/complete.ts';

export interface RecordInput {
  readonly kind: string;
  readonly before?: CaseState | undefined;
  readonly events: readonly CaseEvent[];
  /** What was asked, when somebody asked; `opening` is the name under which a case is opened. */
  readonly command?: Command | undefined;
  /** A case that plays other years: its readers keep their hours, whatever mailbox takes its mail. */
  readonly played?: boolean | undefined;
  /** Case time: an event that was overdue carries an earlier one. Absent in cases of earlier versions: that of the events. */
  readonly now?: Instant | undefined;
}

export type RecordOutcome =
  | {
      readonly outcome: 'recorded';
      readonly plans: readonly Plan[];
      readonly answer?: Answer | undefined;
      /** When messages go, by their keys. One that is missing goes at once, as all did in earlier versions. */
      readonly sendAt?: SendTimes | undefined;
    }
  /** The same command was put on record by an earlier run: this is what it answered. */
  | { readonly outcome: 'answered'; readonly answer: Answer }
  | { readonly outcome: 'refused'; readonly refusal: Refusal };

export type SendTimes = Readonly<Record<string, Instant>>;

/**
 * Puts one transition on record, in one transaction: its events, the instants of its new deadlines, the case as it
 * stands, who and why, and the messages to send.
 *
 * Safe to repeat: the case's own event numbers are the key. A repeat finds the events and answers as the first time,
 * also when the reply to the first commit was lost.
 */
export const recordActivities = ({ db, mailHours = 'office' }: RecordDependencies) => ({
  record: (input: RecordInput): Promise<RecordOutcome> =>
    db.transaction().execute((trx) => record(trx, input, input.played ? 'office' : mailHours)),
});

export interface RecordDependencies {
  readonly db: Kysely<Database>;
  /** Whether mail of live cases waits for its readers' working hours. */
  readonly mailHours?: MailHours;
}

export type RecordActivities = ReturnType<typeof recordActivities>;

async function record(trx: Transaction<Database>, input: RecordInput, hours: MailHours): Promise<RecordOutcome> {
  const lifecycle = isKind(input.kind) ? lifecycles[input.kind] : undefined;
  if (!lifecycle) throw ApplicationFailure.nonRetryable(`This worker knows no kind "${input.kind}".`, 'UnknownKind');
  const moved = transition(lifecycle, input.before, input.events);
  const onRecord = await lockCase(trx, moved.after.id);
  const earlier = onRecord && (await foundOnRecord(trx, input, moved, onRecord.number));
  if (earlier) return earlier;
  const refusal = await refuseByDirectory(trx, lifecycle, input, moved.after);
  if (refusal) return { outcome: 'refused', refusal };
  const plans = await planNew(trx, lifecycle, moved.after);
  const complete = plans.length > 0 ? withPlans(lifecycle, moved, plans) : moved;
  const answer = input.command && answerTo(input.command, complete.after);
  const now = later(input.now ?? '', complete.after.lastAt);
  const asking = messagesIn(complete).map((message) => withAnswerDay(lifecycle, complete.after, message));
  const messages = await timed(trx, asking, { now, hours });
  await writeEntry(trx, {
    lifecycle,
    ...complete,
    messages,
    ...(answer && input.command ? { command: { id: input.command.id, digest: answer.digest, answer } } : {}),
  });
  const times = messages.map(({ message, time }) => [message.key, time.sendAt] as const);
  return { outcome: 'recorded', plans, answer, sendAt: waiting(times, now) };
}

const messagesIn = ({ effects }: Transition): Message[] =>
  effects.flatMap((effect) => (effect.type === 'mail' ? [effect.message] : []));

async function timed(trx: Transaction<Database>, messages: readonly Message[], when: When): Promise<TimedMessage[]> {
  const all: TimedMessage[] = [];
  for (const message of messages)
    all.push({ message: await completed(trx, message), time: await sendTimeOf(trx, message, when) });
  return all;
}

/** Histories hold the answer: what goes at once is left out. */
const waiting = (times: readonly (readonly [string, Instant])[], now: Instant): SendTimes =>
  Object.fromEntries(times.filter(([, sendAt]) => sendAt > now));

function withPlans(lifecycle: Lifecycle, { after, events, effects }: Transition, plans: readonly Plan[]): Transition {
  const planned = plannedEvent(after, plans);
  return { after: transition(lifecycle, after, [planned]).after, events: [...events, planned], effects };
}

const answerTo = ({ name, body }: Command, after: CaseState): Answer => ({
  case: after.id,
  event: after.number,
  stage: stageOf(after),
  at: after.lastAt,
  digest: digestOf(name, body),
});

/** What the register says when it has these event numbers already: a repeat, a repeated command, or a fork. */
async function foundOnRecord(
  trx: Transaction<Database>,
  input: RecordInput,
  moved: Transition,
  recorded: number,
): Promise<RecordOutcome | undefined> {
  const { after } = moved;
  const { before, events, command } = input;
  const answered = command && (await readCommand(trx, after.id, command.id));
  if (recorded === (before?.number ?? 0)) return answered && { outcome: 'answered', answer: answered.answer as Answer };
  const first = before ? before.number + 1 : 1;
  const there = await readEvent(trx, after.id, first);
  const same =
    there?.type === events[0]?.type &&
    there?.at === events[0]?.at &&
    (there?.command_id ?? undefined) === events[0]?.commandId;
  const planned = await readEvent(trx, after.id, after.number + 1);
  const plans = planned?.type === 'planned' ? (planned.data as { plans: Plan[] }).plans : [];
  if (same && recorded === after.number + (plans.length > 0 ? 1 : 0))
    return {
      outcome: 'recorded',
      plans,
      answer: answered?.answer as Answer | undefined,
      sendAt: await sendTimesOnRecord(trx, moved),
    };
  if (!before)
    return {
      outcome: 'refused',
      refusal: refuse('CaseExists', `${after.id} is on record already, with ${recorded} events.`),
    };
  throw ApplicationFailure.nonRetryable(
    `The register has ${recorded} events of ${after.id}, this case expected ${before.number}.`,
    'RegisterAhead',
  );
}

async function sendTimesOnRecord(trx: Transaction<Database>, moved: Transition): Promise<SendTimes> {
  const keys = messagesIn(moved).map(({ key }) => key);
  const rows = keys.length > 0 ? await readSendTimes(trx, keys) : [];
  return waiting(
    rows.map(({ key, send_at }) => [key, send_at]),
    moved.after.lastAt,
  );
}

async function refuseByDirectory(
  trx: Transaction<Database>,
  lifecycle: Lifecycle,
  { command, before }: RecordInput,
  after: CaseState,
): Promise<Refusal | undefined> {
  if (!command) return undefined;
  const definition = commandsOf(lifecycle)[command.name];
  const schema = before ? definition && bodyOf(definition) : openingSchema(lifecycle);
  const unknown = schema && (await refuseUnknownReferences(trx, referencesIn(schema, command.body)));
  const owing = unplannedDeadlines(lifecycle, after).flatMap(({ owedBy }) => owedBy ?? []);
  return (
    unknown ??
    (await refuseUnreachable(trx, owing)) ??
    (await refuseLocalTimes(trx, lifecycle, { command: command.name, before, after }))
  );
}

/** Works out the instants of deadlines that have none yet: the one place where calendars and zones come in. */
async function planNew(trx: Transaction<Database>, lifecycle: Lifecycle, state: CaseState): Promise<readonly Plan[]> {
  const plans: Plan[] = [];
  for (const deadline of unplannedDeadlines(lifecycle, state)) {
    const version = (state.deadlines[deadline.name]?.plan.version ?? 0) + 1;
    plans.push(planDeadline(await calendarFor(trx, deadline, state), deadline, version));
  }
  return plans;
}
