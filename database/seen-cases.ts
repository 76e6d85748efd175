import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Kind } from '../domain/kinds.ts';
import type { Database } from './schema.ts';
import { forms, keyOf, keyParts, limitOf, type Page, paged, type Searched } from './lists/page.ts';
import { areGathered, holdsFrequent, holdsGathered, type SearchFilter, withWords } from './lists/search.ts';
import { coordinatorsFor, partIn, partsOf, type Standpoint } from './standpoint.ts';

/** Which of the cases that somebody may see. */
export interface SeenFilter extends SearchFilter {
  readonly kind?: string | undefined;
  readonly stage?: string | undefined;
  readonly country?: string | undefined;
  /** `agency/klid` or `person/park`. */
  readonly owner?: string | undefined;
  readonly coordinator?: string | undefined;
  /** Only those that they coordinate. */
  readonly mine: boolean;
  readonly late: boolean;
  /** Those that are over too. */
  readonly over: boolean;
  readonly sort: keyof typeof orders;
}

export interface SeenCase {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly stage: string;
  readonly countries: readonly string[];
  readonly coordinator: string;
  readonly late: boolean;
  /** When what is due soonest has passed, and its day where it is owed. */
  readonly nextDue: string | null;
  readonly due: string | null;
  readonly closedAt: string | null;
}

/** By a word of each case, and those that have the same by their ids. */
const byWord = (column: 'stage' | 'coordinator') => ({
  by: sql`${sql.ref(column)}, id`,
  key: (row: SeenCase): string => keyOf(row[column], row.id),
  after(key: string): RawBuilder<boolean> {
    const [word, id] = keyParts(key, [/^[A-Za-z0-9-]{1,64}$/, forms.caseId]);
    return sql`(${sql.ref(column)}, id) > (${word}, ${id})`;
  },
});

/** Each lies in an index, of the open cases and of the closed ones; `key` is where in it a page ended. */
const orders = {
  due: {
    by: sql`coalesce(next_due, 'infinity'::timestamptz), id`,
    key: ({ nextDue, id }: SeenCase): string => keyOf(nextDue ?? 'none', id),
    after(key: string): RawBuilder<boolean> {
      const [due, id] = keyParts(key, [forms.instantOrNone, forms.caseId]);
      return sql`(coalesce(next_due, 'infinity'::timestamptz), id) > (${due === 'none' ? 'infinity' : due}::timestamptz, ${id})`;
    },
  },
  id: {
    by: sql`id`,
    key: ({ id }: SeenCase): string => id,
    after: (key: string): RawBuilder<boolean> => sql`id > ${keyParts(key, [forms.caseId])[0]}`,
  },
  title: {
    by: sql`title, id`,
    key: ({ title, id }: SeenCase): string => keyOf(id, title),
    after(key: string): RawBuilder<boolean> {
      const [id, title] = keyParts(key, [forms.caseId, forms.anything]);
      return sql`(title, id) > (${title}, ${id})`;
    },
  },
  stage: byWord('stage'),
  coordinator: byWord('coordinator'),
} as const;

/** So many cases are looked at for each row that a page may have, so that one of fifty rows is there within 100 ms. */
const lookedAtForRow = 10;

/** A row that has the words, or the last of all that were looked at. */
interface LookedAt extends SeenCase {
  readonly isFound: boolean;
}

/**
 * The cases in which somebody is what `partIn` asks for. Words, and who owns it, are searched in those that they read whole:
 * what is found would tell what they may not read.
 */
export async function listSeen(
  db: Kysely<Database>,
  standpoint: Standpoint,
  filter: SeenFilter,
  page: Page = {},
): Promise<Searched<SeenCase>> {
  const coordinators = await coordinatorsFor(db, standpoint, filter.mine);
  return pageOfSeen(db, { standpoint, coordinators, filter: await withWordsSeen(db, filter) }, page);
}

/** So many events are looked at within 100 ms, and a page is full then; of a word in more, cases are looked at in their order. */
const mostForWord = 5_000;

/** What `search` of the desk comes to. */
export const withWordsSeen = <F extends SearchFilter>(db: Kysely<Database>, filter: F): Promise<F> =>
  withWords(db, filter, mostForWord);

interface Called {
  readonly id: string;
  readonly name: string;
}

export type Narrowing = 'country' | 'agency' | 'coordinator' | Kind;

/** What narrows lists: countries and agencies; of the cases that somebody reads whole, who coordinates any of them, or those of a kind; by name. */
export async function narrowing(
  db: Kysely<Database>,
  standpoint: Standpoint,
  by: Narrowing,
  most: number,
): Promise<readonly Called[]> {
  const those = isInDirectory(by) ? ofDirectory[by] : ofCases(by, await coordinatorsFor(db, standpoint, false));
  const { rows } = await sql<Called>`${those} order by name, id limit ${most}`.execute(db);
  return rows;
}

const ofDirectory = {
  country: sql`select code as id, name from countries`,
  agency: sql`select id, name from agencies`,
} as const;

const isInDirectory = (by: Narrowing): by is keyof typeof ofDirectory => Object.hasOwn(ofDirectory, by);

