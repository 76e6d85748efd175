import { extname } from 'node:path';
import { stageInWords } from '../../domain/case/stage-words.ts';
import { type Command, Option } from 'commander';
import { isRefusal } from '../../domain/refusal.ts';
import type { Consequence } from '../consequences.ts';
import type { ForeseenOpening, Opened } from '../open-file.ts';
import { type Column, type Format, print, printList, say } from '../output/output.ts';
import { UsageError } from '../errors.ts';
import { kinds } from '../../domain/kinds.ts';
import { tables } from './directory.ts';
import { isToBeDone, openingYes, type PreviewOptions, previewOptions } from './preview.ts';
import { asOption, outputOption, withEntente } from './session.ts';
import { trialText } from './trial-text.ts';
import { shellWord } from './words.ts';

const openedColumns: readonly Column<Opened>[] = [
  { title: 'case', value: ({ case: id }) => id },
  { title: 'stage', value: ({ stage }) => stageInWords(stage) },
  { title: 'title', value: ({ title }) => title },
];

export function addOpenFile(program: Command): void {
  const command = program
    .command('open')
    .description(
      'Open a case or many from a YAML file: all are checked first, none is opened if one is refused; a spreadsheet is imported',
    )
    .helpGroup('Cases:')
    .option('--file <file>', 'a YAML file: a document or list item per case, each with its kind and its fields')
    .addOption(
      new Option(
        '--template <what>',
        'write the columns of a spreadsheet of such cases, or of the directory, instead: to standard output as CSV, or to --file (.csv or .xlsx)',
      ).choices(templates),
    )
    .addOption(asOption())
    .option('--dry-run', 'only check, and show every letter that would go in the first day')
    .addOption(outputOption());
  previewOptions(command, openingYes)
    .addHelpText(
      'after',
      '\nFields are those of `./entente KIND open --help`, by their own names (receivedOn, not --received-on), besides\n' +
        '`kind`, `id` and `by` (who opens it; --as where it is left out). Opening the same file again is harmless.',
    )
    .action(openFile);
}

const templates = [...kinds, ...tables];
export type Template = (typeof templates)[number];

interface Options extends PreviewOptions {
  readonly file?: string;
  readonly template?: Template;
  readonly as?: string;
  readonly dryRun?: boolean;
}

async function openFile({ file, template, as, dryRun, output, ...options }: Options): Promise<void> {
  if (template !== undefined) return (await import('./template.ts')).writeTemplate(template, file);
  if (file === undefined)
    throw new UsageError('Say which cases: --file FILE. `--template KIND` writes a file to fill in.');
  const { sheetExtensions } = await import('../sheets/read.ts');
  if (sheetExtensions.includes(extname(file).toLowerCase())) {
    const { commandFor } = await import('../opening-sheet.ts');
    const words = (await commandFor(file)).map(shellWord).join(' ');
    throw new UsageError(`${file} is a spreadsheet; see what would follow, and bring it in, by: ./entente ${words}`);
  }
  const { openAll, readOpenings, tryAll } = await import('../open-file.ts');
  const openings = await readOpenings(file, as);
  if (dryRun) return printTrial(await withEntente((entente) => tryAll(entente, file, openings)), output);
  const opened = await withEntente(async (entente) => {
    const fresh = new Set((await tryAll(entente, file, openings)).map((each) => each.case));
    const change = { openings: openings.filter(({ id }) => fresh.has(id)) };
    return (await isToBeDone(entente, change, { ...options, output })) ? openAll(entente, openings) : undefined;
  });
  if (opened) printList(opened, openedColumns, output, '');
}

const followingColumns: readonly Column<ForeseenOpening>[] = [
  { title: 'case', value: ({ case: id }) => id },
  { title: 'letters', value: ({ wouldFollow }) => lettersIn(wouldFollow) },
];

/** Every letter that would go in the first day: by case, as a table for other formats. */
function printTrial(foreseen: readonly ForeseenOpening[], output: Format): void {
  const accepted = `${foreseen.length === 1 ? 'It' : `All ${foreseen.length}`} would be accepted; nothing was done.`;
  if (output === 'table') print(foreseen.map((each) => `${each.case}\n${trialText(each)}`).join('\n\n'));
  else printList(foreseen, followingColumns, output, '');
  say(accepted);
}

const lettersIn = (following: readonly Consequence[]): number =>
  following.reduce(
    (sum, each) => sum + (each.type === 'mail' ? 1 : isRefusal(each) ? 0 : lettersIn(each.wouldFollow)),
    0,
  );
