import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';
import { placed, type PlaceFilter } from './placed.ts';
import { withWords } from './search.ts';
import { forms, keyOf, keyParts, type Listed, limitOf, type Page } from './page.ts';
import { byId, standing, withViews } from './registers.ts';
import { byColumn, byColumnIfAny, byColumnOfFew, pageOf, type Sorting } from './sorting.ts';

export interface DatedFilter extends PlaceFilter {
  /** Closed and cancelled ones too. */
  readonly all?: boolean | undefined;
}

export const afterDay = (after: string, form: RegExp = forms.day) => keyParts(after, [form, forms.caseId]);

/** A page goes on after a day and an id. */
export const isAfter = (after: string) => {
  const [day, id] = afterDay(after);
  return sql<boolean>`(day, id) > (${day}, ${id})`;
};

export const dayAndId = ({ day, id }: { readonly day: string; readonly id: string }): string => keyOf(day, id);

export function visitRegisterQuery(db: Kysely<Database>, { all, ...filter }: DatedFilter, page: Page) {
  let query = withViews(db)
    .selectFrom('visit_register')
    .select(standing)
    .select(['day', 'until', 'sending_country as sendingCountry', 'leg_countries as legCountries', 'senders', 'head'])
    .select(['agencies', 'unconfirmed_legs as unconfirmedLegs', 'acts', 'to_prepare as toPrepare'])
    .select(['returned_on as returnedOn', 'reported_on as reportedOn', 'closed_at as closedAt'])
    .orderBy('day')
    .orderBy('id')
    .limit(limitOf(page) + 1);
  if (!all) query = query.where('closed_at', 'is', null);
  query = query.where(placed('visit_register', filter));
  return page.after === undefined ? query : query.where(isAfter(page.after));
}

export type RegisteredVisit = Awaited<ReturnType<ReturnType<typeof visitRegisterQuery>['execute']>>[number];

export const visitSorting: Sorting<RegisteredVisit> = {
  ties: byId,
  by: {
    case: byColumnOfFew('title'),
    from: byColumn('day', 'day'),
    to: byColumn('until', 'day'),
    head: byColumnIfAny('head'),
    stage: byColumnOfFew('stage'),
    late: byColumn('late', 'truth'),
  },
};

/** Delegation visits by their first day. */
export const listVisits = async (
  db: Kysely<Database>,
  filter: DatedFilter = {},
  page: Page = {},
): Promise<Listed<RegisteredVisit>> => {
  const known = await withWords(db, filter);
  return pageOf(db, page, (at) => visitRegisterQuery(db, known, at), { keyOf: dayAndId, sorting: visitSorting });
};

export function workshopRegisterQuery(db: Kysely<Database>, { all, ...filter }: DatedFilter, page: Page) {
  let query = withViews(db)
    .selectFrom('workshop_register')
    .select(standing)
    .select(['day', 'until', 'subject', 'country', 'place', 'hosts', 'visit', 'mou', 'participants', 'places'])
    .select(['nominations_by as nominationsBy', 'not_answered as notAnswered', 'held_on as heldOn'])
    .select('closed_at as closedAt')
    .orderBy('day')
    .orderBy('id')
    .limit(limitOf(page) + 1);
  if (!all) query = query.where('closed_at', 'is', null);
  query = query.where(placed('workshop_register', filter));
  return page.after === undefined ? query : query.where(isAfter(page.after));
}

export type RegisteredWorkshop = Awaited<ReturnType<ReturnType<typeof workshopRegisterQuery>['execute']>>[number];

export const workshopSorting: Sorting<RegisteredWorkshop> = {
  ties: byId,
  by: {
    case: byColumnOfFew('title'),
    from: byColumn('day', 'day'),
    to: byColumn('until', 'day'),
    country: byColumn('country'),
    place: byColumnIfAny('place'),
    participants: byColumn('participants', 'number'),
    stage: byColumnOfFew('stage'),
  },
};

/** Workshops by their first day. */
export const listWorkshops = async (
  db: Kysely<Database>,
  filter: DatedFilter = {},
  page: Page = {},
): Promise<Listed<RegisteredWorkshop>> => {
  const known = await withWords(db, filter);
  return pageOf(db, page, (at) => workshopRegisterQuery(db, known, at), { keyOf: dayAndId, sorting: workshopSorting });
};
