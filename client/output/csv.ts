import { fstatSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import { readable } from '../../domain/text.ts';

/**
 * What a spreadsheet would run as a formula, in full-width form too: https://owasp.org/www-community/attacks/CSV_Injection.
 * Whatever begins with apostrophes before that counts as well, so that what was written is told apart from what was added.
 */
const formula = /^'*[=+\-@\t\r＝＋－＠]/;

/** RFC 4180, lines ended by CR LF. Text that a spreadsheet would take for a formula gets an apostrophe before it. */
export const csvOf = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  csvLines([head, ...rows]);

/** Some lines of it. */
export const csvLines = (rows: readonly (readonly (string | number)[])[]): string =>
  stringify([...rows], { record_delimiter: 'windows', cast: { string: (cell) => readable(harmless(cell)) } });

const harmless = (cell: string): string => (formula.test(cell) ? `'${cell}` : cell);

/** A cell of a file as it was before {@link csvOf} made it harmless. */
export const asWritten = (cell: string): string => (cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell);

/**
 * The byte order mark at the beginning of a file: without it Excel reads UTF-8 in the system's code page. A pipe gets none,
 * since programs would take it for a part of the first column's name.
 */
export function markFor(fd: number | undefined): string {
  if (fd === undefined) return '';
  const stats = fstatSync(fd);
  return stats.isFile() && stats.size === 0 ? '\ufeff' : '';
}
