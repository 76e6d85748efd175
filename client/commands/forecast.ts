import { type Command, Option } from 'commander';
import { nameOf } from '../../domain/case/label.ts';
import type { Posted } from '../../domain/forecast/places.ts';
import { dayOf } from '../../domain/dates.ts';
import { askedFor } from '../../domain/forecast/asked-for.ts';
import type { OnRefusal } from '../../domain/scenario.ts';
import type { Entente } from '../client.ts';
import type { PostedOccurrence } from '../forecast/forecasts.ts';
import { UsageError } from '../errors.ts';
import { momentOf } from '../output/moment.ts';
import { type Column, print, printList, printParts, printRows } from '../output/output.ts';
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
import { ofAll } from './forecast-all.ts';
import { csvColumns } from './forecast-csv.ts';
import { byOption, type Group, onlyOption, type OnlyOne, refuseOnlyAs, showOnly } from './forecast-text.ts';
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
    .addOption(byOption())
    .addOption(onlyOption())
    .addOption(new Option('-o, --output <format>', 'how to print it').choices(outputs).default('table'))
    .addHelpText(
      'after',
      `
It takes it that every letter arrives and that nobody answers but as a scenario says, and counts by the calendars
of today. docs/scenarios.md says how a scenario is written.
As CSV and for one case each row is something that happens, unless --only names a list; ICS has, for a calendar program,
by when somebody has to decide or do something and what happens if not, what takes place, editions that open, who is not
there, and the weeks with most due days.
With --rules, domain/ and calendars/ of another checkout of this project look ahead as well, in a process that has neither
passwords nor keys. Its code is run on this machine: name only a folder that you trust.
HTML is one page that needs no network: ./entente forecast --output html > forecast.html`,
    )
    .action((given: string | undefined, options: Options) =>
      withEntente((entente) => (given === undefined ? ofAll(entente, options) : ofSome(entente, given, options))),
    );
}

async function ofSome(entente: Entente, given: string, { until: day, output, ...options }: Options): Promise<void> {
  if (options.rules !== undefined) throw new UsageError('--rules: is asked of all open cases; leave out the case.');
  const until = untilOf(day, today());
  const { only, by } = options;
  if (only !== undefined) refuseOnlyAs(output);
  const { names, asked: scenario } = await askedOf(entente, given, options);
  const foretold = await entente.forecasts.withScenario(scenario, until);
  const { occurrences } = foretold;
  sayWhatWasNotDone(foretold, until);
  const asked = () => askedFor(foretold, dayOf(until));
  if (only !== undefined) return showOnly({ ...foretold, asks: () => asked().found }, only, { by, output });
  if (output === 'html') {
    const days = { from: today(), until: dayOf(until), scenario: options.scenario !== undefined };
    const { casePage } = await import('../forecast/case-page.ts');
    return print(String(await casePage(names, foretold, days)));
  }
  if (output === 'csv') return await printRows(occurrences, csvColumns);
  if (output === 'ics') {
    const { courseFeed } = await import('../forecast/feed.ts');
    return await printParts(courseFeed(`Entente: ${names}`, foretold, { from: today(), until: dayOf(until) }));
  }
  const { found, at } = asked();
  if (output === 'json')
    return print(jsonOf(occurrences.map((each) => ({ ...plainly(each), ...askedPlainly(at.get(each)) }))));
  printList(occurrences, columns, output, `${names} does nothing by itself until ${dayOf(until)}.`);
  showAskedFor(found);
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
