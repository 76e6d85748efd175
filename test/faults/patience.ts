import { setTimeout as delay } from 'node:timers/promises';

/** In milliseconds: a busy machine is no fault. */
export const patience = 150_000;

export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + patience;
  // Many wait at once, for half a minute: whoever asks ever less often leaves the machine to what is waited for.
  for (let pause = 20; !(await holds()); pause = Math.min(pause * 1.3, 1_000)) {
    if (performance.now() > end) throw new Error(`Waited ${patience / 1000} s in vain for ${what}.`);
    await delay(pause);
  }
}
