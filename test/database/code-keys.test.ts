import fc from 'fast-check';
import { expect, it } from 'vitest';
import { codeToken, publicCodeKey } from '../../database/code-keys.ts';

it('two who have each other’s public half make the same of it, and nobody else does', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (one, other, third) => {
      fc.pre(new Set([one, other, third]).size === 3);
      const token = codeToken(one, publicCodeKey(other));
      expect(codeToken(other, publicCodeKey(one))).toBe(token);
      expect(codeToken(third, publicCodeKey(other))).not.toBe(token);
      expect([publicCodeKey(one), publicCodeKey(other)]).not.toContain(token);
    }),
    { numRuns: 50 },
  );
});
