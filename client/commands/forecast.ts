import { type Command, Option } from 'commander';
import { nameOf } from '../../domain/case/label.ts';
import type { Posted } from '../../domain/forecast/places.ts';
import { dayOf } from '../../domain/dates.ts';
import { askedFor, bySoonest } from '../../domain/forecast/asked-for.ts';
import type { OnRefusal } from '../../domain/scenario.ts';
import type { Entente } from '../client.ts';
import type { Reached } from '../forecast/added-up.ts';
import type { PostedOccurrence } from '../forecast/forecasts.ts';
import { UsageError } from '../errors.ts';
import { momentOf } from '../output/moment.ts';
import { type Column, type Coming, print, printList, printParts, printRows, say } from '../output/output.ts';
import { jsonOf } from '../output/plain.ts';
import {
  askedOf,
  onRefusalOption,
  sayWhatWasNotDone,
  scenarioOption,
  today,
  untilOf,
  untilOption,
} from './asked-scenario.ts';
import { askedPlainly, showAskedFor } from './asked-for-text.ts';
import { showDiffering } from './differing-rules.ts';
import { type Group, groups, type OnlyOne, onlyOne, showOnly, showOutlook } from './forecast-text.ts';
import { asOption, withEntente } from './session.ts';

const outputs = ['table', 'json', 'csv', 'ics', 'html'] as const;

interface Options {
  readonly until?: string;
  readonly scenario?: string;
  readonly rules?: string;
  readonly onRefusal: OnRefusal;
  readonly as?: string;
  readonly by: Group;
  readonly only?: OnlyOne;
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
    .option('--rules <dir>', 'which open cases would go otherwise by the rules of another checkout, whose code is run')
    .addOption(untilOption())
    .addOption(new Option('--by <group>', 'of all cases: what the table adds up').choices(groups).default('week'))
    .addOption(new Option('--only <list>', 'of all cases: this list alone, whole, as a table or CSV').choices(onlyOne))
    .addOption(new Option('-o, --output <format>', 'how to print it').choices(outputs).default('table'))
    .addHelpText(
      'after',
      `
It takes it that every letter arrives and that nobody answers but as a scenario says, and counts by the calendars
of today. docs/scenarios.md says how a scenario is written.
As CSV and for one case each row is something that happens, unless --only names a list; ICS has the due days, what takes
place, editions that open and who is not there, for a calendar program;
With --rules, domain/ and calendars/ of another checkout of this project look ahead as well, in a process that has neither
passwords nor keys. Its code is run on this machine: name only a folder that you trust.
HTML is one page that needs no network: ./entente forecast --output html > forecast.html`,
    )
    .action((given: string | undefined, options: Options) =>
      withEntente((entente) => (given === undefined ? ofAll(entente, options) : ofSome(entente, given, options))),
    );
}

async function ofAll(entente: Entente, options: Options): Promise<void> {
  const { until: given, by, output, scenario, rules, only } = options;
  if (scenario !== undefined)
    throw new UsageError('--scenario: say of which case, or of which file of cases to be opened.');
  const [from, until] = [today(), untilOf(given, today())];
  if (rules !== undefined) return await showDiffering(entente, rules, { until, output });
  if (only !== undefined) {
    if (output !== 'table' && output !== 'csv') throw new UsageError('--only: as a table or CSV.');
    return showOnly(await entente.forecasts.addedUp(from, until, progress()), only, { by, output });
  }
  if (output === 'csv') {
    const rows = entente.forecasts.listed(until, (each) => csvColumns.map(({ value }) => value(each)), progress());
    return await printRows(
      rows,
      csvColumns.map(({ title }, index) => ({ title, value: (cells) => cells[index] })),
    );
  }
  if (output === 'ics') {
    const { outlookFeed } = await import('../forecast/feed.ts');
    return await printParts(outlookFeed(entente.forecasts, { from, until }, progress()));
  }
  const outlook = await entente.forecasts.addedUp(from, until, progress());
  if (output === 'json') return print(jsonOf({ from, until: dayOf(until), ...outlook }));
  if (output === 'html') {
    const { outlookPage } = await import('../forecast/outlook-page.ts');
    return print(String(await outlookPage(outlook, { from, until: dayOf(until) })));
  }
  showOutlook(outlook, dayOf(until), by);
}

