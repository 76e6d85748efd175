import { type Command, Option } from 'commander';
import { nameOf } from '../../domain/case/label.ts';
import { type CivilDate, dayOf, type Instant } from '../../domain/dates.ts';
import { counted } from '../../domain/derived.ts';
import { type ByItself, type Load, type Loads, type OnDayOff, type Outlook, Sums } from '../../domain/forecast/load.ts';
import type { OnRefusal } from '../../domain/scenario.ts';
import type { Entente, Occurrence } from '../client.ts';
import { UsageError } from '../errors.ts';
import { momentOf } from '../output/moment.ts';
import {
  type Column,
  type Coming,
  print,
  printList,
  printParts,
  printRows,
  say,
  terminalWidth,
} from '../output/output.ts';
import { jsonOf } from '../output/plain.ts';
import { wrap } from '../output/width.ts';
import {
  askedOf,
  onRefusalOption,
  sayWhatWasNotDone,
  scenarioOption,
  today,
  untilOf,
  untilOption,
} from './asked-scenario.ts';
import { asOption, withEntente } from './session.ts';

const outputs = ['table', 'json', 'csv', 'ics', 'html'] as const;
const groups = ['week', 'owner', 'country'] as const;

interface Options {
  readonly until?: string;
  readonly scenario?: string;
  readonly onRefusal: OnRefusal;
  readonly as?: string;
  readonly by: (typeof groups)[number];
  readonly output: (typeof outputs)[number];
}

/** `./entente forecast [CASE|FILE]`: what cases will do by themselves, or with what a scenario says. */
export function addForecast(program: Command): void {
  program
    .command('forecast')
    .description('What open cases will do by themselves if nobody does anything; nothing is changed')
    .helpGroup('Lists:')
    .argument(
      '[case]',
      'only this one, with those that it opens: mou/kr-gr-2017; or a YAML file of cases to be opened, as `open --file` takes it',
    )
    .addOption(scenarioOption())
    .addOption(onRefusalOption())
    .addOption(asOption())
    .addOption(untilOption())
    .addOption(new Option('--by <group>', 'of all cases: what the table adds up').choices(groups).default('week'))
    .addOption(new Option('-o, --output <format>', 'how to print it').choices(outputs).default('table'))
    .addHelpText(
      'after',
      `
It takes it that every letter arrives and that nobody answers but as a scenario says, and counts by the calendars
of today. docs/scenarios.md says how a scenario is written.
As CSV and for one case each row is something that happens; ICS has the due days, for a calendar program;
HTML is one page that needs no network: ./entente forecast --output html > forecast.html`,
    )
    .action((given: string | undefined, options: Options) =>
      withEntente((entente) => (given === undefined ? ofAll(entente, options) : ofSome(entente, given, options))),
    );
}

async function ofAll(entente: Entente, { until: given, by, output, scenario }: Options): Promise<void> {
  if (scenario !== undefined)
    throw new UsageError('--scenario: say of which case, or of which file of cases to be opened.');
  const [from, until] = [today(), untilOf(given, today())];
  const occurrences = toldHowFar(entente.forecasts.ofAll(until), until);
  if (output === 'csv' || output === 'ics') return await listed(occurrences, output, 'Entente: what is due');
  const sums = new Sums();
  for await (const occurrence of occurrences) sums.add(occurrence);
  const { outlook } = sums;
  if (output === 'json') return print(jsonOf({ from, until: dayOf(until), ...outlook }));
  if (output === 'html') {
    const { outlookPage } = await import('../forecast/page.ts');
    return print(String(await outlookPage(outlook, from, dayOf(until))));
  }
  showOutlook(outlook, dayOf(until), by);
}

const toldEveryMs = 5_000;

/** Says to whoever waits how far it has come; nothing of what is soon done. */
async function* toldHowFar(occurrences: AsyncIterable<Occurrence>, until: Instant): AsyncGenerator<Occurrence> {
  let [happened, told] = [0, Date.now()];
  for await (const occurrence of occurrences) {
    yield occurrence;
    happened += 1;
    if (happened % 1_000 > 0 || Date.now() - told < toldEveryMs) continue;
    told = Date.now();
    const soFar = `${happened.toLocaleString('en')} things that happen so far`;
    say(`Looked ahead to ${dayOf(occurrence.at)}, of ${dayOf(until)}: ${soFar}.`);
  }
}

