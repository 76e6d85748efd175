import { type AliasedExpression, type Kysely, sql } from 'kysely';
import { system } from '../../domain/case/due.ts';
import { type Instant, instantOf, millisecondsOf } from '../../domain/dates.ts';
import type { Database } from '../schema.ts';
import { holdsWords, type SearchFilter, withWords } from './search.ts';
import { inWords } from './in-words.ts';
import { forms, keyOf, keyParts, type Listed, limitOf, type Page, paged } from './page.ts';
import { byColumn, keyIn, orderIn, sortedQuery, type Sorting, unordered } from './sorting.ts';

export interface QuietFilter extends SearchFilter {
  /** The moment from which is counted back. */
  readonly asOf: Instant;
  /** For all kinds alike; absent: by kind and stage. */
  readonly days?: number | undefined;
  readonly kind?: string | undefined;
  readonly country?: string | undefined;
  readonly owner?: string | undefined;
  readonly coordinator?: string | undefined;
  /** Only what one of these coordinates. */
  readonly coordinators?: readonly string[] | undefined;
}

export interface QuietCase {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly stage: string;
  readonly coordinator: string;
  readonly owner: string | null;
  /** When somebody last did something, and what; what the case did by itself, such as reminding, does not count. */
  readonly lastAt: string;
  readonly lastBy: string;
  readonly lastSays: string;
  /** Which of the case's events that is. */
  readonly lastNumber: number;
  readonly quietDays: number;
  readonly quietAfterDays: number;
}

const day = 86_400_000;

export function quietQuery(db: Kysely<Database>, { asOf, days, ...filter }: QuietFilter, page: Page) {
  const until = quietUntil(asOf, days);
  return withLastDone(db, quietOnPage(db, filter, until, page).as('quiet'), asOf, days)
    .orderBy('since')
    .orderBy('id');
}

/** As long as the stage may rest, or so many days: each lies in its own order. */
const quietUntil = (asOf: Instant, days: number | undefined): QuietUntil =>
  days === undefined
    ? { since: 'quiet_from', limit: asOf }
    : { since: 'acted_at', limit: instantOf(millisecondsOf(asOf) - days * day) };

/** The last thing that somebody did stands near the end of a case's events: it is looked up for those alone that are shown. */
function withLastDone(
  db: Kysely<Database>,
  quiet: AliasedExpression<QuietRow, 'quiet'>,
  asOf: Instant,
  days: number | undefined,
) {
  const allowed = sql<number>`${days ?? sql.ref('quiet_after_days')}::integer`;
  return db
    .selectFrom(quiet)
    .innerJoinLateral(
      (from) =>
        from
          .selectFrom('events')
          .select(['by', 'says', 'number'])
          .whereRef('case_id', '=', 'quiet.id')
          .where((event) => event.or([event('by', '<>', system), event('type', '=', 'opened')]))
          .orderBy('number', 'desc')
          .limit(1)
          .as('acted'),
      (join) => join.onTrue(),
    )
    .select(['id', 'kind', 'title', 'stage', 'coordinator', 'owner', 'since'])
    .select(['acted_at as lastAt', 'acted.by as lastBy', 'acted.says as lastSays', 'acted.number as lastNumber'])
    .select(quietDaysAt(asOf).as('quietDays'))
    .select(allowed.as('quietAfterDays'))
    .$narrowType<{ lastAt: string; since: string }>();
}

type QuietRow = Awaited<ReturnType<ReturnType<typeof quietCases>['execute']>>[number];

function quietOnPage(db: Kysely<Database>, filter: Omit<QuietFilter, 'asOf' | 'days'>, until: QuietUntil, page: Page) {
  const query = quietCases(db, filter, until).limit(limitOf(page) + 1);
  if (page.after === undefined) return query;
  const [moment, id] = keyParts(page.after, [forms.instant, forms.caseId]);
  return query.where(sql<boolean>`(${sql.ref(until.since)}, id) > (${moment}::timestamptz, ${id})`);
}

interface QuietUntil {
  readonly since: 'quiet_from' | 'acted_at';
  readonly limit: Instant;
}

/** Cases that are quiet, the one first that has been so the longest; for lists and for the mail that names them. */
export function quietCases(
  db: Kysely<Database>,
  { kind, country, owner, coordinator, coordinators, words }: Omit<QuietFilter, 'asOf' | 'days'>,
  { since, limit }: QuietUntil,
) {
  let query = db
    .selectFrom('cases')
    .select(['id', 'kind', 'title', 'stage', 'coordinator', 'owner', 'acted_at', 'quiet_after_days'])
    .select(`${since} as since`)
    // Spelt as in the indexes: neither closed nor suspended. Whoever suspends a case has said why nothing happens.
    .where('quiet_from', 'is not', null)
    .where(since, '<=', limit)
    .orderBy(since)
    .orderBy('id');
  if (kind) query = query.where('kind', '=', kind);
  if (country) query = query.where(sql<boolean>`closed_at is null and countries @> array[${country}]`);
  if (owner) query = query.where('owner', '=', owner).where('closed_at', 'is', null);
  if (coordinator) query = query.where('coordinator', '=', coordinator).where('closed_at', 'is', null);
  if (coordinators)
    query = query.where(sql<boolean>`closed_at is null and coordinator = any(${[...coordinators]}::text[])`);
  if (words) query = query.where(holdsWords('cases.id', words));
  return query;
}

/** For how many whole days nobody has done anything. */
export const quietDaysAt = (at: Instant) =>
  sql<number>`floor(extract(epoch from ${at}::timestamptz - acted_at) / 86400)::integer`;

/**
 * Who did something last, and what, is looked up of those alone that are shown; by title or stage they are spread among
 * all that are open, of which there may be a hundred thousand.
 */
export const quietSorting: Sorting<QuietCase> = {
  ties: [['id', forms.caseId]],
  by: { lastAt: { ...byColumn('lastAt', 'instant'), by: sql.ref('acted_at') } },
};

export function sortedQuietQuery(db: Kysely<Database>, { asOf, days, ...filter }: QuietFilter, page: Page) {
  const quiet = unordered(quietCases(db, filter, quietUntil(asOf, days)));
  const onPage = sql<QuietRow>`(${sortedQuery(db, [quiet], quietSorting, page)})`.as<'quiet'>(sql`quiet`);
  return withLastDone(db, onPage, asOf, days).orderBy(orderIn(quietSorting, page));
}

/** Open cases in which nobody has done anything for too long, the one first that has been so the longest. */
export const listQuiet = async (
  db: Kysely<Database>,
  filter: QuietFilter,
  page: Page = {},
): Promise<Listed<QuietCase>> => {
  const known = await withWords(db, filter);
  const { rows, ...next } =
    page.sort === undefined
      ? paged(await quietQuery(db, known, page).execute(), page, ({ since, id }) => keyOf(since, id))
      : paged(await sortedQuietQuery(db, known, page).execute(), page, keyIn(quietSorting, page));
  const says = await inWords(db, rows, ({ id, lastNumber, lastSays }) => ({
    caseId: id,
    number: lastNumber,
    says: lastSays,
  }));
  return { ...next, rows: rows.map((row, index) => ({ ...row, lastSays: says[index] ?? row.lastSays })) };
};
