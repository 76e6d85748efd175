import { expect, it } from 'vitest';
import { GivingWay, longestWaitAfter } from '../../rehearsal/giving-way.ts';

/** What it tells after some work, and how long it waits, in milliseconds. */
async function waited(sinceWork: () => number | undefined, signal = new AbortController().signal) {
  const told: boolean[] = [];
  const givingWay = new GivingWay({ sinceWork: async () => sinceWork(), signal, tell: (waits) => told.push(waits) });
  const worked = performance.now() + 25;
  while (performance.now() < worked);
  const begun = performance.now();
  await givingWay.toOthers();
  return { told, milliseconds: performance.now() - begun };
}

it('goes on at once where nobody is at work, or has been for a while', async () => {
  for (const ago of [undefined, 60_000]) expect((await waited(() => ago)).told).toEqual([]);
});

it('waits until others are done', async () => {
  const agos = [20, 40, 60_000];
  const { told } = await waited(() => agos.shift());
  expect([told, agos]).toEqual([[true, false], []]);
});

it('goes on after a while beside others who are never done, and can be interrupted meanwhile', async () => {
  const { told, milliseconds } = await waited(() => 0);
  expect(told).toEqual([true, false]);
  expect(milliseconds).toBeGreaterThan(500);
  expect(milliseconds).toBeLessThan(11_000);
  await expect(waited(() => 0, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
});

it('waits in proportion to what it did, and never for long', () => {
  expect(longestWaitAfter(50)).toBe(3_750);
  expect(longestWaitAfter(60_000)).toBe(10_000);
});
