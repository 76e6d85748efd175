import { ApplicationFailure } from '@temporalio/common';
import type { Kysely, Transaction } from 'kysely';
import { doubtWhatMayHaveGone } from '../database/backup/restore.ts';
import { calendarFor } from '../database/calendars.ts';
import { mendWaitingLetters } from '../database/corrections.ts';
import { refuseDaysNotBegun } from '../database/days-begun.ts';
import { digestOf } from '../database/digest.ts';
import { faultPoint } from '../database/fault-points.ts';
import { refuseForged } from '../database/given-by-case.ts';
import { refuseLocalTimes } from '../database/local-times.ts';
import { entriesIn, refuseUnknownReferences, refuseUnreachable } from '../database/references.ts';
import { type Afresh, type OnRecord, readOnRecord } from '../database/on-record.ts';
import { type TimedMessage, writeEntry } from '../database/entry.ts';
import { lockCase, readAnswers, readCommand } from '../database/register.ts';
import { type MailHours, sendTimeOf, type When } from '../database/send-times.ts';
import type { Database } from '../database/schema.ts';
import { workedOut } from '../database/worked-out.ts';
import { lookAround, referencesAmong } from '../database/surroundings.ts';
import { bodyOf, type Command, commandsOf } from '../domain/case/command.ts';
import { giverIn } from '../domain/case/command-id.ts';
import { type Message, withPlannedDays } from '../domain/case/effects.ts';
import { openingSchema } from '../domain/case/opening.ts';
import { type CaseEvent, type CaseState, stageOf, unplannedDeadlines } from '../domain/case/state.ts';
import { openedJustNow, plannedEvent, type Transition, transition } from '../domain/case/transition.ts';
import { type Instant, later } from '../domain/dates.ts';
import { isKind, lifecycles } from '../domain/kinds.ts';
import type { Plan } from '../domain/ladder.ts';
import type { CaseHeader, Lifecycle, OpenedEvent } from '../domain/lifecycle.ts';
import { planDeadline } from '../domain/planning.ts';
import { type Reference, referencesIn } from '../domain/references.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import type { Answer } from '../workflows/messages.ts';
import type { GivenFile } from '../database/documents/content.ts';
import { completed } from './mail/complete.ts';
import { withDocuments } from './record/documents.ts';

export interface RecordInput {
  readonly kind: string;
  /** The case as it knows itself; undefined when it is being opened. */
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
      /**
       * As they stand on record. Temporal may put this outcome into a later workflow task than the one that asked for it, so a
       * replay decides by another clock. Absent in histories of earlier versions.
       */
      readonly events?: readonly CaseEvent[] | undefined;
      readonly plans: readonly Plan[];
      readonly answer?: Answer | undefined;
      /** When messages go, by their keys. One that is missing goes at once, as all did in earlier versions. */
      readonly sendAt?: SendTimes | undefined;
    }
  /** The same command is on record: this is what it was answered. */
  | { readonly outcome: 'answered'; readonly answer: Answer }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  /** Nothing was written: an attempt that the case knows nothing of has put these events on record. */
  | { readonly outcome: 'ahead'; readonly onRecord: CaseOnRecord };

/** What the register has of a case beyond what the case itself knows. */
export type CaseOnRecord = Omit<OnRecord, 'answers'> & {
  readonly answers: readonly (readonly [commandId: string, answer: Answer])[];
};

export interface CatchUpInput {
  readonly kind: string;
  readonly case: string;
  /** The case as it knows itself; undefined when it knows nothing yet. */
  readonly before?: CaseState | undefined;
  /** What is asked of it. A case that knows nothing has been opened by this command, or is somebody else's. */
  readonly commandId?: string | undefined;
  /** It is reading its events again. */
  readonly afresh?: Afresh | undefined;
}

export type SendTimes = Readonly<Record<string, Instant>>;

/** Of one attempt, in milliseconds. */
export const recordTimeout = 5_000;

/**
 * How a case and the register keep together. The register leads: a workflow task can be run again after its transaction
 * was committed, by the same worker or another one, at a later time and with other things to do first. So nothing is
 * known again by its looks: what is on record beyond the case is handed back, and the case takes it in before it
 * decides anything.
 */
