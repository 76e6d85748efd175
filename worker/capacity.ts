import { availableParallelism, totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';

/** What there is to run cases with. */
export interface Machine {
  readonly cores: number;
  /** In megabytes: the machine's, or what its container may use. */
  readonly memory: number;
  /** How much one thread may use, in megabytes. */
  readonly heap: number;
}

/** What one worker takes on at a time. */
export interface Capacity {
  readonly threads: number;
  readonly tasks: number;
  readonly cachedCases: number;
  readonly mails: number;
}

/** A case in memory, with room to spare: 0.2 to 0.3 MB were measured for an action; a case of many years holds more. */
const megabytesPerCase = 1;
/** The rest is for Temporal and Postgres, which often run beside it, and for the system. */
const shareOfMemory = 1 / 4;
/** Past its limit a heap ends the process, and it needs room to collect in. */
const shareOfHeap = 1 / 2;
const fewestCases = 50;
/**
 * Few cases are at work at a time, whatever there is room for; one that sleeps is read back in some 20 ms. So a worker of
 * one thread stays under 600 MB.
 */
const mostCasesPerThread = 450;

/**
 * A task that is not done within ten seconds is given out again and was for nothing, so a worker takes only as many as
 * it can do in that time on a machine that is ten times as slow as it should be; all others wait at the server, where
 * they do not grow old. One takes up to 60 ms of one core, and waits for Postgres as long again.
 */
const tasksPerThread = 8;

/** Each message in flight when a worker dies is one in doubt, so there are few. */
const mailsInFlight = 4;

/** One core is left to what talks to Temporal and Postgres; `cachedCases` are those that the settings want. */
export function capacityOf({ cores, memory, heap }: Machine, cachedCases?: number): Capacity {
  const threads = Math.max(1, cores - 1);
  const room = Math.min(memory * shareOfMemory, heap * shareOfHeap * threads) / megabytesPerCase;
  const useful = Math.min(room, mostCasesPerThread * threads);
  return {
    threads,
    tasks: threads * tasksPerThread,
    cachedCases: cachedCases ?? Math.max(fewestCases, Math.floor(useful)),
    mails: mailsInFlight,
  };
}

const megabyte = 2 ** 20;

export function thisMachine(): Machine {
  // Without a limit it says 0, or a number beyond any machine.
  const limit = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  return {
    cores: availableParallelism(),
    memory: Math.min(totalmem(), limit) / megabyte,
    heap: getHeapStatistics().heap_size_limit / megabyte,
  };
}
