import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type KnownLink,
  type ProofKey,
  type Proved,
  refuseStatement,
  refuseUnproved,
  type Statement,
} from '../../domain/case/proof.ts';

const now = '2026-11-30T09:00:00.000Z';
const seconds = Date.parse(now) / 1000;
const asked: Proved = { id: 'c-1', case: 'action/a', command: 'accept', digest: 'd'.repeat(64), by: 'park-jisoo' };
const statement: Statement = { jti: 'c-1', case: 'action/a', command: 'accept', digest: asked.digest, iat: seconds };
const key: ProofKey = {
  id: '0123456789abcdef',
  person: 'park-jisoo',
  from: '2026-11-01T00:00:00.000Z',
  until: '2027-11-01T00:00:00.000Z',
  revokedAt: null,
};
const pages: ProofKey = { ...key, person: null, until: null };
const link: KnownLink = { is: 'link', person: 'park-jisoo', case: 'action/a' };

interface Changes {
  readonly of?: Partial<Statement>;
  readonly key?: Partial<ProofKey>;
  readonly now?: string;
}

const because = (changes: Changes): string | undefined =>
  refuseStatement({ ...statement, ...changes.of }, asked, { ...key, ...changes.key }, changes.now ?? now)?.because;

describe('what a person signs', () => {
  it('proves this command of theirs, and this one alone', () => {
    expect(because({})).toBeUndefined();
  });

  it.each<[string, Changes, RegExp]>([
    ['another id', { of: { jti: 'c-2' } }, /another command’s id/],
    ['another case', { of: { case: 'action/b' } }, /for another case, action\/b/],
    ['another command', { of: { command: 'refuse' } }, /for another command, refuse/],
    ['other fields', { of: { digest: 'e'.repeat(64) } }, /of other fields/],
    ['another day', { now: '2026-12-01T09:00:01.000Z' }, /older than a day/],
    ['a time to come', { of: { iat: seconds + 301 } }, /a time to come/],
    ['somebody else’s key', { key: { person: 'han' } }, /with the key of han/],
    ['a key that was revoked', { key: { revokedAt: now } }, /was revoked; log in again/],
    ['a key that is over', { key: { until: now } }, /is over since 2026-11-30; log in again/],
    ['a key that was nobody’s yet', { key: { from: '2026-11-30T09:06:00.000Z' } }, /before the key .* was anybody’s/],
    ['a person in the name of the pages', { of: { behalf: 'session' } }, /as the pages sign/],
  ])('is refused of %s, with a sentence', (_, changes, says) => {
    expect(because(changes)).toMatch(says);
  });

  it('is good for a day to the second, and for a clock that is five minutes ahead', () => {
    expect(because({ now: '2026-12-01T09:00:00.000Z' })).toBeUndefined();
    expect(because({ of: { iat: seconds + 300 } })).toBeUndefined();
  });

  it('is refused with any field changed, whatever it is changed to', () => {
    const other = fc.oneof(
      fc.record({ jti: fc.string() }),
      fc.record({ case: fc.string() }),
      fc.record({ command: fc.string() }),
      fc.record({ digest: fc.string() }),
      fc.record({ behalf: fc.constantFrom('link' as const, 'session' as const) }),
    );
    fc.assert(
      fc.property(other, (of) => {
        fc.pre(Object.entries(of).some(([name, value]) => statement[name as keyof Statement] !== value));
        expect(refuseStatement({ ...statement, ...of }, asked, key, now)?.refused).toBe('NotProved');
      }),
    );
  });
});

describe('what the pages sign', () => {
  const said = (of: Partial<Statement>, known?: KnownLink) =>
    refuseStatement({ ...statement, ...of }, asked, pages, now, known)?.because;

  it('proves that it was given by that letter, or at that desk', () => {
    expect(said({ behalf: 'link' }, link)).toBeUndefined();
    expect(said({ behalf: 'session' }, { ...link, is: 'session' })).toBeUndefined();
  });

  it.each<[string, Partial<Statement>, KnownLink | undefined]>([
    ['no letter', { behalf: 'link' }, undefined],
    ['neither letter nor session', {}, link],
    ['a session where it is a letter', { behalf: 'session' }, link],
    ['a letter to somebody else', { behalf: 'link' }, { ...link, person: 'han' }],
    ['a letter about another case', { behalf: 'link' }, { ...link, case: 'action/b' }],
  ])('is refused of %s', (_, of, known) => {
    expect(said(of, known)).toMatch(/^That park-jisoo gives this command is not proved: /);
  });
});

describe('what comes without a proof', () => {
  const given = { by: 'kim-minji', command: 'note', isSecond: false, isOperator: false };

  it('is refused where nobody is believed, whoever it is', () => {
    expect(refuseUnproved({ ...given, isOperator: true }, 'nobody')?.refused).toBe('NotProved');
  });

  it('is taken of operators alone where they are believed, and never as the second pair of eyes', () => {
    expect(refuseUnproved(given, 'operators')?.because).toMatch(/operators alone are believed.*`\.\/entente login`/);
    expect(refuseUnproved({ ...given, isOperator: true }, 'operators')).toBeUndefined();
    expect(refuseUnproved({ ...given, isOperator: true, isSecond: true }, 'operators')?.because).toMatch(/second pair/);
  });
});
