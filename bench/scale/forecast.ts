import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { connect, forMigrations } from '../../database/connect.ts';
import { prepareRegister } from '../../database/migrate.ts';
import type { Database } from '../../database/schema.ts';
import { action } from '../../domain/action.ts';
import { decide } from '../../domain/case/command.ts';
import { nextDue } from '../../domain/case/due.ts';
import { fold } from '../../domain/case/evolve.ts';
import { decideOpening } from '../../domain/case/opening.ts';
import { type CaseEvent, type CaseState, unplannedDeadlines } from '../../domain/case/state.ts';
import { plannedEvent } from '../../domain/case/transition.ts';
import { dayOf, type Instant, plus } from '../../domain/dates.ts';
import { mondayToFriday, planDeadline } from '../../domain/planning.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { startStack } from '../../stack/stack.ts';
import { cpuSecondsOf, residentMegabytes } from '../measure/processes.ts';
import { tell } from '../progress.ts';
import { agencies, fill, people } from './generator.ts';

export interface ForecastFigures {
  /** Open actions, each due within the year. */
  readonly cases: number;
  /** What the command says of the year, all letters and due days. */
  readonly letters: number;
  readonly cpuSeconds: number;
  /** The most that it had in memory, in MB. */
  readonly megabytes: number;
  /** The same cases, at most 10,000 that are often reminded of, for eight days, in which little happens, and for the year. */
  readonly few: LookedAhead & Live;
  readonly many: LookedAhead & Live;
}

type LookedAhead = Pick<ForecastFigures, 'letters' | 'cpuSeconds' | 'megabytes'>;

interface Live {
  /** The most that anything still held of all moments at which garbage was collected, in MB: by another look at the same. */
  readonly liveMegabytes: number;
}

/** A port on which nothing listens: a forecast needs neither Temporal nor mail. */
const nowhere = '127.0.0.1:1';

/** Puts so many actions on record that are accepted and owed, and looks a year ahead as people do: by the command. */
export async function measureForecast(cases: number): Promise<ForecastFigures> {
  tell(`A forecast of ${cases.toLocaleString('en')} open actions`);
  const stack = await startStack({ env: { TEMPORAL_ADDRESS: nowhere, SMTP_URL: `smtp://${nowhere}` } });
  const db = connect(stack.superuserUrl ?? '', 2, forMigrations);
  try {
    await prepareRegister(stack.settings);
    await fill(db, { actions: 0, eventsPerAction: 0 }, () => {});
    await nameSuperiors(db);
    await putActions(db, cases, usual);
    const year = await lookAhead(stack.env);
    await sql`delete from cases`.execute(db);
    await putActions(db, Math.min(cases, 10_000), oftenReminded);
    const few = await withLive(stack.env, ['--until', plus(dayOf(now()), 'P8D')]);
    return { cases, ...year, few, many: await withLive(stack.env) };
  } finally {
    await db.destroy();
    await stack.stop();
  }
}

/** Without them letters would reach nobody, and what is told of that would be measured as well. */
async function nameSuperiors(db: Kysely<Database>): Promise<void> {
  await sql`update agencies set contact = 'p' || substr(id, 2)`.execute(db);
  await sql`update people set superior = 'p' || (substr(id, 2)::integer + ${agencies}) % ${people}`.execute(db);
}

const now = (): Instant => new Date().toISOString();
const daysAhead = 330;
const inOneStatement = 1_000;

/** What an action is asked with: when its nth is due, in days from now, and how it is reminded of. */
interface Asked {
  readonly dueIn: (nth: number) => number;
  readonly remindBefore?: readonly number[];
  readonly isAccepted: boolean;
}

/** Each due on another day from a month ahead. */
const usual: Asked = { dueIn: (nth) => nth + 30, isAccepted: true };
/** As often as can be, and of the acceptance as well. */
const oftenReminded: Asked = {
  dueIn: (nth) => 100 + (nth % 100),
  remindBefore: [80, 70, 60, 50, 40, 30, 20, 15, 10, 5, 3, 1],
  isAccepted: false,
};

