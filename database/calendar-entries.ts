import { type Kysely, sql } from 'kysely';
import { type KeptEntries, type KeptEntry, uidOf } from '../domain/case/calendar-entries.ts';
import type { Refusal } from '../domain/refusal.ts';
import { refuseUnknownPlace, scopeOf, zoneAt } from './calendars.ts';
import type { Database } from './schema.ts';

export interface ListedEntry extends KeptEntry {
  readonly caseId: string;
  readonly uid: string;
  readonly zone?: string | undefined;
}

/**
 * Every entry that stands in people's calendars, withdrawn ones included, by its first day: all, those of the cases that
 * concern a country (`GR`), or those to which an agency (`klid`) or one of its people is invited.
 */
export async function listCalendarEntries(
  db: Kysely<Database>,
  place?: string,
): Promise<readonly ListedEntry[] | Refusal> {
  const unknown = place === undefined ? undefined : await refuseUnknownPlace(db, place);
  if (unknown) return unknown;
  const scope = place && scopeOf(place);
  const rows = await db
    .selectFrom('cases')
    .select(['id', sql<string>`state->>'openedAt'`.as('openedAt')])
    .select(sql<KeptEntries>`state->'calendarEntries'`.as('entries'))
    .where(sql<boolean>`state ? 'calendarEntries'`)
    .$if(scope === 'country', (query) => query.where(sql<boolean>`countries @> array[${place}]`))
    .execute();
  const invited = scope === 'agency' && place ? await partiesOf(db, place) : undefined;
  const kept = rows.flatMap(({ entries, ...row }) =>
    Object.values(entries)
      .filter(({ entry }) => !invited || entry.attendees.some((party) => invited.has(party)))
      .map((each) => ({ ...each, caseId: row.id, uid: uidOf(row, each.entry.name) })),
  );
  const zones = await zonesOf(db, kept);
  const zoned = kept.map((each) => ({ ...each, zone: zones.get(each.entry.zoneOf) }));
  return zoned.sort((a, b) => a.entry.from.localeCompare(b.entry.from) || a.uid.localeCompare(b.uid));
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

async function partiesOf(db: Kysely<Database>, agency: string): Promise<ReadonlySet<string>> {
  const people = await db.selectFrom('people').select('id').where('agency', '=', agency).execute();
  return new Set([`agency/${agency}`, ...people.map(({ id }) => `person/${id}`)]);
}
