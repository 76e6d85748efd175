import type { z } from 'zod';
import type { FileFault } from '../database/directory.ts';
import { faultsIn } from '../domain/case/faults.ts';
import { openingSchema } from '../domain/case/opening.ts';
import { type Kind, kinds, lifecycles } from '../domain/kinds.ts';
import type { Lifecycle } from '../domain/lifecycle.ts';
import { refersTo } from '../domain/references.ts';
import type { OpeningFields } from './client.ts';
import { tableOfColumns } from './directory-files.ts';
import { FileFaultsError } from './errors.ts';
import { isRequired, meaningOf, type Shape, shapeOf, valueOf } from './field-shape.ts';
import { type FileOpening, namedTwice } from './open-file.ts';
import { readSheet } from './sheets/read.ts';
import { columnLetters, type Sheet, type SheetCell, type SheetRow, textOf } from './sheets/sheet.ts';

/** A column of a sheet of openings: one field of the kind. */
export interface SheetColumn {
  readonly name: string;
  readonly means: string;
  readonly required: boolean;
  readonly shape: Shape;
  readonly schema: z.ZodType;
}

/** The columns in which cases of a kind are opened; `by` is whoever brings them in, unless the sheet says so. */
export const columnsOf = (lifecycle: Lifecycle): readonly SheetColumn[] =>
  Object.entries(openingSchema(lifecycle).shape as Record<string, z.ZodType>)
    .map(([name, schema]) => ({
      name,
      schema,
      shape: shapeOf(schema),
      means: meaningOf(schema),
      required: name !== 'by' && isRequired(schema),
    }))
    .filter(({ shape }) => shape.type !== 'json' && !(shape.type === 'list' && shape.of.type === 'json'));

/** The usual sheet is refused as a whole well before this; a file of more is better given in parts. */
const mostRows = 10_000;

/**
 * Reads cases to be opened from a CSV file or a workbook, a row each.
 *
 * @throws {@link FileFaultsError} with every fault in the file, each with its row, its column and its cause
 */
export const readOpeningSheet = async (file: string, kind: Kind, as: string): Promise<readonly FileOpening[]> =>
  openingsIn(file, await readSheet(file, kind), kind, as);

/**
 * The same of a file that has been read, by whatever name.
 *
 * @throws {@link FileFaultsError} as {@link readOpeningSheet} does
 */
export function openingsIn(file: string, { rows, faults }: Sheet, kind: Kind, as: string): readonly FileOpening[] {
  const refuse = (all: readonly FileFault[]): never => {
    throw new FileFaultsError('Nothing was brought in', all);
  };
  const [head, ...body] = rows;
  if (!head)
    return refuse(
      faults.length > 0 ? faults : [{ file, line: 1, because: 'is empty; its first row must name the columns' }],
    );
  const names = head.cells.map(textOf);
  const known = columnsOf(lifecycles[kind]);
  const columns = names.map((name) => known.find((each) => each.name.toLowerCase() === name.toLowerCase()));
  const wrong = [...faults, ...headFaults(names, known, kind).map((because) => ({ file, line: head.line, because }))];
  if (columns.includes(undefined) || wrong.length > faults.length) return refuse(wrong);
  const tooMany = body[mostRows];
  if (tooMany)
    return refuse([
      { file, line: tooMany.line, because: `these are more than ${mostRows} rows; give them in several files` },
    ]);
  const sheet: OpeningSheet = { file, kind, columns: columns as SheetColumn[], head: names, as };
  const parsed = body.map((row) => openingOf(sheet, row));
  const openings = parsed.flatMap(({ opening }) => opening ?? []);
  const all = [...wrong, ...parsed.flatMap((each) => each.faults), ...namedTwice(file, openings)];
  if (all.length > 0) return refuse(all.toSorted((a, b) => a.line - b.line));
  return openings;
}

function headFaults(names: readonly string[], known: readonly SheetColumn[], kind: Kind): string[] {
  const all = known.map(({ name }) => name);
  const lower = names.map((name) => name.toLowerCase());
  const at = (index: number) => `${columnLetters(index)} `;
  const [alone = ''] = names;
  if (names.length === 1 && /[,;\t|]/.test(alone))
    return [
      `is one column, "${alone}"; separate its columns by commas, semicolons or tabs, and leave out sep= or say it rightly`,
    ];
  return [
    ...names.flatMap((name, index) => {
      if (name === '') return `${at(index)}has no name; name it or take it out`;
      if (lower.indexOf(lower[index] ?? '') !== index) return `${at(index)}the column "${name}" stands there twice`;
      const fits = all.some((each) => each.toLowerCase() === lower[index]);
      return fits ? [] : `${at(index)}there is no column "${name}" of ${kind}; there are ${all.join(', ')}`;
    }),
    ...known
      .filter(({ name, required }) => required && !lower.includes(name.toLowerCase()))
      .map(({ name }) => `the column "${name}" is missing`),
  ];
}

