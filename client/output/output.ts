import { once } from 'node:events';
import { csvLines, csvOf, markFor } from './csv.ts';
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

/** What is there, or comes one by one. */
export type Coming<T> = AsyncIterable<T> | Iterable<T>;

/** Prints rows as CSV as they come: however many there are, a few of them are in memory. */
export async function printRows<Row>(rows: Coming<Row>, columns: readonly Column<Row>[]): Promise<void> {
  await printParts(csvParts(rows, columns));
}

async function* csvParts<Row>(rows: Coming<Row>, columns: readonly Column<Row>[]): AsyncGenerator<string> {
  yield `${markFor(process.stdout.fd)}${csvLines([columns.map(({ title }) => title)])}`;
  for await (const row of rows) yield csvLines([columns.map(({ value }) => csvCell(value(row)))]);
}

const printedAtOnce = 65_536;

/** Prints parts as they come, as fast as they are read: whoever reads slowly must not fill the memory. */
export async function printParts(parts: AsyncIterable<string>): Promise<void> {
  let gathered = '';
  for await (const part of parts) {
    gathered += part;
    if (gathered.length < printedAtOnce) continue;
    if (!process.stdout.write(gathered)) await once(process.stdout, 'drain');
    gathered = '';
  }
  process.stdout.write(gathered);
}

/** A list as a table that fits the terminal. */
export function listText<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const head = columns.map(({ title }) => title);
  const cells = rows.map((row) => columns.map(({ value }) => textOf(value(row))));
  return tableOf(head, cells, terminalWidth());
}

const csvCell = (cell: Cell): string | number => (typeof cell === 'number' ? cell : textOf(cell));
