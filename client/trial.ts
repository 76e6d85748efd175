import type { Kysely, Transaction } from 'kysely';
import { refuseDaysNotBegun } from '../database/days-begun.ts';
import { refuseLocalTimes } from '../database/local-times.ts';
import { refuseNotTheirs } from '../database/permitted.ts';
import { entriesIn, refuseUnknownReferences, refuseUnreachable } from '../database/references.ts';
import type { Database } from '../database/schema.ts';
import { lookAround } from '../database/surroundings.ts';
import { inTransaction } from '../database/transaction.ts';
import { workedOut } from '../database/worked-out.ts';
import { bodyOf, type Command, commandsOf } from '../domain/case/command.ts';
import { fold } from '../domain/case/evolve.ts';
import { decideOpening, openingSchema } from '../domain/case/opening.ts';
import { type CaseEvent, type CaseState, unplannedDeadlines } from '../domain/case/state.ts';
import type { Instant } from '../domain/dates.ts';
import type { Asked, OpeningCommand } from '../domain/forecast/known.ts';
import type { Kind } from '../domain/kinds.ts';
import type { Lifecycle } from '../domain/lifecycle.ts';
import { type Reference, referencesIn } from '../domain/references.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { consequencesOf, type Foreseen, type Start } from './consequences.ts';

/** What a command would put on record and what would follow, or why it would be refused. */
export type Trial = Foreseen | Refusal;

/** Tries a command on a case as the register has it; changes nothing, and needs no worker. */
export const tryCommand = (
  db: Kysely<Database>,
  recorded: CaseState,
  command: Asked['command'],
  at: Instant,
): Promise<Trial> =>
  tried(db, at, {
    from: recorded,
    begin: (forecast) => {
      forecast.add(recorded);
      return forecast.give(recorded.id, command, at);
    },
  });

/** Tries an opening. `opened` names cases that will be there by then, though the register does not know them yet. */
export const tryOpening = (
  db: Kysely<Database>,
  { kind, opening }: { readonly kind: Kind; readonly opening: OpeningCommand['fields'] },
  at: Instant,
  opened: ReadonlySet<string> = new Set(),
): Promise<Trial> =>
  tried(db, at, { begin: (forecast) => forecast.open({ id: 'trial', kind, fields: opening }, at) }, opened);

const tried = (
  db: Kysely<Database>,
  at: Instant,
  start: Pick<Start, 'from' | 'begin'>,
  opened: ReadonlySet<string> = new Set(),
): Promise<Trial> =>
  inOneMoment(db, [], (trx) =>
    consequencesOf(trx, { at, ...start, recorded: (asked) => recordable(trx, asked, opened) }),
  );

/**
 * What a command or an opening that the rules take puts on record, or why the directory has it refused; changes nothing.
 *
 * @param opened names cases that will be there by then, though the register does not know them yet
 */
export async function recordable(
  db: Kysely<Database>,
  { lifecycle, command, before, events }: Asked,
  opened: ReadonlySet<string>,
): Promise<readonly CaseEvent[] | Refusal> {
  const worked = await workedOut(db, lifecycle, before, events);
  const definition = commandsOf(lifecycle)[command.name];
  const schema = before ? definition && bodyOf(definition) : openingSchema(lifecycle);
  const named = schema ? referencesIn(schema, command.body) : [];
  const references = named.filter(({ id }) => !opened.has(id));
  const tried = { command, before, events: worked };
  return inOneMoment(
    db,
    references,
    async (trx) => (await refuseByDirectory(trx, lifecycle, references, tried)) ?? worked,
  );
}

/** The event of an opening, or why it would be refused: what follows is not looked at. */
export async function wouldBeOpened(
  db: Kysely<Database>,
  lifecycle: Lifecycle,
  opening: { readonly by: string },
  at: Instant,
  opened: ReadonlySet<string> = new Set(),
): Promise<CaseEvent | Refusal> {
  const event = decideOpening(lifecycle, opening, at, 'trial');
  if (isRefusal(event)) return event;
  const command = { id: 'trial', name: 'opening', body: opening };
  const events = await recordable(db, { lifecycle, command, before: undefined, events: [event] }, opened);
  return isRefusal(events) ? events : (events[0] ?? event);
}

/** By the directory of one moment, of which everybody is looked up once. */
const inOneMoment = <T>(
  db: Kysely<Database>,
  references: readonly Reference[],
  act: (trx: Transaction<Database>) => Promise<T>,
): Promise<T> =>
  inTransaction(db, async (trx) => {
    await lookAround(trx, entriesIn(references));
    return act(trx);
  });

interface Tried {
  readonly command: Command;
  readonly before: CaseState | undefined;
  readonly events: readonly CaseEvent[];
}

async function refuseByDirectory(
  db: Kysely<Database>,
  lifecycle: Lifecycle,
  references: readonly Reference[],
  { command, before, events }: Tried,
): Promise<Refusal | undefined> {
  const unknown = await refuseUnknownReferences(db, references);
  if (unknown || events.length === 0) return unknown;
  const after = fold(lifecycle, events, before);
  const owing = unplannedDeadlines(lifecycle, after).flatMap(({ owedBy }) => owedBy ?? []);
  return (
    (await refuseNotTheirs(db, lifecycle, { command, before, at: after.lastAt, coordinator: after.coordinator })) ??
    (await refuseUnreachable(db, owing)) ??
    (await refuseDaysNotBegun(db, lifecycle, { command, before, references, at: after.lastAt })) ??
    (await refuseLocalTimes(db, lifecycle, { command: command.name, before, after }))
  );
}