/** The words of the command that brings a spreadsheet in, by the names of its columns. */
export async function commandFor(file: string): Promise<readonly string[]> {
  const { rows } = await readSheet(file);
  const names = rows[0]?.cells.map(textOf) ?? [];
  const kind = kinds.find((each) => headFaults(names, columnsOf(lifecycles[each]), each).length === 0);
  const isDirectory = !kind && tableOfColumns(names.map((name) => name.toLowerCase())) !== undefined;
  return isDirectory ? ['directory', 'import', file] : ['import', file, '--kind', kind ?? 'KIND'];
}

interface OpeningSheet {
  readonly file: string;
  readonly kind: Kind;
  readonly columns: readonly SheetColumn[];
  readonly head: readonly string[];
  readonly as: string;
}

function openingOf(
  sheet: OpeningSheet,
  { line, cells, unread }: SheetRow,
): { opening?: FileOpening; faults: FileFault[] } {
  const { file, kind, columns, head, as } = sheet;
  const alone = (because: string) => ({ faults: [{ file, line, because }] });
  const beyond = cells.findIndex((cell, index) => index >= columns.length && cell !== '');
  if (beyond >= 0) return alone(`${columnLetters(beyond)}: lies beyond the named columns`);
  if (cells.length < columns.length)
    return alone(`has ${cells.length} cells where the first row names ${columns.length} columns`);
  if (head.every((name, index) => textOf(cells[index] ?? '') === name))
    return alone('repeats the names of the columns');
  const given = columns.flatMap((column, index) => {
    const cell = cells[index] ?? '';
    return cell === '' ? [] : [[column.name, valueIn(column, cell)] as const];
  });
  const fields = { by: as, ...Object.fromEntries(given) };
  const faults = faultsIn(openingSchema(lifecycles[kind]), fields).flatMap(({ path, because }) => {
    const index = columns.findIndex(({ name }) => name === path[0]);
    if (unread?.has(index)) return [];
    const at = index < 0 ? path.join('.') : `${columnLetters(index)} (${columns[index]?.name ?? ''})`;
    return { file, line, because: `${at}: ${because}${serialHint(columns[index], cells[index])}` };
  });
  if (faults.length > 0 || unread) return { faults };
  const opening = fields as unknown as OpeningFields;
  return { opening: { id: `${kind}/${opening.id}`, kind, opening, line, lineOf: () => line }, faults: [] };
}

const isDay = ({ shape }: SheetColumn): boolean => shape.type === 'text' && shape.placeholder === 'yyyy-mm-dd';

/** A CSV file does not say in which of the two calendars its program counts. */
const serialHint = (column: SheetColumn | undefined, cell: SheetCell | undefined): string =>
  column && isDay(column) && typeof cell === 'string' && /^\d{5}$/.test(cell)
    ? ` (${cell} is a day as a spreadsheet counts it, from 1900 or 1904: give the column the format of a date)`
    : '';

function valueIn(column: SheetColumn, cell: SheetCell): unknown {
  if (typeof cell !== 'string') return isDay(column) ? cell.day : valueOf(column.shape, textOf(cell));
  if (column.shape.type === 'flag') return flags[cell.toLowerCase()] ?? cell;
  if (column.shape.type !== 'list') return valueOf(column.shape, cell);
  // No id holds a blank or a comma; a line of text may.
  const separator = listsIds(column) ? /[\s;,]+/ : /[;\n]/;
  const { of } = column.shape;
  return cell
    .split(separator)
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map((each) => valueOf(of, each));
}

/** Boolean cells of a workbook read TRUE and FALSE. */
const flags: Readonly<Record<string, boolean>> = { true: true, false: false, yes: true, no: false };

function listsIds({ schema, shape }: SheetColumn): boolean {
  if (shape.type === 'list' && shape.of.type !== 'text') return true;
  let inner = schema;
  for (let next = innerOf(inner); next; next = innerOf(inner)) inner = next;
  return refersTo(inner) !== undefined;
}

const innerOf = (schema: z.ZodType): z.ZodType | undefined => {
  const { innerType, element } = schema.def as unknown as { innerType?: z.ZodType; element?: z.ZodType };
  return innerType ?? element;
};
