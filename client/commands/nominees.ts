import type { Command } from 'commander';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import type { Nominations, Nominee } from '../../domain/nomination.ts';
import { inWords } from '../../domain/nomination/rules.ts';
import { type Column, type Format, printList } from '../output/output.ts';
import { fullId } from './answer.ts';
import { outputOption, withEntente } from './session.ts';

/** All that is on record: the list of participants that a host works with. */
const columns: readonly Column<Nominee>[] = [
  { title: 'id', value: ({ id }) => id },
  { title: 'name', value: ({ name }) => name },
  { title: 'country', value: ({ country }) => country },
  { title: 'organisation', value: ({ organisation }) => organisation },
  { title: 'position', value: ({ position }) => position },
  { title: 'language', value: ({ language }) => language },
  { title: 'note', value: ({ note }) => note },
  { title: 'distinction', value: ({ distinction }) => distinction },
  { title: 'standing', value: ({ standing }) => inWords[standing] },
  { title: 'came', value: ({ attended }) => attended },
];

/** What a terminal has room for; JSON and CSV have all. */
const shown = columns.filter(({ title }) => ['id', 'name', 'organisation', 'standing', 'came'].includes(title));

/** `./entente KIND nominees …`, for every kind of case that has nominations. */
export function addNominees(group: Command, lifecycle: Lifecycle): void {
  if (!Object.hasOwn(lifecycle.commands, 'nominate')) return;
  group
    .command('nominees')
    .description('Who is nominated, by state, with the ids that commands take')
    .argument('<case>', `its id, such as ${lifecycle.kind}/kr-gr-2017, or what follows the "/"`)
    .addOption(outputOption())
    .action(async (given: string, { output }: { output: Format }) => {
      const subject = await withEntente((entente) => entente.subject(fullId(lifecycle.kind, given)));
      const { nominees } = subject as unknown as Nominations;
      const byState = [...nominees].sort((a, b) => a.country.localeCompare(b.country));
      printList(byState, output === 'table' ? shown : columns, output, 'Nobody is nominated yet.');
    });
}
