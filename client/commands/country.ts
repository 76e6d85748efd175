import type { Command } from 'commander';
import { type ProfileRecord, type RecordKind, recordKinds, schemas } from '../../database/country-profiles/record.ts';
import type { ProfileCounts, ProfileImport } from '../../database/country-profiles.ts';
import type { CountryHistoryEntry, IndicatorFilter, ListedCountry, ListedIndicator } from '../../database/lists.ts';
import { faultsIn, sentenceOfFaults } from '../../domain/case/faults.ts';
import { refuse } from '../../domain/refusal.ts';
import { RefusedError } from '../errors.ts';
import { momentOf } from '../output/moment.ts';
import { type Column, type Format, print, printList, say } from '../output/output.ts';
import { jsonOf } from '../output/plain.ts';
import { bodyFrom, optionName, optionsFor } from './fields.ts';
import {
  asOption,
  listOptions,
  type ListOptions,
  outputOption,
  showPage,
  wholeNumber,
  whoActs,
  withEntente,
} from './session.ts';

const columnsOf = (kind: RecordKind): readonly string[] => Object.keys(schemas[kind].shape);

const countryColumns: readonly Column<ListedCountry>[] = [
  { title: 'country', value: ({ code }) => code },
  { title: 'name', value: ({ name }) => name },
  { title: 'indicators', value: ({ indicators }) => indicators },
  { title: 'plans', value: ({ plans }) => plans },
  { title: 'notes', value: ({ notes }) => notes },
  { title: 'last recorded', value: ({ lastRecordedAt }) => momentOf(lastRecordedAt) },
];

/** As in the files that are imported, so that the list can be imported again. */
const indicatorColumns: readonly Column<ListedIndicator>[] = columnsOf('indicators').map((title) => ({
  title,
  value: (indicator) => new Map<string, string | number | undefined>(Object.entries(indicator)).get(title),
}));

/** What a terminal has room for; JSON and CSV have all. */
const shownIndicators = ['country', 'indicator', 'year', 'value', 'rank', 'among', 'source'];

interface CountsRow extends ProfileCounts {
  readonly table: RecordKind;
}

const countsColumns: readonly Column<CountsRow>[] = [
  { title: 'table', value: ({ table }) => table },
  { title: 'new', value: ({ added }) => added },
  { title: 'replaced', value: ({ replaced }) => replaced },
  { title: 'unchanged', value: ({ unchanged }) => unchanged },
];

export function addCountry(program: Command): void {
  const country = program
    .command('country')
    .description('What is known of each country, and what goes on with it')
    .helpGroup('Directory:');
  country
    .command('show')
    .description('A country on a page: profile, open cases, instruments in effect, action matrix, next dates')
    .argument('<country>', 'its code, such as RO')
    .addOption(outputOption(['table', 'json']))
    .action(showCountry);
  country
    .command('list')
    .description('The countries of the directory, and how much is recorded of each')
    .addOption(outputOption())
    .action(async ({ output }: { output: Format }) =>
      printList(await withEntente((entente) => entente.countries.list()), countryColumns, output, 'There is none.'),
    );
  addIndicators(country);
  addHistory(country);
  addImport(country);
  addRecord(country, 'indicators', 'add-indicator', 'Record an indicator of a country');
  addRecord(country, 'plans', 'add-plan', 'Record a national plan');
  addRecord(country, 'notes', 'add-note', 'Record what else should be known of a country');
  addWithdraw(country);
}

const rowsOfAPage = 8;

async function showCountry(code: string, { output }: { output: Format }): Promise<void> {
  const limit = output === 'json' ? undefined : rowsOfAPage;
  const page = await withEntente((entente) => entente.countries.show(code, { limit }));
  if (output === 'json') return print(jsonOf(page));
  const { countryText } = await import('./country-text.ts');
  print(countryText(page));
}

function addIndicators(country: Command): void {
  listOptions(
    country
      .command('indicators')
      .description('Indicators by country, the newest year first; as CSV they can be imported again')
      .option('--country <code>', 'only of this country, such as RO')
      .option('--indicator <text>', 'only those with this in their name')
      .option('--year <year>', 'only of this year', wholeNumber(1900, 2199)),
  ).action(({ country: code, indicator, year, ...options }: IndicatorFilter & ListOptions) => {
    const columns =
      options.output === 'table'
        ? indicatorColumns.filter(({ title }) => shownIndicators.includes(title))
        : indicatorColumns;
    return showPage(options, columns, 'No indicator is like that.', (entente, page) =>
      entente.countries.indicators({ country: code, indicator, year }, page),
    );
  });
}

