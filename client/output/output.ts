import { csvOf, markFor } from './csv.ts';
import { jsonOf, plain } from './plain.ts';
import { tableOf } from './table.ts';

export const formats = ['table', 'json', 'csv'] as const;
export type Format = (typeof formats)[number];

export type Cell = string | number | boolean | null | undefined | readonly string[];

/** A column of a list for people; JSON holds the whole rows instead. */
export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => Cell;
}

const textOf = (cell: Cell): string => {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return typeof cell === 'object' ? cell.join(', ') : String(cell);
};

export const terminalWidth = (): number => process.stdout.columns ?? 80;

/** Standard output holds the result and nothing else. */
export const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** What is said besides the result: standard error. */
export const say = (text: string): void => void process.stderr.write(`${plain(text)}\n`);

/** Prints a list in the format asked for; an empty table says so in words. */
export function printList<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  format: Format,
  whenEmpty: string,
): void {
  if (format === 'json') return print(jsonOf(rows));
  if (format === 'csv') {
    const cells = rows.map((row) => columns.map(({ value }) => csvCell(value(row))));
    const head = columns.map(({ title }) => title);
    process.stdout.write(`${markFor(process.stdout.fd)}${csvOf(head, cells)}`);
    return;
  }
  if (rows.length === 0) return say(whenEmpty);
  print(listText(rows, columns));
}

/** A list as a table that fits the terminal. */
export function listText<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const head = columns.map(({ title }) => title);
  const cells = rows.map((row) => columns.map(({ value }) => textOf(value(row))));
  return tableOf(head, cells, terminalWidth());
}

const csvCell = (cell: Cell): string | number => (typeof cell === 'number' ? cell : textOf(cell));
