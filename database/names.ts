import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';
import type { Facts } from '../domain/lifecycle.ts';

type Db = Kysely<Database>;

/** What the register knows by a reference such as `agency/klid`, `person/kim-minji`, `GR` or `meeting/kr-gr-2`. */
export interface Named {
  readonly name: string;
  readonly address?: string;
}

export type Names = ReadonlyMap<string, Named>;

const idsOf = (values: readonly string[], kind: string): string[] =>
  values.flatMap((value) => new RegExp(`^(?:superior-of/)?${kind}/([a-z0-9-]{1,64})$`).exec(value)?.[1] ?? []);

/** The names of everybody, every country and every case that the facts refer to. */
export async function namesIn(db: Db, facts: Facts): Promise<Names> {
  const values = Object.values(facts).flatMap((fact) =>
    typeof fact === 'string' ? [fact] : Array.isArray(fact) ? fact.map(String) : [],
  );
  const [agencies, people, countries, cases] = await Promise.all([
    byId(db, 'agencies', idsOf(values, 'agency')),
    byId(db, 'people', idsOf(values, 'person')),
    countriesIn(db, values),
    casesIn(db, values),
  ]);
  return new Map([
    ...agencies.map(({ id, ...named }) => [`agency/${id}`, known(named)] as const),
    ...people.map(({ id, ...named }) => [`person/${id}`, known(named)] as const),
    ...countries.map(({ code, name }) => [code, { name }] as const),
    ...cases.map(({ id, title }) => [id, { name: `${title} (${id})` }] as const),
  ]);
}

const known = ({ name, address }: { name: string; address: string | null }): Named =>
  address ? { name, address } : { name };

const byId = async (db: Db, table: 'agencies' | 'people', ids: readonly string[]) =>
  ids.length === 0
    ? []
    : db
        .selectFrom(table)
        .leftJoin('mail_addresses as mail', (join) =>
          join.onRef('mail.id', '=', `${table}.id`).on('mail.kind', '=', table === 'people' ? 'person' : 'agency'),
        )
        .select([`${table}.id`, `${table}.name`, 'mail.address'])
        .where(`${table}.id`, 'in', ids)
        .execute();

async function countriesIn(db: Db, values: readonly string[]) {
  const codes = values.filter((value) => /^[A-Z]{2}$/.test(value));
  return codes.length === 0
    ? []
    : db.selectFrom('countries').select(['code', 'name']).where('code', 'in', codes).execute();
}

async function casesIn(db: Db, values: readonly string[]) {
  const ids = values.filter((value) => /^[a-z]+\/[a-z0-9-]{1,64}$/.test(value) && !/^(agency|person)\//.test(value));
  return ids.length === 0 ? [] : db.selectFrom('cases').select(['id', 'title']).where('id', 'in', ids).execute();
}
