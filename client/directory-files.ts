import type { Directory, FileFault } from '../database/directory.ts';
import { columnsOf, type Table, tables } from '../database/directory/entry.ts';
import { readEntryFiles } from './entry-files.ts';

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
  const { entries, faults } = await readEntryFiles(files, {
    says: 'a directory',
    tables,
    columnsOf,
    tableOfColumns,
    cellOf,
  });
  return { directory: entries, faults };
}

/** No address holds a blank, a comma or a semicolon, so each of them separates two. */
const cellOf = (column: string, text: string): string | readonly string[] =>
  column === 'addresses' || column === 'roles' ? text.split(/[\s;,]+/).filter((each) => each !== '') : text;

/** Which table of the directory has these columns, in small letters. */
export function tableOfColumns(columns: readonly string[]): Table | undefined {
  if (columns.includes('code')) return 'countries';
  if (columns.includes('agency')) return 'people';
  return columns.includes('country') ? 'agencies' : undefined;
}
