import type { Kysely, Transaction } from 'kysely';
import { areMoreOpen, openStates, relativesOf, stateOnRecord } from '../../database/lists/open-cases.ts';
import type { Database } from '../../database/schema.ts';
import { readingIn } from '../../database/send-times.ts';
import { type Surroundings, wholeDirectory } from '../../database/surroundings.ts';
import { onTrial } from '../../database/transaction.ts';
import type { Message } from '../../domain/case/effects.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { dayIn, dayOf, type Instant } from '../../domain/dates.ts';
import { Forecast } from '../../domain/forecast.ts';
import { type Difference, differencesBetween } from '../../domain/forecast/difference.ts';
import { Lines, type Reading } from '../../domain/forecast/lines.ts';
import type { Occurrence } from '../../domain/forecast/occurrence.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { openingId } from '../../domain/scenario/step.ts';
import type { Body } from '../asked.ts';
import type { BesideCases, Said } from '../beside-cases.ts';
import { RefusedError, unlessRefused } from '../errors.ts';
import { checkCommand, lifecycleOfCase } from '../input.ts';
import type { FileOpening } from '../open-file.ts';
import type { RegisterConnection } from '../register.ts';
import { refuseUnknownCase } from '../../database/lists.ts';
import { knownBy } from './known.ts';

/** A command as it would be given. */
export interface WouldGive {
  readonly case: string;
  readonly name: string;
  readonly body: Body;
  /** Whether it is passed over where the case knows it already, as whoever gives it does. */
  readonly mayBeDone?: boolean;
}

/** A case as it would be opened. */
export type WouldOpen = Pick<FileOpening, 'kind' | 'opening'>;

/** Something that would be changed: by commands, by openings, or in the directory and the calendars. */
export interface Change {
  /** What whoever makes it would sign, where it is made beside the cases. */
  readonly said?: Said;
  /** What is put on record besides cases, in the way in which it really is. */
  readonly puts?: (trx: Transaction<Database>) => Promise<unknown>;
  /** The open cases that may have to do with that; absent: all of them. So many are enough, where that is said. */
  readonly concerns?: (db: Kysely<Database>, most?: number) => Promise<readonly string[]>;
  /** What cases are told, once that is on record. */
  readonly commands?: (db: Kysely<Database>) => Promise<readonly WouldGive[]>;
  /** Cases that are opened, in their order. */
  readonly openings?: readonly WouldOpen[];
}

/** What a change would make different. */
export interface Previewed {
  /** What would go on record in cases at once. */
  readonly says: readonly string[];
  readonly differences: readonly Difference[];
}

/** What holds the forecast of one side together. */
interface Side {
  readonly directory: Surroundings;
  /** How each case stands at the beginning. */
  readonly begun: () => AsyncIterable<CaseState>;
  readonly span: Span;
  /** Cases that were told something, or would have been. */
  readonly met: Map<string, CaseState>;
}

interface Span {
  readonly from: Instant;
  /** The last instant that is looked at. */
  readonly until: Instant;
  /** Differences are to be told in any language. */
  readonly tells?: boolean;
}

/** Looks ahead twice from one moment of the register: as everything stands, and with a change. Nothing is stored. */
export class Previews {
  private readonly register: RegisterConnection;
  private readonly besideCases: BesideCases;

  constructor(register: RegisterConnection, besideCases: BesideCases) {
    this.register = register;
    this.besideCases = besideCases;
  }

  /** Whether a change would have more than so many cases looked at. */
  readonly looksAtMore = ({ puts, concerns }: Change, most: number): Promise<boolean> =>
    this.register.ask(async (db) => {
      if (puts && !concerns) return areMoreOpen(db, most);
      return ((await concerns?.(db, most + 1)) ?? []).length > most;
    });

  /** @throws {@link RefusedError} if it would be refused, as it would be, also for the lack of a proof */
  async of({ said, puts, ...others }: Change, span: Span): Promise<Previewed> {
    const signed = said && (await this.besideCases.signed(said));
    const change: Change = {
      ...others,
      ...(puts ? { puts: async (trx) => (await signed?.(trx), puts(trx)) } : {}),
    };
    const preview = (db: Kysely<Database>) =>
      db
        .transaction()
        .setIsolationLevel('repeatable read')
        .execute((trx) => previewed(trx, change, span));
    return change.puts ? this.register.change(preview) : this.register.ask(preview);
  }
}

async function previewed(trx: Transaction<Database>, change: Change, span: Span): Promise<Previewed> {
  const directory = await wholeDirectory(trx);
  const met = new Map<string, CaseState>();
  // A case that hangs together with these in no other way than by what it is told is looked at from the beginning, too.
  for (let alike: readonly CaseState[] = []; ; alike = [...alike, ...met.values()]) {
    met.clear();
    const side = { directory, begun: () => begunBy(trx, change, alike), span, met };
    const before = await begunSide(trx, side);
    for await (const occurrence of before.forecast.until(span.until)) before.lines.add(occurrence);
    const after = await changed(trx, side, change);
    if (met.size === 0) return { says: after.says, differences: differencesBetween(before.lines, after.lines) };
  }
}

