import { type RawBuilder, sql } from 'kysely';
import { holdsWords, type SearchFilter } from './search.ts';

/** What all lists of cases can be narrowed to. */
export interface PlaceFilter extends SearchFilter {
  readonly country?: string | undefined;
  readonly coordinator?: string | undefined;
  /** Only what one of these coordinates: a page shows nobody else's. */
  readonly coordinators?: readonly string[] | undefined;
}

export const inCountry = (country: string) => sql<boolean>`countries @> array[${country}]`;

/** Whether one of these coordinates a case, open or over: each lies in an index of its own. */
export function coordinatedBy(coordinators: readonly string[]): RawBuilder<boolean> {
  const isTheirs = sql`coordinator = any(${[...coordinators]}::text[])`;
  return sql<boolean>`(closed_at is null and ${isTheirs} or closed_at is not null and ${isTheirs})`;
}

/**
 * What a filter asks of each row.
 *
 * @param list the view or table, which has countries, a coordinator and the id of a case
 */
export function placed(list: string, { country, coordinator, coordinators, words }: PlaceFilter): RawBuilder<boolean> {
  const asked = [
    ...(country ? [inCountry(country)] : []),
    ...(coordinator ? [sql<boolean>`coordinator = ${coordinator}`] : []),
    ...(coordinators ? [sql<boolean>`coordinator = any(${[...coordinators]}::text[])`] : []),
    ...(words ? [holdsWords(`${list}.id`, words)] : []),
  ];
  return asked.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(asked, sql` and `)})`;
}
