import { type Compilable, type Expression, type Kysely, type RawBuilder, sql } from 'kysely';
import { refuse, type Refusal } from '../../domain/refusal.ts';
import type { Database } from '../schema.ts';

/** One page of a list: `after` is the key that the page before ended with. */
export interface Page {
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
  /** By which column, where not in the order of the list: `due`, or `-due` for the greatest first. */
  readonly sort?: string | undefined;
}

/** Some rows, and the key to ask for those after them; without a key these were the last. */
export interface Listed<Row> {
  readonly rows: readonly Row[];
  readonly next?: string;
}

/** The rows that are among the cases that were looked at; by `next` the search goes on, though no row may be left. */
export interface Searched<Row> extends Listed<Row> {
  /** Whether the page has fewer rows since it has looked at as many cases as one page may. */
  readonly isBrokenOff: boolean;
}

export const defaultLimit = 50;
export const largestLimit = 1000;

/** Thrown when the key of a page is none that the list has given, or the list has no such order. */
export class PageKeyError extends Error {
  override readonly name = 'PageKeyError';
  readonly refusal: Refusal;
  constructor(
    key: string,
    because = `"${key}" is no place in this list; give the key that the page before ended with.`,
  ) {
    super(because);
    this.refusal = refuse('InvalidInput', because);
  }
}

export const limitOf = ({ limit = defaultLimit }: Page): number =>
  Math.min(Math.max(1, Math.trunc(limit)), largestLimit);

/** A list asks for one row more than it shows: so it knows whether there is another page. */
export function paged<Row>(rows: readonly Row[], page: Page, keyOf: (row: Row) => string): Listed<Row> {
  const limit = limitOf(page);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return rows.length > limit && last !== undefined ? { rows: shown, next: keyOf(last) } : { rows: shown };
}

/** Rows that can be asked for. */
export interface Listing<Row> extends Compilable<Row>, Expression<Row> {
  execute(): Promise<Row[]>;
}

/** One list of several, each of which lies in its order: a page of it is made of a page of each, and nothing else is read. */
export function merged<Row>(
  db: Kysely<Database>,
  lists: readonly Expression<Row>[],
  order: RawBuilder<unknown>,
  page: Page,
): Listing<Row> {
  const all = sql<Row>`(${sql.join(lists, sql` union all `)})`.as<'listed'>(sql`listed`);
  return db
    .selectFrom(all)
    .selectAll()
    .orderBy(order)
    .limit(limitOf(page) + 1) as Listing<Row>;
}

/** To the microsecond, as pages go on after it. */
export const momentOf = (column: string): RawBuilder<string> =>
  sql<string>`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Ids hold no comma, so that the parts of a key can be told apart; only the last one may hold some. */
export const keyOf = (...parts: readonly (string | number)[]): string => parts.join(',');

/** The parts of a key, each of the form expected. */
export function keyParts<const Forms extends readonly RegExp[]>(
  key: string,
  forms: Forms,
): { [I in keyof Forms]: string } {
  const pieces = key.split(',');
  const parts = [...pieces.slice(0, forms.length - 1), pieces.slice(forms.length - 1).join(',')];
  if (!forms.every((form, index) => form.test(parts[index] ?? ''))) throw new PageKeyError(key);
  return parts as { [I in keyof Forms]: string };
}

export const forms = {
  caseId: /^[a-z]+\/[a-z0-9-]{1,64}$/,
  countryCode: /^[A-Z]{2}$/,
  day: /^\d{4}-\d{2}-\d{2}$/,
  dayOrNone: /^(\d{4}-\d{2}-\d{2}|none)$/,
  instant: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
  instantOrNone: /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z|none)$/,
  /** Of Postgres' own clock, which tells apart what came within a millisecond. */
  moment: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/,
  number: /^\d{1,9}$/,
  anything: /^\P{Cc}{1,500}$/u,
} as const;
