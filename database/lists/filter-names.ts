import type { Kysely } from 'kysely';
import { isRefusal, type Refusal, type RefusalCode, refuse } from '../../domain/refusal.ts';
import { folded, searchedWords } from '../../domain/search.ts';
import type { Database } from '../schema.ts';

/** Whom or what the filter of a list names. */
export interface NamedInFilter {
  readonly country?: string | undefined;
  readonly agency?: string | undefined;
  /** `agency/klid` or `person/kim-minji`. */
  readonly owner?: string | undefined;
  readonly coordinator?: string | undefined;
  /** A person who acted. */
  readonly by?: string | undefined;
  readonly search?: string | undefined;
}

interface Known {
  readonly id: string;
  readonly name: string;
}

interface Asked {
  readonly what: 'country' | 'agency' | 'person';
  readonly named: string;
}

const askedIn = ({ country, agency, owner, coordinator, by }: NamedInFilter): Asked[] => {
  const [kind, id] = owner?.split('/') ?? [];
  return [
    ...(country ? [{ what: 'country', named: country } as const] : []),
    ...(agency ? [{ what: 'agency', named: agency } as const] : []),
    ...(id && (kind === 'agency' || kind === 'person') ? [{ what: kind, named: id } as const] : []),
    ...[coordinator, by].flatMap((person) => (person ? [{ what: 'person', named: person } as const] : [])),
  ];
};

const codes = {
  country: 'UnknownCountry',
  agency: 'UnknownAgency',
  person: 'UnknownPerson',
} as const satisfies Record<Asked['what'], RefusalCode>;

const tables = { country: 'countries', agency: 'agencies', person: 'people' } as const;

/** A list of what concerns somebody who does not exist would be empty, as if there were nothing to do. */
export async function refuseUnknownFilter(db: Kysely<Database>, filter: NamedInFilter): Promise<Refusal | undefined> {
  const words = filter.search === undefined ? [] : searchedWords(filter.search);
  if (isRefusal(words)) return words;
  for (const { what, named } of askedIn(filter)) {
    const known = await knownAs[what](db);
    if (known.some(({ id }) => id === named)) continue;
    const meant = known.find(({ id, name }) => [id, name].some((each) => folded(each) === folded(named)));
    const advice = meant ? `did you mean ${meant.id}?` : `see \`./entente directory list --table ${tables[what]}\`.`;
    return refuse(codes[what], `There is no ${what} "${named}"; ${advice}`);
  }
  return undefined;
}

const knownAs: Record<Asked['what'], (db: Kysely<Database>) => Promise<readonly Known[]>> = {
  country: (db) => db.selectFrom('countries').select(['code as id', 'name']).execute(),
  agency: (db) => db.selectFrom('agencies').select(['id', 'name']).execute(),
  person: (db) => db.selectFrom('people').select(['id', 'name']).execute(),
};
