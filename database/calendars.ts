import type { Kysely } from 'kysely';
import { countryCalendarOf } from '../calendars/index.ts';
import { zoneSpelled } from '../calendars/zones.ts';
import { type Outlook, outlookOf, workingCalendar } from '../domain/calendar.ts';
import type { CivilDate } from '../domain/dates.ts';
import { partyOfPerson } from '../domain/fields.ts';
import type { Deadline } from '../domain/ladder.ts';
import type { CaseHeader } from '../domain/lifecycle.ts';
import type { Calendar } from '../domain/planning.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import type { CalendarOverrideRow, Database } from './schema.ts';
import { type Surroundings, surroundingsOf } from './surroundings.ts';

/** Where somebody works: what decides on zone and working days. */
export interface Place {
  readonly zone: string;
  readonly country: string;
  readonly agency: string | null;
}

/** Where a deadline counts: where whoever owes it works, else in the country named, else where the coordinator works. */
export function placeIn(around: Surroundings, { owedBy, inCountry }: Deadline, header: CaseHeader): Place | undefined {
  return (
    (owedBy ? placeOf(around, owedBy) : undefined) ??
    (inCountry ? placeOf(around, inCountry) : undefined) ??
    placeOf(around, partyOfPerson(header.coordinator))
  );
}

export const placeFor = async (
  db: Kysely<Database>,
  deadline: Deadline,
  header: CaseHeader,
): Promise<Place | undefined> => {
  const { owedBy, inCountry } = deadline;
  const asked = [owedBy, inCountry, partyOfPerson(header.coordinator)].flatMap((each) => each ?? []);
  return placeIn(await surroundingsOf(db, asked), deadline, header);
};

/** The working days of a place, with what was said of single days; of an unknown one Monday to Friday in UTC. */
export function calendarIn({ countries, agencies }: Surroundings, place: Place | undefined): Calendar {
  if (!place) return workingCalendar('UTC', undefined);
  const { zone, country, agency } = place;
  // The country's first, so that the agency has the last word.
  const said = [countries.get(country), agency ? agencies.get(agency) : undefined];
  const overrides = said.flatMap((each) => each?.overrides ?? []);
  return workingCalendar(zone, countryCalendarOf(country), overrides);
}

/** The same, of a place that may not have been looked up yet. */
export async function calendarAt(db: Kysely<Database>, place: Place | undefined): Promise<Calendar> {
  const asked = place ? [place.country, ...(place.agency ? [`agency/${place.agency}`] : [])] : [];
  return calendarIn(await surroundingsOf(db, asked), place);
}

/** The calendar by which a deadline counts. */
export const calendarFor = async (db: Kysely<Database>, deadline: Deadline, header: CaseHeader): Promise<Calendar> =>
  calendarAt(db, await placeFor(db, deadline, header));

/** A zone by its own name, `Europe/Belgrade` or `UTC`: whoever is in the directory is written small, and a country has two letters. */
export const isZoneName = (where: string): boolean => where === 'UTC' || /^[A-Z].*\//.test(where);

/** The zone of that name, or in which a party works, or that of a country's capital. */
export async function zoneAt(db: Kysely<Database>, where: string): Promise<string | undefined> {
  if (isZoneName(where)) return zoneSpelled(where) === where ? where : undefined;
  return placeOf(await surroundingsOf(db, [where]), where)?.zone;
}

/**
 * Where somebody works, or what lies in a country.
 *
 * @param where `person/kim-minji`, `agency/klid`, `KR`
 */
export function placeOf({ people, agencies, countries }: Surroundings, where: string): Place | undefined {
  const [kind = '', id] = where.split('/');
  if (id === undefined) {
    const country = countries.get(kind);
    return country && { zone: country.zone, country: kind, agency: null };
  }
  if (kind === 'person') {
    const person = people.get(id);
    return person && { zone: person.zone, country: person.country, agency: person.agency };
  }
  const agency = agencies.get(id);
  return agency && { zone: agency.contactZone ?? agency.zone, country: agency.country, agency: id };
}

export type OverrideFields = Pick<CalendarOverrideRow, 'date' | 'kind' | 'note'>;

/** A country by its code, `KR`, or an agency by its id, `klid`: capitals tell them apart. */
export const scopeOf = (place: string) => (/^[A-Z]{2}$/.test(place) ? 'country' : 'agency');

/** @param scope what it has to be; absent: whichever its letters say */
export async function refuseUnknownPlace(
  db: Kysely<Database>,
  place: string,
  scope: 'country' | 'agency' = scopeOf(place),
): Promise<Refusal | undefined> {
  const found =
    scope === 'country'
      ? await db.selectFrom('countries').select('code').where('code', '=', place).executeTakeFirst()
      : await db.selectFrom('agencies').select('id').where('id', '=', place).executeTakeFirst();
  if (found) return undefined;
  const code = scope === 'country' ? 'UnknownCountry' : 'UnknownAgency';
  return refuse(code, `There is no ${scope} "${place}"; see \`./entente directory list --table ${tableOf[scope]}\`.`);
}

const tableOf = { country: 'countries', agency: 'agencies' } as const;

/** Says of one day whether a country or an agency works; said before of the same day, it is replaced. Safe to repeat. */
export async function addOverride(
  db: Kysely<Database>,
  place: string,
  fields: OverrideFields,
): Promise<Refusal | undefined> {
  const unknown = await refuseUnknownPlace(db, place);
  if (unknown) return unknown;
  const scope = scopeOf(place);
  await db
    .insertInto('calendar_overrides')
    .values({ country: null, agency: null, [scope]: place, ...fields })
    .onConflict((conflict) => conflict.columns([scope, 'date']).doUpdateSet(fields))
    .execute();
  return undefined;
}

export interface ListedOverride extends OverrideFields {
  /** The code of a country or the id of an agency. */
  readonly place: string;
}

/** What was said of single days, of one country or agency or of all, the earliest first. */
export async function listOverrides(
  db: Kysely<Database>,
  place?: string,
): Promise<readonly ListedOverride[] | Refusal> {
  const unknown = place === undefined ? undefined : await refuseUnknownPlace(db, place);
  if (unknown) return unknown;
  return db
    .selectFrom('calendar_overrides')
    .select((eb) => [eb.fn.coalesce('country', 'agency').$notNull().as('place'), 'date', 'kind', 'note'])
    .$if(place !== undefined, (query) => query.where((eb) => eb(eb.fn.coalesce('country', 'agency'), '=', place ?? '')))
    .orderBy('date')
    .orderBy('place')
    .execute();
}

/** The day is again what the calendar says. */
export async function removeOverride(
  db: Kysely<Database>,
  place: string,
  date: CivilDate,
): Promise<Refusal | undefined> {
  const unknown = await refuseUnknownPlace(db, place);
  if (unknown) return unknown;
  const { numDeletedRows } = await db
    .deleteFrom('calendar_overrides')
    .where(scopeOf(place), '=', place)
    .where('date', '=', date)
    .executeTakeFirst();
  return numDeletedRows > 0n
    ? undefined
    : refuse('UnknownItem', `Nothing was said of ${date} for ${place}; see \`./entente calendar override list\`.`);
}

/** How far ahead the holidays of every country in the directory are known. */
export async function calendarOutlooks(db: Kysely<Database>, today: CivilDate): Promise<readonly Outlook[]> {
  const countries = await db.selectFrom('countries').select('code').orderBy('code').execute();
  return countries.map(({ code }) => outlookOf(code, countryCalendarOf(code), today));
}
