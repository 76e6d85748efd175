import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';
import { placed, type PlaceFilter } from './placed.ts';
import { withWords } from './search.ts';
import { forms, keyOf, keyParts, type Listed, limitOf, merged, type Page, paged } from './page.ts';
import { byColumn, byColumnIfAny, byColumnOfFew, pageOf, sortedPage, type Sorting, unordered } from './sorting.ts';
import type { WithViews } from './views.ts';

export const withViews = (db: Kysely<Database>): Kysely<WithViews> => db.withTables<Omit<WithViews, keyof Database>>();

export const standing = [
  'id',
  'title',
  'stage',
  'countries',
  'coordinator',
  'owner',
  'late',
  'next_due as nextDue',
] as const;

/** Whatever is alike in some column. */
export const byId = [['id', forms.caseId]] as const;

export function openRequestsQuery(db: Kysely<Database>, filter: PlaceFilter, page: Page) {
  let query = withViews(db)
    .selectFrom('open_requests')
    .select(standing)
    .select(['received_on as receivedOn', 'requester', 'requesting_country as requestingCountry', 'subject', 'lead'])
    .select(['decide_by as decideBy', 'outstanding'])
    .orderBy('received_on')
    .orderBy('id')
    .limit(limitOf(page) + 1);
  query = query.where(placed('open_requests', filter));
  if (page.after === undefined) return query;
  const [day, id] = keyParts(page.after, [forms.day, forms.caseId]);
  return query.where(sql<boolean>`(received_on, id) > (${day}, ${id})`);
}

export type OpenRequest = Awaited<ReturnType<ReturnType<typeof openRequestsQuery>['execute']>>[number];

export const requestSorting: Sorting<OpenRequest> = {
  ties: byId,
  by: {
    case: byColumnOfFew('title'),
    receivedOn: byColumn('receivedOn', 'day'),
    requester: {
      by: sql`coalesce(requester, "requestingCountry")`,
      of: ({ requester, requestingCountry }) => requester ?? requestingCountry,
      as: 'text',
      mayLack: true,
    },
    lead: byColumnIfAny('lead'),
    decideBy: byColumnIfAny('decideBy', 'day'),
    stage: byColumnOfFew('stage'),
    late: byColumn('late', 'truth'),
  },
};

/** Cooperation requests that are not settled, the oldest first. */
export const listOpenRequests = async (
  db: Kysely<Database>,
  filter: PlaceFilter = {},
  page: Page = {},
): Promise<Listed<OpenRequest>> => {
  const known = await withWords(db, filter);
  return pageOf(db, page, (at) => openRequestsQuery(db, known, at), {
    keyOf: ({ receivedOn, id }) => keyOf(receivedOn, id),
    sorting: requestSorting,
  });
};

export interface MouFilter extends PlaceFilter {
  /** Closed ones too. */
  readonly all?: boolean | undefined;
  /** Only those that have come into effect. */
  readonly inEffect?: boolean | undefined;
}

const decisionOrNone = sql<string>`coalesce(decide_by_weekday, 'none')`;

export function mouRegisterQuery(db: Kysely<Database>, filter: MouFilter, page: Page) {
  const { all, inEffect } = filter;
  let query = withViews(db)
    .selectFrom('mou_register')
    .select(standing)
    .select(['instrument', 'binding', 'sides', 'signed_on as signedOn', 'in_effect_since as inEffectSince', 'renewal'])
    .select(['term', 'term_ends as termEnds', 'decide_by as decideBy', 'closed_at as closedAt'])
    .select('decide_by_weekday as decideByWeekday')
    .orderBy(decisionOrNone)
    .orderBy('id')
    .limit(limitOf(page) + 1);
  if (!all) query = query.where('closed_at', 'is', null);
  if (inEffect) query = query.where('in_effect_since', 'is not', null);
  query = query.where(placed('mou_register', filter));
  if (page.after === undefined) return query;
  const [day, id] = keyParts(page.after, [forms.dayOrNone, forms.caseId]);
  return query.where(sql<boolean>`(coalesce(decide_by_weekday, 'none'), id) > (${day}, ${id})`);
}

export type RegisteredMou = Awaited<ReturnType<ReturnType<typeof mouRegisterQuery>['execute']>>[number];

export const mouSorting: Sorting<RegisteredMou> = {
  ties: byId,
  by: {
    case: byColumnOfFew('title'),
    decideBy: byColumnIfAny('decideBy', 'day'),
    termEnds: byColumnIfAny('termEnds', 'day'),
    renewal: byColumnIfAny('renewal'),
    inEffectSince: byColumnIfAny('inEffectSince', 'day'),
    stage: byColumnOfFew('stage'),
  },
};

/** Memoranda of understanding, the one that has to be decided on first at the head, those without a date last. */
export const listMous = async (
  db: Kysely<Database>,
  filter: MouFilter = {},
  page: Page = {},
): Promise<Listed<RegisteredMou>> => {
  const known = await withWords(db, filter);
  return pageOf(db, page, (at) => mouRegisterQuery(db, known, at), {
    keyOf: ({ decideByWeekday, id }) => keyOf(decideByWeekday ?? 'none', id),
    sorting: mouSorting,
  });
};

const dayOrNone = sql<string>`coalesce(day, 'none')`;

