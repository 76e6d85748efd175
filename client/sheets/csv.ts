import { CsvError, parse } from 'csv-parse/sync';
import type { FileFault } from '../../database/directory.ts';
import { asWritten } from '../output/csv.ts';
import { cleaned, type Sheet, type SheetRow } from './sheet.ts';

/** Text as spreadsheets write it: UTF-8 or UTF-16, any line ends, comma, semicolon or tab, with `sep=` before it or not. */
export function readCsv(file: string, bytes: Buffer): Sheet {
  const decoded = decode(bytes);
  if ('because' in decoded) return { rows: [], faults: [{ file, ...decoded }] };
  if (decoded.text.includes('\0'))
    return { rows: [], faults: [{ file, line: 1, because: 'is binary; save it as CSV' }] };
  const text = decoded.text.replace(/\r\n?/g, '\n');
  const said = /^sep=(.)\n/i.exec(text);
  const delimiter = said?.[1] ?? delimiterOf(text.split('\n').find((line) => line.trim() !== '') ?? '');
  return parsed(file, said ? text.slice(said[0].length) : text, delimiter, said ? 1 : 0);
}

type Decoded = { readonly text: string } | Pick<FileFault, 'line' | 'because'>;

function decode(bytes: Buffer): Decoded {
  const encoding = encodingOf(bytes);
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch {
    const line = bytes
      .subarray(0, firstForeign(bytes))
      .toString('latin1')
      .split(/\r\n?|\n/).length;
    const because =
      encoding === 'utf-8'
        ? 'is not UTF-8 (perhaps Latin-1 or a Windows code page); save it as UTF-8'
        : 'is not whole UTF-16; save it as UTF-8';
    return { line: encoding === 'utf-8' ? line : 1, because };
  }
}

/** By its byte order mark; without one, UTF-16 shows by its zero bytes: half of them, where people write Latin letters. */
function encodingOf(bytes: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0 && second !== 0) return 'utf-16be';
  return second === 0 && first !== 0 ? 'utf-16le' : 'utf-8';
}

/** Where a text stops being UTF-8. */
function firstForeign(bytes: Buffer): number {
  let [whole, broken] = [0, bytes.length];
  while (broken - whole > 1) {
    const middle = (whole + broken) >> 1;
    // A character that is cut in two at the middle is no fault yet.
    if (isUtf8(bytes.subarray(0, middle))) whole = middle;
    else broken = middle;
  }
  return whole;
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** In much of Europe spreadsheets write semicolons; the line of the columns tells, outside of quotes. */
function delimiterOf(head: string): string {
  const bare = head.replace(/"[^"]*"/g, '');
  return [';', '\t', ','].find((each) => bare.includes(each)) ?? ',';
}

/** A broken quote makes one line unreadable; the others are read, so that all faults are named at once. */
function parsed(file: string, text: string, delimiter: string, linesBefore: number): Sheet {
  const whole = recordsOf(text, delimiter);
  if (!(whole instanceof CsvError)) return { rows: whole.map((each) => rowOf(each, linesBefore)), faults: [] };
  const lines = text
    .split('\n')
    .map((each, index) => ({ before: linesBefore + index, read: recordsOf(each, delimiter) }));
  return {
    rows: lines.flatMap(({ before, read }) =>
      read instanceof CsvError ? [] : read.map((each) => rowOf(each, before)),
    ),
    faults: lines.flatMap(({ before, read }) =>
      read instanceof CsvError
        ? { file, line: before + 1, because: `its quoting is broken: ${read.message.replace(/ (at|on) line.*$/, '')}` }
        : [],
    ),
  };
}

interface CsvRecord {
  readonly record: readonly string[];
  /** `lines`: how many have been read with it. */
  readonly info: { readonly lines: number };
}

function recordsOf(text: string, delimiter: string): readonly CsvRecord[] | CsvError {
  try {
    const options = { delimiter, trim: true, relax_column_count: true, skip_empty_lines: true, info: true } as const;
    return parse(text, options) as unknown as readonly CsvRecord[];
  } catch (error) {
    if (error instanceof CsvError) return error;
    throw error;
  }
}

/** The line on which it begins: a cell in quotes may hold line breaks. */
const rowOf = ({ record, info }: CsvRecord, linesBefore: number): SheetRow => ({
  line: linesBefore + info.lines - (record.join('').match(/\n/g)?.length ?? 0),
  cells: record.map((cell) => asWritten(cleaned(cell))),
});