async function ofSome(entente: Entente, given: string, { until: day, output, ...options }: Options): Promise<void> {
  const until = untilOf(day, today());
  const { names, asked } = await askedOf(entente, given, options);
  const { occurrences, ...rest } = await entente.forecasts.withScenario(asked, until);
  sayWhatWasNotDone(rest, until);
  if (output === 'html') {
    const { casePage } = await import('../forecast/page.ts');
    return print(String(await casePage(names, occurrences, dayOf(until))));
  }
  if (output === 'csv' || output === 'ics') return await listed(occurrences, output, `Entente: ${names}`);
  if (output === 'json') return print(jsonOf(occurrences.map(plainly)));
  printList(occurrences, columns, output, `${names} does nothing by itself until ${dayOf(until)}.`);
}

async function listed(occurrences: Coming<Occurrence>, output: 'csv' | 'ics', name: string): Promise<void> {
  if (output === 'csv') return printRows(occurrences, csvColumns);
  const { dueDaysFeed } = await import('../forecast/feed.ts');
  await printParts(dueDaysFeed(name, occurrences));
}

/** For programs: what happens, and not the whole case after it. */
const plainly = ({ at, state, says, letters, about, because }: Occurrence) => ({
  at,
  case: state.id,
  says,
  ...(about ? { deadline: about.name, due: about.standing.plan.due, owedBy: about.owedBy } : {}),
  letters: letters.map(({ to, text, summary }) => ({ to, text, summary })),
  ...(because ? { because } : {}),
});

const columns: readonly Column<Occurrence>[] = [
  { title: 'when', value: ({ at }) => momentOf(at) },
  { title: 'case', value: ({ state }) => state.id },
  { title: 'what', value: ({ says }) => says.join(' ') },
  { title: 'letters to', value: ({ letters }) => [...new Set(letters.map(({ to }) => nameOf(to)))].join(', ') },
];

const csvColumns: readonly Column<Occurrence>[] = [
  { title: 'at', value: ({ at }) => at },
  { title: 'case', value: ({ state }) => state.id },
  { title: 'title', value: ({ state }) => state.title },
  { title: 'what', value: ({ says }) => says.join(' ') },
  { title: 'due', value: ({ about }) => about?.standing.plan.due },
  { title: 'owed by', value: ({ about }) => about?.owedBy },
  { title: 'letters to', value: ({ letters }) => letters.map(({ to }) => to).join(' ') },
];

const shown = 20;

function showOutlook({ total, opened, over, ...outlook }: Outlook, until: CivilDate, by: Options['by']): void {
  const groups: Record<Options['by'], Loads> = {
    week: outlook.weeks,
    owner: outlook.owners,
    country: outlook.countries,
  };
  const rows = Object.entries(groups[by]);
  if (rows.length === 0) return say(`If nobody does anything, nothing happens until ${until}.`);
  const sentence = `If nobody does anything until ${until}: ${counted(total.due, 'due day')}, ${counted(total.letters, 'letter')}, ${total.above} of them to superiors, coordinators and co-chairs; ${counted(opened, 'case')} opened, ${over} at an end.`;
  print(`${wrap(sentence, terminalWidth()).join('\n')}\n`);
  printList(rows, loadColumns(by), 'table', '');
  firstOf('What happens by itself', outlook.byItself, byItselfColumns);
  firstOf('Due on a day off of whoever owes it', outlook.onDaysOff, dayOffColumns);
}

function firstOf<Row>(title: string, rows: readonly Row[], of: readonly Column<Row>[]): void {
  if (rows.length === 0) return;
  print(`\n${title} (${rows.length})\n`);
  printList(rows.slice(0, shown), of, 'table', '');
  if (rows.length > shown) say(`… and ${rows.length - shown} more: --output json has all of them`);
}

const loadColumns = (by: Options['by']): readonly Column<[string, Load]>[] => [
  { title: by === 'week' ? 'week of' : by, value: ([group]) => group },
  { title: 'due', value: ([, { due }]) => due },
  { title: 'letters', value: ([, { letters }]) => letters },
  ...(by === 'owner'
    ? []
    : ([
        { title: 'above', value: ([, { above }]) => above },
        { title: 'by itself', value: ([, { byItself }]) => byItself },
      ] satisfies Column<[string, Load]>[])),
];

const byItselfColumns: readonly Column<ByItself>[] = [
  { title: 'day over', value: ({ on }) => on },
  { title: 'case', value: (each) => each.case },
  { title: 'what', value: ({ says }) => says },
];

const dayOffColumns: readonly Column<OnDayOff>[] = [
  { title: 'day', value: ({ on }) => on },
  { title: 'case', value: (each) => each.case },
  { title: 'owed by', value: ({ owedBy }) => owedBy },
  { title: 'what', value: ({ says }) => says },
];
