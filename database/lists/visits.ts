import { type Kysely, sql } from 'kysely';
import { dayOf, type Instant, minus } from '../../domain/dates.ts';
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

const afterDay = (after: string, form: RegExp = forms.day) => keyParts(after, [form, forms.caseId]);

const isAfter = (after: string) => {
  const [day, id] = afterDay(after);
  return sql<boolean>`(day, id) > (${day}, ${id})`;
};

const dayAndId = ({ day, id }: { readonly day: string; readonly id: string }): string => keyOf(day, id);

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

const openingOrNone = sql<string>`coalesce(opens_on, 'none')`;

export function programmeRegisterQuery(db: Kysely<Database>, { all, ...filter }: DatedFilter, page: Page) {
  let query = withViews(db)
    .selectFrom('programme_register')
    .select(standing)
    .select(['since_year as sinceYear', 'period', 'organisers', 'editions_held as editionsHeld', 'editions'])
    .select(['open_editions as openEditions', 'next_number as nextNumber', 'next_start as nextStart'])
    .select(['opens_on as opensOn', 'closed_at as closedAt'])
    .orderBy(openingOrNone)
    .orderBy('id')
    .limit(limitOf(page) + 1);
  if (!all) query = query.where('closed_at', 'is', null);
  query = query.where(placed('programme_register', filter));
  if (page.after === undefined) return query;
  const [day, id] = afterDay(page.after, forms.dayOrNone);
  return query.where(sql<boolean>`(coalesce(opens_on, 'none'), id) > (${day}, ${id})`);
}

export type RegisteredProgramme = Awaited<ReturnType<ReturnType<typeof programmeRegisterQuery>['execute']>>[number];

export const programmeSorting: Sorting<RegisteredProgramme> = {
  ties: byId,
  by: {
    case: byColumnOfFew('title'),
    editionsHeld: byColumnIfAny('editionsHeld', 'number'),
    nextStart: byColumnIfAny('nextStart', 'day'),
    opens: byColumnIfAny('opensOn', 'day'),
    stage: byColumnOfFew('stage'),
  },
};

/** Programmes, the one that opens its next edition first at the head, those that open none last. */
export const listProgrammes = async (
  db: Kysely<Database>,
  filter: DatedFilter = {},
  page: Page = {},
): Promise<Listed<RegisteredProgramme>> => {
  const known = await withWords(db, filter);
  return pageOf(db, page, (at) => programmeRegisterQuery(db, known, at), {
    keyOf: ({ opensOn, id }) => keyOf(opensOn ?? 'none', id),
    sorting: programmeSorting,
  });
};

export interface EditionFilter extends DatedFilter {
  readonly programme?: string | undefined;
}

export function editionRegisterQuery(db: Kysely<Database>, filter: EditionFilter, page: Page) {
  const { programme, all } = filter;
  let query = withViews(db)
    .selectFrom('edition_register')
    .select(standing)
    .select(['day', 'until', 'programme', 'programme_name as programmeName', 'number', 'hosts', 'cities', 'fixed'])
    .select(['nominations_by as nominationsBy', 'not_answered as notAnswered', 'declined_by as declinedBy'])
    .select(['participants', 'places', 'held_on as heldOn', 'closed_at as closedAt'])
    .orderBy('day')
    .orderBy('id')
    .limit(limitOf(page) + 1);
  if (!all) query = query.where('closed_at', 'is', null);
  if (programme) query = query.where('programme', '=', programme);
  query = query.where(placed('edition_register', filter));
  return page.after === undefined ? query : query.where(isAfter(page.after));
}

export type RegisteredEdition = Awaited<ReturnType<ReturnType<typeof editionRegisterQuery>['execute']>>[number];

export const editionSorting: Sorting<RegisteredEdition> = {
  ties: byId,
  by: {
    case: byColumnOfFew('title'),
    from: byColumn('day', 'day'),
    to: byColumn('until', 'day'),
    participants: byColumn('participants', 'number'),
    stage: byColumnOfFew('stage'),
  },
};

/** Editions of programmes by their first day. */
export const listEditions = async (
  db: Kysely<Database>,
  filter: EditionFilter = {},
  page: Page = {},
): Promise<Listed<RegisteredEdition>> => {
  const known = await withWords(db, filter);
  return pageOf(db, page, (at) => editionRegisterQuery(db, known, at), { keyOf: dayAndId, sorting: editionSorting });
};

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

export function outstandingNominationsQuery(db: Kysely<Database>, { country, ...filter }: PlaceFilter, page: Page) {
  let query = withViews(db)
    .selectFrom('outstanding_nominations')
    .select(['id', 'title', 'state', 'owed_by as owedBy', 'since', 'due', 'zone', 'late', 'coordinator'])
    .orderBy('due')
    .orderBy('id')
    .orderBy('state')
    .limit(limitOf(page) + 1);
  if (country) query = query.where('state', '=', country);
  query = query.where(placed('outstanding_nominations', filter));
  if (page.after === undefined) return query;
  const [due, id, state] = keyParts(page.after, [forms.day, forms.caseId, forms.countryCode]);
  return query.where(sql<boolean>`(due, id, state) > (${due}::date, ${id}, ${state})`);
}

export type OutstandingNomination = Awaited<
  ReturnType<ReturnType<typeof outstandingNominationsQuery>['execute']>
>[number];

export const nominationSorting: Sorting<OutstandingNomination> = {
  ties: [
    ['id', forms.caseId],
    ['state', forms.countryCode],
  ],
  by: {
    country: byColumn('state'),
    due: byColumn('due', 'day'),
    late: byColumn('late', 'truth'),
    owedBy: byColumnIfAny('owedBy'),
    case: byColumnOfFew('title'),
  },
};

/** States that were asked to nominate and have not answered, by the last day for it. */
export const listOutstandingNominations = async (
  db: Kysely<Database>,
  filter: PlaceFilter = {},
  page: Page = {},
): Promise<Listed<OutstandingNomination>> => {
  const known = await withWords(db, filter);
  return pageOf(db, page, (at) => outstandingNominationsQuery(db, known, at), {
    keyOf: ({ due, id, state }) => keyOf(due, id, state),
    sorting: nominationSorting,
  });
};
