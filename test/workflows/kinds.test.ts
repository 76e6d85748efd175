import { expect, it } from 'vitest';
import { kinds } from '../../domain/kinds.ts';
import * as workflows from '../../workflows/index.ts';

it('every kind of case has its workflow', () => {
  const missing = kinds.filter((kind) => !Object.hasOwn(workflows, kind));
  expect(missing, 'a line of each in workflows/index.ts').toEqual([]);
});
