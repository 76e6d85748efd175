import { type Kysely, sql, type Transaction } from 'kysely';
import type { CalendarOverride } from '../domain/calendar.ts';
import { type CivilDate, dayIn, dayOf, type Instant, minus } from '../domain/dates.ts';
import { byKey } from './prepared.ts';
import type { Database } from './schema.ts';

type Db = Kysely<Database>;

/** Somebody in the directory, as far as it decides on where mail goes and when. */
export interface Person {
  readonly person: string;
  readonly name: string;
  /** The first that does not bounce. */
  readonly address: string | null;
  readonly bounces: boolean;
  /** All of them, in the order in which they are tried. */
  readonly addresses: readonly string[];
  readonly language: string;
  readonly zone: string;
  readonly country: string;
  /** `09:00-18:00`, in their zone. */
  readonly hours: string;
  readonly agency: string;
  /** What they are there, as an import said it. */
  readonly office: string | null;
  readonly superior: string | null;
  /** Has commands at hand. */
  readonly terminal: boolean;
  /** The first day on which they no longer serve. */
  readonly leftOn: CivilDate | null;
  /** The earliest first, without those that were over by the day that was asked for. */
  readonly absences: readonly StoodInFor[];
}

/** Whether somebody no longer serves at that moment, by the day where they are. */
export const hasLeft = ({ leftOn, zone }: Pick<Person, 'leftOn' | 'zone'>, at: Instant): boolean =>
  leftOn !== null && leftOn <= dayIn(at, zone);

/** Both days included, in the zone of the person. */
export interface StoodInFor {
  readonly from: CivilDate;
  readonly until: CivilDate;
  readonly standIn: string;
}

export interface Agency {
  readonly agency: string;
  readonly name: string;
  /** Its shared mailbox, unless that bounces. */
  readonly address: string | null;
  readonly bounces: boolean;
  readonly contact: string | null;
  readonly country: string;
  readonly language: string;
  /** That of its country. */
  readonly zone: string;
  /** Where its contact works, if that was said of the contact. */
  readonly contactZone: string | null;
  readonly overrides: readonly CalendarOverride[];
}

export interface Country {
  readonly code: string;
  readonly name: string;
  readonly zone: string;
  readonly overrides: readonly CalendarOverride[];
}

/** What the directory says of some, and of all who may have their mail instead or decide on their days. */
export interface Surroundings {
  readonly people: ReadonlyMap<string, Person>;
  readonly agencies: ReadonlyMap<string, Agency>;
  readonly countries: ReadonlyMap<string, Country>;
}

interface Memory {
  readonly since: CivilDate;
  /** There is nothing of the directory that it does not have. */
  readonly isWhole?: true;
  readonly known: Set<string>;
  readonly people: Map<string, Person>;
  readonly agencies: Map<string, Agency>;
  readonly countries: Map<string, Country>;
}

const emptyMemory = (since: CivilDate): Memory => ({
  since,
  known: new Set(),
  people: new Map(),
  agencies: new Map(),
  countries: new Map(),
});

const memories = new WeakMap<Db, Memory>();

/**
 * From here on a transaction keeps what it looks up, and looks nothing up twice: whatever it does, it does by the
 * directory of one moment. For transactions that leave the directory as it is.
 *
 * @param references what it will ask about: `person/kim-minji`, `agency/klid`, `KR`
 * @param at of the earliest day on which it matters who is away; absent: all days
 */
export async function lookAround(
  trx: Transaction<Database>,
  references: readonly string[],
  at?: Instant,
): Promise<void> {
  if (memories.get(trx)?.isWhole) return;
  // Days begin earlier and end later elsewhere.
  memories.set(trx, emptyMemory(at === undefined ? always : minus(dayOf(at), 'P1D')));
  await surroundingsOf(trx, references);
}

const always = '0001-01-01';

/** What is known of these: from the transaction's memory if it keeps one, else from the directory. */
export async function surroundingsOf(db: Db, references: readonly string[]): Promise<Surroundings> {
  const memory = memories.get(db) ?? emptyMemory(always);
  const unknown = references.filter((reference) => !memory.known.has(reference));
  if (unknown.length > 0) await look(db, unknown, memory);
  return memory;
}

/** The directory that a transaction knows whole; whatever else was found out by it can be kept as long as it. */
export const knownWhole = (db: Db): Surroundings | undefined => {
  const memory = memories.get(db);
  return memory?.isWhole && memory;
};

/** The whole directory, as it is at one moment: for whoever looks at many cases. */
export const wholeDirectory = (db: Db): Promise<Surroundings> => everybody(db);

async function everybody(db: Db): Promise<Memory> {
  const { rows } = await sql<{ readonly reference: string }>`
    select 'person/' || id as reference from people union all select 'agency/' || id from agencies
    union all select code from countries`.execute(db);
  const references = rows.map(({ reference }) => reference);
  const directory = emptyMemory(always);
  await look(db, references, directory);
  return directory;
}

