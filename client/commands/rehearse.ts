import type { Command } from 'commander';
import { type CivilDate, dayOf } from '../../domain/dates.ts';
import { counted } from '../../domain/derived.ts';
import { askedFor } from '../../domain/forecast/asked-for.ts';
import type { Occurrence } from '../../domain/forecast/occurrence.ts';
import type { OnRefusal } from '../../domain/scenario.ts';
import { noLetter, readerIn } from '../forecast/kept-letter.ts';
import type { KeptLetter, Rehearsed } from '../../rehearsal/rehearse.ts';
import type { Settings } from '../../stack/settings.ts';
import type { Entente } from '../client.ts';
import { UnavailableError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { unavailable } from '../register.ts';
import { isAway } from '../temporal-errors.ts';
import { momentOf } from '../output/moment.ts';
import { type Column, print, printList, printParts, say } from '../output/output.ts';
import { jsonOf } from '../output/plain.ts';
import {
  type AskedOf,
  askedOf,
  lookingAhead,
  sayWhatWasNotDone,
  scenarioOption,
  today,
  untilOf,
} from './asked-scenario.ts';
import { askedPlainly, showAskedFor } from './asked-for-text.ts';
import { byOption, type Group, onlyOption, type OnlyOne, refuseOnlyAs, showOnly } from './forecast-text.ts';
import { withEntente } from './session.ts';

const outputs = ['table', 'json', 'csv', 'ics', 'html'] as const;

interface Options {
  readonly scenario?: string;
  readonly until?: string;
  readonly onRefusal: OnRefusal;
  readonly as?: string;
  readonly by: Group;
  readonly only?: OnlyOne;
  readonly output: (typeof outputs)[number];
}

/** `./entente rehearse CASE|FILE`: a case on the real engine, with its time skipped. */
export function addRehearse(program: Command): void {
  const rehearsed = program
    .command('rehearse')
    .description(
      'Let a case happen on the real engine with its time skipped; nothing is sent, and nothing is left of it',
    );
  lookingAhead(rehearsed, scenarioOption(), outputs)
    .addOption(byOption())
    .addOption(onlyOption())
    .addHelpText(
      'after',
      `
It runs in a namespace of Temporal and a schema of Postgres of its own, on copies of the directory and of the case and
those that hang together with it; both go when it ends, and what a killed one left goes with the next. It needs
DATABASE_OWNER_URL and a Temporal that skips time, as that of \`npm start\` does; \`./entente forecast\` needs neither.
docs/scenarios.md says how a scenario is written; HTML is one page with every letter, which needs no network.`,
    )
    .action((given: string, options: Options) => withEntente((entente) => onTheEngine(entente, given, options)));
}

async function onTheEngine(
  entente: Entente,
  given: string,
  { until: day, output, ...options }: Options,
): Promise<void> {
  const until = untilOf(day, today());
  if (options.only !== undefined) refuseOnlyAs(output);
  const { names, asked, files } = await askedOf(entente, given, options);
  const rehearsed = await untilInterrupted((signal) =>
    rehearsal({ names, asked, files }, options.onRefusal, until, signal),
  );
  if (!rehearsed) return;
  sayWhatWasNotDone(rehearsed, until);
  const { leftOut } = rehearsed;
  if (leftOut.length > 0) say(sentenceOfLeftOut(leftOut));
  await show(entente, { ...rehearsed, names, from: today(), until: dayOf(until) }, { ...options, output });
}

/** `Of the cases that hang together, action/a and 3 more are left out: …` */
export const sentenceOfLeftOut = ([first, ...others]: readonly string[]): string =>
  `Of the cases that hang together, ${first}${others.length > 0 ? ` and ${others.length} more` : ''} are left out: what they do is missing, and what they would be told is in vain.`;

const longestLine = '2018-03-01, gives way to real cases'.length;

async function rehearsal({ asked, files }: AskedOf, onRefusal: OnRefusal, until: string, signal: AbortSignal) {
  const { rehearse } = await import('../../rehearsal/rehearse.ts');
  const { quietly, rehearsalSettings } = await import('../../rehearsal/settings.ts');
  quietly();
  let told = '';
  const tell = (at: string, waits = false) => {
    const line = waits ? `${dayOf(at)}, gives way to real cases` : dayOf(at);
    // What stood there may have been longer.
    if (process.stderr.isTTY && line !== told) process.stderr.write(`\r${((told = line)).padEnd(longestLine)}`);
  };
  const settings = rehearsalSettings(process.env);
  try {
    return await rehearse({ ...asked, files, onRefusal, until }, { settings, signal, tell });
  } catch (error) {
    throw awayIn(error, settings) ?? error;
  } finally {
    if (told) process.stderr.write(`\r${' '.repeat(longestLine)}\r`);
  }
}

function awayIn(error: unknown, { databaseOwnerUrl, temporal }: Settings): UnavailableError | undefined {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (name === 'StandsStillError')
    return new UnavailableError('worker', `The engine stands still. ${message} Nothing of the rehearsal is left.`, {
      cause: error,
    });
  const isDown = isAway(error) || name === 'TemporalLostError' || /connect before the deadline/.test(message);
  if (!isDown) return unavailable(error, databaseOwnerUrl);
  const sentence = `Temporal at ${temporal.connectionOptions.address} does not answer; what is left of the rehearsal goes with the next one.`;
  return new UnavailableError('Temporal', sentence, { cause: error });
}

/** Ctrl-C ends it with all that was made for it; undefined then. */
async function untilInterrupted<T>(act: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
  const stop = new AbortController();
  const stopped = () => stop.abort(new Error('interrupted'));
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.once(signal, stopped);
  try {
    return await act(stop.signal);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    say('Interrupted; nothing of it is left.');
    process.exitCode = exitCodes.interrupted.code;
    return undefined;
  } finally {
    for (const signal of signals) process.off(signal, stopped);
  }
}

interface Shown extends Rehearsed {
  readonly names: string;
  readonly from: CivilDate;
  readonly until: CivilDate;
}

async function show(
  entente: Entente,
  { names, from, until, ...rehearsed }: Shown,
  { output, only, by }: Pick<Options, 'output' | 'only' | 'by'>,
): Promise<void> {
  const { occurrences, letters } = rehearsed;
  const days = { from, until };
  if (only === undefined && output === 'html') {
    const { rehearsalPage } = await import('../forecast/rehearsal-page.ts');
    return print(String(await rehearsalPage(names, rehearsed, days)));
  }
  const asked = askedFor(rehearsed, until);
  const outlook = () => entente.forecasts.outlookOf(rehearsed, days);
  if (only !== undefined) return showOnly({ outlook: await outlook(), asks: () => asked.found }, only, { by, output });
  if (output === 'ics') {
    const { courseFeed } = await import('../forecast/feed.ts');
    return printParts(courseFeed(`Entente: ${names}`, { ...rehearsed, outlook: await outlook() }, days));
  }
  const rows = occurrences.map((of): Row => ({ ...of, of, kept: lettersOf(of, letters) }));
  if (output === 'json')
    return print(jsonOf(rows.map((row) => ({ ...plainly(row), ...askedPlainly(asked.at.get(row.of)) }))));
  printList(rows, columns, output === 'csv' ? 'csv' : 'table', `${names} does nothing by itself until ${until}.`);
  if (output === 'csv') return;
  showAskedFor(asked.found);
  const written = letters.filter(({ body }) => body !== undefined);
  say(`${counted(written.length, 'letter')}, of which none was sent; --output html has them all.`);
}

interface Row extends Occurrence {
  readonly of: Occurrence;
  readonly kept: readonly KeptLetter[];
}

const lettersOf = ({ state, events }: Occurrence, letters: readonly KeptLetter[]): readonly KeptLetter[] =>
  letters.filter((letter) => letter.case === state.id && events.some(({ number }) => number === letter.event));

const plainly = ({ at, state, says, about, because, askedBy, kept }: Row) => ({
  at,
  case: state.id,
  says,
  ...(about ? { deadline: about.name, due: about.standing.plan.due, owedBy: about.owedBy } : {}),
  letters: kept.map(({ to, reader, text, at: goesAt, subject, body, why }) => ({
    to,
    ...(reader === undefined ? {} : { reader }),
    text,
    at: goesAt,
    ...(body === undefined ? { why } : { subject, body }),
  })),
  ...(because ? { because } : {}),
  ...(askedBy ? { askedBy } : {}),
});

const columns: readonly Column<Row>[] = [
  { title: 'when', value: ({ at }) => momentOf(at) },
  { title: 'case', value: ({ state }) => state.id },
  { title: 'what', value: ({ says }) => says.join(' ') },
  {
    title: 'letters',
    value: ({ kept }) => kept.map((letter) => `${readerIn(letter)}: ${letter.subject ?? noLetter(letter)}`).join('; '),
  },
];
