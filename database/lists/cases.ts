import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import { keptLogLines } from '../../domain/case/evolve.ts';
import type { CaseState, LogLine } from '../../domain/case/state.ts';
import type { Facts } from '../../domain/lifecycle.ts';
import type { Database } from '../schema.ts';
import { inWords } from './in-words.ts';
import { holdsWords, type SearchFilter, withWords } from './search.ts';
import { forms, keyOf, keyParts, type Listed, type Listing, limitOf, merged, type Page, paged } from './page.ts';
import { byColumn, pageOf, type Sorting } from './sorting.ts';

/** Which cases to list. `standing` is `open` unless said otherwise. */
export interface CaseFilter extends SearchFilter {
  readonly kind?: string | undefined;
  readonly stage?: string | undefined;
  readonly country?: string | undefined;
  readonly owner?: string | undefined;
  readonly coordinator?: string | undefined;
  /** Only what one of these coordinates. */
  readonly coordinators?: readonly string[] | undefined;
  readonly late?: boolean | undefined;
  readonly standing?: 'open' | 'closed' | 'all' | undefined;
}

export interface ListedCase {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly stage: string;
  readonly countries: readonly string[];
  readonly coordinator: string;
  readonly owner: string | null;
  readonly opener: string | null;
  readonly openedAt: string;
  readonly lastAt: string;
  readonly closedAt: string | null;
  readonly late: boolean;
  readonly nextDue: string | null;
  readonly facts: Facts;
}

const columns = [
  'id',
  'kind',
  'title',
  'stage',
  'countries',
  'coordinator',
  'owner',
  'opener',
  'opened_at as openedAt',
  'last_at as lastAt',
  'closed_at as closedAt',
  'late',
  'next_due as nextDue',
] as const;

const facts = sql<Facts>`facts`.as('facts');

function filtered<O>(
  query: SelectQueryBuilder<Database, 'cases', O>,
  { kind, stage, country, owner, coordinator, coordinators, late, standing = 'open', words }: CaseFilter,
): SelectQueryBuilder<Database, 'cases', O> {
  let narrowed = query;
  if (standing === 'open') narrowed = narrowed.where('closed_at', 'is', null);
  if (standing === 'closed') narrowed = narrowed.where('closed_at', 'is not', null);
  if (kind) narrowed = narrowed.where('kind', '=', kind);
  if (stage) narrowed = narrowed.where('stage', '=', stage);
  if (country) narrowed = narrowed.where(sql<boolean>`countries @> array[${country}]`);
  if (owner) narrowed = narrowed.where('owner', '=', owner);
  if (coordinator) narrowed = narrowed.where('coordinator', '=', coordinator);
  if (coordinators) narrowed = narrowed.where(sql<boolean>`coordinator = any(${[...coordinators]}::text[])`);
  // Spelt as in the index on late cases, which holds open ones only.
  if (late) narrowed = narrowed.where(sql<boolean>`late`).where('closed_at', 'is', null);
  if (words) narrowed = narrowed.where(holdsWords('cases.id', words));
  return narrowed;
}

export function casesQuery(db: Kysely<Database>, filter: CaseFilter, page: Page): Listing<ListedCase> {
  // Open and closed ones lie in indexes of their own.
  if (filter.standing !== 'all') return casesStanding(db, filter, page);
  const each = (['open', 'closed'] as const).map((standing) => casesStanding(db, { ...filter, standing }, page));
  return merged(db, each, sql`id`, page);
}

function casesStanding(db: Kysely<Database>, filter: CaseFilter, page: Page) {
  const query = filtered(db.selectFrom('cases').select([...columns, facts]), filter)
    .orderBy('id')
    .limit(limitOf(page) + 1);
  return page.after === undefined ? query : query.where('id', '>', keyParts(page.after, [forms.caseId])[0]);
}

/** Cases by id. */
export const listCases = async (
  db: Kysely<Database>,
  filter: CaseFilter = {},
  page: Page = {},
): Promise<Listed<ListedCase>> =>
  paged(await casesQuery(db, await withWords(db, filter), page).execute(), page, ({ id }) => id);

export interface StandingCase {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly stage: string;
  readonly nextDue: string | null;
  readonly state: CaseState;
}

const nextDueOrNever = sql<string>`coalesce(next_due, 'infinity'::timestamptz)`;

export function waitingCasesQuery(db: Kysely<Database>, filter: CaseFilter, page: Page) {
  const query = filtered(
    db
      .selectFrom('cases')
      .select(['id', 'kind', 'title', 'stage', 'next_due as nextDue', sql<CaseState>`state`.as('state')]),
    { ...filter, standing: 'open' },
  )
    .orderBy(nextDueOrNever)
    .orderBy('id')
    .limit(limitOf(page) + 1);
  if (page.after === undefined) return query;
  const [due, id] = keyParts(page.after, [forms.instantOrNone, forms.caseId]);
  const from = due === 'none' ? 'infinity' : due;
  return query.where(sql<boolean>`(coalesce(next_due, 'infinity'::timestamptz), id) > (${from}::timestamptz, ${id})`);
}

/** Each lies in an index of the open cases. */
export const waitingSorting: Sorting<StandingCase> = {
  ties: [['id', forms.caseId]],
  by: { case: byColumn('title'), stage: byColumn('stage') },
};

/** Open cases as they stand, without their story, the one whose due date passes next first, those that owe nothing last. */
export const listWaitingCases = async (
  db: Kysely<Database>,
  filter: CaseFilter = {},
  page: Page = {},
): Promise<Listed<StandingCase>> => {
  const known = await withWords(db, filter);
  const { rows, ...next } = await pageOf<StandingCase>(db, page, (at) => waitingCasesQuery(db, known, at), {
    keyOf: ({ nextDue, id }) => keyOf(nextDue ?? 'none', id),
    sorting: waitingSorting,
  });
  return { ...next, rows };
};

/** One case as it stands, or nothing if there is none of this id. */
export async function findCase(db: Kysely<Database>, id: string): Promise<StandingCase | undefined> {
  const rows = await db
    .selectFrom('cases')
    .select(['id', 'kind', 'title', 'stage', 'next_due as nextDue', sql<CaseState>`state`.as('state')])
    .where('id', '=', id)
    .execute();
  return rows[0] && withLog(db, rows[0]);
}

/** How cases stand, without what happened in them. */
export async function statesOf(db: Kysely<Database>, ids: readonly string[]): Promise<readonly CaseState[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('cases').select(sql<CaseState>`state`.as('state')).where('id', 'in', ids).execute();
  return rows.map(({ state }) => state);
}

/** With what happened last, as the case itself remembers it: its row would be written anew with each line of it. */
async function withLog(db: Kysely<Database>, { state, ...standing }: StandingCase): Promise<StandingCase> {
  const { rows } = await sql<LogLine & { readonly number: number }>`
    select number, at, by, says from (
      select number, at, by, says from events where case_id = ${standing.id} order by number desc limit ${keptLogLines}) as last
    order by number`.execute(db);
  const says = await inWords(db, rows, (row) => ({ ...row, caseId: standing.id }));
  const log = rows.map(({ at, by }, index) => ({ at, by, says: says[index] ?? '' }));
  return { ...standing, state: { ...state, log } };
}
