import { type CellValue, type MergeRange, readXlsx, type Sheet as Worksheet, type Workbook } from 'hucre/xlsx';
import type { FileFault } from '../../database/directory.ts';
import { cleaned, columnLetters, type Sheet, type SheetCell, type SheetRow } from './sheet.ts';

/** A sheet of a workbook as values: what would have to be worked out or guessed is a fault. */
export async function readXlsxSheet(file: string, bytes: Buffer, named?: string): Promise<Sheet> {
  const alone = (because: string): Sheet => ({ rows: [], faults: [{ file, line: 1, because }] });
  let workbook: Workbook;
  try {
    workbook = await readXlsx(bytes);
  } catch (error) {
    return alone(
      `cannot be read as a workbook (${(error as Error).message}); save it as .xlsx anew, without a password`,
    );
  }
  const sheets = workbook.sheets.filter((each) => each.rows.length > 0);
  const shown = sheets.filter(({ hidden, veryHidden, name }) => !hidden && !veryHidden && name !== columnsSheet);
  const sheet = sheets.find(({ name }) => name === named) ?? (shown.length === 1 ? shown[0] : undefined);
  if (sheet) return read(file, sheet, workbook.dateSystem === '1904' ? epoch1904 : epoch1900);
  if (shown.length === 0) return alone('has no sheet with anything on it');
  const names = shown.map(({ name }) => `"${name}"`).join(', ');
  return alone(`has the sheets ${names}; call the one that is meant "${named ?? 'by its kind'}"`);
}

/** The sheet of a template that explains its columns. */
export const columnsSheet = 'columns';

const dayLength = 86_400_000;
/** Day 0. Of 1900: right from March 1900 on, which was no leap year, though spreadsheets say so. */
const epoch1900 = Date.UTC(1899, 11, 30);
const epoch1904 = Date.UTC(1904, 0, 1);

function read(file: string, sheet: Worksheet, epoch: number): Sheet {
  const faults: FileFault[] = [];
  const merges = sheet.merges ?? [];
  const rows = sheet.rows.map((values, row): SheetRow => {
    const unread = new Set(merges.flatMap((merge) => columnsIn(merge, row)));
    const cells = values.map((value, column): SheetCell => {
      const cell = sheet.cells?.get(`${row},${column}`);
      const refuse = (because: string): string => {
        faults.push({ file, line: row + 1, because: `${columnLetters(column)}${row + 1}: ${because}` });
        unread.add(column);
        return '';
      };
      if (cell?.formula !== undefined) return refuse('holds a formula; paste its value in its place');
      if (cell?.type === 'error') return refuse(`holds an error (${String(value)}) in place of a value`);
      return cellOf(value, epoch);
    });
    return { line: row + 1, cells, ...(unread.size > 0 ? { unread } : {}) };
  });
  return { name: sheet.name, rows, faults: [...mergeFaults(file, merges), ...faults] };
}

function cellOf(value: CellValue, epoch: number): SheetCell {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return dayOrMoment(value);
  if (typeof value !== 'number') return cleaned(String(value));
  const day =
    Number.isInteger(value) && value > 0 && value < 200_000 ? dayOrMoment(new Date(epoch + value * dayLength)) : '';
  return day ? { serial: value, day } : String(value);
}

const dayOrMoment = (date: Date): string => date.toISOString().replace(/T00:00:00\.000Z$/, '');

const columnsIn = ({ startRow, startCol, endRow, endCol }: MergeRange, row: number): readonly number[] =>
  row < startRow || row > endRow ? [] : Array.from({ length: endCol - startCol + 1 }, (_, index) => startCol + index);

/** One value over several cells: nobody can tell whether it is meant for each of the rows. */
const mergeFaults = (file: string, merges: readonly MergeRange[]): FileFault[] =>
  merges.map(({ startRow, startCol, endRow, endCol }) => {
    const from = `${columnLetters(startCol)}${startRow + 1}`;
    const to = `${columnLetters(endCol)}${endRow + 1}`;
    return { file, line: startRow + 1, because: `${from}:${to}: are merged; take them apart and fill in each cell` };
  });
