import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { commandLine, isAlive } from './processes.ts';
import type { Stack } from './stack.ts';

/** The folder that holds `package.json`. */
export const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Where `npm start` keeps its state: `.entente` at the project root, or ENTENTE_FOLDER. */
export function stateFolder(env: NodeJS.ProcessEnv = process.env): string {
  return env.ENTENTE_FOLDER ? resolve(env.ENTENTE_FOLDER) : join(projectRoot, '.entente');
}

const runningSchema = z.object({
  pid: z.number(),
  temporal: z.object({ address: z.string(), namespace: z.string(), uiUrl: z.string() }).optional(),
  databaseUrl: z.string().optional(),
  databaseOwnerUrl: z.string().optional(),
  databaseReaderUrl: z.string().optional(),
  smtpUrl: z.string().optional(),
  mailboxUrl: z.string().optional(),
  pagesUrl: z.string().optional(),
  keysFolder: z.string().optional(),
});

/**
 * What a running `npm start`, or a demo that is kept, says about itself to everything else in this checkout. Only services of ours are named:
 * what the environment of `npm start` points at has its secrets there, and they are not written down.
 */
export type Running = z.infer<typeof runningSchema>;

export const runningFile = (folder: string): string => join(folder, 'running.json');

/** Whether this process runs a stack: a pid alone may have been given to somebody else since. */
export const isStart = (pid: number): boolean =>
  isAlive(pid) && /(stack[\\/]start|examples[\\/]demo)\.ts/.test(commandLine(pid));

/** The stack that runs with this state folder at this moment, or undefined when none does. */
export function readRunning(folder: string): Running | undefined {
  let text: string;
  try {
    text = readFileSync(runningFile(folder), 'utf8');
  } catch {
    return undefined;
  }
  const running = runningSchema.safeParse(parseJson(text));
  return running.success && isStart(running.data.pid) ? running.data : undefined;
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Writes a file that only its owner may read, whole or not at all. */
export function writePrivately(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, file);
}

export const writeRunning = (folder: string, running: Running): void =>
  writePrivately(runningFile(folder), `${JSON.stringify(running, null, 2)}\n`);

/** A stack of this process. */
export function runningOf({ mailbox, pids, temporal, settings, keysFolder }: Stack): Running {
  const { address, namespace, uiUrl } = temporal;
  const { databaseUrl, databaseOwnerUrl, databaseReaderUrl } = settings;
  return {
    pid: process.pid,
    ...(pids.temporal && uiUrl && { temporal: { address, namespace, uiUrl } }),
    ...(pids.postgres && { databaseUrl, databaseOwnerUrl, databaseReaderUrl }),
    ...(mailbox && { smtpUrl: mailbox.smtpUrl, mailboxUrl: mailbox.url }),
    keysFolder,
  };
}

export const removeRunning = (folder: string): void => rmSync(runningFile(folder), { force: true });
