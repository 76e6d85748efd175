import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';
import { type Agency, type Person, referencesAmong, surroundingsOf } from './surroundings.ts';
import type { Facts } from '../domain/lifecycle.ts';

type Db = Kysely<Database>;

/** What the register knows by a reference such as `agency/klid`, `person/kim-minji`, `GR` or `meeting/kr-gr-2`. */
export interface Named {
  readonly name: string;
  readonly address?: string;
  /** Of a person: what they are, and the name of the agency where. */
  readonly office?: string;
  readonly agency?: string;
}

export type Names = ReadonlyMap<string, Named>;

/** The names of everybody, every country and every case that the facts refer to. */
export async function namesIn(db: Db, facts: Facts): Promise<Names> {
  const values = Object.values(facts).flatMap((fact) =>
    typeof fact === 'string' ? [fact] : Array.isArray(fact) ? fact.map(String) : [],
  );
  const { people, agencies, countries } = await surroundingsOf(db, referencesAmong(values));
  const cases = await casesIn(db, values);
  return new Map([
    ...[...agencies.values()].map((agency) => [`agency/${agency.agency}`, known(agency)] as const),
    ...[...people.values()].map(
      (person) => [`person/${person.person}`, serving(person, agencies.get(person.agency))] as const,
    ),
    ...[...countries.values()].map(({ code, name }) => [code, { name }] as const),
    ...cases.map(({ id, title }) => [id, { name: `${title} (${id})` }] as const),
  ]);
}

const known = ({ name, address }: { readonly name: string; readonly address: string | null }): Named =>
  address ? { name, address } : { name };

const serving = (person: Person, agency: Agency | undefined): Named => ({
  ...known(person),
  ...(person.office ? { office: person.office } : {}),
  ...(agency ? { agency: agency.name } : {}),
});

async function casesIn(db: Db, values: readonly string[]) {
  const ids = values.filter((value) => /^[a-z]+\/[a-z0-9-]{1,64}$/.test(value) && !/^(agency|person)\//.test(value));
  return ids.length === 0 ? [] : db.selectFrom('cases').select(['id', 'title']).where('id', 'in', ids).execute();
}
