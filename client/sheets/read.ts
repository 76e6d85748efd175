import { extname } from 'node:path';
import { UsageError } from '../errors.ts';
import { readBytes, refuseLarge } from '../files.ts';
import { readCsv } from './csv.ts';
import type { Sheet, SheetCell } from './sheet.ts';

export const sheetExtensions = ['.csv', '.tsv', '.xlsx'];

/**
 * Reads a CSV file or a workbook, whatever program wrote it.
 *
 * @param named the sheet of a workbook that is meant, where it holds several
 * @throws {@link UsageError} if the file cannot be opened, is larger than 5 MB or neither by its name
 */
export async function readSheet(file: string, named?: string): Promise<Sheet> {
  refuseOthers(file);
  return sheetOf(file, await readBytes(file), named);
}

function refuseOthers(file: string): void {
  if (!sheetExtensions.includes(extname(file).toLowerCase()))
    throw new UsageError(`${file} is none of ${sheetExtensions.join(', ')}; save it as one of these.`);
}

/**
 * Reads what stands in such a file.
 *
 * @param file by whose name it is known which it is
 * @throws {@link UsageError} if it is larger than 5 MB or neither by its name
 */
export async function sheetOf(file: string, bytes: Buffer, named?: string): Promise<Sheet> {
  refuseOthers(file);
  refuseLarge(file, bytes.length);
  if (extname(file).toLowerCase() !== '.xlsx') return withoutBlanks(readCsv(file, bytes));
  const { readXlsxSheet } = await import('./xlsx.ts');
  return withoutBlanks(await readXlsxSheet(file, bytes, named));
}

const isBlank = (cell: SheetCell): boolean => cell === '';

/** Spreadsheets write blank rows below what was typed, and blank cells beside it: `a;b;;;`. */
function withoutBlanks(sheet: Sheet): Sheet {
  const rows = sheet.rows.filter(({ cells }) => !cells.every(isBlank));
  const columns = (rows[0]?.cells.findLastIndex((cell) => !isBlank(cell)) ?? -1) + 1;
  const within = (cells: readonly SheetCell[]) =>
    cells.slice(columns).every(isBlank) ? cells.slice(0, columns) : cells;
  return { ...sheet, rows: rows.map((row) => ({ ...row, cells: within(row.cells) })) };
}
