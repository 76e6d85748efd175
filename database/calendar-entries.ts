import { type Kysely, sql } from 'kysely';
import { type KeptEntries, type KeptEntry, uidOf } from '../domain/case/calendar-entries.ts';
import type { CivilDate } from '../domain/dates.ts';
import { idOrder } from '../domain/id-order.ts';
import type { Refusal } from '../domain/refusal.ts';
import { refuseUnknownPlace, scopeOf, zoneAt } from './calendars.ts';
import type { Database } from './schema.ts';
import { coordinatorsFor, type Standpoint } from './standpoint.ts';

export interface ListedEntry extends KeptEntry {
  readonly caseId: string;
  readonly uid: string;
  readonly zone?: string | undefined;
}

/**
 * Every entry that stands in people's calendars, withdrawn ones included, by its first day: all, those to which an
 * agency (`klid`) or one of its people is invited, or those of a country (`GR`): what takes place there, what its agencies
 * and people are invited to, and what of the cases that concern it has no country of its own.
 */
export async function listCalendarEntries(
  db: Kysely<Database>,
  place?: string,
): Promise<readonly ListedEntry[] | Refusal> {
  const unknown = place === undefined ? undefined : await refuseUnknownPlace(db, place);
  if (unknown) return unknown;
  const isCountry = place !== undefined && scopeOf(place) === 'country';
  const invited = place === undefined ? undefined : await partiesOf(db, place);
  return entriesWhere(
    db,
    ({ countries }, { attendees, zoneOf }) =>
      !invited ||
      attendees.some((party) => invited.has(party)) ||
      (isCountry && (zoneOf ? zoneOf === place || invited.has(zoneOf) : countries.includes(place))),
  );
}

/** Those of the cases that somebody reads whole, and those to which they, their agency or one of its people is invited. */
export async function listEntriesFor(db: Kysely<Database>, standpoint: Standpoint): Promise<readonly ListedEntry[]> {
  const invited = new Set([...standpoint.parties, ...(await partiesOf(db, standpoint.agency))]);
  const coordinators = new Set(await coordinatorsFor(db, standpoint, false));
  return entriesWhere(
    db,
    ({ coordinator }, { attendees }) => coordinators.has(coordinator) || attendees.some((party) => invited.has(party)),
  );
}

/** The open cases that have written to these parties, and whose calendar has something for one of them that is not over: the next first. */
export async function casesInviting(
  db: Kysely<Database>,
  parties: readonly string[],
  today: CivilDate,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from cases, lateral (
      select min(value->'entry'->>'from') as next from jsonb_each(state->'calendarEntries') as kept (name, value)
      where not (value->>'withdrawn')::boolean and value->'entry'->>'to' >= ${today}
        and value->'entry'->'attendees' ?| ${[...parties]}::text[]
    ) as invited
    where has_calendar_entries and closed_at is null and next is not null
      and id in (select case_id from messages where standing = 'sent' and recipient = any(${[...parties]}::text[]))
    order by next, id limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

interface RowWithEntries {
  readonly countries: readonly string[];
  readonly coordinator: string;
}

async function entriesWhere(
  db: Kysely<Database>,
  isListed: (row: RowWithEntries, entry: KeptEntry['entry']) => boolean,
): Promise<readonly ListedEntry[]> {
  const rows = await db
    .selectFrom('cases')
    .select(['id', 'countries', 'coordinator', sql<string>`state->>'openedAt'`.as('openedAt')])
    .select(sql<KeptEntries>`state->'calendarEntries'`.as('entries'))
    .where(sql<boolean>`has_calendar_entries`)
    .execute();
  const kept = rows.flatMap(({ entries, ...row }) =>
    Object.values(entries)
      .filter(({ entry }) => isListed(row, entry))
      .map((each) => ({ ...each, caseId: row.id, uid: uidOf(row, each.entry.name) })),
  );
  const zones = await zonesOf(db, kept);
  const zoned = kept.map((each) => ({ ...each, zone: zones.get(each.entry.zoneOf) }));
  return zoned.sort((a, b) => a.entry.from.localeCompare(b.entry.from) || idOrder(a.uid, b.uid));
}

/** Each party or country is asked about once: there are thousands of entries, and few places. */
async function zonesOf(
  db: Kysely<Database>,
  kept: readonly KeptEntry[],
): Promise<ReadonlyMap<unknown, string | undefined>> {
  const zones = new Map<string, string | undefined>();
  for (const { zoneOf } of kept.map(({ entry }) => entry))
    if (zoneOf && !zones.has(zoneOf)) zones.set(zoneOf, await zoneAt(db, zoneOf));
  return zones;
}

/** An agency with its people, or all of those of a country. */
async function partiesOf(db: Kysely<Database>, place: string): Promise<ReadonlySet<string>> {
  const column = scopeOf(place) === 'country' ? 'agencies.country' : 'agencies.id';
  const rows = await db
    .selectFrom('agencies')
    .leftJoin('people', 'people.agency', 'agencies.id')
    .select(['agencies.id as agency', 'people.id as person'])
    .where(column, '=', place)
    .execute();
  return new Set(rows.flatMap(({ agency, person }) => [`agency/${agency}`, ...(person ? [`person/${person}`] : [])]));
}
