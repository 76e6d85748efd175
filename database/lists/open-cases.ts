import { type Kysely, sql } from 'kysely';
import type { CaseState } from '../../domain/case/state.ts';
import { type Instant, instantOf, millisecondsOf } from '../../domain/dates.ts';
import type { Database } from '../schema.ts';
import { graceMinutes } from './messages.ts';

/** A case as far as it can be held against its workflow. */
export interface RecordedCase {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly stage: string;
  readonly late: boolean;
  readonly nextDue: string | null;
  /** The number of its last event. */
  readonly number: number;
  readonly closedAt: string | null;
}

/** So many at a time: enough for a list of 100,000 in a dozen questions. */
const pageSize = 10_000;
const columns = [
  'id',
  'kind',
  'title',
  'stage',
  'late',
  'next_due as nextDue',
  'number',
  'closed_at as closedAt',
] as const;

/** All open cases, page by page, by id. */
export const openCases = (db: Kysely<Database>): AsyncGenerator<readonly RecordedCase[]> =>
  byPages((after) => openCasesQuery(db, after).execute());

export const openCasesQuery = (db: Kysely<Database>, after: string) => openAfter(db, after).select(columns);

/** Whether more than so many cases are open. */
export async function areMoreOpen(db: Kysely<Database>, most: number): Promise<boolean> {
  const open = db.selectFrom('cases').select('id').where('closed_at', 'is', null);
  return (await open.offset(most).limit(1).executeTakeFirst()) !== undefined;
}

/** All open cases as they stand, page by page, without the story that others have to read. */
export async function* openStates(db: Kysely<Database>): AsyncGenerator<readonly CaseState[]> {
  const pages = byPages((after) =>
    openAfter(db, after)
      .select(['id', sql<CaseState>`state`.as('state')])
      .execute(),
  );
  for await (const rows of pages) yield rows.map(({ state }) => ({ ...state, log: [] }));
}

/** A case as it stands, open or over, likewise; undefined when there is none. */
export const stateOnRecord = async (db: Kysely<Database>, id: string): Promise<CaseState | undefined> =>
  (await statesOnRecord(db, [id]))[0];

/** The same of several at once; ids that are not on record are left out. */
export async function statesOnRecord(db: Kysely<Database>, ids: readonly string[]): Promise<readonly CaseState[]> {
  const query = db.selectFrom('cases').select(sql<CaseState>`state`.as('state'));
  const rows = await query.where('id', '=', sql<string>`any(${[...ids]}::text[])`).execute();
  return rows.map(({ state }) => ({ ...state, log: [] }));
}

const openAfter = (db: Kysely<Database>, after: string) =>
  db.selectFrom('cases').where('closed_at', 'is', null).where('id', '>', after).orderBy('id').limit(pageSize);

async function* byPages<T extends { readonly id: string }>(
  pageAfter: (id: string) => Promise<readonly T[]>,
): AsyncGenerator<readonly T[]> {
  for (let after = ''; ; ) {
    const page = await pageAfter(after);
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    after = last.id;
  }
}

/** Cases and all that they have opened, open or over, as they came about. */
export async function familiesOf(db: Kysely<Database>, ids: readonly string[]): Promise<readonly CaseState[]> {
  const { rows } = await sql<{ state: CaseState }>`
    with recursive family(id) as (
      select id from cases where id = any(${[...ids]}::text[])
      union select cases.id from cases join family on cases.opener = family.id
    ) select state from cases where id in (select id from family) order by opened_at, id`.execute(db);
  return rows.map(({ state }) => ({ ...state, log: [] }));
}

/** Of each of these cases, the first of those that have led to it, and all that has come of that. */
export async function relativesOf(db: Kysely<Database>, ids: readonly string[]): Promise<readonly CaseState[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive above(id, opener) as (
      select id, opener from cases where id = any(${[...ids]}::text[])
      union select cases.id, cases.opener from cases join above on cases.id = above.opener
    ) select id from above where opener is null or not exists (select from cases where id = above.opener)`.execute(db);
  return familiesOf(
    db,
    rows.map(({ id }) => id),
  );
}

export const countOpenCases = async (db: Kysely<Database>): Promise<number> => {
  const query = db.selectFrom('cases').select(({ fn }) => fn.countAll<number>().as('open'));
  return (await query.where('closed_at', 'is', null).executeTakeFirstOrThrow()).open;
};

/** Cases by their ids, open or not; ids that are not on record are left out. */
export const casesOnRecord = (db: Kysely<Database>, ids: readonly string[]): Promise<RecordedCase[]> =>
  db.selectFrom('cases').select(columns).where('id', '=', sql<string>`any(${ids}::text[])`).execute();

/** Cases that are over and stay until their last mail is gone. */
export const casesWithLastMail = (db: Kysely<Database>): Promise<RecordedCase[]> =>
  db
    .selectFrom('cases')
    .select(columns)
    .where('closed_at', 'is not', null)
    .where('id', 'in', (query) =>
      query.selectFrom('messages').select('case_id').where(sql<boolean>`standing = 'expected'`),
    )
    .execute();

/** Which of these cases have had an event put on record within the last seconds, by the database's clock. */
export async function movedLately(
  db: Kysely<Database>,
  ids: readonly string[],
  seconds: number,
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('cases')
    .innerJoin('events', (join) =>
      join.onRef('events.case_id', '=', 'cases.id').onRef('events.number', '=', 'cases.number'),
    )
    .select('cases.id')
    .where('cases.id', '=', sql<string>`any(${ids}::text[])`)
    .where(sql<boolean>`recorded_at > clock_timestamp() - ${seconds} * interval '1 second'`)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** A reminder or the end of a due day whose time has come and that is not on record. */
export interface Overdue {
  readonly caseId: string;
  readonly deadline: string;
  readonly says: string;
  readonly at: Instant;
}

/** What should have been put on record more than 15 minutes before `asOf`, oldest first. */
export async function listOverdue(db: Kysely<Database>, asOf: Instant): Promise<readonly Overdue[]> {
  const limit = instantOf(millisecondsOf(asOf) - graceMinutes * 60_000);
  const overdue = sql`case_id as "caseId", name as deadline, says,
    least(next_rung_at, case when passed_at is null then passes_at end) as at`;
  const { rows } = await sql<Overdue>`
    select ${overdue} from deadlines where next_rung_at < ${limit}::timestamptz
    union
    select ${overdue} from deadlines join cases on cases.id = case_id
    where closed_at is null and coalesce(cases.next_due, 'infinity'::timestamptz) < ${limit}::timestamptz
      and passed_at is null and passes_at < ${limit}::timestamptz
    order by at, "caseId", deadline`.execute(db);
  return rows;
}