export const recordActivities = ({ db, mailHours = 'office', written }: RecordDependencies) => ({
  /**
   * Puts one transition on record, in one transaction: its events, the instants of its new deadlines, the case as it
   * stands, who and why, and the messages to send.
   *
   * Safe to repeat: it writes only onto the very event number that the case knows.
   *
   * @throws ApplicationFailure `RegisterBehind` if the register has less than the case knows; nothing is written
   */
  record: (input: RecordInput): Promise<RecordOutcome> =>
    attempted(
      db,
      () => firstEventOf(input),
      (attempt) => record({ ...attempt, written }, input, input.played ? 'office' : mailHours),
    ),

  /**
   * What is on record beyond what a case knows. Safe to repeat: it changes nothing.
   *
   * @throws ApplicationFailure `RegisterBehind` if the register has less than the case knows
   */
  catchUp: (input: CatchUpInput): Promise<CaseOnRecord> =>
    attempted(
      db,
      () => `${input.case}/catchUp`,
      (attempt) => catchUp(attempt, input),
    ),
});

export interface RecordDependencies {
  readonly db: Kysely<Database>;
  /** Whether mail of live cases waits for its readers' working hours. */
  readonly mailHours?: MailHours;
  /** Writes the documents that a lifecycle circulates by itself; where it is absent, they have to be given. */
  readonly written?: WriteDocument | undefined;
}

/** A document of one kind, of a case as it stands after an event that is not on record yet. */
export type WriteDocument = (
  trx: Transaction<Database>,
  kind: string,
  after: CaseState,
) => Promise<GivenFile | Refusal>;

export type RecordActivities = ReturnType<typeof recordActivities>;

/** One try of an activity: its transaction, and until when by this process's own clock it may write. */
interface Attempt {
  readonly trx: Transaction<Database>;
  readonly until: number;
  readonly written?: WriteDocument | undefined;
}

async function attempted<T>(
  db: Kysely<Database>,
  what: () => string,
  act: (attempt: Attempt) => Promise<T>,
): Promise<T> {
  const until = performance.now() + recordTimeout;
  await faultPoint('beforeBegin', what);
  const outcome = await db.transaction().execute(async (trx) => {
    const done = await act({ trx, until });
    await faultPoint('beforeCommit', what);
    return done;
  });
  await faultPoint('afterCommit', what);
  return outcome;
}

const idIn = ({ before, events: [event] }: RecordInput): string =>
  before?.id ?? (event as CaseEvent & OpenedEvent<{ header: CaseHeader }>).input.header.id;

/** What a fault point is told: `action/a/accepted/3`. */
const firstEventOf = (input: RecordInput): string =>
  `${idIn(input)}/${input.events[0]?.type}/${input.events[0]?.number}`;

async function record(attempt: Attempt, decided: RecordInput, hours: MailHours): Promise<RecordOutcome> {
  const { trx } = attempt;
  const lifecycle = lifecycleOf(decided.kind);
  const counted = { ...decided, events: await workedOut(trx, lifecycle, decided.before, decided.events) };
  const earlier = await foundOnRecord(attempt, lifecycle, counted, idIn(counted));
  if (earlier) return earlier;
  const events = await withDocuments(trx, attempt.written, lifecycle, counted);
  if (isRefusal(events)) return { outcome: 'refused', refusal: events };
  const input = { ...counted, events };
  const moved = transition(lifecycle, input.before, input.events);
  const { command } = input;
  const now = later(input.now ?? '', moved.after.lastAt);
  const references = referencesOf(lifecycle, input);
  await lookAround(trx, [...entriesIn(references), ...concernedBy(lifecycle, moved)], now);
  const forged = command && (await refuseForged(trx, { lifecycle, case: moved.after.id, command }));
  const refusal = forged ?? (await refuseByDirectory(trx, lifecycle, { ...input, references }, moved.after));
  if (refusal) return { outcome: 'refused', refusal };
  const plans = await planNew(trx, lifecycle, moved.after);
  const complete = plans.length > 0 ? withPlans(lifecycle, moved, plans) : moved;
  const answer = input.command && answerTo(input.command, complete.after);
  const asking = messagesIn(complete).map((message) => withPlannedDays(lifecycle, complete.after, message));
  const messages = await timed(trx, asking, { now, hours });
  await writeEntry(trx, {
    lifecycle,
    ...complete,
    messages,
    ...(answer && input.command ? { command: { id: input.command.id, digest: answer.digest, answer } } : {}),
  });
  await mendWaitingLetters(trx, complete.after.id, complete.events);
  const times = messages.map(({ message, time }) => [message.key, time.sendAt] as const);
  // A played case tells of other years: what was restored when means nothing to it.
  if (times.length > 0 && !input.played)
    await doubtWhatMayHaveGone(
      trx,
      messages.map(({ message }) => message.key),
    );
  return { outcome: 'recorded', events: input.events, plans, answer, sendAt: waiting(times, now) };
}

