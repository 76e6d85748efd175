import type { Command } from 'commander';
import type { Nominations } from '../../domain/nomination.ts';
import type { Evaluation } from '../../domain/evaluation.ts';
import type { Lifecycle, Subject } from '../../domain/lifecycle.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { Body, Entente } from '../client.ts';
import { FileFaultsError, RefusedError } from '../errors.ts';
import type { ListedFile } from '../listed-file.ts';
import { type Format, print, say } from '../output/output.ts';
import { jsonOf } from '../output/plain.ts';
import { fullId, showAnswer } from './answer.ts';
import { asOption, outputOption, whoActs, withEntente } from './session.ts';

/** A command of a case that takes a list, and how the list is read from a file. */
interface FileCommand {
  readonly name: string;
  readonly says: string;
  readonly help: string;
  readonly command: string;
  /** The field of the command that takes the list. */
  readonly field: string;
  readonly read: (file: string, subject: Subject, reason: string | undefined) => Promise<ListedFile>;
}

const fileCommands: readonly FileCommand[] = [
  {
    name: 'nominate-file',
    says: 'Record the nominations of a CSV file, all or none; the same file twice is harmless',
    help: 'Columns: name, country, organisation, position, and if you like language, note, distinction\n(of two of one name: what tells this one apart, such as the agency). A line for each nominee.',
    command: 'nominate',
    field: 'nominees',
    read: async (file, subject, reason) => {
      const { readNominations } = await import('../nominations-file.ts');
      return readNominations(file, subject as unknown as Nominations, reason);
    },
  },
  {
    name: 'evaluate-file',
    says: 'Record the evaluation answers of a CSV file, all or none; the same file twice is harmless',
    help: 'Columns: respondent, and each question by its short name, such as overall.\nEmpty cells are questions left out. A line for each respondent.',
    command: 'recordEvaluation',
    field: 'responses',
    read: async (file, subject) => {
      const { readEvaluations } = await import('../evaluation-file.ts');
      return readEvaluations(file, subject as unknown as Evaluation);
    },
  },
];

interface FileOptions {
  readonly as?: string;
  readonly reason?: string;
  readonly dryRun?: boolean;
  readonly output: Format;
}

/** `./entente KIND nominate-file …`, for every kind of case that takes such a list. */
export function addCaseFiles(group: Command, lifecycle: Lifecycle): void {
  for (const fileCommand of fileCommands.filter(({ command }) => Object.hasOwn(lifecycle.commands, command)))
    group
      .command(fileCommand.name)
      .description(fileCommand.says)
      .argument('<case>', `its id, such as ${lifecycle.kind}/kr-gr-2017, or what follows the "/"`)
      .argument('<file>', 'a file that ends in .csv; its first line names the columns')
      .option('--reason <text>', 'why')
      .option('--dry-run', 'only check')
      .addOption(asOption())
      .addOption(outputOption(['table', 'json']))
      .addHelpText('after', `\n${fileCommand.help}`)
      .action(async (given: string, file: string, options: FileOptions) => {
        const asked = { caseId: fullId(lifecycle.kind, given), file, by: whoActs(options.as) };
        await withEntente((entente) => record(entente, fileCommand, asked, options));
      });
}

type Given = { readonly caseId: string; readonly file: string; readonly by: string };

async function record(
  entente: Entente,
  { command, field, read }: FileCommand,
  { caseId, file, by }: Given,
  { reason, dryRun = false, output }: FileOptions,
): Promise<void> {
  const { fresh, unchanged, faults } = await read(file, await entente.subject(caseId), reason);
  if (faults.length > 0) throw new FileFaultsError('Nothing was recorded', faults);
  const counts = { new: fresh.length, unchanged };
  if (fresh.length === 0) return showCounts(counts, output, 'There was nothing to do.');
  const body: Body = { by, [field]: fresh, ...(reason === undefined ? {} : { reason }) };
  const trial = await entente.wouldAccept(caseId, command, body);
  if (isRefusal(trial)) throw new RefusedError(inWordsOfAFile(trial));
  if (dryRun) return showCounts(counts, output, 'They would be accepted; nothing was done.');
  const answer = await entente.command(caseId, command, body);
  if (output === 'json') return print(jsonOf({ ...counts, ...answer }));
  showCounts(counts, output, 'They are recorded.');
  showAnswer(answer, output);
}

const inWordsOfAFile = ({ refused, because }: Refusal): Refusal => ({
  refused,
  because:
    refused === 'TooLarge'
      ? 'The file holds more than one command takes, 64 KiB; give it in several, for example one for each state.'
      : because,
});

function showCounts(counts: { readonly new: number; readonly unchanged: number }, output: Format, then: string): void {
  if (output === 'json') print(jsonOf(counts));
  else say(`${counts.new} new, ${counts.unchanged} on record just so already. ${then}`);
}
