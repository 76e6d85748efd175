import { join } from 'node:path';
import { type SupervisedWorker, superviseWorker } from '../stack/worker-process.ts';
import { tell } from './progress.ts';
import type { Stack } from '../stack/stack.ts';

const collectGarbage = `--import=${new URL('./collect-garbage.mjs', import.meta.url).href}`;

export interface WorkerProcess {
  readonly pids: () => readonly number[];
  /** Stops it in an orderly way and starts another one, which remembers nothing. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** A contender's worker as a process of its own, so that what it costs can be told from what its users cost. */
export async function startWorker(
  name: string,
  script: string,
  env: NodeJS.ProcessEnv,
  { stack: { guard }, logs }: { readonly stack: Pick<Stack, 'guard'>; readonly logs: string },
): Promise<WorkerProcess> {
  let worker: SupervisedWorker | undefined;
  const start = async (): Promise<void> => {
    const logFile = join(logs, `${name}.log`);
    worker = superviseWorker({ script, env: { ...env, NODE_OPTIONS: collectGarbage }, logFile, guard, say: tell });
    await worker.ready;
  };
  await start();
  return {
    pids: () => [worker?.pid()].filter((pid) => pid !== undefined),
    async restart() {
      await worker?.stop();
      await start();
    },
    stop: async () => worker?.stop(),
  };
}
