import { type Kysely, sql } from 'kysely';
import { type KeptEntry, uidOf } from '../domain/case/calendar-entries.ts';
import type { CaseState } from '../domain/case/state.ts';
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
    .select(['id', 'state'])
    .where(sql<boolean>`state ? 'calendarEntries'`)
    .$if(scope === 'country', (query) => query.where(sql<boolean>`countries @> array[${place}]`))
    .execute();
  const invited = scope === 'agency' && place ? await partiesOf(db, place) : undefined;
  const kept = rows.flatMap(({ id, state }) => {
    const whole = state as CaseState;
    return Object.values(whole.calendarEntries ?? {})
      .filter(({ entry }) => !invited || entry.attendees.some((party) => invited.has(party)))
      .map((each) => ({ ...each, caseId: id, uid: uidOf(whole, each.entry.name) }));
  });
  const zoned = await Promise.all(
    kept.map(async (each) => ({ ...each, zone: each.entry.zoneOf && (await zoneAt(db, each.entry.zoneOf)) })),
  );
  return zoned.sort((a, b) => a.entry.from.localeCompare(b.entry.from) || a.uid.localeCompare(b.uid));
}

async function partiesOf(db: Kysely<Database>, agency: string): Promise<ReadonlySet<string>> {
  const people = await db.selectFrom('people').select('id').where('agency', '=', agency).execute();
  return new Set([`agency/${agency}`, ...people.map(({ id }) => `person/${id}`)]);
}
