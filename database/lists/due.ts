import { type AliasedExpression, type Kysely, type Selectable, sql } from 'kysely';
import { type CivilDate, dayOf, type Instant, plus } from '../../domain/dates.ts';
import type { Database } from '../schema.ts';
import { forms, keyOf, keyParts, type Listed, limitOf, type Page, paged } from './page.ts';
import { byColumn, byColumnIfAny, sortedPage, type Sorting } from './sorting.ts';

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
  return withCases(db, owedOnPage(db, filter, page).as('deadlines'))
    .orderBy('due')
    .orderBy('case_id')
    .orderBy('name')
    .limit(limitOf(page) + 1);
}

const withCases = (db: Kysely<Database>, owed: AliasedExpression<Selectable<Database['deadlines']>, 'deadlines'>) =>
  db
    .selectFrom(owed)
    .innerJoin('cases', 'cases.id', 'deadlines.case_id')
    .select(['case_id as caseId', 'name as deadline', 'title', 'says', 'owed_by as owedBy', 'coordinator'])
    .select(['since', 'due', 'first_due as firstDue', 'zone', 'ever_late as everLate'])
    .select(sql<boolean>`passed_at is not null`.as('late'));

function owedIn(db: Kysely<Database>, { asOf, days, from, country, coordinators }: DueFilter) {
  let owed = db
    .selectFrom('deadlines')
    .selectAll('deadlines')
    .where('due', '<=', plus(dayOf(asOf), `P${days}D`));
  if (from) owed = owed.where('due', '>=', from);
  if (country) owed = owed.where(sql<boolean>`countries @> array[${country}]`);
  if (coordinators)
    owed = owed.where(
      sql<boolean>`exists (select from cases where id = deadlines.case_id and coordinator = any(${[...coordinators]}::text[]))`,
    );
  return owed;
}

/** An agency and its people. */
const partiesOf = (agency: string) => sql<{ id: string }>`(
    select ${`agency/${agency}`} as id union all select 'person/' || id from people where agency = ${agency})`;

function owedOnPage(db: Kysely<Database>, filter: DueFilter, page: Page) {
  const { agency } = filter;
  let owed = owedIn(db, filter)
    .orderBy('due')
    .orderBy('case_id')
    .orderBy('name')
    .limit(limitOf(page) + 1);
  if (page.after !== undefined) {
    const [due, caseId, name] = keyParts(page.after, [forms.day, forms.caseId, forms.anything]);
    owed = owed.where(sql<boolean>`(due, case_id, name) > (${due}::date, ${caseId}, ${name})`);
  }
  if (!agency) return owed;
  // What each of them owes lies in the order of the list: no more is read of anybody than a page.
  return db
    .selectFrom(partiesOf(agency).as<'party'>(sql`party`))
    .innerJoinLateral(owed.whereRef('owed_by', '=', sql<string>`party.id`).as('owed'), (join) => join.onTrue())
    .selectAll('owed')
    .orderBy('due')
    .orderBy('case_id')
    .orderBy('name')
    .limit(limitOf(page) + 1);
}

/** What is owed lies in the order of these; what it says is a sentence, and in whose case it is is looked up of what is shown. */
export const dueSorting: Sorting<DueDeadline> = {
  ties: [
    ['due', forms.day],
    ['caseId', forms.caseId],
    ['deadline', forms.anything],
  ],
  by: { due: byColumn('due', 'day'), owedBy: byColumnIfAny('owedBy') },
};

/** In no order. */
export function dueList(db: Kysely<Database>, filter: DueFilter) {
  const { agency } = filter;
  const owed = owedIn(db, filter);
  const theirs = agency ? owed.where('owed_by', 'in', sql<string>`(select id from ${partiesOf(agency)} party)`) : owed;
  return withCases(db, theirs.as('deadlines'));
}

/** What is overdue or falls due within so many days, soonest first. */
export const listDue = async (
  db: Kysely<Database>,
  filter: DueFilter,
  page: Page = {},
): Promise<Listed<DueDeadline>> =>
  page.sort === undefined
    ? paged(await dueQuery(db, filter, page).execute(), page, ({ due, caseId, deadline }) =>
        keyOf(due, caseId, deadline),
      )
    : sortedPage(db, [dueList(db, filter)], dueSorting, page);
