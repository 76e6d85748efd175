import { type Kysely, sql } from 'kysely';
import { listCalendarEntries } from '../../database/calendar-entries.ts';
import { connect, forMigrations } from '../../database/connect.ts';
import { prepareRegister } from '../../database/migrate.ts';
import { concernsOf } from '../../database/people/concerns.ts';
import type { Database } from '../../database/schema.ts';
import { startStack } from '../../stack/stack.ts';
import { costOf } from '../measure/query-plan.ts';
import { quantile } from '../measure/statistics.ts';
import { tell } from '../progress.ts';
import { fill } from './generator.ts';
import { questions } from './questions.ts';

/** How a page of a list is found, and how long that takes. */
export interface ListFigures {
  readonly list: string;
  readonly p50: number;
  readonly p95: number;
  /** Pages of 8 KB that were looked at, by the costliest of those who asked. */
  readonly pages: number;
  readonly indexes: readonly string[];
  /** Large tables that were read from end to end; there should be none. */
  readonly scanned: readonly (string | undefined)[];
}

export interface RegisterFigures {
  readonly actions: number;
  readonly events: number;
  readonly gigabytes: number;
  readonly lists: readonly ListFigures[];
  /** Seconds for what reads every open case by its nature. */
  readonly wholes: Readonly<Record<string, number>>;
}

const eventsPerAction = 10;
/** A port on which nothing listens: lists need neither Temporal nor mail. */
const nowhere = '127.0.0.1:1';

/** Fills a register of its own with so many actions, and asks it for every list. */
export async function measureRegister(actions: number): Promise<RegisterFigures> {
  tell(`A register with ${actions.toLocaleString('en')} actions`);
  const stack = await startStack({ env: { TEMPORAL_ADDRESS: nowhere, SMTP_URL: `smtp://${nowhere}` } });
  await prepareRegister(stack.settings);
  // Only a superuser may leave constraints unlooked at.
  const db = connect(stack.superuserUrl ?? '', 2, forMigrations);
  try {
    await fill(db, { actions, eventsPerAction }, (done) => tell(`  ${done.toLocaleString('en')} filled in`));
    const last = `action/s${String(actions).padStart(8, '0')}`;
    const lists: ListFigures[] = [];
    for (const list of Object.keys(questions)) lists.push(await measureList(db, list, last));
    return {
      actions,
      events: actions * eventsPerAction,
      gigabytes: await sizeOf(db),
      lists,
      wholes: await wholesOf(db),
    };
  } finally {
    await db.destroy();
    await stack.stop();
  }
}

const asked = 40;
/** Whoever waits longer than this for one list need not be asked forty times. */
const patienceMs = 4_000;

async function measureList(db: Kysely<Database>, list: string, last: string): Promise<ListFigures> {
  const times: number[] = [];
  const costs: Awaited<ReturnType<typeof costOf>>[] = [];
  const begun = performance.now();
  for (let nth = 0; nth < asked && performance.now() - begun < patienceMs; nth++) {
    const query = questions[list]?.(db, nth, last);
    if (!query) break;
    const asking = performance.now();
    await db.executeQuery(query.compile());
    times.push(performance.now() - asking);
    if (nth % 8 === 0) costs.push(await costOf(db, query));
  }
  const costliest = costs.reduce((most, each) => (each.pages > most.pages ? each : most));
  const figures = {
    list,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    pages: costliest.pages,
    indexes: [...new Set(costliest.indexes)],
    scanned: [...new Set(costs.flatMap(({ readFromEndToEnd }) => readFromEndToEnd))],
  };
  if (figures.p95 > 20 || figures.scanned.length > 0)
    tell(
      `  ${list}: p95 ${figures.p95.toFixed(0)} ms, ${figures.pages} pages, ${[...figures.scanned, ...figures.indexes].join(', ')}`,
    );
  return figures;
}

async function wholesOf(db: Kysely<Database>): Promise<Record<string, number>> {
  const seconds = async (act: () => Promise<unknown>): Promise<number> => {
    const begun = performance.now();
    await act();
    return (performance.now() - begun) / 1_000;
  };
  return {
    'what concerns a person who leaves': await seconds(() => concernsOf(db, 'p17', '2026-01-01')),
    'the feed of calendar entries of a country': await seconds(() => listCalendarEntries(db, 'KR')),
  };
}

async function sizeOf(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ bytes: string }>`select pg_database_size(current_database()) as bytes`.execute(db);
  return Number(rows[0]?.bytes) / 2 ** 30;
}
