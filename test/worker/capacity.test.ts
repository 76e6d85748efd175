import { describe, expect, it } from 'vitest';
import { capacityOf, thisMachine } from '../../worker/capacity.ts';

describe('what a worker takes on at a time', () => {
  it.each([
    [
      'a container of 1 GB and one core',
      { cores: 1, memory: 1_024, heap: 512 },
      { threads: 1, tasks: 8, cachedCases: 256 },
    ],
    ['two cores and 24 GB', { cores: 2, memory: 24_576, heap: 4_144 }, { threads: 1, tasks: 8, cachedCases: 450 }],
    ['eight cores and 16 GB', { cores: 8, memory: 16_384, heap: 4_144 }, { threads: 7, tasks: 56, cachedCases: 3_150 }],
    ['many cores', { cores: 32, memory: 262_144, heap: 4_144 }, { threads: 31, tasks: 248, cachedCases: 13_950 }],
    ['hardly any memory', { cores: 1, memory: 256, heap: 256 }, { threads: 1, tasks: 8, cachedCases: 64 }],
  ])('follows from %s', (_, machine, capacity) => {
    expect(capacityOf(machine)).toEqual({ ...capacity, mails: 4 });
  });

  it('keeps as many cases in memory as the settings say', () => {
    expect(capacityOf({ cores: 2, memory: 24_576, heap: 4_144 }, 900).cachedCases).toBe(900);
  });

  it('fits this machine', () => {
    const { memory, heap } = thisMachine();
    expect(memory).toBeGreaterThan(100);
    expect(memory).toBeLessThan(2 ** 30);
    expect(heap).toBeGreaterThan(100);
  });
});
