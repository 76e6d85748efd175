import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { CaseState } from '../domain/case/state.ts';
import { type CivilDate, dayIn, type Instant } from '../domain/dates.ts';
import { type Party, partyOfPerson } from '../domain/fields.ts';
import { insteadOfWhom } from './actor.ts';
import { addresseeOf } from './addressee.ts';
import { byKey } from './prepared.ts';
import type { Database } from './schema.ts';
import type { Person } from './surroundings.ts';

type Db = Kysely<Database>;

/** For whom somebody acts today: themselves, whose mail they read instead of them, and the agencies whose contact those are. */
export interface Standpoint {
  readonly person: string;
  readonly agency: string;
  readonly parties: ReadonlySet<string>;
  /** The people of their agency, themselves among them. */
  readonly colleagues: readonly string[];
  /** The agencies whose cases they read whole: their own, those of which the directory makes them a reader or a coordinator, and all of a country for which they read. */
  readonly reads: readonly string[];
}

/** Whose letters somebody would have today, by the directory; nobody else acts for another. */
export async function standpointOf(db: Db, { person, agency, zone }: Person, at: Instant): Promise<Standpoint> {
  const people = [person, ...(await insteadOfWhom(db, person, at)).map((other) => other.person)];
  const parties = new Set(people.map(partyOfPerson));
  for (const party of await agenciesReachedAt(db, people)) {
    const reader = await addresseeOf(db, party, { at });
    if ('person' in reader && reader.person === person) parties.add(party);
  }
  const colleagues = await peopleOf(db, [agency]);
  return { person, agency, parties, colleagues, reads: [agency, ...(await agenciesRead(db, person, dayIn(at, zone)))] };
}

/** The agencies whose contact these are. */
async function agenciesReachedAt(db: Db, people: readonly string[]): Promise<readonly Party[]> {
  const { rows } = await sql<{ id: Party }>`${byKey}
    select 'agency/' || id as id from agencies where contact = any(${people}::text[])`.execute(db);
  return rows.map(({ id }) => id);
}

async function agenciesRead(db: Db, person: string, day: CivilDate): Promise<readonly string[]> {
  const { rows } = await sql<{ agency: string }>`${byKey}
    select distinct agencies.id as agency from roles
      join agencies on agencies.id = roles.agency or agencies.country = roles.country
    where person = ${person} and role in ('reader', 'coordinator')
      and coalesce(from_day <= ${day}::date, true) and coalesce(${day}::date <= until_day, true)`.execute(db);
  return rows.map(({ agency }) => agency);
}

/** Whose cases somebody keeps; or reads whole. */
export async function coordinatorsFor(
  db: Db,
  { parties, reads }: Standpoint,
  onlyMine: boolean,
): Promise<readonly string[]> {
  const persons = [...parties].filter((each) => each.startsWith('person/')).map((each) => each.slice(7));
  return onlyMine ? persons : [...persons, ...(await peopleOf(db, reads))];
}

const peopleOf = async (db: Db, agencies: readonly string[]): Promise<readonly string[]> =>
  (await db.selectFrom('people').select('id').where('agency', 'in', agencies).execute()).map(({ id }) => id);

/**
 * What somebody is in a case. A coordinator keeps it, and whoever reads their mail instead of them; `colleague` is of the
 * coordinator's agency, or reads for it, and reads all of it; `party` has a part in it, and reads what the other side may.
 */
export type PartIn = 'coordinator' | 'colleague' | 'party';

export async function partIn(
  db: Db,
  standpoint: Standpoint,
  { id, coordinator }: Pick<CaseState, 'id' | 'coordinator'>,
): Promise<PartIn | undefined> {
  for (const [part, onlyMine] of [
    ['coordinator', true],
    ['colleague', false],
  ] as const)
    if ((await coordinatorsFor(db, standpoint, onlyMine)).includes(coordinator)) return part;
  return (await partsAmong(db, standpoint, [id])).length > 0 ? 'party' : undefined;
}

/** In which of these cases somebody has a part. */
export async function partsAmong(db: Db, standpoint: Standpoint, ids: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct id from (${partsOf(standpoint)}) parts where id = any(${[...ids]}::text[])`.execute(db);
  return rows.map(({ id }) => id);
}

/**
 * The ids of the cases in which somebody has a part, some of them several times: their agency, one of its people, or whom
 * they act for owns them, owes something there, or was written to about them. Each is found by who it is, and no case is
 * asked: the one rule for a list and for a single case.
 */
export function partsOf({ agency, parties, colleagues }: Standpoint): RawBuilder<{ readonly id: string }> {
  const acting = [...parties, `agency/${agency}`];
  const ours = anyOf([...acting, ...colleagues.map(partyOfPerson)]);
  // Open and closed cases lie in indexes of their own.
  return sql`select id from cases where owner = ${ours} and closed_at is null
    union all select id from cases where owner = ${ours} and closed_at is not null
    union all select case_id from deadlines where owed_by = ${ours}
    union all select case_id from messages where standing = 'sent' and person = ${anyOf(colleagues)}
    union all select case_id from messages where standing = 'sent' and recipient = ${anyOf(acting)}`;
}

const anyOf = (each: readonly string[]): RawBuilder<unknown> => sql`any(${[...new Set(each)]}::text[])`;

/** The cases in which what these owe is due first. */
export const owedBy = (
  db: Db,
  parties: readonly string[],
  most: number,
): Promise<{ readonly caseId: string; readonly name: string }[]> =>
  db
    .selectFrom('deadlines')
    .select(['case_id as caseId', 'name'])
    .where('owed_by', 'in', [...parties])
    .orderBy('passes_at')
    .orderBy('case_id')
    .orderBy('name')
    .limit(most)
    .execute();