export function committeeCalendarQuery(db: Kysely<Database>, filter: PlaceFilter, page: Page) {
  let query = withViews(db)
    .selectFrom('committee_calendar')
    .select(standing)
    .select(['mou', 'day', 'convened', 'number', 'host', 'place', 'meeting', 'last_meeting_on as lastMeetingOn'])
    .select('meetings_held as meetingsHeld')
    .orderBy(dayOrNone)
    .orderBy('id')
    .limit(limitOf(page) + 1);
  query = query.where(placed('committee_calendar', filter));
  if (page.after === undefined) return query;
  const [day, id] = keyParts(page.after, [forms.dayOrNone, forms.caseId]);
  return query.where(sql<boolean>`(coalesce(day, 'none'), id) > (${day}, ${id})`);
}

export type CommitteeDate = Awaited<ReturnType<ReturnType<typeof committeeCalendarQuery>['execute']>>[number];

export const committeeSorting: Sorting<CommitteeDate> = {
  ties: byId,
  by: {
    case: byColumnOfFew('title'),
    number: byColumnIfAny('number', 'number'),
    convenedOn: {
      by: sql`case when convened then day end`,
      of: ({ day, convened }) => (convened ? day : null),
      as: 'day',
      mayLack: true,
    },
    nextMeetingBy: {
      by: sql`case when not convened then day end`,
      of: ({ day, convened }) => (convened ? null : day),
      as: 'day',
      mayLack: true,
    },
    host: byColumnIfAny('host'),
    place: byColumnIfAny('place'),
    lastMeetingOn: byColumnIfAny('lastMeetingOn', 'day'),
  },
};

/** Joint committees by the day of their next meeting, or by which it has to be held. */
export const listCommittees = async (
  db: Kysely<Database>,
  filter: PlaceFilter = {},
  page: Page = {},
): Promise<Listed<CommitteeDate>> => {
  const known = await withWords(db, filter);
  return pageOf(db, page, (at) => committeeCalendarQuery(db, known, at), {
    keyOf: ({ day, id }) => keyOf(day ?? 'none', id),
    sorting: committeeSorting,
  });
};

export interface ActionFilter extends PlaceFilter {
  readonly meeting?: string | undefined;
  readonly committee?: string | undefined;
  /** `agency/klid`. */
  readonly owner?: string | undefined;
  readonly late?: boolean | undefined;
  /** Closed and dropped ones too. */
  readonly all?: boolean | undefined;
}

export function actionMatrixQuery(db: Kysely<Database>, filter: ActionFilter, page: Page) {
  const open = actionsStanding(db, filter, page, 'open');
  if (!filter.all) return open;
  const closed = actionsStanding(db, filter, page, 'closed');
  return merged(db, [open, closed], sql`due, id`, page);
}

function actionsStanding(db: Kysely<Database>, filter: ActionFilter, page: Page, which: 'open' | 'closed') {
  const { meeting, committee, owner, late } = filter;
  let query = withViews(db)
    .selectFrom('action_matrix')
    .select(standing)
    .select(['topic', 'meeting', 'committee', 'decision', 'due', 'first_due as firstDue', 'extensions'])
    .select(['was_late as wasLate', 'percent', 'closed_at as closedAt'])
    .where('closed_at', which === 'open' ? 'is' : 'is not', null)
    .orderBy('due')
    .orderBy('id')
    .limit(limitOf(page) + 1);
  if (late) query = query.where(sql<boolean>`late`).where('closed_at', 'is', null);
  if (meeting) query = query.where('meeting', '=', meeting);
  if (committee) query = query.where('committee', '=', committee);
  if (owner) query = query.where('owner', '=', owner);
  query = query.where(placed('action_matrix', filter));
  if (page.after === undefined) return query;
  const [due, id] = keyParts(page.after, [forms.day, forms.caseId]);
  return query.where(sql<boolean>`(due, id) > (${due}, ${id})`);
}

export type MatrixAction = Awaited<ReturnType<ReturnType<typeof actionMatrixQuery>['execute']>>[number];

/**
 * There may be a million of them: each of these orders lies in an index. An index by percent would be written with every
 * report; those that are late, or of one meeting, are asked for by filters.
 */
export const actionSorting: Sorting<MatrixAction> = {
  ties: byId,
  by: {
    case: byColumn('title'),
    owner: byColumnIfAny('owner'),
    due: byColumn('due', 'day'),
    firstDue: byColumn('firstDue', 'day'),
    stage: byColumn('stage'),
  },
};

/** Open ones and closed ones lie in indexes of their own. */
export const actionLists = (db: Kysely<Database>, filter: ActionFilter) =>
  [actionsStanding(db, filter, {}, 'open'), ...(filter.all ? [actionsStanding(db, filter, {}, 'closed')] : [])].map(
    (each) => unordered(each),
  );

/** The action matrix: follow-up actions over all meetings, by due date. */
export const listActions = async (
  db: Kysely<Database>,
  filter: ActionFilter = {},
  page: Page = {},
): Promise<Listed<MatrixAction>> => {
  const known = await withWords(db, filter);
  if (page.sort !== undefined) return sortedPage(db, actionLists(db, known), actionSorting, page);
  return paged(await actionMatrixQuery(db, known, page).execute(), page, ({ due, id }) => keyOf(due, id));
};
