import { basename } from 'node:path';
import { dayOf } from '../../domain/dates.ts';
import { Asks } from '../../domain/forecast/asked-for.ts';
import type { OnRefusal } from '../../domain/scenario.ts';
import type { Entente } from '../client.ts';
import { UsageError } from '../errors.ts';
import type { Reached } from '../forecast/added-up.ts';
import type { AllAsked, Listing, NotDone } from '../forecast/forecasts.ts';
import { type Cell, type Column, print, printList, printParts, printRows, say } from '../output/output.ts';
import { jsonOf } from '../output/plain.ts';
import { sayWhatWasNotDone, scenarioIn, today, untilOf } from './asked-scenario.ts';
import { askedCells, askedHead, whoIsAsked } from './asked-for-text.ts';
import { showDiffering } from './differing-rules.ts';
import { csvColumns } from './forecast-csv.ts';
import { type Group, type OnlyOne, refuseOnlyAs, showOnly, showOutlook, unlessAnybody } from './forecast-text.ts';

interface Options {
  readonly until?: string;
  readonly scenario?: string;
  readonly onRefusal: OnRefusal;
  readonly rules?: string;
  readonly by: Group;
  readonly only?: OnlyOne;
  readonly output: 'table' | 'json' | 'csv' | 'ics' | 'html';
}

/** `./entente forecast`: of all open cases, nobody answering but as a scenario says. */
export async function ofAll(entente: Entente, options: Options): Promise<void> {
  const { until: given, rules, scenario: file, onRefusal } = options;
  const [from, until] = [today(), untilOf(given, today())];
  if (rules !== undefined && file !== undefined)
    throw new UsageError('--rules: both are looked at with nobody answering; leave out --scenario.');
  if (rules !== undefined) return await showDiffering(entente, rules, { until, output: options.output });
  if (options.only !== undefined) refuseOnlyAs(options.output);
  const scenario = file === undefined ? undefined : await scenarioOfAll(entente, file, onRefusal);
  const notDone = await show(entente, { from, until, scenario, told: progress() }, options);
  sayWhatWasNotDone(notDone, until);
}

async function scenarioOfAll(entente: Entente, file: string, onRefusal: OnRefusal): Promise<AllAsked['scenario']> {
  const from = new Date().toISOString();
  const { steps } = await scenarioIn(entente, file, from, (id) => entente.isOnRecord(id));
  return { steps, onRefusal, from };
}

async function show(entente: Entente, all: AllAsked, options: Options): Promise<NotDone> {
  const { by, output, only } = options;
  const scenario = options.scenario === undefined ? undefined : basename(options.scenario);
  const { forecasts } = entente;
  // Lists have no head that could say it.
  if (scenario !== undefined && (only !== undefined || output === 'csv')) say(`${unlessAnybody(scenario)}:`);
  const span = { from: all.from, until: dayOf(all.until) };
  if (only === undefined && output === 'ics') {
    const { outlookFeed } = await import('../forecast/feed.ts');
    const { parts, ...notDone } = await outlookFeed(
      forecasts,
      all,
      `Entente: what is to come${scenario === undefined ? '' : ` with ${scenario}`}`,
    );
    await printParts(parts);
    return notDone;
  }
  if (only === 'asks') return await showAsks(entente, all, output);
  if (only === undefined && output === 'csv') {
    const cells: Listing<readonly Cell[]> = { happens: (each) => csvColumns.map(({ value }) => value(each)) };
    const { rows, ...notDone } = await forecasts.listed(all, () => cells);
    await printRows(rows, cellsOf(csvColumns.map(({ title }) => title)));
    return notDone;
  }
  const { outlook, ...notDone } = await forecasts.addedUp(all);
  if (only !== undefined) showOnly({ outlook, asks: () => [] }, only, { by, output });
  else if (output === 'json') print(jsonOf({ ...span, ...(scenario === undefined ? {} : { scenario }), ...outlook }));
  else if (output === 'html') {
    const { outlookPage } = await import('../forecast/outlook-page.ts');
    print(String(await outlookPage(outlook, span, unlessAnybody(scenario))));
  } else showOutlook(outlook, span.until, by, scenario);
  return notDone;
}

/** Of all open cases these can be very many: they come from files, and are worked out only where they are asked for. */
async function showAsks({ forecasts }: Entente, all: AllAsked, output: Options['output']): Promise<NotDone> {
  const { rows, ...notDone } = await forecasts.listed(all, () => {
    const asks = new Asks(dayOf(all.until));
    return {
      begins: (state) => void asks.add(state),
      happens: ({ state }): readonly string[] | undefined => void asks.add(state),
      ends: () => asks.found.map((each) => ({ at: each.passesAt, id: each.case, row: askedCells(each) })),
    };
  });
  if (output === 'csv') await printRows(rows, cellsOf(askedHead));
  else {
    const asked: (readonly string[])[] = [];
    for await (const each of rows) asked.push(each);
    printList(asked, cellsOf(askedHead), 'table', `${whoIsAsked}: nothing.`);
  }
  return notDone;
}

const cellsOf = (titles: readonly string[]): readonly Column<readonly Cell[]>[] =>
  titles.map((title, index) => ({ title, value: (cells) => cells[index] }));

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
