import type { Table } from './controls.ts';

/** What a button sends, with the name of a table, that asks for more rows and for nothing else. */
export const more = 'more';

/** How many empty rows are offered. */
const spare = 3;
const asked = 5;

/** The name of a row, before the names of its inputs. */
export const rowName = (table: string, row: number): string => `${table}.${row}`;

/** How many rows there are by the names of inputs, empty ones among them. */
function rowsIn(table: string, names: Iterable<string>): number {
  const rows = [...names].flatMap((name) =>
    name.startsWith(`${table}.`) ? [Number.parseInt(name.slice(table.length + 1), 10)] : [],
  );
  return Math.max(-1, ...rows) + 1;
}

/**
 * How many rows of a table are shown.
 *
 * @param typed what is typed into the form that they stand in
 * @param isSent whether its empty rows are named in it as well
 */
export function rowsShown(
  table: string,
  { most }: Pick<Table, 'most'>,
  typed: ReadonlyMap<string, string>,
  isSent: boolean,
): number {
  const there = rowsIn(table, typed.keys());
  if (isSent && there > 0) return Math.min(most, there + (typed.get(more) === table ? asked : 0));
  return Math.min(most, there + spare);
}
