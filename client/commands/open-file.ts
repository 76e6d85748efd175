import type { Command } from 'commander';
import type { Opened } from '../open-file.ts';
import { type Column, type Format, printList } from '../output/output.ts';
import { asOption, outputOption, withEntente } from './session.ts';

const openedColumns: readonly Column<Opened>[] = [
  { title: 'case', value: ({ case: id }) => id },
  { title: 'stage', value: ({ stage }) => stage },
  { title: 'title', value: ({ title }) => title },
];

export function addOpenFile(program: Command): void {
  program
    .command('open')
    .description('Open a case or many from a YAML file: all are checked first, none is opened if one is refused')
    .helpGroup('Cases:')
    .requiredOption('--file <file>', 'a YAML file: a document or list item per case, each with its kind and its fields')
    .addOption(asOption())
    .option('--dry-run', 'only check')
    .addOption(outputOption())
    .addHelpText(
      'after',
      '\nFields are those of `./entente KIND open --help`, by their own names (receivedOn, not --received-on), besides\n' +
        '`kind`, `id` and `by` (who opens it; --as where it is left out). Opening the same file again is harmless.',
    )
    .action(openFile);
}

interface Options {
  readonly file: string;
  readonly as?: string;
  readonly dryRun?: boolean;
  readonly output: Format;
}

async function openFile({ file, as, dryRun, output }: Options): Promise<void> {
  const { openAll, readOpenings, refuseAny } = await import('../open-file.ts');
  const openings = await readOpenings(file, as);
  const opened = await withEntente(async (entente) => {
    await refuseAny(entente, file, openings);
    return dryRun ? [] : openAll(entente, openings);
  });
  const done = dryRun
    ? `${openings.length === 1 ? 'It' : `All ${openings.length}`} would be accepted; nothing was done.`
    : '';
  printList(opened, openedColumns, output, done);
}
