import { type Kysely, sql } from 'kysely';
import type { Indicator, ProfileRecord } from '../country-profiles/record.ts';
import type { Database } from '../schema.ts';
import { forms, keyOf, keyParts, type Listed, limitOf, type Page, paged } from './page.ts';
import { pageOf, type Sorting } from './sorting.ts';

/** A country of the directory, and how much is recorded of it. */
export interface ListedCountry {
  readonly code: string;
  readonly name: string;
  readonly zone: string;
  readonly language: string;
  readonly indicators: number;
  readonly plans: number;
  readonly notes: number;
  readonly lastRecordedAt: string | null;
}

/** Every country of the directory, by code; there are some two hundred at most. */
export async function listCountries(db: Kysely<Database>): Promise<readonly ListedCountry[]> {
  const count = (kind: string) => sql<number>`count(*) filter (where kind = ${kind})::integer`;
  return db
    .selectFrom('countries')
    .leftJoin('country_records', (join) =>
      join.onRef('country_records.country', '=', 'countries.code').on('superseded_at', 'is', null),
    )
    .select(['code', 'name', 'zone', 'language'])
    .select([count('indicators').as('indicators'), count('plans').as('plans'), count('notes').as('notes')])
    .select(({ fn }) => fn.max('recorded_at').as('lastRecordedAt'))
    .groupBy('code')
    .orderBy('code')
    .execute();
}

export interface IndicatorFilter {
  readonly country?: string | undefined;
  /** Part of its name, in any case. */
  readonly indicator?: string | undefined;
  readonly year?: number | undefined;
}

export type ListedIndicator = Indicator & { readonly number: number };

export function indicatorsQuery(db: Kysely<Database>, { country, indicator, year }: IndicatorFilter, page: Page) {
  let query = db
    .selectFrom('country_records')
    .select(['number', sql<Indicator>`data`.as('data')])
    .where('kind', '=', 'indicators')
    .where('superseded_at', 'is', null)
    .orderBy('country')
    .orderBy(sql`data->>'year'`, 'desc')
    .orderBy(sql`data->>'indicator'`)
    .orderBy('number')
    .limit(limitOf(page) + 1);
  if (country) query = query.where('country', '=', country);
  if (year !== undefined) query = query.where(sql<boolean>`data->>'year' = ${String(year)}`);
  if (indicator) query = query.where(sql<boolean>`strpos(lower(data->>'indicator'), lower(${indicator})) > 0`);
  if (page.after === undefined) return query;
  const [code, of, number, name] = keyParts(page.after, [
    forms.countryCode,
    forms.number,
    forms.number,
    forms.anything,
  ]);
  return query.where(
    sql<boolean>`(country > ${code} or country = ${code} and (data->>'year' < ${of}
      or data->>'year' = ${of} and (data->>'indicator', number) > (${name}, ${Number(number)})))`,
  );
}

interface IndicatorRow {
  readonly number: number;
  readonly data: Indicator;
}

const ofData = (name: keyof Indicator, as: 'text' | 'number', mayLack = false) => ({
  by: as === 'number' ? sql`(data->>${sql.lit(name)})::integer` : sql`data->>${sql.lit(name)}`,
  of: ({ data }: IndicatorRow) => data[name] ?? null,
  as,
  mayLack,
});

/** Of which there are some thousands. */
export const indicatorSorting: Sorting<IndicatorRow> = {
  ties: [['number', forms.number]],
  by: {
    country: ofData('country', 'text'),
    indicator: ofData('indicator', 'text'),
    year: ofData('year', 'number'),
    rank: ofData('rank', 'number', true),
  },
};

/** Indicators as they stand, by country, the newest year first. */
export const listIndicators = async (
  db: Kysely<Database>,
  filter: IndicatorFilter = {},
  page: Page = {},
): Promise<Listed<ListedIndicator>> => {
  const { rows: shown, ...rest } = await pageOf<IndicatorRow>(db, page, (at) => indicatorsQuery(db, filter, at), {
    keyOf: ({ number, data: { country, year, indicator } }) => keyOf(country, year, number, indicator),
    sorting: indicatorSorting,
  });
  return { ...rest, rows: shown.map(({ number, data }) => ({ ...data, number })) };
};

/** Something recorded of a country, whether it stands or not. */
export interface CountryHistoryEntry {
  readonly number: number;
  readonly kind: 'indicators' | 'plans' | 'notes';
  readonly record: ProfileRecord;
  readonly recordedBy: string;
  readonly recordedAt: string;
  readonly supersededAt: string | null;
  readonly supersededBy: string | null;
  /** Why it was withdrawn; null when another took its place, or it stands. */
  readonly supersededBecause: string | null;
}

export function countryHistoryQuery(db: Kysely<Database>, country: string, page: Page) {
  const query = db
    .selectFrom('country_records')
    .select(['number', 'kind', sql<ProfileRecord>`data`.as('record')])
    .select(['recorded_by as recordedBy', 'recorded_at as recordedAt', 'superseded_at as supersededAt'])
    .select(['superseded_by as supersededBy', 'superseded_because as supersededBecause'])
    .where('country', '=', country)
    .orderBy('number')
    .limit(limitOf(page) + 1);
  return page.after === undefined ? query : query.where('number', '>', Number(keyParts(page.after, [forms.number])[0]));
}

/** Everything that was ever recorded of a country, in order. */
export const listCountryHistory = async (
  db: Kysely<Database>,
  country: string,
  page: Page = {},
): Promise<Listed<CountryHistoryEntry>> =>
  paged(await countryHistoryQuery(db, country, page).execute(), page, ({ number }) => String(number));
