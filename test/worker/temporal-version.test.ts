import { expect, it } from 'vitest';
import { whyTooOld } from '../../worker/temporal-version.ts';

it.each(['0.31.0', '1.9.1', '1.27.4'])(
  'a Temporal server %s is too old, and the sentence says which one will do',
  (version) => {
    expect(whyTooOld(version)).toBe(`The Temporal server is ${version}; Entente needs 1.28 or newer.`);
  },
);

it.each(['1.28.0', '1.32.0', '1.29.0-142.3', '2.0.0', ''])('a Temporal server "%s" will do', (version) => {
  expect(whyTooOld(version)).toBeUndefined();
});
