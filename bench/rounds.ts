import { setTimeout as delay } from 'node:timers/promises';
import { eachInFlight } from './in-flight.ts';
import { carry, type Contender, type Course, type Job, jobOf } from './job.ts';
import { cpuSecondsOf, ownCpuSeconds } from './measure/processes.ts';
import type { PostgresWatch, PostgresWork } from './measure/postgres.ts';
import { quantile } from './measure/statistics.ts';
import { tell } from './progress.ts';
import type { Bench } from './services.ts';

/** CPU seconds by part. `client` is this process: who gives the commands, and the relay that takes the mail. */
export interface CpuSeconds {
  readonly client: number;
  readonly worker: number;
  readonly temporal: number;
  readonly postgres: number;
}

/** What one round of one contender has shown. */
export interface Round {
  readonly cases: number;
  readonly seconds: number;
  readonly cpu: CpuSeconds;
  readonly walBytes: number;
  /** Milliseconds, of every command of every case. */
  readonly commands: readonly number[];
  readonly lateness: readonly number[];
  /** The cases of this round, for who wants to look at them. */
  readonly jobs: readonly Job[];
}

/** Gives out the numbers of cases, so that none is used twice in a run. */
export class Jobs {
  private last = 0;
  take(count: number): Job[] {
    return Array.from({ length: count }, () => jobOf(++this.last));
  }
}

export interface RoundSize {
  readonly cases: number;
  readonly inFlight: number;
}

/** Carries so many cases, so many at a time, and measures what that takes. */
export async function runRound(
  bench: Bench,
  watch: PostgresWatch,
  contender: Contender,
  jobs: readonly Job[],
  inFlight: number,
): Promise<Round> {
  await contender.prepare?.(jobs);
  const walBefore = (await watch.work(contender.database)).walBytes;
  const cpuBefore = cpuOf(bench, contender);
  const begun = performance.now();
  const courses = await carryAll(bench, contender, jobs, inFlight);
  const seconds = (performance.now() - begun) / 1_000;
  const cpuAfter = cpuOf(bench, contender);
  const walAfter = (await watch.work(contender.database)).walBytes;
  const round = {
    cases: jobs.length,
    seconds,
    cpu: difference(cpuAfter, cpuBefore),
    walBytes: walAfter - walBefore,
    commands: courses.flatMap(({ commands }) => commands),
    lateness: courses.flatMap(({ lateness }) => lateness),
    jobs,
  };
  tell(`  ${contender.name.padEnd(16)}${said(round)}`);
  return round;
}

async function carryAll(bench: Bench, contender: Contender, jobs: readonly Job[], inFlight: number): Promise<Course[]> {
  const courses: Course[] = [];
  await eachInFlight(inFlight, jobs, async (job) => {
    const course = await carry(contender, job, bench.sink).catch((cause: Error) => {
      throw new Error(`${contender.name} did not bring ${job.id} to its end: ${cause.message}`, { cause });
    });
    courses.push(course);
  });
  return courses;
}

/** So far, of the services, of whoever works on them, and of this process. */
export function cpuOf({ stack }: Bench, contender: Pick<Contender, 'pids'>): CpuSeconds {
  const { temporal = 0, postgres = 0 } = stack.pids;
  const worker = contender.pids().reduce((sum, pid) => sum + cpuSecondsOf(pid), 0);
  return { client: ownCpuSeconds(), worker, temporal: cpuSecondsOf(temporal), postgres: cpuSecondsOf(postgres) };
}

export const difference = (after: CpuSeconds, before: CpuSeconds): CpuSeconds => ({
  client: after.client - before.client,
  worker: after.worker - before.worker,
  temporal: after.temporal - before.temporal,
  postgres: after.postgres - before.postgres,
});

const said = ({ cases, seconds, commands }: Round): string =>
  `${cases} cases in ${seconds.toFixed(1)} s, ${(cases / seconds).toFixed(1)} a second; ` +
  `a command takes ${Math.round(quantile(commands, 0.5))} ms`;

/** Transactions and rows per case, over all that happens between its making and its end. */
export async function countWork(watch: PostgresWatch, contender: Contender, statisticsWithinMs: number) {
  const work = async (): Promise<PostgresWork> => {
    await delay(statisticsWithinMs);
    return watch.work(contender.database);
  };
  const before = await work();
  return async (cases: number) => {
    const after = await work();
    return {
      transactions: (after.transactions - before.transactions) / cases,
      rowsWritten: (after.rowsWritten - before.rowsWritten) / cases,
    };
  };
}
