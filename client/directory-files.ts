import { extname } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import type { Directory, Entry, FileFault } from '../database/directory.ts';
import { columnsOf, type Table, tables } from '../database/directory/entry.ts';
import { UsageError } from './errors.ts';
import { readText } from './files.ts';
import { isRecord, readYaml } from './yaml.ts';

interface Found {
  readonly entries: readonly { readonly table: Table; readonly entry: Entry }[];
  readonly faults: readonly FileFault[];
}

/**
 * Reads countries, agencies and people from YAML and CSV files, in any order.
 *
 * What cannot be read is among the faults; pass them on to `importDirectory`, which adds its own and refuses all.
 *
 * @throws {@link UsageError} if a file cannot be opened or is neither YAML nor CSV by its name
 */
export async function readDirectoryFiles(
  files: readonly string[],
): Promise<{ directory: Directory; faults: readonly FileFault[] }> {
  const found = await Promise.all(files.map(readDirectoryFile));
  const entries = found.flatMap((each) => each.entries);
  const of = (table: Table) => entries.filter((each) => each.table === table).map(({ entry }) => entry);
  return {
    directory: { countries: of('countries'), agencies: of('agencies'), people: of('people') },
    faults: found.flatMap(({ faults }) => faults),
  };
}

async function readDirectoryFile(file: string): Promise<Found> {
  const kind = extname(file).toLowerCase();
  if (!['.yaml', '.yml', '.csv'].includes(kind))
    throw new UsageError(`${file} is neither .yaml nor .csv; a directory is imported from these.`);
  const read = await readText(file);
  if ('fault' in read) return { entries: [], faults: [read.fault] };
  return kind === '.csv' ? fromCsv(file, read.text) : fromYaml(file, read.text);
}

function fromYaml(file: string, text: string): Found {
  const { documents, faults } = readYaml(file, text);
  const found = documents.map(({ value, lineAt }): Found => {
    if (!isRecord(value)) return faultAlone(file, lineAt([]), `must hold ${tables.join(', ')}, each with a list`);
    const parts = Object.entries(value).map(([table, list]): Found => {
      if (!isTable(table)) return faultAlone(file, lineAt([table]), `"${table}" is none of ${tables.join(', ')}`);
      if (!Array.isArray(list)) return faultAlone(file, lineAt([table]), `${table} must be a list`);
      return together(list.map((item: unknown, index) => yamlEntry(file, table, item, index, lineAt)));
    });
    return together(parts);
  });
  return together([{ entries: [], faults }, ...found]);
}

function yamlEntry(
  file: string,
  table: Table,
  item: unknown,
  index: number,
  lineAt: (path: readonly (string | number)[]) => number,
): Found {
  const line = lineAt([table, index]);
  if (!isRecord(item)) return faultAlone(file, line, `an entry of ${table} must have fields such as "id: ..."`);
  const lines = Object.fromEntries(Object.keys(item).map((field) => [field, lineAt([table, index, field])]));
  const fields = Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null));
  return { entries: [{ table, entry: { fields, file, line, lines } }], faults: [] };
}

type CsvRow = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

function fromCsv(file: string, text: string): Found {
  const rows = csvRows(file, text);
  if ('because' in rows) return { entries: [], faults: [rows] };
  const [head, ...body] = rows;
  if (!head) return faultAlone(file, 1, 'is empty; its first line must name the columns');
  const columns = head.record.map((name) => name.toLowerCase());
  const table = tableOfColumns(columns);
  const faults = columnFaults(table, columns).map((because) => ({ file, line: head.info.lines, because }));
  if (!table || faults.length > 0) return { entries: [], faults };
  return together(body.map((row) => csvEntry(file, table, columns, row)));
}

function csvRows(file: string, text: string): CsvRow[] | FileFault {
  // In much of Europe spreadsheets write semicolons; the first line tells.
  const firstLine = text.split('\n', 1)[0] ?? '';
  const delimiter = [';', '\t', ','].find((each) => firstLine.includes(each)) ?? ',';
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
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as unknown as { lines?: number };
    return {
      file,
      line: lines ?? 1,
      because: `its quoting is broken: ${error.message.replace(/ (at|on) line.*$/, '')}`,
    };
  }
}

function csvEntry(file: string, table: Table, columns: readonly string[], { record, info }: CsvRow): Found {
  const line = info.lines;
  if (record.length !== columns.length)
    return faultAlone(file, line, `has ${record.length} cells where the first line names ${columns.length} columns`);
  const cells = columns.map((name, index) => [name, record[index] || undefined] as const);
  const fields = Object.fromEntries(
    cells.flatMap(([name, text]) => (text === undefined ? [] : [[name, valueOf(name, text)]])),
  );
  return { entries: [{ table, entry: { fields, file, line } }], faults: [] };
}

/** No address holds a blank, a comma or a semicolon, so each of them separates two. */
const valueOf = (column: string, text: string): string | readonly string[] =>
  column === 'addresses' ? text.split(/[\s;,]+/).filter((each) => each !== '') : text;

function tableOfColumns(columns: readonly string[]): Table | undefined {
  if (columns.includes('code')) return 'countries';
  if (columns.includes('agency')) return 'people';
  return columns.includes('country') ? 'agencies' : undefined;
}

function columnFaults(table: Table | undefined, columns: readonly string[]): string[] {
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

const isTable = (name: string): name is Table => (tables as readonly string[]).includes(name);

const faultAlone = (file: string, line: number, because: string): Found => ({
  entries: [],
  faults: [{ file, line, because }],
});

const together = (parts: readonly Found[]): Found => ({
  entries: parts.flatMap(({ entries }) => entries),
  faults: parts.flatMap(({ faults }) => faults),
});