const toldEveryMs = 5_000;

const counted = (count: number): string => count.toLocaleString('en');

/** Says to whoever waits how far it has come; nothing of what is soon done. */
function progress(): (reached: Reached) => void {
  let [asked, said] = [0, Date.now()];
  return ({ cases, of, happened }) => {
    asked += 1;
    if (asked % 1_000 > 0 || Date.now() - said < toldEveryMs) return;
    said = Date.now();
    say(`Looked at ${counted(cases)} of ${counted(of)} open cases: ${counted(happened)} things that happen so far.`);
  };
}

async function ofSome(entente: Entente, given: string, { until: day, output, ...options }: Options): Promise<void> {
  if (options.rules !== undefined) throw new UsageError('--rules: is asked of all open cases; leave out the case.');
  if (options.only !== undefined) throw new UsageError('--only: is asked of all open cases; leave out the case.');
  const until = untilOf(day, today());
  const { names, asked: scenario } = await askedOf(entente, given, options);
  const { occurrences, ...rest } = await entente.forecasts.withScenario(scenario, until);
  sayWhatWasNotDone(rest, until);
  if (output === 'html') {
    const days = { from: today(), until: dayOf(until), scenario: options.scenario !== undefined };
    const { casePage } = await import('../forecast/case-page.ts');
    return print(String(await casePage(names, occurrences, days)));
  }
  if (output === 'csv' || output === 'ics') return await listed(occurrences, output, `Entente: ${names}`);
  const asked = askedFor(occurrences, dayOf(until));
  if (output === 'json')
    return print(jsonOf(occurrences.map((each) => ({ ...plainly(each), ...askedPlainly(asked.get(each)) }))));
  printList(occurrences, columns, output, `${names} does nothing by itself until ${dayOf(until)}.`);
  showAskedFor(bySoonest(asked));
}

async function listed(occurrences: Coming<PostedOccurrence>, output: 'csv' | 'ics', name: string): Promise<void> {
  if (output === 'csv') return printRows(occurrences, csvColumns);
  const { dueDaysFeed } = await import('../forecast/feed.ts');
  await printParts(dueDaysFeed(name, occurrences));
}

/** For programs: what happens, and not the whole case after it. */
const plainly = ({ at, state, says, letters, posted, about, because }: PostedOccurrence) => ({
  at,
  case: state.id,
  says,
  ...(about ? { deadline: about.name, due: about.standing.plan.due, owedBy: about.owedBy } : {}),
  letters: letters.map(({ to, text, summary }, index) => ({ to, text, summary, ...sending(posted[index]) })),
  ...(because ? { because } : {}),
});

/** When a letter goes, and who reads it where that is not whom it is meant for. */
const sending = (posted: Posted | undefined) =>
  posted ? { goesAt: posted.at, ...(posted.reader === posted.to ? {} : { reader: posted.reader ?? null }) } : {};

const columns: readonly Column<PostedOccurrence>[] = [
  { title: 'when', value: ({ at }) => momentOf(at) },
  { title: 'case', value: ({ state }) => state.id },
  { title: 'what', value: ({ says }) => says.join(' ') },
  { title: 'letters to', value: ({ letters }) => [...new Set(letters.map(({ to }) => nameOf(to)))].join(', ') },
];

const csvColumns: readonly Column<PostedOccurrence>[] = [
  { title: 'at', value: ({ at }) => at },
  { title: 'case', value: ({ state }) => state.id },
  { title: 'title', value: ({ state }) => state.title },
  { title: 'what', value: ({ says }) => says.join(' ') },
  { title: 'due', value: ({ about }) => about?.standing.plan.due },
  { title: 'owed by', value: ({ about }) => about?.owedBy },
  { title: 'letters to', value: ({ letters }) => letters.map(({ to }) => to).join(' ') },
  { title: 'letters go at', value: ({ posted }) => posted.map(({ at }) => at).join(' ') },
  { title: 'readers', value: ({ posted }) => posted.map(({ reader }) => reader ?? '-').join(' ') },
];
