import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { Kysely } from 'kysely';
import { calendarIn, placeIn } from '../database/calendars.ts';
import { keepDocument } from '../database/documents.ts';
import type { GivenFile } from '../database/documents/content.ts';
import { familiesOf } from '../database/lists/open-cases.ts';
import { type RehearsalRegister, withRehearsalRegister } from '../database/rehearsals.ts';
import type { Database } from '../database/schema.ts';
import { wholeDirectory } from '../database/surroundings.ts';
import type { Recipient } from '../domain/case/recipients.ts';
import { type CaseState, isOver } from '../domain/case/state.ts';
import { type Instant, later } from '../domain/dates.ts';
import type { Occurrence } from '../domain/forecast/occurrence.ts';
import { RanAwayError } from '../domain/forecast.ts';
import { familyIn, familyOf } from '../domain/forecast/family.ts';
import { type Kind, lifecycles } from '../domain/kinds.ts';
import { isRefusalCode, refuse } from '../domain/refusal.ts';
import { type Doing, type OnRefusal, type RefusedStep, ScenarioCourse } from '../domain/scenario.ts';
import { openingId, rootOf, type ScenarioStep } from '../domain/scenario/step.ts';
import type { Settings } from '../stack/settings.ts';
import type { AtWork } from './at-work.ts';
import { type GivingWay, givingWayTo } from './giving-way.ts';
import { withNamespace } from './place.ts';
import { Player } from './player.ts';
import { Told } from './told.ts';
import { withWorkers } from './workers.ts';

/** What is rehearsed: a case that is on record, or cases that are to be opened, with what people do. */
export interface RehearsalAsked {
  readonly of:
    | string
    | readonly { readonly id: string; readonly kind: Kind; readonly opening: Readonly<Record<string, unknown>> }[];
  readonly steps: readonly ScenarioStep[];
  readonly files: readonly GivenFile[];
  readonly onRefusal: OnRefusal;
  /** Now. */
  readonly from: Instant;
  readonly until: Instant;
}

/** A letter as its reader would have had it. */
export interface KeptLetter {
  readonly key: string;
  readonly case: string;
  readonly event: number;
  readonly to: Recipient;
  /** Who had it: whoever it is for, the contact of an agency, or somebody who stands in. */
  readonly reader?: string | undefined;
  readonly text: string;
  /** What it is, in a few words of ours. */
  readonly summary: string;
  /** Case time at which it went. */
  readonly at: Instant;
  readonly state: string;
  /** Why it was not written: nobody would have had it, or its reader has it as somebody else. */
  readonly why?: string | undefined;
  /** Undefined of what was not written. */
  readonly subject?: string | undefined;
  readonly body?: string | undefined;
}

export interface Rehearsed {
  /** How the cases stood before. */
  readonly begun: readonly CaseState[];
  readonly occurrences: readonly Occurrence[];
  readonly letters: readonly KeptLetter[];
  readonly refused: readonly RefusedStep[];
  readonly neverAsked: readonly ScenarioStep[];
  /** Cases that hang together with these and were not taken along. */
  readonly leftOut: readonly string[];
}

export interface Means {
  /** Of the stack that runs; its mail server is never spoken to. */
  readonly settings: Settings;
  readonly signal: AbortSignal;
  /** What has been reached, and whether it waits there for real cases. */
  readonly tell: (at: Instant, waits?: boolean) => void;
  /** After how many events of one case it is said to have run away; absent: as many as take the engine some minutes. */
  readonly mostEvents?: number;
}

/**
 * Lets a case happen on the real engine, with its time skipped: in a namespace and a schema of its own, which are gone
 * afterwards. Nothing is sent, and nothing of the real register is changed.
 *
 * @throws `NoRehearsalError` if Temporal does not skip time; `TemporalLostError` if it goes away; `StandsStillError` if a case
 *   does not come to rest; `RanAwayError` if it never will; `ScenarioRefusedError` where the course stops at a refusal
 */
export async function rehearse(asked: RehearsalAsked, means: Means): Promise<Rehearsed> {
  const { settings } = means;
  const { of, steps } = asked;
  const roots = typeof of === 'string' ? [of] : of.flatMap(({ opening }) => casesNamedIn(opening));
  const ids = [...roots, ...steps.map((step) => rootOf(step.case))];
  return withRehearsalRegister(settings.databaseOwnerUrl, ids, (register) =>
    withNamespace(settings.temporal.connectionOptions, register, (namespace) =>
      withWorkers(register, { ...settings, temporal: { ...settings.temporal, namespace } }, (client, over, atWork) =>
        played(asked, { ...means, client, over, atWork, register }),
      ),
    ),
  );
}

