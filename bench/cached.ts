import { setTimeout as delay } from 'node:timers/promises';
import { eachInFlight } from './in-flight.ts';
import type { Contender } from './job.ts';
import { cpuSecondsOf, residentMegabytes } from './measure/processes.ts';
import { tell } from './progress.ts';
import type { Jobs } from './rounds.ts';

/** What a case costs that is open and at rest. */
export interface CachedFigures {
  /** Resident memory of the worker per case in its cache, garbage collected; undefined where too few are open to tell. */
  readonly megabytesPerCase: number | undefined;
  /** CPU milliseconds of the worker to bring a case back that is in the cache no more. */
  readonly wakeUpMs: number;
}

export interface CachedPlan {
  /** The first cases fill what is made once, and are not counted. */
  readonly first: number;
  /** So many cases are left open to see what they hold of memory. */
  readonly open: number;
  /** Mails and what else an opening brings along are over by then. */
  readonly settlesWithinMs: number;
}

const atOnce = 4;
const fewestToTell = 40;

/** Opens so many cases and leaves them open; then begins anew with a worker that knows none of them. */
export async function measureCached(
  contender: Contender,
  jobs: Jobs,
  { first, open, settlesWithinMs }: CachedPlan,
): Promise<CachedFigures | undefined> {
  const { look, restart } = contender;
  if (!look || !restart) return undefined;
  tell(`  ${contender.name}: ${first + open} cases open at once`);
  // What it holds from before would be counted along.
  if (open >= fewestToTell) await restart();
  const early = jobs.take(first);
  await eachInFlight(atOnce, early, (job) => contender.give(job, 'open'));
  const before = await settledMegabytes(contender, settlesWithinMs);
  const cases = jobs.take(open);
  await eachInFlight(atOnce, cases, (job) => contender.give(job, 'open'));
  const grownBy = (await settledMegabytes(contender, settlesWithinMs)) - before;
  await restart();
  await eachInFlight(atOnce, early, look);
  const asleep = await cpuOf(contender, () => eachInFlight(atOnce, cases, look));
  const cached = await cpuOf(contender, () => eachInFlight(atOnce, cases, look));
  return {
    megabytesPerCase: open < fewestToTell ? undefined : grownBy / open,
    wakeUpMs: ((asleep - cached) / open) * 1_000,
  };
}

async function settledMegabytes(contender: Contender, settlesWithinMs: number): Promise<number> {
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
