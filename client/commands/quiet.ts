import { type Command, Option } from 'commander';
import { stageInWords } from '../../domain/case/stage-words.ts';
import type { QuietCase, QuietFilter } from '../../database/lists.ts';
import { partyNamed } from '../../domain/fields.ts';
import { momentOf } from '../output/moment.ts';
import { type Column } from '../output/output.ts';
import { searchOption } from './cases.ts';
import { listOptions, type ListOptions, showPage, wholeNumber, withWarning } from './session.ts';

const columns: readonly Column<QuietCase>[] = [
  { title: 'case', value: ({ id }) => id },
  { title: 'title', value: ({ title }) => title },
  { title: 'stage', value: ({ stage }) => stageInWords(stage) },
  { title: 'coordinator', value: ({ coordinator }) => coordinator },
  { title: 'days', value: ({ quietDays }) => quietDays },
  { title: 'last', value: ({ lastAt }) => momentOf(lastAt) },
  { title: 'by', value: ({ lastBy }) => lastBy },
  { title: 'what', value: ({ lastSays }) => lastSays },
];

export function addQuiet(program: Command, kinds: readonly string[]): void {
  const quiet = program
    .command('quiet')
    .description('Open cases in which nobody has done anything for too long; suspended ones are left out')
    .helpGroup('Lists:');
  listOptions(quiet)
    .option('--days <n>', 'how many days, instead of the usual number of the kind and stage', wholeNumber(1, 36_500))
    .addOption(new Option('--kind <kind>', 'only this kind').choices([...kinds]))
    .option('--country <code>', 'only those that concern this country, such as GR')
    .option('--owner <agency>', 'only those of this agency, or of agency/ID or person/ID')
    .option('--coordinator <person>', 'only those that this person coordinates')
    .addOption(searchOption())
    .action(({ days, kind, country, owner, coordinator, search, ...page }: Omit<QuietFilter, 'asOf'> & ListOptions) =>
      showPage(
        page,
        columns,
        'Something has happened in every open case of late.',
        (entente, at) =>
          entente.quiet({ days, kind, country, owner: owner && partyNamed(owner), coordinator, search }, at),
        withWarning,
      ),
    );
}
