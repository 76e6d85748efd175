import { type Kysely, sql, type Transaction } from 'kysely';
import type { CaseEvent } from '../domain/case/state.ts';
import type { Database, EventRow } from './schema.ts';

/** The case as the register has it, held until the transaction ends. */
export const lockCase = (trx: Transaction<Database>, id: string): Promise<{ number: number } | undefined> =>
  trx.selectFrom('cases').select('number').where('id', '=', id).forUpdate().executeTakeFirst();

/** Lets one transaction at a time find out whether a case is on record and open it: there is no row to lock yet. */
export async function lockOpening(trx: Transaction<Database>, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`opening ${id}`}, 0))`.execute(trx);
}

/** All events of a case up to that number, as the case itself has them: their fold is its state. */
export async function readEvents(db: Kysely<Database>, caseId: string, until = 2 ** 31 - 1): Promise<CaseEvent[]> {
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('number', '<=', until)
    .orderBy('number')
    .execute();
  return rows.map(eventOf);
}

/** Of several cases, each up to a number of its own: what their states were then. */
export async function readEventsUpTo(
  db: Kysely<Database>,
  numbers: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, readonly CaseEvent[]>> {
  const events = new Map([...numbers.keys()].map((id): [string, CaseEvent[]] => [id, []]));
  if (numbers.size === 0) return events;
  const { rows } = await sql<EventRow>`
    select events.* from unnest(${[...numbers.keys()]}::text[], ${[...numbers.values()]}::integer[]) as wanted (id, until)
      join events on case_id = wanted.id and number <= until
    order by case_id, number`.execute(db);
  for (const row of rows) events.get(row.case_id)?.push(eventOf(row));
  return events;
}

/** An event, and whether nobody has done anything in its case since: what cases do by themselves changes no subject of these. */
export interface EventThen {
  readonly caseId: string;
  readonly event: CaseEvent;
  readonly isLast: boolean;
}

export const eventsThenQuery = (wanted: readonly { readonly caseId: string; readonly number: number }[]) => sql<
  EventRow & { readonly isLast: boolean }
>`
  select events.*, coalesce((
    -- The next one is looked up: gathered for all at once, whole stories would be.
    select false from events as later
    where later.case_id = events.case_id and later.number > events.number and later.type not in ('planned', 'reminded')
    order by later.number limit 1
  ), true) as "isLast"
  from unnest(${wanted.map(({ caseId }) => caseId)}::text[], ${wanted.map(({ number }) => number)}::integer[]) as wanted (id, nth)
    join events on case_id = wanted.id and number = nth`;

export async function readEventsThen(
  db: Kysely<Database>,
  wanted: Parameters<typeof eventsThenQuery>[0],
): Promise<readonly EventThen[]> {
  if (wanted.length === 0) return [];
  const { rows } = await eventsThenQuery(wanted).execute(db);
  return rows.map(({ isLast, ...row }) => ({ caseId: row.case_id, event: eventOf(row), isLast }));
}

export const eventOf = ({ type, number, at, by, reason, command_id, data }: EventRow): CaseEvent => ({
  ...(data as Record<string, unknown>),
  type,
  number,
  at,
  by,
  ...(reason ? { reason } : {}),
  ...(command_id ? { commandId: command_id } : {}),
});

export const readCommand = (db: Kysely<Database>, caseId: string, commandId: string) =>
  db
    .selectFrom('commands')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('command_id', '=', commandId)
    .executeTakeFirst();

/** The command that opened a case; nothing of one that a case has opened. */
export const readOpeningCommand = (db: Kysely<Database>, caseId: string) =>
  db
    .selectFrom('commands')
    .select('commands.digest')
    .innerJoin('events', (join) =>
      join.onRef('events.case_id', '=', 'commands.case_id').onRef('events.command_id', '=', 'commands.command_id'),
    )
    .where('commands.case_id', '=', caseId)
    .where('events.number', '=', 1)
    .executeTakeFirst();

/** The ids of the commands of a case that came without a proof of who gives them. */
export async function unprovedIn(db: Kysely<Database>, caseId: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('commands')
    .select('command_id')
    .where('case_id', '=', caseId)
    .where('proved', 'is', false)
    .execute();
  return new Set(rows.map(({ command_id }) => command_id));
}

/** What commands of a case were answered, by their ids. */
export async function readAnswers(
  db: Kysely<Database>,
  caseId: string,
  commandIds: readonly string[],
): Promise<[commandId: string, answer: unknown][]> {
  if (commandIds.length === 0) return [];
  const rows = await db
    .selectFrom('commands')
    .select(['command_id', 'answer'])
    .where('case_id', '=', caseId)
    .where('command_id', 'in', commandIds)
    .execute();
  return rows.map(({ command_id, answer }) => [command_id, answer]);
}