function ofCases(by: Exclude<Narrowing, keyof typeof ofDirectory>, whose: readonly string[]): RawBuilder<unknown> {
  const coordinators = sql`any(${[...whose]}::text[])`;
  return by === 'coordinator'
    ? sql`select id, name from people where id = ${coordinators} and exists (select from cases where coordinator = people.id)`
    : sql`select id, title as name from cases where kind = ${by} and coordinator = ${coordinators}`;
}

/** Whether there is such a case, and somebody is anything in it. */
export async function seesCase(db: Kysely<Database>, standpoint: Standpoint, id: string): Promise<boolean> {
  const found = await db.selectFrom('cases').select(['id', 'coordinator']).where('id', '=', id).executeTakeFirst();
  return found !== undefined && (await partIn(db, standpoint, found)) !== undefined;
}

export interface Seen {
  readonly standpoint: Standpoint;
  /** Whose cases they read whole. */
  readonly coordinators: readonly string[];
  readonly filter: SeenFilter;
}

export async function pageOfSeen(db: Kysely<Database>, seen: Seen, page: Page): Promise<Searched<SeenCase>> {
  const { key } = orders[seen.filter.sort];
  const { rows } = await seenQuery(seen, page).execute(db);
  const found = rows.filter(({ isFound }) => isFound).map(({ isFound, ...row }) => row);
  const listed = paged(found, page, key);
  const last = rows.find(({ isFound }) => !isFound);
  return listed.next === undefined && last
    ? { ...listed, next: key(last), isBrokenOff: true }
    : { ...listed, isBrokenOff: false };
}

/**
 * Those that they read whole lie in their order, those in which they have a part are gathered first and looked up one by
 * one; a page is made of a page of each. Words are looked for in the first so many of those that they read whole.
 */
export function seenQuery({ standpoint, coordinators, filter }: Seen, page: Page): RawBuilder<LookedAt> {
  const { mine, over, owner, words, sort } = filter;
  const order = orders[sort];
  const limit = limitOf(page) + 1;
  const asked = sql.join(
    [...askedOf(filter), ...(page.after === undefined ? [] : [order.after(page.after)])],
    sql` and `,
  );
  const isWhole = sql<boolean>`coordinator = any(${[...coordinators]}::text[])`;
  const columns = sql`id, kind, title, stage, countries, coordinator, late, next_due, closed_at`;
  // Open and closed cases lie in indexes of their own.
  const wholeOnes = (most: number): readonly RawBuilder<unknown>[] =>
    [isOpen, ...(over ? [isClosed] : [])].map(
      (standing) => sql`(
    select ${columns} from cases where ${standing} and ${isWhole} and ${asked} order by ${order.by} limit ${most})`,
    );
  // Without the offset Postgres may read the cases in their order, each held against all parts.
  const otherOnes = sql`(
    select ${columns} from parts, lateral (
      select * from cases where id = parts.part and ${over ? sql`true` : isOpen} and not ${isWhole} and ${asked} offset 0) as seen
    order by ${order.by} limit ${limit})`;
  const due = sql`(select due from deadlines where case_id = id order by passes_at limit 1) as due`;
  const named = sql`id, kind, title, stage, countries, coordinator, late, next_due as "nextDue", ${due}, closed_at as "closedAt"`;
  if (!words)
    return sql<LookedAt>`
    with parts as materialized (select distinct id as part from (${partsOf(standpoint)}) as each)
    select ${named}, true as "isFound"
    from (${sql.join([...wholeOnes(limit), ...(mine || owner ? [] : [otherOnes])], sql` union all `)}) seen
    order by ${order.by} limit ${limit}`;
  const most = limitOf(page) * lookedAtForRow;
  // Those with the rare words are looked up and put in order.
  const candidates = areGathered(words)
    ? sql`select ${columns} from cases where ${over ? sql`true` : isOpen} and ${isWhole} and ${asked} and ${holdsGathered('cases.id', words)}`
    : sql.join(wholeOnes(most), sql` union all `);
  return sql<LookedAt>`
    with looked as materialized (select * from (${candidates}) as candidates order by ${order.by} limit ${most})
    select ${named}, "isFound" from (
      (select *, true as "isFound" from looked where ${holdsFrequent('looked.id', words)} limit ${limit})
      union all (select *, false from looked offset ${most - 1} limit 1)) as found
    order by ${order.by}`;
}

const isOpen = sql<boolean>`closed_at is null`;
const isClosed = sql<boolean>`closed_at is not null`;

const askedOf = ({ kind, stage, country, owner, coordinator, late }: SeenFilter): readonly RawBuilder<boolean>[] => [
  sql<boolean>`true`,
  ...(kind ? [sql<boolean>`kind = ${kind}`] : []),
  ...(stage ? [sql<boolean>`stage = ${stage}`] : []),
  ...(owner ? [sql<boolean>`owner = ${owner}`] : []),
  ...(coordinator ? [sql<boolean>`coordinator = ${coordinator}`] : []),
  ...(country ? [sql<boolean>`countries @> array[${country}]`] : []),
  ...(late ? [sql<boolean>`late`] : []),
];
