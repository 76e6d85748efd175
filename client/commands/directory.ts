import { type Command, Option } from 'commander';
import type { DoneBesideCases } from '../../database/lists/beside-cases.ts';
import { largestLimit } from '../../database/lists.ts';
import type { AddressChangeRow } from '../../database/directory/address-changes.ts';
import type { PersonRow } from '../../database/schema.ts';
import { importAsChange } from '../directory.ts';
import { momentOf } from '../output/moment.ts';
import { type Cell, type Column, type Format, printList } from '../output/output.ts';
import { isToBeDone, type PreviewOptions, previewOptions } from './preview.ts';
import { asOption, outputOption, withEntente } from './session.ts';

interface CountsRow {
  readonly table: string;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

const countsColumns: readonly Column<CountsRow>[] = [
  { title: 'table', value: ({ table }) => table },
  { title: 'new', value: ({ added }) => added },
  { title: 'changed', value: ({ changed }) => changed },
  { title: 'unchanged', value: ({ unchanged }) => unchanged },
];

export const tables = ['countries', 'agencies', 'people'] as const;
type Table = (typeof tables)[number];

/** The columns of each table, as in the files that are imported. */
const columnsOf: Record<Table, readonly string[]> = {
  countries: ['code', 'name', 'zone', 'language'],
  agencies: ['id', 'country', 'name', 'email', 'contact'],
  people: ['id', 'name', 'email', 'addresses', 'agency', 'office', 'language', 'zone', 'hours', 'superior'],
};

/** What a terminal has room for, and who has left; JSON and CSV have all. */
const shownOf: Record<Table, readonly string[]> = {
  ...columnsOf,
  people: ['id', 'name', 'email', 'agency', 'superior', 'left'],
};

/** A person as in a file that is imported, besides what only the register knows. */
const asWritten = ({ other_addresses, working_from, working_until, left_on, left_by: _, ...row }: PersonRow) => ({
  ...row,
  addresses: row.email && other_addresses.length > 0 ? [row.email, ...other_addresses] : [],
  hours: `${working_from}-${working_until}`,
  left: left_on,
});

const addressColumns: readonly Column<AddressChangeRow>[] = [
  { title: 'changed', value: ({ at }) => momentOf(at) },
  { title: 'whose', value: ({ holder }) => holder },
  { title: 'was', value: ({ was }) => was },
  { title: 'became', value: ({ became }) => became },
  { title: 'by', value: ({ by }) => by },
  { title: 'told', value: ({ told_at }) => told_at && momentOf(told_at) },
  { title: 'reply', value: ({ reply }) => reply },
];

const doneColumns: readonly Column<DoneBesideCases>[] = [
  { title: 'when', value: ({ at }) => momentOf(at) },
  { title: 'what', value: ({ command }) => command },
  { title: 'about', value: ({ about }) => about },
  { title: 'by', value: ({ by }) => by },
  { title: 'proof', value: ({ proved, provedAt }) => (proved ? `the key of ${provedAt}` : 'without proof') },
];

export function addDirectory(program: Command): void {
  const directory = program
    .command('directory')
    .description('Countries, agencies and people: who can be named, and where mail goes')
    .helpGroup('Directory:');
  const imported = directory
    .command('import')
    .description(
      'Import countries, agencies and people from YAML, CSV or a workbook, all or nothing; importing twice is harmless',
    )
    .argument('<file...>', 'files that end in .yaml, .yml, .csv, .tsv or .xlsx, in any order')
    .addOption(asOption())
    .addOption(outputOption())
    .addHelpText(
      'after',
      `\nYAML holds ${tables.join(', ')}, each a list. The first line of a CSV file names its columns:\n${tables
        .map((table) => `  ${table.padEnd(10)} ${columnsOf[table].join(',')}`)
        .join(
          '\n',
        )}\n\nHours are written 09:00-18:00. Several addresses are a list in YAML; in CSV blanks or semicolons stand between them.`,
    )
    .action(importFiles);
  previewOptions(imported);
  addHistories(directory);
  directory
    .command('list')
    .description('What is in the directory; as CSV it can be imported again')
    .addOption(new Option('--table <table>', 'which table').choices([...tables]).default('people'))
    .addOption(outputOption())
    .action(async ({ table, output }: { table: Table; output: Format }) => {
      const { people, ...others } = await withEntente((entente) => entente.directory());
      const rows: readonly object[] = table === 'people' ? people.map(asWritten) : others[table];
      const columns = (output === 'table' ? shownOf : columnsOf)[table].map((title) => ({
        title,
        value: (row: object) => new Map<string, Cell>(Object.entries(row)).get(title),
      }));
      printList(rows, columns, output, `There are no ${table}; import some with \`./entente directory import\`.`);
    });
}

function addHistories(directory: Command): void {
  directory
    .command('changes')
    .description('Whose mail went to which address, by whose word it goes elsewhere, and when the old address was told')
    .addOption(outputOption())
    .action(async ({ output }: { output: Format }) => {
      const changes = await withEntente((entente) => entente.addressChanges());
      printList(changes, addressColumns, output, 'No address has changed since it was first imported.');
    });
  directory
    .command('history')
    .description('What was done to the directory, to calendars and to mail, by whom, and how that was proved')
    .addOption(outputOption())
    .action(async ({ output }: { output: Format }) => {
      const done = await withEntente((entente) => entente.besideCases.list({ limit: largestLimit }));
      printList(done.rows, doneColumns, output, 'Nothing of the kind is on record.');
    });
}

interface ImportOptions extends PreviewOptions {
  readonly as?: string;
}

async function importFiles(files: readonly string[], options: ImportOptions): Promise<void> {
  const { readDirectoryFiles } = await import('../directory-files.ts');
  const { directory, faults } = await readDirectoryFiles(files);
  await withEntente(async (entente) => {
    if (!(await isToBeDone(entente, importAsChange(directory, faults, options.as), options))) return;
    const result = await entente.importDirectory(directory, faults, options.as);
    const rows = tables.map((table) => ({ table, ...result[table] }));
    printList(rows, countsColumns, options.output, '');
  });
}
