import type { Kysely } from 'kysely';
import { dayOf, type Instant, minus } from '../../domain/dates.ts';
import type { Database } from '../schema.ts';
import { type Listed, limitOf, type Page } from './page.ts';
import { placed, type PlaceFilter } from './placed.ts';
import { byId, standing, withViews } from './registers.ts';
import { withWords } from './search.ts';
import { byColumn, byColumnIfAny, byColumnOfFew, pageOf, type Sorting } from './sorting.ts';
import { dayAndId, isAfter } from './visits.ts';

export interface ComingFilter extends PlaceFilter {
  /** What was over by this moment is not listed. */
  readonly asOf: Instant;
}

/** Nothing that takes place lasts longer: so what was never recorded as held need not be looked through each time. */
const longest = 'P1Y';

export function comingDatesQuery(db: Kysely<Database>, { asOf, ...filter }: ComingFilter, page: Page) {
  let query = withViews(db)
    .selectFrom('coming_dates')
    .select(standing)
    .select(['kind', 'day', 'until', 'place', 'visit'])
    .where('until', '>=', dayOf(asOf))
    .where('day', '>=', minus(dayOf(asOf), longest))
    .orderBy('day')
    .orderBy('id')
    .limit(limitOf(page) + 1);
  query = query.where(placed('coming_dates', filter));
  return page.after === undefined ? query : query.where(isAfter(page.after));
}

export type ComingDate = Awaited<ReturnType<ReturnType<typeof comingDatesQuery>['execute']>>[number];

export const comingSorting: Sorting<ComingDate> = {
  ties: byId,
  by: {
    case: byColumnOfFew('title'),
    from: byColumn('day', 'day'),
    to: byColumn('until', 'day'),
    kind: byColumnOfFew('kind'),
    place: byColumnIfAny('place'),
    stage: byColumnOfFew('stage'),
  },
};

/** What takes place next: visits, workshops, editions, meetings, appointments and signings, by their day. */
export const listComingDates = async (
  db: Kysely<Database>,
  filter: ComingFilter,
  page: Page = {},
): Promise<Listed<ComingDate>> => {
  const known = await withWords(db, filter);
  return pageOf(db, page, (at) => comingDatesQuery(db, known, at), { keyOf: dayAndId, sorting: comingSorting });
};
