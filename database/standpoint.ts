import { type Kysely, sql } from 'kysely';
import type { CaseState, OpenDeadline } from '../domain/case/state.ts';
import { type CivilDate, dayIn, type Instant } from '../domain/dates.ts';
import { type Party, partyOfPerson } from '../domain/fields.ts';
import { insteadOfWhom } from './actor.ts';
import { addresseeOf } from './addressee.ts';
import type { Database } from './schema.ts';
import type { Person } from './surroundings.ts';

type Db = Kysely<Database>;

/** For whom somebody acts today: themselves, whose mail they read instead of them, and the agencies whose contact those are. */
export interface Standpoint {
  readonly person: string;
  readonly agency: string;
  readonly parties: ReadonlySet<string>;
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
  return { person, agency, parties, reads: [agency, ...(await agenciesRead(db, person, dayIn(at, zone)))] };
}

/** The agencies whose contact these are. */
async function agenciesReachedAt(db: Db, people: readonly string[]): Promise<readonly Party[]> {
  const { rows } = await sql<{ id: Party }>`
    select 'agency/' || id as id from agencies where contact = any(${people}::text[])`.execute(db);
  return rows.map(({ id }) => id);
}

async function agenciesRead(db: Db, person: string, day: CivilDate): Promise<readonly string[]> {
  const { rows } = await sql<{ agency: string }>`
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
  { agency, parties, person, reads }: Standpoint,
  state: CaseState,
  owed: readonly Pick<OpenDeadline, 'owedBy'>[],
  owner: string | undefined,
): Promise<PartIn | undefined> {
  if (parties.has(`person/${state.coordinator}`)) return 'coordinator';
  if ((await peopleOf(db, reads)).includes(state.coordinator)) return 'colleague';
  const colleagues = new Set(await peopleOf(db, [agency]));
  const isOurs = (party: string | undefined): boolean =>
    party !== undefined &&
    (parties.has(party) || party === `agency/${agency}` || colleagues.has(party.replace(/^person\//, '')));
  if (isOurs(owner) || owed.some(({ owedBy }) => isOurs(owedBy))) return 'party';
  const written = await db
    .selectFrom('messages')
    .select('key')
    .where('case_id', '=', state.id)
    .where('state', '=', 'sent')
    .where((message) =>
      message.or([
        message('person', 'in', [person, ...colleagues]),
        message('recipient', 'in', [...parties, `agency/${agency}`]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return written && 'party';
}

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
