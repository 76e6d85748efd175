import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { dayOf } from '../../domain/dates.ts';
import { counted } from '../../domain/derived.ts';
import { type Difference, differences, openAtTheEnd } from '../../domain/forecast/difference.ts';
import type { OnRefusal } from '../../domain/scenario.ts';
import type { Entente } from '../client.ts';
import { UsageError } from '../errors.ts';
import type { Future } from '../forecast/comparison-page.ts';
import { type Column, print, printList, terminalWidth } from '../output/output.ts';
import { jsonOf } from '../output/plain.ts';
import { wrap } from '../output/width.ts';
import { askedOf, lookingAhead, sayWhatWasNotDone, today, untilOf } from './asked-scenario.ts';
import { withEntente } from './session.ts';

const outputs = ['table', 'json', 'csv', 'html'] as const;

interface Options {
  readonly scenario?: readonly string[];
  readonly until?: string;
  readonly onRefusal: OnRefusal;
  readonly as?: string;
  readonly output: (typeof outputs)[number];
}

/** `./entente compare CASE|FILE --scenario A --scenario B`: two futures. */
export function addCompare(program: Command): void {
  const scenario = new Option(
    '--scenario <file>',
    'who does what when, as YAML; given twice, or once to be held against nobody doing anything',
  ).argParser((file: string, before: readonly string[] | undefined) => [...(before ?? []), file]);
  const compared = program
    .command('compare')
    .description('What differs between two futures of a case, as two scenarios have it; nothing is changed');
  lookingAhead(compared, scenario, outputs)
    .addHelpText(
      'after',
      `
Compared are cases and how they stand in the end, appointments, due days and letters; what is the same is left out.
docs/scenarios.md says how a scenario is written. HTML is one page that needs no network, with both on one line of
time: ./entente compare mou/kr-gr-2017 --scenario a.yaml --scenario b.yaml --output html > two.html`,
    )
    .action((given: string, options: Options) => withEntente((entente) => compare(entente, given, options)));
}

async function compare(entente: Entente, given: string, { scenario = [], until: day, output, ...options }: Options) {
  if (scenario.length < 1 || scenario.length > 2)
    throw new UsageError(
      'Say which two futures: --scenario A.yaml --scenario B.yaml; one alone is held against nobody doing anything.',
    );
  const until = untilOf(day, today());
  const futures: Future[] = [];
  let names = given;
  for (const file of scenario.length === 1 ? [undefined, ...scenario] : scenario) {
    const asked = await askedOf(entente, given, { ...options, scenario: file });
    names = asked.names;
    const { occurrences, ...rest } = await entente.forecasts.withScenario(asked.asked, until);
    sayWhatWasNotDone(rest, until);
    futures.push({ name: nameOf(file), occurrences, open: openAtTheEnd(occurrences) });
  }
  const [one, other] = futures as [Future, Future];
  const all = differences(one.occurrences, other.occurrences);
  if (output === 'html') {
    const { comparisonPage } = await import('../forecast/comparison-page.ts');
    const days = { from: today(), until: dayOf(until) };
    return print(String(await comparisonPage(names, [one, other], all, days)));
  }
  if (output === 'json') {
    const plainly = ({ name, occurrences, open }: Future) => ({ scenario: name, happens: occurrences.length, open });
    return print(
      jsonOf({ futures: [plainly(one), plainly(other)], differences: all.map(({ first: _, ...each }) => each) }),
    );
  }
  if (output === 'table' && all.length > 0) print(`${sentence([one, other], all, dayOf(until))}\n`);
  printList(all, columnsOf(one, other), output, `The two do not differ until ${dayOf(until)}.`);
}

const nameOf = (file: string | undefined): string => (file === undefined ? 'nobody does anything' : basename(file));

function sentence(futures: readonly [Future, Future], all: readonly Difference[], until: string): string {
  const letters = all.filter(({ what }) => what === 'letter').length;
  const open = futures.map(({ name, open: cases }) => `${name} ends with ${counted(cases.length, 'open case')}`);
  const text = `Until ${until}, ${counted(all.length, 'difference')}, ${letters} of them letters; ${open.join(', ')}.`;
  return wrap(text, terminalWidth()).join('\n');
}

const columnsOf = (one: Future, other: Future): readonly Column<Difference>[] => [
  { title: 'what', value: ({ what }) => what },
  { title: 'case', value: (each) => each.case },
  { title: 'which', value: ({ says }) => says },
  { title: one.name, value: (each) => each.in[0] },
  { title: other.name, value: (each) => each.in[1] },
];