function addHistory(country: Command): void {
  listOptions(
    country
      .command('history')
      .description('Everything recorded of a country, by whom and when; also what was replaced or withdrawn')
      .argument('<country>', 'its code, such as RO'),
  ).action(async (code: string, options: ListOptions) => {
    const { recordText } = await import('./country-text.ts');
    const columns: readonly Column<CountryHistoryEntry>[] = [
      { title: 'no', value: ({ number }) => number },
      { title: 'when', value: ({ recordedAt }) => momentOf(recordedAt) },
      { title: 'who', value: ({ recordedBy }) => recordedBy },
      { title: 'what', value: ({ record }) => recordText(record) },
      { title: 'stands', value: standingOf },
    ];
    await showPage(options, columns, `Nothing is recorded of ${code}.`, (entente, page) =>
      entente.countries.history(code, page),
    );
  });
}

const standingOf = ({ supersededAt, supersededBy, supersededBecause }: CountryHistoryEntry): string =>
  supersededAt === null
    ? 'yes'
    : `${supersededBecause === null ? 'replaced' : 'withdrawn'} ${momentOf(supersededAt)} by ${supersededBy}${supersededBecause === null ? '' : `: ${supersededBecause}`}`;

function addImport(country: Command): void {
  country
    .command('import')
    .description('Import indicators, plans and notes from YAML or CSV, all or nothing; importing twice is harmless')
    .argument('<file...>', 'files that end in .yaml, .yml or .csv, in any order')
    .addOption(asOption())
    .addOption(outputOption())
    .addHelpText(
      'after',
      `\nYAML holds ${recordKinds.join(', ')}, each a list. The first line of a CSV file names its columns:\n${recordKinds
        .map((kind) => `  ${kind}:\n    ${columnsOf(kind).join(',')}`)
        .join('\n')}\nThe same indicator of the same year and source, or a plan of the same name, is replaced.`,
    )
    .action(async (files: readonly string[], { as, output }: { as?: string; output: Format }) => {
      const by = whoActs(as);
      const { readCountryFiles } = await import('../country-files.ts');
      const { profiles, faults } = await readCountryFiles(files);
      const result = await withEntente((entente) => entente.countries.import(profiles, by, faults));
      const rows = recordKinds.map((table) => ({ table, ...result[table] }));
      printList(rows, countsColumns, output, '');
    });
}

interface RecordOptions extends Record<string, unknown> {
  readonly as?: string;
}

function addRecord(group: Command, kind: RecordKind, name: string, description: string): void {
  const { country: _country, ...fields } = schemas[kind].shape;
  const command = group.command(name).description(description).argument('<country>', 'its code, such as RO');
  for (const [field, schema] of Object.entries(fields))
    for (const option of optionsFor(field, schema)) command.addOption(option);
  command.addOption(asOption()).action(async (country: string, options: RecordOptions) => {
    const record = { ...bodyFrom(options, fields), country };
    const faults = faultsIn(schemas[kind], record);
    if (faults.length > 0) throw new RefusedError(refuse('InvalidInput', sentenceOfFaults(faults, optionName)));
    const by = whoActs(options.as);
    const result = await withEntente((entente) =>
      entente.countries.record(kind, record as unknown as ProfileRecord, by),
    );
    say(sentenceOf(result, kind));
  });
}

function sentenceOf(result: ProfileImport, kind: RecordKind): string {
  const { added, replaced } = result[kind];
  if (added > 0) return 'It is recorded.';
  return replaced > 0 ? 'It is recorded, in place of the one before.' : 'It was on record already.';
}

function addWithdraw(country: Command): void {
  country
    .command('withdraw')
    .description('Take back what was recorded by mistake; it stays in the history')
    .argument('<country>', 'its code, such as RO')
    .argument('<number>', 'the number under which `country history` shows it', wholeNumber(1, 999_999_999))
    .option('--reason <text>', 'why (required)')
    .addOption(asOption())
    .action(async (code: string, number: number, { reason, as }: { reason?: string; as?: string }) => {
      const because = reason?.trim();
      if (!because) throw new RefusedError(refuse('ReasonMissing', '--reason: say why; it stays in the history.'));
      const by = whoActs(as);
      await withEntente((entente) => entente.countries.withdraw(code, number, { by, because }));
      say(`Number ${number} of ${code} is withdrawn.`);
    });
}
