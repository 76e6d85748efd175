import { describe, expect, it } from 'vitest';
import { counted, slugUnder } from '../../domain/derived.ts';

describe('the id of a case opened by another', () => {
  it('is the id of its opener and a number, at most 64 characters, the same every time', () => {
    expect(slugUnder('committee/kr-gr', '2')).toBe('kr-gr-2');
    const long = 'a'.repeat(64);
    expect(slugUnder(`committee/${long}`, '12')).toMatch(/^a+-[a-z0-9]+-12$/);
    expect(slugUnder(`committee/${long}`, '12')).toHaveLength(64);
    expect(slugUnder(`committee/${long}`, '12')).toBe(slugUnder(`committee/${long}`, '12'));
    expect(slugUnder(`committee/${'a'.repeat(63)}b`, '12')).not.toBe(slugUnder(`committee/${long}`, '12'));
  });
});

describe('a number with what it counts', () => {
  it('is in the singular for one alone', () => {
    expect([0, 1, 2].map((number) => counted(number, 'state is', 'states are'))).toEqual([
      '0 states are',
      '1 state is',
      '2 states are',
    ]);
    expect(counted(1, 'focal point')).toBe('1 focal point');
    expect(counted(3, 'focal point')).toBe('3 focal points');
  });
});
