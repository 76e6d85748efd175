import { join } from 'node:path';
import { superviseWorker } from '../stack/worker-process.ts';
import { tell } from './progress.ts';
import type { Bench } from './services.ts';

export interface WorkerProcess {
  readonly pids: () => readonly number[];
  stop(): Promise<void>;
}

/** A contender's worker as a process of its own, so that what it costs can be told from what its users cost. */
export async function startWorker(
  name: string,
  script: string,
  env: NodeJS.ProcessEnv,
  { stack, logs }: Bench,
): Promise<WorkerProcess> {
  const logFile = join(logs, `${name}.log`);
  const worker = superviseWorker({ script, env, logFile, guard: stack.guard, say: tell });
  await worker.ready;
  const pids = () => [worker.pid()].filter((pid) => pid !== undefined);
  return { pids, stop: () => worker.stop() };
}
