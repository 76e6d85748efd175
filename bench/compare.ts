import { Client, Connection } from '@temporalio/client';
import { type CachedFigures, type CachedPlan, measureCached } from './cached.ts';
import type { Contender } from './job.ts';
import { type HistoryFigures, historyFigures } from './measure/histories.ts';
import { type PostgresWatch, watchPostgres } from './measure/postgres.ts';
import { quantile, type Spread, spreadOf } from './measure/statistics.ts';
import { tell } from './progress.ts';
import { countWork, type CpuSeconds, type Jobs, type Round, type RoundSize, runRound } from './rounds.ts';
import type { Bench } from './services.ts';

export interface Plan {
  readonly warmUp: RoundSize;
  readonly rounds: number;
  /** Many at once, to see what the machine can do; and few, to see what one person waits. */
  readonly busy: RoundSize;
  readonly calm: RoundSize;
  readonly cached: CachedPlan;
  /** Postgres tells what a connection has done only now and then: how long it may keep that to itself. */
  readonly statisticsWithinMs: number;
}

export interface Latency {
  readonly p50: number;
  readonly p99: number;
}

/** What was measured of one contender. Times in milliseconds unless they say otherwise. */
export interface Figures {
  readonly name: string;
  readonly cases: number;
  readonly casesPerSecond: Spread;
  /** CPU seconds for 1,000 cases, by part and in all. */
  readonly cpu: Readonly<Record<keyof CpuSeconds | 'all', Spread>>;
  readonly transactions: number;
  readonly rowsWritten: number;
  readonly walKilobytes: Spread;
  readonly busy: Latency;
  readonly calm: Latency;
  readonly lateness: Latency;
  readonly history?: HistoryFigures;
  readonly cached?: CachedFigures | undefined;
}

interface Measured {
  readonly contender: Contender;
  readonly workDone: Awaited<ReturnType<typeof countWork>>;
  readonly busy: Round[];
  readonly calm: Round[];
}

/** Lets contenders do the job by turns, so that whatever else the machine does falls on all of them. */
export async function compare(
  bench: Bench,
  jobs: Jobs,
  contenders: readonly Contender[],
  plan: Plan,
): Promise<Figures[]> {
  const watch = watchPostgres(bench.stack.superuserUrl ?? bench.stack.databaseUrl);
  if (plan.warmUp.cases > 0) tell('Warming up');
  for (const contender of plan.warmUp.cases > 0 ? contenders : [])
    await runRound(bench, watch, contender, jobs.take(plan.warmUp.cases), plan.warmUp.inFlight);
  const measured = await Promise.all(
    contenders.map(async (contender): Promise<Measured> => {
      const workDone = await countWork(watch, contender, plan.statisticsWithinMs);
      return { contender, workDone, busy: [], calm: [] };
    }),
  );
  await runRounds(bench, watch, jobs, measured, plan);
  const figures = await Promise.all(measured.map((each) => figuresOf(bench, each)));
  await watch.close();
  tell('What an open case holds of memory, and what it takes to bring it back');
  const complete: Figures[] = [];
  for (const [index, each] of figures.entries()) {
    const contender = contenders[index] as Contender;
    complete.push({ ...each, cached: await measureCached(contender, jobs, plan.cached) });
  }
  return complete;
}

async function runRounds(
  bench: Bench,
  watch: PostgresWatch,
  jobs: Jobs,
  measured: readonly Measured[],
  { rounds, busy, calm }: Plan,
): Promise<void> {
  for (let round = 1; round <= rounds; round++) {
    // Whoever comes first finds a quieter server: so each comes first in turn.
    const order = round % 2 === 1 ? measured : [...measured].reverse();
    for (const [load, size] of Object.entries({ busy, calm }) as ['busy' | 'calm', RoundSize][]) {
      tell(`Round ${round} of ${rounds}, ${size.inFlight} cases at a time`);
      for (const each of order)
        each[load].push(await runRound(bench, watch, each.contender, jobs.take(size.cases), size.inFlight));
    }
  }
}

async function figuresOf({ stack }: Bench, { contender, workDone, busy, calm }: Measured): Promise<Figures> {
  const all = [...busy, ...calm];
  const cases = all.reduce((sum, round) => sum + round.cases, 0);
  const parts = ['client', 'worker', 'temporal', 'postgres'] as const;
  const perThousand = (seconds: (cpu: CpuSeconds) => number): Spread =>
    spreadOf(busy.map((round) => (seconds(round.cpu) / round.cases) * 1_000));
  const cpu = Object.fromEntries(parts.map((part) => [part, perThousand((spent) => spent[part])]));
  const inAll = perThousand((spent) => parts.reduce((sum, part) => sum + spent[part], 0));
  return {
    name: contender.name,
    cases,
    casesPerSecond: spreadOf(busy.map((round) => round.cases / round.seconds)),
    cpu: { ...(cpu as Record<keyof CpuSeconds, Spread>), all: inAll },
    ...(await workDone(cases)),
    walKilobytes: spreadOf(busy.map((round) => round.walBytes / round.cases / 1_024)),
    busy: latencyOf(busy.map(({ commands }) => commands)),
    calm: latencyOf(calm.map(({ commands }) => commands)),
    lateness: latencyOf(calm.map(({ lateness }) => lateness)),
    ...(contender.workflowId ? { history: await historiesOf(stack, contender.workflowId, all) } : {}),
  };
}

/** The median of the rounds, for each quantile. */
const latencyOf = (rounds: readonly (readonly number[])[]): Latency => ({
  p50: spreadOf(rounds.map((times) => quantile(times, 0.5))).median,
  p99: spreadOf(rounds.map((times) => quantile(times, 0.99))).median,
});

const looked = 12;

async function historiesOf(
  { settings: { temporal } }: Bench['stack'],
  workflowId: NonNullable<Contender['workflowId']>,
  rounds: readonly Round[],
): Promise<HistoryFigures> {
  const connection = await Connection.connect(temporal.connectionOptions);
  const client = new Client({ connection, namespace: temporal.namespace });
  const ids = rounds.flatMap(({ jobs }) => jobs.slice(0, looked / 2).map(workflowId)).slice(0, looked);
  const figures = await historyFigures(client, ids);
  await connection.close();
  return figures;
}
