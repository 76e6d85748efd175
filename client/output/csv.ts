/** A spreadsheet would run these as formulas: https://owasp.org/www-community/attacks/CSV_Injection */
const formula = /^[=+\-@\t\r]/;

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** RFC 4180, UTF-8, lines ended by CR LF. Text that a spreadsheet would take for a formula gets an apostrophe. */
export const csvOf = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, ...rows]
    .map((row) => row.map((cell) => quoted(typeof cell === 'string' ? harmless(cell) : String(cell))).join(','))
    .join('\r\n');

const harmless = (cell: string): string => (formula.test(cell) ? `'${cell}` : cell);
