import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { commandLine, stopOrphan } from './processes.ts';
import { parseJson, writePrivately } from './running.ts';

const processesSchema = z.array(z.object({ pid: z.number(), mark: z.string() }));

/** A process of ours, and a part of its command line by which it is known again: ids are given out anew. */
export type OwnProcess = z.infer<typeof processesSchema>[number];

const fileIn = (folder: string): string => join(folder, 'processes.json');

/** Writes down which processes belong to this state folder. */
export const writeProcesses = (folder: string, processes: readonly OwnProcess[]): void =>
  writePrivately(fileIn(folder), `${JSON.stringify(processes)}\n`);

/** Stops what a run that was killed, and its guard with it, has left behind. */
export async function stopOrphans(folder: string): Promise<void> {
  let text = '[]';
  try {
    text = readFileSync(fileIn(folder), 'utf8');
  } catch {
    return;
  }
  const processes = processesSchema.safeParse(parseJson(text)).data ?? [];
  for (const { pid, mark } of processes.reverse()) {
    if (commandLine(pid).includes(mark)) await stopOrphan(pid, 'SIGTERM', 10_000);
  }
}
