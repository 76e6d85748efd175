import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Whether a process with this id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The command line of a running process; empty when there is none or it cannot be read. */
export function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    // Not Linux, or gone.
  }
  const ps = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  return ps.status === 0 ? ps.stdout.trim() : '';
}

export type ServerCommand = {
  command: string;
  args: string[];
  /** Where its output goes, from an empty file on; nowhere when absent. */
  logFile?: string;
  env?: NodeJS.ProcessEnv;
  /** Only for a process that is started by root and must not be root. */
  uid?: number;
  gid?: number;
};

/**
 * Starts a server in a process group of its own, so that Ctrl-C in the terminal reaches us alone
 * and we stop our servers in the right order.
 */
export async function startServer(server: ServerCommand): Promise<ChildProcess> {
  const output = server.logFile === undefined ? 'ignore' : openSync(server.logFile, 'w', 0o600);
  const { command, args, env = process.env, uid, gid } = server;
  try {
    const child = spawn(command, args, { detached: true, stdio: ['ignore', output, output], env, uid, gid });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', (error) => reject(new Error(`${command} could not be started: ${error.message}`)));
    });
    return child;
  } finally {
    if (output !== 'ignore') closeSync(output);
  }
}

/** Whether a child of ours has ended. */
export const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** Asks a child to end, and insists when it has not after `patienceMs`. */
export async function stopChild(child: ChildProcess, signal: NodeJS.Signals, patienceMs: number): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await ended;
  clearTimeout(timer);
}

/** The same for a process that is not our child: one that a killed run has left behind. */
export async function stopOrphan(pid: number, signal: NodeJS.Signals, patienceMs: number): Promise<void> {
  send(pid, signal);
  const until = Date.now() + patienceMs;
  // A process that has ended and that nobody has asked about keeps its id, but has no command line any more.
  while (isAlive(pid) && commandLine(pid) !== '') {
    if (Date.now() > until) send(pid, 'SIGKILL');
    await delay(50);
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended in the meantime.
  }
}
