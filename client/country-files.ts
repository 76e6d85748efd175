import type { FileFault } from '../database/directory.ts';
import { columnsOf, type Profiles, type RecordKind, recordKinds } from '../database/country-profiles/record.ts';
import { readEntryFiles } from './entry-files.ts';

/**
 * Reads what is known of countries from YAML and CSV files, in any order.
 *
 * What cannot be read is among the faults; pass them on to `importCountryProfiles`, which adds its own and refuses all.
 *
 * @throws {@link UsageError} if a file cannot be opened or is neither YAML nor CSV by its name
 */
export async function readCountryFiles(
  files: readonly string[],
): Promise<{ profiles: Profiles; faults: readonly FileFault[] }> {
  const { entries, faults } = await readEntryFiles(files, {
    says: 'what is known of countries',
    tables: recordKinds,
    columnsOf,
    tableOfColumns,
  });
  return { profiles: entries, faults };
}

function tableOfColumns(columns: readonly string[]): RecordKind | undefined {
  if (columns.includes('indicator')) return 'indicators';
  if (columns.includes('plan')) return 'plans';
  return columns.includes('note') && columns.includes('on') ? 'notes' : undefined;
}
