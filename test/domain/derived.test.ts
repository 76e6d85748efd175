import { describe, expect, it } from 'vitest';
import { slugUnder } from '../../domain/derived.ts';

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
