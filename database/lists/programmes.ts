import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';
import { forms, keyOf, keyParts, type Listed, limitOf, type Page } from './page.ts';
import { placed, type PlaceFilter } from './placed.ts';
import { byId, standing, withViews } from './registers.ts';
import { withWords } from './search.ts';
import { byColumn, byColumnIfAny, byColumnOfFew, pageOf, type Sorting } from './sorting.ts';
import { afterDay, type DatedFilter, dayAndId, isAfter } from './visits.ts';

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
