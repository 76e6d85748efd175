import { type Command, Option } from 'commander';
import { dayOf } from '../../domain/dates.ts';
import { counted } from '../../domain/derived.ts';
import { type Difference, turns } from '../../domain/forecast/difference.ts';
import { differing } from '../../domain/forecast/lines.ts';
import type { Entente } from '../client.ts';
import { UsageError } from '../errors.ts';
import type { Change, Previewed } from '../forecast/previews.ts';
import { type Column, type Format, print, printList, say, terminalWidth } from '../output/output.ts';
import { jsonOf, plain } from '../output/plain.ts';
import { wrap } from '../output/width.ts';
import { today, untilOf } from './asked-scenario.ts';

export interface PreviewOptions {
  readonly preview?: boolean;
  readonly previewUntil?: string;
  readonly yes?: boolean;
  readonly output: Format;
}

/** Of openings nobody is asked. */
export const openingYes = 'with --preview, open what was shown';

/** What every command takes that changes what is to come. */
export const previewOptions = (command: Command, yes = 'do it without asking'): Command =>
  command
    .option('--preview', 'only show what would be different in the time to come; with --yes, do it then')
    .addOption(
      new Option(
        '--preview-until <day>',
        'the same up to this day, at most 50 years ahead; a year unless said',
      ).implies({ preview: true }),
    )
    .option('--yes', yes);

/** Shows what a change would make different, where that is asked for; whether it is to be done. */
export async function isToBeDone(entente: Entente, change: Change, options: PreviewOptions): Promise<boolean> {
  const { preview, previewUntil, yes, output } = options;
  if (!preview) return true;
  if (yes && output !== 'table')
    throw new UsageError(`--output ${output}: with --preview or with --yes, since each has a result of its own.`);
  const [from, until] = [new Date().toISOString(), untilOf(previewUntil, today(), 'preview-until')];
  const previewed = await entente.previews.of(change, { from, until });
  if (output === 'json') print(jsonOf({ from, until, ...previewed }));
  else if (output === 'csv') printList(previewed.differences, csvColumns, output, '');
  else show(previewed, dayOf(until));
  if (!yes) say('Nothing was done. The same with --yes does it.');
  return yes === true;
}

/** As many as one reads; the sums are of all. */
const shown = 25;

function show({ says, differences }: Previewed, until: string): void {
  if (says.length > 0) lines(['It would record:', ...some(says).map((sentence) => `- ${sentence}`)]);
  if (differences.length === 0) return say(`Nothing else would be different until ${until}.`);
  const cases = new Set(differences.map((each) => each.case)).size;
  lines([`Until ${until}, what would be different in ${counted(cases, 'case')}: ${sums(differences)}.`, '']);
  printList(differences.slice(0, shown), columns, 'table', '');
  if (differences.length > shown)
    print(`… and ${differences.length - shown} more: --output json or csv has all of them`);
}

const some = (sentences: readonly string[]): readonly string[] =>
  sentences.length > shown ? [...sentences.slice(0, shown), `… and ${sentences.length - shown} more`] : sentences;

const lines = (texts: readonly string[]): void =>
  texts.forEach((text) => wrap(plain(text), terminalWidth()).forEach((line) => print(line)));

/** `3 letters sent, 1 due day moved` */
function sums(differences: readonly Difference[]): string {
  const found = differing.flatMap((what) =>
    turns.flatMap((turn) => {
      const count = differences.filter((each) => each.what === what && each.turn === turn).length;
      return count > 0 ? [`${counted(count, inWords[what])} ${turn}`] : [];
    }),
  );
  return found.join(', ');
}

const inWords = {
  case: 'case',
  meeting: 'calendar entry',
  due: 'due day',
  reminder: 'reminder',
  letter: 'letter',
} satisfies Record<Difference['what'], string>;

const columns: readonly Column<Difference>[] = [
  { title: 'what', value: ({ what, turn }) => `${inWords[what]} ${turn}` },
  { title: 'case', value: (each) => each.case },
  { title: 'which', value: ({ says }) => says },
  { title: 'as it stands', value: (each) => each.in[0] ?? '–' },
  { title: 'with the change', value: (each) => each.in[1] ?? '–' },
];

const csvColumns: readonly Column<Difference>[] = [
  { title: 'first', value: ({ first }) => first },
  { title: 'what', value: ({ what }) => what },
  { title: 'turn', value: ({ turn }) => turn },
  { title: 'case', value: (each) => each.case },
  { title: 'which', value: ({ says }) => says },
  { title: 'as it stands', value: (each) => each.in[0] },
  { title: 'with the change', value: (each) => each.in[1] },
];
