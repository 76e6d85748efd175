import type { Command } from 'commander';
import { stageInWords } from '../../domain/case/stage-words.ts';
import type { ListedCase } from '../../database/lists.ts';
import { counted } from '../../domain/derived.ts';
import type { Entente } from '../client.ts';
import { momentOf } from '../output/moment.ts';
import { type Column, print, printList, say } from '../output/output.ts';
import { jsonOf } from '../output/plain.ts';
import { coordinatedBy, handedOver, reassign, refuseReassigning } from '../reassign.ts';
import { filterOf, type FilterOptions, filtersOfCoordinator } from './cases.ts';
import { isAgreed, refuseAlone } from './confirm.ts';
import { isToBeDone, type PreviewOptions, previewOptions } from './preview.ts';
import { asOption, outputOption, whoActs, withEntente } from './session.ts';

const columns: readonly Column<ListedCase>[] = [
  { title: 'case', value: ({ id }) => id },
  { title: 'title', value: ({ title }) => title },
  { title: 'stage', value: ({ stage }) => stageInWords(stage) },
  { title: 'next due date passes', value: ({ nextDue }) => momentOf(nextDue) },
  { title: 'late', value: ({ late }) => late },
];

interface ReassignOptions extends Omit<FilterOptions, 'coordinator' | 'closed' | 'all'>, PreviewOptions {
  readonly from: string;
  readonly to: string;
  readonly reason?: string;
  readonly dryRun?: boolean;
  readonly as?: string;
}

/** `./entente reassign`: all that somebody coordinates, or some of it, to somebody else. */
export function addReassign(program: Command, kinds: readonly string[]): void {
  const command = program
    .command('reassign')
    .description('Hand many cases to another coordinator: shown before it is done, one letter to each of the two')
    .requiredOption('--from <person>', 'who coordinates them now')
    .requiredOption('--to <person>', 'who coordinates them from now on');
  previewOptions(filtersOfCoordinator(command, kinds), 'without asking')
    .option('--reason <text>', 'why; it goes on record in every case')
    .option('--dry-run', 'only show which cases, and whether each would be handed over')
    .addOption(asOption())
    .addOption(outputOption())
    .action((options: ReassignOptions) => withEntente((entente) => handOver(entente, options)));
}

async function handOver(entente: Entente, options: ReassignOptions): Promise<void> {
  const { from, to, reason, dryRun, yes, output } = options;
  const asked = { from, to, reason, by: whoActs(options.as) };
  const cases = await coordinatedBy(entente, from, filterOf(options));
  await refuseReassigning(entente, cases, asked);
  const isPreviewed = options.preview && cases.length > 0;
  if (isPreviewed && !(await isToBeDone(entente, { commands: async () => handedOver(cases, asked) }, options))) return;
  if (!isPreviewed && output === 'json') print(jsonOf(cases));
  else if (!isPreviewed) printList(cases, columns, output, `${from} coordinates no open case like that.`);
  if (cases.length === 0) return;
  if (dryRun) return say(`Nothing was changed. ${counted(cases.length, 'case')} would go from ${from} to ${to}.`);
  if (!yes) {
    refuseAlone('See them with --dry-run, then hand them over with --yes.');
    if (!(await isAgreed())) return;
  }
  await reassign(entente, cases, asked);
  say(`Handed over from ${from} to ${to}: ${counted(cases.length, 'case')}. Each has one letter about it.`);
}
