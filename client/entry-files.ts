import { extname } from 'node:path';
import type { Entry, FileFault } from '../database/directory.ts';
import { counted } from '../domain/derived.ts';
import { UsageError } from './errors.ts';
import { readText } from './files.ts';
import { readSheet, sheetExtensions } from './sheets/read.ts';
import { type Sheet, type SheetRow, textOf } from './sheets/sheet.ts';
import { isRecord, readYaml } from './yaml.ts';

/** Tables that are imported from files: what their entries may hold, and which of them a CSV file is. */
export interface EntryTables<Table extends string> {
  /** What the files hold, for whoever gave one of another kind: "a directory". */
  readonly says: string;
  readonly tables: readonly Table[];
  readonly columnsOf: (table: Table) => { readonly all: readonly string[]; readonly required: readonly string[] };
  readonly tableOfColumns: (columns: readonly string[]) => Table | undefined;
  /** Of a cell that holds several values; absent: each holds one. */
  readonly cellOf?: (column: string, text: string) => string | readonly string[];
}

export interface EntriesRead<Table extends string> {
  readonly entries: Readonly<Record<Table, readonly Entry[]>>;
  readonly faults: readonly FileFault[];
}

interface Found<Table extends string> {
  readonly entries: readonly { readonly table: Table; readonly entry: Entry }[];
  readonly faults: readonly FileFault[];
}

/**
 * Reads the entries of tables from YAML files, CSV files and workbooks, in any order; what cannot be read is among the faults.
 *
 * @throws {@link UsageError} if a file cannot be opened, or is none of these by its name
 */
export async function readEntryFiles<Table extends string>(
  files: readonly string[],
  kind: EntryTables<Table>,
): Promise<EntriesRead<Table>> {
  const found = together(await Promise.all(files.map((file) => readEntryFile(file, kind))));
  const of = (table: Table) => found.entries.filter((each) => each.table === table).map(({ entry }) => entry);
  const entries = Object.fromEntries(kind.tables.map((table) => [table, of(table)])) as Record<Table, Entry[]>;
  return { entries, faults: found.faults };
}

async function readEntryFile<Table extends string>(file: string, kind: EntryTables<Table>): Promise<Found<Table>> {
  const extension = extname(file).toLowerCase();
  if (sheetExtensions.includes(extension)) return fromSheet(file, await readSheet(file), kind);
  if (!['.yaml', '.yml'].includes(extension))
    throw new UsageError(
      `${file} is none of .yaml, ${sheetExtensions.join(', ')}; ${kind.says} is imported from these.`,
    );
  const read = await readText(file);
  return 'fault' in read ? { entries: [], faults: [read.fault] } : fromYaml(file, read.text, kind);
}

function fromYaml<Table extends string>(file: string, text: string, { tables }: EntryTables<Table>): Found<Table> {
  const { documents, faults } = readYaml(file, text);
  const found = documents.map(({ value, lineAt }): Found<Table> => {
    if (!isRecord(value)) return faultAlone(file, lineAt([]), `must hold ${tables.join(', ')}, each with a list`);
    const parts = Object.entries(value).map(([name, list]): Found<Table> => {
      const table = tables.find((each) => each === name);
      if (!table) return faultAlone(file, lineAt([name]), `"${name}" is none of ${tables.join(', ')}`);
      if (!Array.isArray(list)) return faultAlone(file, lineAt([name]), `${name} must be a list`);
      return together(list.map((item: unknown, index) => yamlEntry(file, table, item, index, lineAt)));
    });
    return together(parts);
  });
  return together([{ entries: [], faults }, ...found]);
}

function yamlEntry<Table extends string>(
  file: string,
  table: Table,
  item: unknown,
  index: number,
  lineAt: (path: readonly (string | number)[]) => number,
): Found<Table> {
  const line = lineAt([table, index]);
  if (!isRecord(item)) return faultAlone(file, line, `an entry of ${table} must have fields, such as "country: KR"`);
  const lines = Object.fromEntries(Object.keys(item).map((field) => [field, lineAt([table, index, field])]));
  const fields = Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null));
  return { entries: [{ table, entry: { fields, file, line, lines } }], faults: [] };
}

function fromSheet<Table extends string>(
  file: string,
  { rows, faults: unread }: Sheet,
  kind: EntryTables<Table>,
): Found<Table> {
  const [head, ...body] = rows;
  if (!head || unread.some(({ line }) => line < head.line))
    return unread.length > 0
      ? { entries: [], faults: unread }
      : faultAlone(file, 1, 'is empty; its first line must name the columns');
  const columns = head.cells.map((name) => textOf(name).toLowerCase());
  const table = kind.tableOfColumns(columns);
  const faults = columnFaults(kind, table, columns).map((because) => ({ file, line: head.line, because }));
  if (!table || faults.length > 0) return { entries: [], faults };
  return together([
    { entries: [], faults: unread },
    ...body.map((row) => sheetEntry(file, table, columns, row, kind.cellOf)),
  ]);
}

function sheetEntry<Table extends string>(
  file: string,
  table: Table,
  columns: readonly string[],
  { line, cells, unread }: SheetRow,
  cellOf: EntryTables<Table>['cellOf'],
): Found<Table> {
  if (unread) return { entries: [], faults: [] };
  if (cells.length !== columns.length)
    return faultAlone(
      file,
      line,
      `has ${counted(cells.length, 'cell')} where the first line names ${counted(columns.length, 'column')}`,
    );
  const given = columns.map((name, index) => [name, textOf(cells[index] ?? '')] as const);
  const fields = Object.fromEntries(
    given.flatMap(([name, text]) => (text === '' ? [] : [[name, cellOf?.(name, text) ?? text]])),
  );
  return { entries: [{ table, entry: { fields, file, line } }], faults: [] };
}

function columnFaults<Table extends string>(
  { tables, columnsOf }: EntryTables<Table>,
  table: Table | undefined,
  columns: readonly string[],
): string[] {
  if (!table)
    return [
      `the columns ${columns.join(', ')} fit no table; ${tables.map((each) => `${each} have ${columnsOf(each).all.join(', ')}`).join('; ')}`,
    ];
  const { all, required } = columnsOf(table);
  const unknown = columns.filter((name) => !all.includes(name));
  const missing = required.filter((name) => !columns.includes(name));
  const twice = columns.filter((name, index) => columns.indexOf(name) !== index);
  return [
    ...unknown.map((name) => `${table} have no column "${name}"; they have ${all.join(', ')}`),
    ...missing.map((name) => `the column "${name}" of ${table} is missing`),
    ...twice.map((name) => `the column "${name}" stands there twice`),
  ];
}

const faultAlone = (file: string, line: number, because: string) => ({
  entries: [],
  faults: [{ file, line, because }],
});

const together = <Table extends string>(parts: readonly Found<Table>[]): Found<Table> => ({
  entries: parts.flatMap(({ entries }) => entries),
  faults: parts.flatMap(({ faults }) => faults),
});
