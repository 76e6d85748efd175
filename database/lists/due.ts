import { type Kysely, sql } from 'kysely';
import { type CivilDate, dayOf, type Instant, plus } from '../../domain/dates.ts';
import type { Database } from '../schema.ts';
import { forms, keyOf, keyParts, type Listed, limitOf, type Page, paged } from './page.ts';

export interface DueFilter {
  /** The moment that "the next days" are counted from. */
  readonly asOf: Instant;
  /** How many days ahead; what is overdue is always listed. */
  readonly days: number;
  /** Nothing that was due before that day, overdue or not. */
  readonly from?: CivilDate | undefined;
  /** What the agency owes, or one of its people. */
  readonly agency?: string | undefined;
  readonly country?: string | undefined;
  /** Only what is owed in the cases that one of these coordinates. */
  readonly coordinators?: readonly string[] | undefined;
}

export interface DueDeadline {
  readonly caseId: string;
  readonly deadline: string;
  readonly title: string;
  readonly says: string;
  /** Absent: nobody owes it, it happens by itself when the day is over. */
  readonly owedBy: string | null;
  readonly coordinator: string;
  readonly since: string;
  readonly due: string;
  readonly firstDue: string;
  /** The zone in which the due day is counted. */
  readonly zone: string;
  readonly late: boolean;
  readonly everLate: boolean;
}

export function dueQuery(db: Kysely<Database>, filter: DueFilter, page: Page) {
  // The cases are looked up of those alone that are shown.
  return db
    .selectFrom(owedOnPage(db, filter, page).as('deadlines'))
    .innerJoin('cases', 'cases.id', 'deadlines.case_id')
    .select(['case_id as caseId', 'name as deadline', 'title', 'says', 'owed_by as owedBy', 'coordinator'])
    .select(['since', 'due', 'first_due as firstDue', 'zone', 'ever_late as everLate'])
    .select(sql<boolean>`passed_at is not null`.as('late'))
    .orderBy('due')
    .orderBy('case_id')
    .orderBy('name')
    .limit(limitOf(page) + 1);
}

function owedOnPage(db: Kysely<Database>, { asOf, days, from, agency, country, coordinators }: DueFilter, page: Page) {
  let owed = db
    .selectFrom('deadlines')
    .selectAll('deadlines')
    .where('due', '<=', plus(dayOf(asOf), `P${days}D`))
    .orderBy('due')
    .orderBy('case_id')
    .orderBy('name')
    .limit(limitOf(page) + 1);
  if (from) owed = owed.where('due', '>=', from);
  if (country) owed = owed.where(sql<boolean>`countries @> array[${country}]`);
  if (coordinators)
    owed = owed.where(
      sql<boolean>`exists (select from cases where id = deadlines.case_id and coordinator = any(${[...coordinators]}::text[]))`,
    );
  if (page.after !== undefined) {
    const [due, caseId, name] = keyParts(page.after, [forms.day, forms.caseId, forms.anything]);
    owed = owed.where(sql<boolean>`(due, case_id, name) > (${due}::date, ${caseId}, ${name})`);
  }
  if (!agency) return owed;
  // What each of them owes lies in the order of the list: no more is read of anybody than a page.
  const parties = sql<{ id: string }>`(
    select ${`agency/${agency}`} as id union all select 'person/' || id from people where agency = ${agency})`;
  return db
    .selectFrom(parties.as<'party'>(sql`party`))
    .innerJoinLateral(owed.whereRef('owed_by', '=', sql<string>`party.id`).as('owed'), (join) => join.onTrue())
    .selectAll('owed')
    .orderBy('due')
    .orderBy('case_id')
    .orderBy('name')
    .limit(limitOf(page) + 1);
}

/** What is overdue or falls due within so many days, soonest first. */
export const listDue = async (db: Kysely<Database>, filter: DueFilter, page: Page = {}): Promise<Listed<DueDeadline>> =>
  paged(await dueQuery(db, filter, page).execute(), page, ({ due, caseId, deadline }) => keyOf(due, caseId, deadline));
