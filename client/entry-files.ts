import { extname } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import type { Entry, FileFault } from '../database/directory.ts';
import { counted } from '../domain/derived.ts';
import { UsageError } from './errors.ts';
import { readText } from './files.ts';
import { asWritten } from './output/csv.ts';
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
 * Reads the entries of tables from YAML and CSV files, in any order; what cannot be read is among the faults.
 *
 * @throws {@link UsageError} if a file cannot be opened or is neither YAML nor CSV by its name
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
  if (!['.yaml', '.yml', '.csv'].includes(extension))
    throw new UsageError(`${file} is neither .yaml nor .csv; ${kind.says} is imported from these.`);
  const read = await readText(file);
  if ('fault' in read) return { entries: [], faults: [read.fault] };
  return extension === '.csv' ? fromCsv(file, read.text, kind) : fromYaml(file, read.text, kind);
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

type CsvRow = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

function fromCsv<Table extends string>(file: string, text: string, kind: EntryTables<Table>): Found<Table> {
  const { rows, broken } = csvRows(file, text);
  const [head, ...body] = rows;
  if (!head || broken.some(({ line }) => line < head.info.lines))
    return broken.length > 0
      ? { entries: [], faults: broken }
      : faultAlone(file, 1, 'is empty; its first line must name the columns');
  const columns = head.record.map((name) => name.toLowerCase());
  const table = kind.tableOfColumns(columns);
  const faults = columnFaults(kind, table, columns).map((because) => ({ file, line: head.info.lines, because }));
  if (!table || faults.length > 0) return { entries: [], faults };
  return together([
    { entries: [], faults: broken },
    ...body.map((row) => csvEntry(file, table, columns, row, kind.cellOf)),
  ]);
}

interface CsvRows {
  readonly rows: readonly CsvRow[];
  readonly broken: readonly FileFault[];
}

/** A broken quote makes one line unreadable; the others are read, so that all faults are named at once. */
function csvRows(file: string, text: string): CsvRows {
  const lines = text.split('\n');
  // In much of Europe spreadsheets write semicolons; the first line tells.
  const delimiter = [';', '\t', ','].find((each) => lines[0]?.includes(each)) ?? ',';
  const whole = parsed(text, delimiter);
  if (!(whole instanceof CsvError)) return { rows: whole, broken: [] };
  const apart = lines.map((line, index) => ({ line: index + 1, read: parsed(line, delimiter) }));
  return {
    rows: apart.flatMap(({ line, read }) =>
      read instanceof CsvError ? [] : read.map(({ record }) => ({ record, info: { lines: line } })),
    ),
    broken: apart.flatMap(({ line, read }) =>
      read instanceof CsvError
        ? { file, line, because: `its quoting is broken: ${read.message.replace(/ (at|on) line.*$/, '')}` }
        : [],
    ),
  };
}

function parsed(text: string, delimiter: string): readonly CsvRow[] | CsvError {
  try {
    return parse(text, {
      bom: true,
      delimiter,
      trim: true,
      skip_empty_lines: true,
      info: true,
      relax_column_count: true,
    }) as unknown as CsvRow[];
  } catch (error) {
    if (error instanceof CsvError) return error;
    throw error;
  }
}

function csvEntry<Table extends string>(
  file: string,
  table: Table,
  columns: readonly string[],
  { record, info }: CsvRow,
  cellOf: EntryTables<Table>['cellOf'],
): Found<Table> {
  // The line on which it begins: a cell in quotes may hold line breaks.
  const line = info.lines - (record.join('').match(/\n/g)?.length ?? 0);
  if (record.length !== columns.length)
    return faultAlone(
      file,
      line,
      `has ${counted(record.length, 'cell')} where the first line names ${counted(columns.length, 'column')}`,
    );
  const cells = columns.map((name, index) => [name, asWritten(record[index] ?? '') || undefined] as const);
  const fields = Object.fromEntries(
    cells.flatMap(([name, text]) => (text === undefined ? [] : [[name, cellOf?.(name, text) ?? text]])),
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