const casesNamedIn = (fields: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.values(fields).flatMap((value) =>
    typeof value === 'string' && /^[a-z]+\/[a-z0-9-]+$/.test(value) ? [value] : [],
  );

async function begunCourse(db: Kysely<Database>, { steps, from, onRefusal }: RehearsalAsked): Promise<ScenarioCourse> {
  const directory = await wholeDirectory(db);
  return new ScenarioCourse(steps, {
    from,
    onRefusal,
    calendarOf: (deadline, header) => calendarIn(directory, placeIn(directory, deadline, header)),
  });
}

async function played(asked: RehearsalAsked, stage: Means & Stage): Promise<Rehearsed> {
  const { of, files, from } = asked;
  const { register, client, over, atWork, settings, signal, tell } = stage;
  const { db } = register;
  const { cases, leftOut } = await register.copied;
  for (const file of files) await keepDocument(db, file);
  const begun = await familiesOf(db, cases);
  const course = await begunCourse(db, asked);
  const player = new Player(client, db, from, { over, atWork });
  const waiting = { signal: AbortSignal.any([over, signal]), tell: (waits: boolean) => tell(player.at, waits) };
  const occurrences = await givingWayTo(settings.databaseUrl, waiting, async (givingWay) => {
    for (const state of begun) await takeOn(player, state);
    for (const { kind, id, opening } of typeof of === 'string' ? [] : of) {
      await givingWay.toOthers();
      await player.open(kind, opening, openingId(id));
    }
    return lived(asked, { ...stage, player, course, begun, givingWay });
  });
  const ids = typeof of === 'string' ? [of] : of.map(({ id }) => id);
  const { refused, neverAsked } = course;
  const ours = occurrences.filter(familyOf(ids));
  const letters = await lettersOf(db, ours);
  return { begun: familyIn(begun, ids), occurrences: ours, letters, refused, neverAsked, leftOut };
}

interface Stage {
  readonly client: Client;
  /** Aborted when nobody waits for it any more. */
  readonly over: AbortSignal;
  readonly atWork: AtWork;
  readonly register: RehearsalRegister;
}

const takeOn = async (player: Player, state: CaseState): Promise<void> =>
  isOver(lifecycles[state.kind as Kind], state)
    ? player.leave(state.id, state.number)
    : player.takeOn(state.id, state.title);

interface Coming {
  readonly at: Instant;
  readonly step: ScenarioStep;
  readonly doings: () => readonly Doing[];
}

interface Course extends Means, Stage {
  readonly player: Player;
  readonly course: ScenarioCourse;
  readonly begun: readonly CaseState[];
  readonly givingWay: GivingWay;
}

/** No case that comes to rest does so much in fifty years. */
const mostEventsOfACase = 2_000;

/** Lets time pass from one instant at which something happens to the next: what is due first, then what people do. */
async function lived({ until }: RehearsalAsked, stage: Course) {
  const { player, course, begun, givingWay, register, signal, tell, mostEvents = mostEventsOfACase } = stage;
  const told = new Told(register.db, begun);
  const numbers = new Map(begun.map(({ id, number }) => [id, number]));
  const occurrences: Occurrence[] = [];
  const coming: Coming[] = course.dated.map(({ step, at }) => ({ at, step, doings: () => course.doingsOf(step, at) }));
  const see = (state: CaseState) => {
    for (const doing of course.seen(state)) coming.push({ at: doing.at, step: doing.step, doings: () => [doing] });
  };
  begun.forEach(see);
  const hear = async () => {
    for (const occurrence of await told.since(player.onRecord)) {
      occurrences.push(occurrence);
      see(occurrence.state);
      const { id, number } = occurrence.state;
      if (number - (numbers.get(id) ?? 0) > mostEvents) throw new RanAwayError(id, mostEvents);
    }
    return coming.sort((a, b) => a.at.localeCompare(b.at) || a.step.index - b.step.index)[0];
  };
  for (;;) {
    signal.throwIfAborted();
    const first = await hear();
    const due = await player.nextDueAt(
      givingWay.isBesideOthers ? undefined : until,
      first && first.at < until ? first.at : until,
    );
    const next = await hear();
    tell(player.at);
    await givingWay.toOthers();
    if (due !== undefined && due <= (next?.at ?? until) && due <= until) await player.goOn(givingWay);
    else if (next && next.at <= until) {
      coming.shift();
      await player.advanceTo(later(next.at, player.at));
      for (const doing of next.doings()) if (course.take(doing)) await give(player, course, doing);
    } else return occurrences;
  }
}

/** A refusal is an answer; anything else is a fault. */
async function give(player: Player, course: ScenarioCourse, { step, at, case: id, body, id: commandId }: Doing) {
  try {
    await player.command(id, step.do, { ...body }, commandId);
  } catch (error) {
    const { type, message } = ((error as Error).cause ?? {}) as { readonly type?: string; readonly message?: string };
    if (error instanceof WorkflowNotFoundError)
      return course.refuse({ step, at, refusal: refuse('CaseClosed', `${id} is over; it takes no more commands.`) });
    if (!isRefusalCode(type)) throw error;
    course.refuse({ step, at, refusal: refuse(type, message ?? '') });
  }
}

/** What stands in a kept letter in place of what makes an address its reader's own. */
const markOfAddress = /\/a\/~[\w-]{31}/g;

/** Those of what happened, with the words that were written; what went together has the words of the gathered mail. */
async function lettersOf(db: Kysely<Database>, occurrences: readonly Occurrence[]): Promise<readonly KeptLetter[]> {
  const rows = await db
    .selectFrom('messages')
    .leftJoin('digests', 'digests.key', 'messages.digest')
    .select(['messages.key', 'case_id', 'event_number', 'recipient', 'text', 'summary', 'send_at', 'state', 'reply'])
    .select(({ fn }) => [
      fn.coalesce('messages.person', 'digests.person').as('person'),
      fn.coalesce('messages.subject', 'digests.subject').as('subject'),
      fn.coalesce('messages.body_text', 'digests.body_text').as('body'),
    ])
    .orderBy('send_at')
    .orderBy('messages.key')
    .execute();
  const ours = new Set(occurrences.flatMap(({ state, events }) => events.map(({ number }) => `${state.id} ${number}`)));
  return rows
    .filter(({ case_id, event_number }) => ours.has(`${case_id} ${event_number}`))
    .map(({ key, case_id, event_number, recipient, text, summary, send_at, state, reply, person, subject, body }) => ({
      key,
      case: case_id,
      event: event_number,
      to: recipient as Recipient,
      text,
      summary,
      at: send_at,
      state,
      reader: person === null ? undefined : `person/${person}`,
      why: body === null ? (reply ?? undefined) : undefined,
      subject: subject ?? undefined,
      body: body?.replaceAll(markOfAddress, '/a/…'),
    }));
}
