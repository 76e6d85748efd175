import { type Command, Option } from 'commander';
import { counted } from '../../domain/derived.ts';
import type { Kind } from '../../domain/kinds.ts';
import { isRefusal } from '../../domain/refusal.ts';
import type { Consequence } from '../consequences.ts';
import type { ForeseenOpening } from '../open-file.ts';
import { type Column, type Format, printList, say } from '../output/output.ts';
import { isAgreed, refuseAlone } from './confirm.ts';
import { isToBeDone, type PreviewOptions, previewOptions } from './preview.ts';
import { asOption, outputOption, whoActs, withEntente } from './session.ts';

interface ImportOptions extends PreviewOptions {
  readonly kind: Kind;
  readonly as?: string;
  readonly dryRun?: boolean;
}

/** `./entente import`: the past, and whatever else stands in a spreadsheet. */
export function addImport(program: Command, kinds: readonly string[]): void {
  const command = program
    .command('import')
    .description('Bring cases in from a spreadsheet, a row each: all are shown first, none is opened if one is refused')
    .helpGroup('Cases:')
    .argument('<file>', 'a CSV file or a workbook: .csv, .tsv or .xlsx')
    .addOption(
      new Option('--kind <kind>', 'what its rows are; a workbook’s sheet of that name is read')
        .choices([...kinds])
        .makeOptionMandatory(),
    )
    .addOption(asOption())
    .option('--dry-run', 'only check, and show what would follow')
    .addOption(outputOption());
  previewOptions(command, 'without asking')
    .addHelpText(
      'after',
      '\n`./entente open --template KIND` writes a file with the columns. Days are cells of a workbook, or YYYY-MM-DD; several\n' +
        'values of a cell stand apart by ";". Nobody is written to about what lies in the past: it is shown to its coordinator\n' +
        'once. Importing the same file again is harmless. People come in by `./entente directory import`.',
    )
    .action(importFile);
}

async function importFile(file: string, options: ImportOptions): Promise<void> {
  const { kind, as, dryRun, yes, output } = options;
  const [{ readOpeningSheet }, { openAll, tryAll }] = await Promise.all([
    import('../opening-sheet.ts'),
    import('../open-file.ts'),
  ]);
  const openings = await readOpeningSheet(file, kind, whoActs(as));
  await withEntente(async (entente) => {
    const foreseen = await tryAll(entente, file, openings, progress('Tried', openings.length));
    const fresh = new Set(foreseen.map((each) => each.case));
    const freshOpenings = openings.filter(({ id }) => fresh.has(id));
    if (!options.preview) show(foreseen, output);
    else if (!(await isToBeDone(entente, { openings: freshOpenings }, options))) return;
    const before = openings.length - foreseen.length;
    if (before > 0) say(`Open already, with the same fields: ${counted(before, 'case')}.`);
    if (dryRun) return say(`Nothing was done. To be opened: ${counted(foreseen.length, 'case')}.`);
    if (foreseen.length === 0) return;
    if (!yes) {
      refuseAlone('See what would follow with --dry-run, then bring them in with --yes.');
      if (!(await isAgreed())) return;
    }
    const opened = await openAll(entente, freshOpenings, progress('Opened', fresh.size));
    say(`Opened: ${counted(opened.length, 'case')}.`);
  });
}

const toldEveryMs = 10_000;

/** Says to whoever waits how far it has come; nothing of what is soon done. */
function progress(done: string, of: number): (count: number) => void {
  let told = Date.now();
  return (count) => {
    if (Date.now() - told < toldEveryMs) return;
    told = Date.now();
    say(`${done}: ${count.toLocaleString('en')} of ${counted(of, 'case')} …`);
  };
}

const columns: readonly Column<ForeseenOpening>[] = [
  { title: 'case', value: ({ case: id }) => id },
  { title: 'would be owed', value: ({ newlyOwed }) => newlyOwed.map(({ says }) => says).join('; ') },
  { title: 'by', value: ({ newlyOwed }) => [...new Set(newlyOwed.map(({ owedBy }) => owedBy))] },
  { title: 'due', value: ({ newlyOwed }) => newlyOwed.flatMap(({ due }) => due ?? []) },
  { title: 'letters', value: ({ wouldFollow }) => lettersOf(wouldFollow).length },
];

function show(foreseen: readonly ForeseenOpening[], output: Format): void {
  printList(foreseen, columns, output, 'Nothing is left to be opened.');
  const readers = new Map<string, number>();
  for (const { to, reaches } of foreseen.flatMap(({ wouldFollow }) => lettersOf(wouldFollow))) {
    const reader = `${to} (${reaches})`;
    readers.set(reader, (readers.get(reader) ?? 0) + 1);
  }
  if (foreseen.length === 0) return;
  say(readers.size === 0 ? 'No letter would go in the first day.' : 'Letters of the first day:');
  for (const [reader, count] of readers) say(`- ${reader}: ${count}`);
}

type Letter = Extract<Consequence, { type: 'mail' }>;

const lettersOf = (following: readonly Consequence[]): readonly Letter[] =>
  following.flatMap((each) => (each.type === 'mail' ? each : isRefusal(each) ? [] : lettersOf(each.wouldFollow)));
