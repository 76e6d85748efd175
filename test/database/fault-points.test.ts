import { expect, it } from 'vitest';
import { armed, faultPoint } from '../../database/fault-points.ts';

it('is off, and does not even ask what has come to a point, unless the process was started with a fault', () => {
  const asked = () => {
    throw new Error('asked');
  };
  expect(faultPoint('afterCommit', asked)).toBeUndefined();
  expect(armed('')('afterCommit', asked)).toBeUndefined();
});

it.each([
  ['explode afterCommit', 'is not of the form'],
  ['kill', 'is not of the form'],
  ['kill afterLunch=action/a', 'there is no point "afterLunch"'],
])('a fault that cannot be understood is refused: %s', (setting, because) => {
  expect(() => armed(setting)).toThrow(because);
});