/** All open cases, a page at a time, or those that a change concerns or tells something, with all that hangs together with them. */
async function* begunBy(
  trx: Transaction<Database>,
  { puts, concerns, commands }: Change,
  alike: readonly CaseState[],
): AsyncGenerator<CaseState> {
  if (puts && !concerns) for await (const page of openStates(trx)) yield* page;
  else {
    const told = (await commands?.(trx))?.map((each) => each.case) ?? [];
    const named = [...((await concerns?.(trx)) ?? []), ...told];
    const states = await relativesOf(trx, named);
    const missing = named.find((id) => !states.some((state) => state.id === id));
    if (missing !== undefined) throw new RefusedError(await refuseUnknownCase(trx, missing));
    yield* states;
  }
  yield* alike;
}

/** The course with the change. What it puts on record is taken back as soon as it is known what it leads to at once. */
async function changed(trx: Transaction<Database>, side: Side, change: Change) {
  const { forecast, lines, says } = await onTrial(trx, () => begunWith(trx, side, change));
  for await (const occurrence of forecast.until(side.span.until)) lines.add(occurrence);
  return { lines, says };
}

async function begunWith(trx: Transaction<Database>, side: Side, change: Change) {
  if (change.puts) unlessRefused((await change.puts(trx)) as Refusal | undefined);
  const given = (await change.commands?.(trx)) ?? [];
  const now = { ...side, directory: change.puts ? await wholeDirectory(trx) : side.directory };
  const { forecast, lines, begun } = await begunSide(trx, now);
  const { from } = side.span;
  for await (const occurrence of forecast.until(from)) lines.add(occurrence);
  const says: string[] = [];
  const see = (occurrences: readonly Occurrence[]) => {
    for (const occurrence of occurrences) {
      lines.add(occurrence);
      says.push(...occurrence.says.map((sentence) => `${occurrence.state.id}: ${sentence}`));
    }
  };
  for (const { kind, opening } of change.openings ?? [])
    see(unlessRefused(await forecast.open({ id: openingId(`${kind}/${opening.id}`), kind, fields: opening }, from)));
  // What is put on record may have others told.
  for (const { case: id } of given) {
    const told = begun.has(id) ? undefined : await stateOnRecord(trx, id);
    if (told) side.met.set(id, told);
  }
  for (const each of given) see(await giveIn(forecast, each, from));
  return { forecast, lines, says };
}

async function giveIn(forecast: Forecast, { case: id, name, body, mayBeDone }: WouldGive, at: Instant) {
  checkCommand(lifecycleOfCase(id), name, body);
  const happened: readonly Occurrence[] | Refusal = await forecast.give(id, { id: 'preview', name, body }, at);
  if (isRefusal(happened) && mayBeDone && happened.refused === 'AlreadyDone') return [];
  return unlessRefused(happened);
}

async function begunSide(trx: Transaction<Database>, { directory, begun, span: { from, tells = false }, met }: Side) {
  const known = knownBy(directory, (question) => question(trx));
  const forecast = new Forecast({
    ...known,
    caseOf: async (id) => {
      const found = await known.caseOf(id);
      if (found && !found.closedAt) met.set(id, found);
      return found;
    },
  });
  const lines = new Lines({ changedAt: from, reads: (letter) => readingBy(directory, letter), tells });
  const ids = new Set<string>();
  for await (const state of begun()) {
    ids.add(state.id);
    forecast.add(state);
    lines.begins(state);
  }
  return { forecast, lines, begun: ids };
}

function readingBy(directory: Surroundings, letter: Message): Reading {
  const { sendAt, office } = readingIn(directory, letter, { now: letter.at, hours: 'office' });
  if (!office) return { on: dayOf(sendAt), reader: 'nobody' };
  return {
    on: dayIn(sendAt, office.calendar.zone),
    reader: isMeant(directory, letter, office.reader) ? undefined : office.reader,
  };
}

/** An agency is its contact, and somebody above is whoever that is: only who reads it instead is worth a word. */
function isMeant({ people, agencies }: Surroundings, { to }: Message, reader: string): boolean {
  const [, kind = '', id = ''] = /^(?:superior-of\/)?(person|agency)\/(.+)$/.exec(to) ?? [];
  const contact = kind === 'agency' ? agencies.get(id)?.contact : id;
  if (!to.startsWith('superior-of/')) return reader === to || reader === `person/${contact}`;
  return reader === `person/${people.get(contact ?? '')?.superior}`;
}