async function putActions(db: Kysely<Database>, cases: number, asked: Asked): Promise<void> {
  const pilots = Array.from({ length: Math.min(daysAhead, cases) }, (_, day) => JSON.stringify(owed(day, asked)));
  for (let from = 0; from < cases; from += inOneStatement) {
    const numbers = Array.from({ length: Math.min(inOneStatement, cases - from) }, (_, index) => from + index);
    const states = numbers.map((n) => numbered(pilots[n % pilots.length] ?? '', n));
    await sql`
      insert into cases (id, kind, title, stage, countries, coordinator, owner, opened_at, last_at, number, late, facts, state)
      select state->>'id', 'action', state->>'title', state->'subject'->>'stage', array['KR', 'GR'], state->>'coordinator',
        'agency/' || (state->'subject'->>'owner'), (state->>'openedAt')::timestamptz, (state->>'lastAt')::timestamptz,
        (state->>'number')::integer, false, '{}', state
      from (select each::jsonb as state from unnest(${states}::text[]) each) made`.execute(db);
  }
}

const pilot = { id: 'bench-0', by: 'pilot', coordinator: 'pilot', owner: 'owner-0' };

const numbered = (state: string, n: number): string =>
  state
    .replaceAll(pilot.id, `bench-${n}`)
    .replaceAll(pilot.owner, `a${n % agencies}`)
    .replaceAll(`"${pilot.coordinator}"`, `"p${n % people}"`);

/** An action that somebody owes, the nth. */
function owed(nth: number, { dueIn, isAccepted, ...asked }: Asked): CaseState {
  const at = now();
  const opening = {
    ...pilot,
    title: `Case ${pilot.id}`,
    countries: ['KR', 'GR'],
    topic: `Topic ${pilot.id}`,
    ...asked,
  };
  const opened = taken(decideOpening(action, { ...opening, due: plus(dayOf(at), `P${dueIn(nth)}D`) }, at, 'opening'));
  const recorded = planned(fold(action, [opened]));
  const accepting = () => decide(action, recorded, { id: 'accept', name: 'accept', body: { by: pilot.by } }, at);
  const state = { ...planned(isAccepted ? fold(action, taken(accepting()), recorded) : recorded), log: [] };
  if (!nextDue(action, state)) throw new Error('An action that is owed has something ahead.');
  return state;
}

function planned(state: CaseState): CaseState {
  const plans = unplannedDeadlines(action, state).map((deadline) =>
    planDeadline(mondayToFriday('UTC'), deadline, state.deadlines[deadline.name], state.lastAt),
  );
  return plans.length > 0 ? fold(action, [plannedEvent(state, plans)], state) : state;
}

function taken<T extends CaseEvent | readonly CaseEvent[]>(decided: T | Refusal): T {
  if (isRefusal(decided)) throw new Error(decided.because);
  return decided;
}

/** Once as people do, and once with its garbage collected again and again, which takes time. */
async function withLive(env: Env, options: readonly string[] = []): Promise<LookedAhead & Live> {
  const looked = await lookAhead(env, options);
  const folder = mkdtempSync(join(tmpdir(), 'entente-bench-'));
  try {
    const file = join(folder, 'live');
    await lookAhead({ ...env, LIVE_MEMORY_FILE: file, NODE_OPTIONS: collectingGarbage }, options);
    return { ...looked, liveMegabytes: Number(readFileSync(file, 'utf8')) / 1024 ** 2 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Env = Readonly<Record<string, string>>;

const collectingGarbage = `--import=${new URL('../live-memory.mjs', import.meta.url).href}`;
const lookedAtEveryMs = 100;

async function lookAhead(env: Env, options: readonly string[] = []): Promise<LookedAhead> {
  const command = spawn('./entente', ['forecast', '--output', 'json', ...options], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let [cpuSeconds, megabytes, said] = [0, 0, ''];
  const { pid = 0 } = command;
  const looking = setInterval(() => {
    try {
      const resident = residentMegabytes(pid);
      // What has ended and is still listed has no memory.
      if (resident > megabytes) megabytes = resident;
      cpuSeconds = Math.max(cpuSeconds, cpuSecondsOf(pid));
    } catch {
      // It has just ended.
    }
  }, lookedAtEveryMs);
  command.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise<number | null>((resolve) => command.on('close', resolve));
  clearInterval(looking);
  if (code !== 0) throw new Error(`The forecast ended with exit status ${code}.`);
  const { total } = JSON.parse(said) as { readonly total: { readonly letters: number } };
  return { letters: total.letters, cpuSeconds, megabytes };
}