/** What is on record already: a command that was answered, or more than the case knows. The case's row is held from here on. */
async function foundOnRecord(
  attempt: Attempt,
  lifecycle: Lifecycle,
  { before, command }: RecordInput,
  id: string,
): Promise<RecordOutcome | undefined> {
  const { trx } = attempt;
  const isAhead = await isRegisterAhead(attempt, id, before);
  const answered = command && (await readCommand(trx, id, command.id));
  if (!isAhead) return answered && { outcome: 'answered', answer: answered.answer as Answer };
  if (!before && !answered) return { outcome: 'refused', refusal: refuse('CaseExists', `${id} is on record already.`) };
  return { outcome: 'ahead', onRecord: (await readOnRecord(trx, lifecycle, id, before)) as CaseOnRecord };
}

async function catchUp(attempt: Attempt, input: CatchUpInput): Promise<CaseOnRecord> {
  const { trx } = attempt;
  const { kind, case: id, before, commandId, afresh } = input;
  await isRegisterAhead(attempt, id, before);
  const asked = (commandId === undefined ? [] : await readAnswers(trx, id, [commandId])) as CaseOnRecord['answers'];
  if (!before && commandId !== undefined && asked.length === 0) return nothingOnRecord;
  const onRecord = (await readOnRecord(trx, lifecycleOf(kind), id, before, afresh)) as CaseOnRecord;
  return { ...onRecord, answers: [...onRecord.answers, ...asked] };
}

const nothingOnRecord: CaseOnRecord = { events: [], answers: [], undone: [], sendAt: {}, more: false };

/**
 * Whether there is more on record than the case knows. Its row is held, so that whoever else is at it has ended; an
 * attempt that was frozen until then has no say any more.
 */
async function isRegisterAhead({ trx, until }: Attempt, id: string, before: CaseState | undefined): Promise<boolean> {
  const recorded = (await lockCase(trx, id))?.number ?? 0;
  const known = before?.number ?? 0;
  if (performance.now() > until)
    throw new Error('This attempt has outlived its time: another one may have taken over.');
  if (recorded < known)
    throw ApplicationFailure.nonRetryable(
      `The register has ${recorded} events of ${id}, the case itself has ${known}: the register is older than Temporal, or another one. ` +
        'Nothing is written until it has them again: point DATABASE_URL to the right register or restore a newer backup; ' +
        'to go on from what the register has, terminate the workflow and run `./entente revive`.',
      'RegisterBehind',
    );
  return recorded > known;
}

function lifecycleOf(kind: string): Lifecycle {
  const lifecycle = isKind(kind) ? lifecycles[kind] : undefined;
  if (!lifecycle) throw ApplicationFailure.nonRetryable(`This worker knows no kind "${kind}".`, 'UnknownKind');
  return lifecycle;
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

/** Whom the command names. */
function referencesOf(lifecycle: Lifecycle, { command, before }: RecordInput): readonly Reference[] {
  const definition = command && commandsOf(lifecycle)[command.name];
  const schema = before ? definition && bodyOf(definition) : openingSchema(lifecycle);
  return command && schema ? referencesIn(schema, command.body) : [];
}

/** Who is owed or told something, as far as can be said beforehand: the rest is looked up when it comes up. */
const concernedBy = (lifecycle: Lifecycle, { after, effects }: Transition): string[] =>
  referencesAmong([`person/${after.coordinator}`, unplannedDeadlines(lifecycle, after), effects]);

async function refuseByDirectory(
  trx: Transaction<Database>,
  lifecycle: Lifecycle,
  { command, before, references }: RecordInput & { readonly references: readonly Reference[] },
  after: CaseState,
): Promise<Refusal | undefined> {
  if (!command) return undefined;
  const unknown = await refuseUnknownReferences(trx, references, giverIn(command.id));
  const owing = unplannedDeadlines(lifecycle, after).flatMap(({ owedBy }) => owedBy ?? []);
  return (
    unknown ??
    (await refuseUnreachable(trx, owing)) ??
    (await refuseDaysNotBegun(trx, lifecycle, { command, before, references, at: after.lastAt })) ??
    (await refuseLocalTimes(trx, lifecycle, { command: command.name, before, after }))
  );
}

/** Works out the instants of deadlines that have none yet: the one place where calendars and zones come in. */
async function planNew(trx: Transaction<Database>, lifecycle: Lifecycle, state: CaseState): Promise<readonly Plan[]> {
  const plans: Plan[] = [];
  for (const deadline of unplannedDeadlines(lifecycle, state)) {
    const before = state.deadlines[deadline.name];
    plans.push(planDeadline(await calendarFor(trx, deadline, state), deadline, before, openedJustNow(state)));
  }
  return plans;
}
