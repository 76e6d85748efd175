import { type Expression, type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../schema.ts';
import { forms, type Listed, type Listing, limitOf, merged, type Page, PageKeyError, paged } from './page.ts';

/** How the values of a column look: what a key holds is put to Postgres only if it is of that form. */
const looks = {
  text: (value: unknown) => typeof value === 'string' && !value.includes('\0'),
  day: (value: unknown) => typeof value === 'string' && forms.day.test(value),
  instant: (value: unknown) => typeof value === 'string' && forms.instant.test(value),
  moment: (value: unknown) => typeof value === 'string' && forms.moment.test(value),
  number: (value: unknown) => Number.isSafeInteger(value) && Math.abs(Number(value)) < 1e9,
  truth: (value: unknown) => typeof value === 'boolean',
} as const;

type Value = string | number | boolean;

interface SortColumn<Row> {
  /** Over the columns of the list. */
  readonly by: RawBuilder<unknown>;
  readonly of: (row: Row) => Value | null;
  readonly as: keyof typeof looks;
  /** Rows without a value come last, whichever way. */
  readonly mayLack: boolean;
}

/** By which columns a list can be put in order, and what tells rows apart that are alike there. */
export interface Sorting<Row> {
  readonly ties: readonly (readonly [column: string & keyof Row, form: RegExp])[];
  readonly by: Readonly<Record<string, SortColumn<Row>>>;
}

/** A column that every row has. */
export const byColumn = <Row>(name: string & keyof Row, as: keyof typeof looks = 'text'): SortColumn<Row> => ({
  by: sql.ref(name),
  of: (row) => row[name] as Value | null,
  as,
  mayLack: false,
});

/** One of Postgres' own moments, of which each row has a `moment` to the microsecond. */
export const byMoment = <Row extends { readonly moment: string }>(name: string & keyof Row): SortColumn<Row> => ({
  ...byColumn<Row>(name, 'moment'),
  of: ({ moment }) => moment,
});

/** A column that some rows lack. */
export const byColumnIfAny = <Row>(name: string & keyof Row, as: keyof typeof looks = 'text'): SortColumn<Row> => ({
  ...byColumn<Row>(name, as),
  mayLack: true,
});

/**
 * A column with an index over cases of all kinds, of which a list has few: they are gathered and put in order, since
 * there are hundreds of them, and the index might be read through for fifty.
 */
export const byColumnOfFew = <Row>(name: string & keyof Row): SortColumn<Row> => ({
  ...byColumn<Row>(name),
  by: sql`${sql.ref(name)} || ''`,
});

/** The column of that name, and whether its greatest value comes first: `-due`. */
function sortIn<Row>({ by }: Sorting<Row>, sort = ''): { readonly column: SortColumn<Row>; readonly isDown: boolean } {
  const isDown = sort.startsWith('-');
  const name = isDown ? sort.slice(1) : sort;
  const column = Object.hasOwn(by, name) ? by[name] : undefined;
  if (!column)
    throw new PageKeyError(sort, `This list can be put in order by ${Object.keys(by).join(', ')}, not by "${name}".`);
  return { column, isDown };
}

/** Some of the lists without an order of their own, put in that of a column; those of several are all shown. */
export function sortedQuery<Row, Shown>(
  db: Kysely<Database>,
  lists: readonly Expression<Row>[],
  sorting: Sorting<Shown>,
  page: Page,
): Listing<Row> {
  const { column, isDown } = sortIn(sorting, page.sort);
  const ties = sorting.ties.map(([name]) => sql.ref(name));
  const beyond = isDown ? sql`<` : sql`>`;
  const after = page.after === undefined ? undefined : placeIn(sorting, column, page.after);
  const part = (
    list: Expression<Row>,
    keys: readonly RawBuilder<unknown>[],
    at: readonly Value[] | undefined,
    which: RawBuilder<unknown>,
  ) =>
    sql<Row>`(select * from (${list}) as listed where ${which}
      ${at ? sql`and (${sql.join(keys)}) ${beyond} (${sql.join(at)})` : sql``}
      order by ${inOrder(keys, isDown)} limit ${limitOf(page) + 1})`;
  // Those without a value lie apart, so that each part is read in the order of its index.
  const parts = lists.flatMap((list) => [
    ...(after?.value === null
      ? []
      : [
          part(
            list,
            [column.by, ...ties],
            after && [after.value, ...after.ties],
            column.mayLack ? sql`${column.by} is not null` : sql`true`,
          ),
        ]),
    ...(column.mayLack
      ? [part(list, ties, after?.value === null ? after.ties : undefined, sql`${column.by} is null`)]
      : []),
  ]);
  return merged(db, parts, orderIn(sorting, page), page);
}

const inOrder = (keys: readonly RawBuilder<unknown>[], isDown: boolean): RawBuilder<unknown> =>
  sql.join(keys.map((key) => sql`${key} ${isDown ? sql`desc` : sql`asc`}`));

/** In what order its rows stand. */
export function orderIn<Row>(sorting: Sorting<Row>, page: Page): RawBuilder<unknown> {
  const { column, isDown } = sortIn(sorting, page.sort);
  const keys = [column.by, ...sorting.ties.map(([name]) => sql.ref(name))];
  return sql`${column.by} is null, ${inOrder(keys, isDown)}`;
}

interface Place {
  readonly value: Value | null;
  readonly ties: readonly string[];
}

function placeIn<Row>({ ties }: Sorting<Row>, { as, mayLack }: SortColumn<Row>, key: string): Place {
  const parts = readJson(key);
  const [value, ...those] = Array.isArray(parts) ? (parts as unknown[]) : [];
  const isOfTies = those.length === ties.length && ties.every(([, form], nth) => form.test(String(those[nth])));
  if (!isOfTies || (value === null ? !mayLack : !looks[as](value))) throw new PageKeyError(key);
  return { value: value as Place['value'], ties: those.map(String) };
}

/** What is no JSON is no place. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export const keyIn =
  <Row>(sorting: Sorting<Row>, page: Page) =>
  (row: Row): string =>
    JSON.stringify([sortIn(sorting, page.sort).column.of(row), ...sorting.ties.map(([name]) => row[name])]);

/** A list in an order of its own. */
interface Ordered<Row> extends Listing<Row> {
  clearOrderBy(): Ordered<Row>;
  clearLimit(): Ordered<Row>;
}

/** The list as it is, in no order. */
export const unordered = <Row>(list: Ordered<Row>): Expression<Row> => list.clearOrderBy().clearLimit();

/** A page of a list: in its own order, of which `keyOf` is the place, or in that of the column that the page asks for. */
export async function pageOf<Row>(
  db: Kysely<Database>,
  page: Page,
  list: (page: Page) => Ordered<Row>,
  { keyOf: key, sorting }: { readonly keyOf: (row: Row) => string; readonly sorting: Sorting<Row> },
): Promise<Listed<Row>> {
  if (page.sort === undefined) return paged(await list(page).execute(), page, key);
  return sortedPage(db, [unordered(list({}))], sorting, page);
}

export const sortedPage = async <Row>(
  db: Kysely<Database>,
  lists: readonly Expression<Row>[],
  sorting: Sorting<Row>,
  page: Page,
): Promise<Listed<Row>> => paged(await sortedQuery(db, lists, sorting, page).execute(), page, keyIn(sorting, page));
