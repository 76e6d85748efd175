import type { FileFault } from '../../database/directory.ts';

/** What somebody typed; of a whole number in a workbook also the day that it stands for in its calendar, 1900 or 1904. */
export type SheetCell = string | { readonly serial: number; readonly day: string };

export const textOf = (cell: SheetCell): string => (typeof cell === 'string' ? cell : String(cell.serial));

export interface SheetRow {
  /** The line of the file, or the row of the workbook, from 1. */
  readonly line: number;
  readonly cells: readonly SheetCell[];
  /** Which of them, counted from 0, could not be read: what is wrong with them is among the faults of the sheet. */
  readonly unread?: ReadonlySet<number>;
}

/** What a spreadsheet holds, without blank rows; whatever cannot be read rightly is among the faults. */
export interface Sheet {
  /** Of a workbook. */
  readonly name?: string;
  readonly rows: readonly SheetRow[];
  readonly faults: readonly FileFault[];
}

/** What people cannot see around a cell is not meant: blanks of every width, no-break and zero-width ones among them. */
const unseen = String.raw`[\s\u00ad\u200b-\u200d\u2060\ufeff]+`;
const around = new RegExp(`^${unseen}|${unseen}$`, 'gu');

export const cleaned = (text: string): string => text.replace(around, '');

/** The letters that a spreadsheet shows above a column: A to Z, AA and so on. */
export function columnLetters(index: number): string {
  const rest = index % 26;
  const before = Math.floor(index / 26);
  return (before > 0 ? columnLetters(before - 1) : '') + String.fromCodePoint(65 + rest);
}
