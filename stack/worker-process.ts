import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Guard } from './guard.ts';
import { stopChild } from './processes.ts';
import { projectRoot } from './running.ts';

/** Runs a program of this project that is given to it, in the project's own TypeScript. */
export const runner = fileURLToPath(new URL('run.mjs', import.meta.url));

/** One that starts says what it waits for every five minutes: one that says nothing for longer hangs. */
const SILENT_FOR_MS = 15 * 60_000;
const STILL_STARTING_MS = 60_000;
/** Running activities are let finish; a worker that takes longer has one that does not listen. */
const STOP_WITHIN_MS = 30_000;
const SHORTEST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** One that has run for this long has not died of how it starts. */
const STEADY_AFTER_MS = 60_000;

export type WorkerOptions = {
  /** What it is called in sentences; it says `NAME ready` when it is. */
  name?: string;
  /** The script to run, in the project's own TypeScript. */
  script: string;
  /** Absent: `runner`. That of another copy of the project, for a script that lies there. */
  runBy?: string;
  env: NodeJS.ProcessEnv;
  logFile: string;
  guard: Guard;
  say: (line: string) => void;
  /** Told the id of each process that is started. */
  onLaunch?: (pid: number) => void;
};

export type SupervisedWorker = {
  /** Resolves when it takes work for the first time; rejects with a sentence when it does not come to that. */
  ready: Promise<void>;
  pid(): number | undefined;
  stop(): Promise<void>;
};

type Run = {
  child: ChildProcess;
  startedAt: number;
  ready: Promise<boolean>;
  ended: Promise<string>;
  lastLine: () => string;
};

/** Starts the worker, and starts it again whenever it dies after it was ready once. */
export function superviseWorker(options: WorkerOptions): SupervisedWorker {
  const log = createWriteStream(options.logFile, { mode: 0o600 });
  const stopping = new AbortController();
  let run = launch(options, log);
  const restart = (): Run => {
    run = launch(options, log);
    return run;
  };
  const ready = untilReady(run, options);
  ready
    .then(() => keepRunning(run, restart, stopping.signal, options))
    .catch(() => {
      // Not ready: told by `ready`. Later: the wait before a restart was broken off by stop.
    });
  return {
    ready,
    pid: () => run.child.pid,
    async stop() {
      stopping.abort();
      await stopChild(run.child, 'SIGTERM', STOP_WITHIN_MS);
      log.end();
    },
  };
}

async function untilReady(run: Run, { name = 'worker', logFile }: WorkerOptions): Promise<void> {
  if (await run.ready) return;
  throw new Error(`The ${name} did not get ready: ${run.lastLine() || 'it said nothing'} (more in ${logFile})`);
}

async function keepRunning(
  first: Run,
  restart: () => Run,
  stopping: AbortSignal,
  options: WorkerOptions,
): Promise<void> {
  const { name = 'worker' } = options;
  let run = first;
  let wait = SHORTEST_WAIT_MS;
  for (;;) {
    const how = await run.ended;
    if (stopping.aborted) return;
    if (Date.now() - run.startedAt > STEADY_AFTER_MS) wait = SHORTEST_WAIT_MS;
    options.say(`The ${name} has ended (${how}); starting it again in ${wait / 1000} s.\n  See ${options.logFile}`);
    await delay(wait, undefined, { signal: stopping });
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    run = restart();
    if (await run.ready) options.say(`The ${name} is ready again.`);
    else await stopChild(run.child, 'SIGTERM', STOP_WITHIN_MS);
  }
}

function launch(
  { name = 'worker', script, runBy = runner, env, guard, say, onLaunch }: WorkerOptions,
  log: WriteStream,
): Run {
  const child = spawn(process.execPath, [runBy, script], {
    cwd: projectRoot,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  guard.watch(child, 'SIGTERM');
  if (child.pid !== undefined) onLaunch?.(child.pid);
  let lastLine = '';
  let lastLineAt = Date.now();
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit status ${code}`));
    child.once('error', (error) => resolve(error.message));
  });
  const ready = new Promise<boolean>((resolve) => {
    const watch = setInterval(() => {
      if (Date.now() - lastLineAt > SILENT_FOR_MS) resolve(false);
      else say(`The ${name} is still starting …`);
    }, STILL_STARTING_MS);
    void ended.then(() => resolve(false)).finally(() => clearInterval(watch));
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        if (line.trim()) lastLine = line;
        lastLineAt = Date.now();
        if (log.writable) log.write(`${line}\n`);
        if (line.startsWith('Waiting for')) say(line);
        if (!line.startsWith(`${name} ready`)) return;
        clearInterval(watch);
        resolve(true);
      });
    }
  });
  return { child, startedAt: Date.now(), ready, ended, lastLine: () => lastLine };
}
