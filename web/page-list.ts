import type { Entente } from '../client/client.ts';
import type { Session } from '../client/sessions.ts';
import type { LetterMade, Listed, Page } from '../database/lists.ts';
import type { Fact } from '../domain/lifecycle.ts';
import type { Told } from '../domain/story/told.ts';
import type { Filter, Query } from './filters.ts';

/** How something in a list is read: what is `named` is a person, an agency, a country or a case; what is `record`, a sentence of the record; what is `command`, what is done beside the cases, and `concern`, whom or what that is about; what is `key`, where a key was made. */
type As =
  | 'case'
  | 'day'
  | 'moment'
  | 'named'
  | 'stage'
  | 'kind'
  | 'option'
  | 'standing'
  | 'role'
  | 'command'
  | 'concern'
  | 'key'
  | 'text'
  | 'record'
  | 'late'
  | 'letter';

export interface Cell {
  readonly name: string;
  readonly as: As;
  readonly value: Fact | null | undefined;
  /** Of a case, or of a letter. */
  readonly title?: string | undefined;
  /** Of a letter that is not written yet: what it is made of. */
  readonly letter?: LetterMade | undefined;
  /** The sentence of the record for readers of any language. */
  readonly told?: readonly Told[] | undefined;
}

/** A list as pages show it. */
export interface PageList {
  readonly filters: readonly Filter[];
  /** The columns by which it can be put in order. */
  readonly sorts: readonly string[];
  /** Whose it is; of whoever is signed in, unless said. */
  readonly isForAdministrators?: true;
  read(entente: Entente, asked: Asked, page: Page): Promise<Listed<readonly Cell[]>>;
}

/** What a page of a list is narrowed to; whose cases they are is not for the address to say. */
export interface Asked {
  readonly query: Query;
  readonly coordinators: readonly string[];
  readonly session: Session;
  /** In the language of whoever reads it; what programs read is the record. */
  readonly forPeople: boolean;
}

/** The value of a cell, and how it is called where it has a title of its own, or what it tells. */
export type Column<Row> =
  | readonly [
      name: string,
      as: Exclude<As, 'record'>,
      value: (row: Row) => Cell['value'],
      title?: (row: Row) => string,
      letter?: (row: Row) => Cell['letter'],
    ]
  | readonly [name: string, as: 'record', value: (row: Row) => Cell['value'], told?: (row: Row) => Cell['told']];

/** What a list asks, and then what of each row it shows. */
export const pageList =
  <Row>(
    { filters, sorts = [] }: Pick<PageList, 'filters'> & Partial<Pick<PageList, 'sorts'>>,
    ask: (entente: Entente, asked: Asked, page: Page) => Promise<Listed<Row>>,
  ) =>
  (columns: readonly Column<Row>[]): PageList => ({
    filters,
    sorts,
    async read(entente, asked, page) {
      const { rows, ...next } = await ask(entente, asked, page);
      return { ...next, rows: rows.map((row) => columns.map((column) => cellIn(row, column))) };
    },
  });

/** A list that is read whole: in the order of any of its columns, but of those that show names of others. */
export const wholeList =
  <Row>(ask: (entente: Entente) => Promise<readonly Row[]>) =>
  (columns: readonly Column<Row>[]): PageList => {
    const sorts = columns.filter(([, as]) => as !== 'named').map(([name]) => name);
    const list = pageList<Row>({ filters: [], sorts }, async (entente, _, { sort }) => {
      const column = columns.find(([name]) => name === sort?.replace(/^-/, ''));
      const rows = await ask(entente);
      return { rows: column ? inOrder(rows, column, sort?.startsWith('-') === true) : rows };
    });
    return list(columns);
  };

/** Rows without a value come last, whichever way. */
function inOrder<Row>(rows: readonly Row[], [, , valueOf]: Column<Row>, isDown: boolean): readonly Row[] {
  const keyed = rows.map((row) => ({ row, key: valueOf(row) ?? null }));
  const rank = (one: unknown, other: unknown): number => (String(one) < String(other) ? -1 : 1);
  return keyed
    .toSorted((one, other) => {
      if (one.key === other.key) return 0;
      if (one.key === null || other.key === null) return one.key === null ? 1 : -1;
      return isDown ? rank(other.key, one.key) : rank(one.key, other.key);
    })
    .map(({ row }) => row);
}

function cellIn<Row>(row: Row, column: Column<Row>): Cell {
  const [name, as, value] = column;
  const cell = { name, as, value: value(row) };
  return column[1] === 'record'
    ? { ...cell, told: column[3]?.(row) }
    : { ...cell, title: column[3]?.(row), letter: column[4]?.(row) };
}
