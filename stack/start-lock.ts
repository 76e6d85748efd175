import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isStart } from './running.ts';

/** Who holds the lock of a state folder, or a function that gives it back when it is ours now. */
export type Lock = { heldBy: number } | { release: () => void };

/** Lets one `npm start` at a time use a state folder; the lock of one that was killed does not count. */
export function takeLock(folder: string): Lock {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'start.lock');
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    for (;;) {
      // A link is made whole or not at all: there is no moment at which the lock has no pid in it.
      if (tryLink(mine, file)) return { release: () => rmSync(file, { force: true }) };
      const holder = holderOf(file);
      if (holder !== undefined && isStart(holder)) return { heldBy: holder };
      setAside(file, `${mine}.stale`);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function holderOf(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

/** Two may find the same stale lock; what the second one takes away may then be the first one's new lock: put it back. */
function setAside(file: string, aside: string): void {
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const holder = holderOf(aside);
  if (holder !== undefined && isStart(holder)) tryLink(aside, file);
  rmSync(aside, { force: true });
}
