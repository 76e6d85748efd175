import { setTimeout as delay } from 'node:timers/promises';
import { eachInFlight } from './in-flight.ts';
import type { Contender } from './job.ts';
import { cpuSecondsOf, residentMegabytes } from './measure/processes.ts';
import { tell } from './progress.ts';
import type { Jobs } from './rounds.ts';

/** What a case costs that is open and at rest. */
export interface CachedFigures {
  /** Resident memory of the worker per case in its cache, garbage collected. */
  readonly megabytesPerCase: number;
  /** CPU milliseconds of the worker to bring a case back that is in the cache no more. */
  readonly wakeUpMs: number;
}

/** The first cases fill what is made once, and are not counted. */
const first = 40;
const atOnce = 4;

/** Opens so many cases and leaves them open; then begins anew with a worker that knows none of them. */
export async function measureCached(
  contender: Contender,
  jobs: Jobs,
  count: number,
): Promise<CachedFigures | undefined> {
  const { look, restart } = contender;
  if (!look || !restart) return undefined;
  tell(`  ${contender.name}: ${first + count} cases open at once`);
  await restart();
  const early = jobs.take(first);
  await eachInFlight(atOnce, early, (job) => contender.give(job, 'open'));
  const before = await settledMegabytes(contender);
  const cases = jobs.take(count);
  await eachInFlight(atOnce, cases, (job) => contender.give(job, 'open'));
  const megabytesPerCase = ((await settledMegabytes(contender)) - before) / count;
  await restart();
  await eachInFlight(atOnce, early, look);
  const asleep = await cpuOf(contender, () => eachInFlight(atOnce, cases, look));
  const cached = await cpuOf(contender, () => eachInFlight(atOnce, cases, look));
  return { megabytesPerCase, wakeUpMs: ((asleep - cached) / count) * 1_000 };
}

/** Mails and what else an opening brings along are over by then. */
const settlesWithinMs = 3_000;

async function settledMegabytes(contender: Contender): Promise<number> {
  await delay(settlesWithinMs);
  for (const pid of contender.pids()) process.kill(pid, 'SIGWINCH');
  await delay(settlesWithinMs);
  return contender.pids().reduce((sum, pid) => sum + residentMegabytes(pid), 0);
}

async function cpuOf(contender: Contender, act: () => Promise<void>): Promise<number> {
  const spent = () => contender.pids().reduce((sum, pid) => sum + cpuSecondsOf(pid), 0);
  const before = spent();
  await act();
  return spent() - before;
}
