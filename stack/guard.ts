import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Sees to it that no server outlives us, not even when we are killed with SIGKILL. */
export type Guard = {
  /** Puts a server under guard until it ends; `signal` is the one that stops it politely. */
  watch(child: ChildProcess, signal: NodeJS.Signals): void;
  /** Stops whatever still runs and removes the folder, then ends. */
  release(): Promise<void>;
};

/** Starts the guard. `folderToRemove` goes when the last server has stopped. */
export function startGuard(folderToRemove?: string): Guard {
  const script = fileURLToPath(new URL('./guard.mjs', import.meta.url));
  const args = folderToRemove === undefined ? [script] : [script, folderToRemove];
  const guard = spawn(process.execPath, args, { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  const ended = new Promise<void>((resolve) => guard.once('exit', () => resolve()));
  // A guard that was killed is no reason to fail: the servers are still stopped in the ordinary way.
  guard.stdin.on('error', () => {});
  guard.on('error', () => {});
  guard.unref();
  return {
    watch(child, signal) {
      guard.stdin.write(`+${child.pid} ${signal}\n`);
      child.once('exit', () => guard.stdin.write(`-${child.pid}\n`));
    },
    async release() {
      guard.ref();
      guard.stdin.end();
      if (guard.exitCode === null && guard.signalCode === null) await ended;
    },
  };
}
