import type { Entente } from '../client/client.ts';
import type { Session } from '../client/sessions.ts';
import type { Listed, Page } from '../database/lists.ts';
import type { Fact } from '../domain/lifecycle.ts';
import type { Told } from '../domain/story/told.ts';
import type { Filter, Query } from './filters.ts';

/** How something in a list is read: what is `named` is a person, an agency, a country or a case; what is `record`, a sentence of the record. */
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
  | readonly [name: string, as: Exclude<As, 'record'>, value: (row: Row) => Cell['value'], title?: (row: Row) => string]
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

function cellIn<Row>(row: Row, column: Column<Row>): Cell {
  const [name, as, value] = column;
  const cell = { name, as, value: value(row) };
  return column[1] === 'record' ? { ...cell, told: column[3]?.(row) } : { ...cell, title: column[3]?.(row) };
}