/** The same for a transaction that asks about many: it looks nothing up any more. */
export async function lookAtAll(trx: Transaction<Database>): Promise<Surroundings> {
  const directory = await everybody(trx);
  memories.set(trx, { ...directory, isWhole: true });
  return directory;
}

interface Found {
  readonly people: readonly Person[];
  readonly agencies: readonly Agency[];
  readonly countries: readonly Country[];
}

async function look(db: Db, references: readonly string[], memory: Memory): Promise<void> {
  const { rows } = await surroundingsQuery(references, memory.since).execute(db);
  for (const reference of references) memory.known.add(reference);
  for (const found of rows) remember(memory, found);
}

export const surroundingsQuery = (references: readonly string[], since: CivilDate = always) => sql<Found>`${byKey}
  with recursive around(reference) as (
    select unnest((select ${references}::text[]))
    union
    select next.reference from around, lateral (
      select unnest(array['agency/' || agency, 'person/' || superior]) from people
        where starts_with(around.reference, 'person/') and id = substr(around.reference, 8)
      union all select 'person/' || stand_in from absences
        where starts_with(around.reference, 'person/') and person = substr(around.reference, 8)
          and ${lastDay} >= (select ${since}::date)
      union all select unnest(array[country, 'person/' || contact]) from agencies
        where starts_with(around.reference, 'agency/') and id = substr(around.reference, 8)
    ) as next(reference) where next.reference is not null
  ) select
    (select coalesce(json_agg(row_to_json(p)), '[]') from (${people(since)}) p) as people,
    (select coalesce(json_agg(row_to_json(a)), '[]') from (${agencies}) a) as agencies,
    (select coalesce(json_agg(row_to_json(c)), '[]') from (${countries}) c) as countries`;

function remember({ known, ...memory }: Memory, found: Found): void {
  for (const person of found.people) memory.people.set(person.person, person);
  for (const agency of found.agencies) memory.agencies.set(agency.agency, agency);
  for (const country of found.countries) memory.countries.set(country.code, country);
  for (const { person } of found.people) known.add(`person/${person}`);
  for (const { agency } of found.agencies) known.add(`agency/${agency}`);
  for (const { code } of found.countries) known.add(code);
}

/** The last day of being away: whoever came back earlier was there from `back_on` on. */
export const lastDay = sql<CivilDate>`least(until_day, coalesce(back_on - 1, until_day))`;

/** As an array: Postgres takes it for short and looks each up by its key, however many there are in the directory. */
const idsAround = (kind: 'person' | 'agency') =>
  sql`array(select substr(reference, 8) from around where starts_with(reference, ${sql.lit(`${kind}/`)}))`;

/** At most one: without that limit Postgres would work out the addresses of the whole directory first. */
const addressOf = (kind: 'person' | 'agency', id: string) =>
  sql`(select address from mail_addresses where kind = ${sql.lit(kind)} and id = ${sql.raw(id)} limit 1)`;

const people = (since: CivilDate) => sql`
  select p.id as person, p.name, mail.address, p.email is not null and mail.address is null as bounces,
    array_remove(p.email || p.other_addresses, null) as addresses, coalesce(p.language, c.language) as language,
    coalesce(p.zone, c.zone) as zone, a.country, working_from || '-' || working_until as hours,
    p.agency, p.office, p.superior, p.terminal, p.left_on as "leftOn", (
      select coalesce(json_agg(json_build_object('from', from_day, 'until', ${lastDay}, 'standIn', stand_in) order by from_day), '[]')
      from absences where absences.person = p.id and ${lastDay} >= (select ${since}::date) and from_day <= ${lastDay}) as absences
  from people p join agencies a on a.id = p.agency join countries c on c.code = a.country
    left join lateral ${addressOf('person', 'p.id')} mail on true
  where p.id = any(${idsAround('person')})`;

const said = (of: 'country' | 'agency', id: string) => sql`(
  select coalesce(json_agg(json_build_object('date', date, 'kind', o.kind)), '[]')
  from calendar_overrides o where o.${sql.raw(of)} = ${sql.raw(id)}) as overrides`;

const agencies = sql`
  select a.id as agency, a.name, mail.address, a.email is not null and mail.address is null as bounces, a.contact, a.country,
    c.language, c.zone, contact.zone as "contactZone", ${said('agency', 'a.id')}
  from agencies a join countries c on c.code = a.country left join people contact on contact.id = a.contact
    left join lateral ${addressOf('agency', 'a.id')} mail on true
  where a.id = any(${idsAround('agency')})`;

const countries = sql`
  select c.code, c.name, c.zone, ${said('country', 'c.code')} from countries c where c.code = any(array(select reference from around))`;

const reference = /^(?:superior-of\/)?((?:person|agency)\/[a-z0-9-]{1,64}|[A-Z]{2})$/;

/** All that is named in values, however deep: parties and countries. */
export function referencesAmong(values: unknown): string[] {
  if (typeof values === 'string') return reference.exec(values)?.slice(1) ?? [];
  return typeof values === 'object' && values !== null ? Object.values(values).flatMap(referencesAmong) : [];
}
