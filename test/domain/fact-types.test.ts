import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { commandsOf } from '../../domain/case/command.ts';
import { openingSchema } from '../../domain/case/opening.ts';
import { typeOfFact, typesOfFact } from '../../domain/fact-types.ts';
import { kinds, lifecycles } from '../../domain/kinds.ts';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import { shapeOf } from '../../client/field-shape.ts';

const fields = kinds.flatMap((kind) => {
  const lifecycle: Lifecycle = lifecycles[kind];
  const inputs = [openingSchema(lifecycle), ...Object.values(commandsOf(lifecycle)).map(({ input }) => input)];
  return inputs.flatMap(({ shape }) => Object.entries(shape as Record<string, z.ZodType>));
});
const free = { type: 'text', placeholder: 'text' };
/** Any words are taken. */
const isFree = (schema: z.ZodType): boolean => {
  const shape = shapeOf(schema);
  const words = 'What people say';
  return (
    JSON.stringify(shape.type === 'list' ? shape.of : shape) === JSON.stringify(free) &&
    schema.safeParse(shape.type === 'list' ? [words] : words).success
  );
};
const typed = [...new Set(fields.filter(([, schema]) => isFree(schema)).map(([name]) => name))].sort();

describe('what people type', () => {
  it.each(typed)('as "%s" is words, whatever it looks like', (name) => {
    for (const looks of ['2018-09-01', 'P30D', 'MD', 'person/lee-jiho', 'action/kr-gr-1'])
      expect(typeOfFact(name, looks)).toBeUndefined();
  });
});

it.each([
  ['due', '2018-12-14', 'day'],
  ['from', 'person/lee-jiho', 'party'],
  ['from', '2018-12-14', 'day'],
  ['owner', 'superior-of/agency/klid', 'party'],
  ['programme', 'programme/kr-bsec', 'case'],
  ['programme', '2019-07-21 1. Hometax (NTS, 30 min)', 'line'],
  ['thenTermEnds', '2021-09-28', 'day'],
  ['participants', 'Bia, Expert, Ministry of ICT', undefined],
  ['noteNumber', '2018-09-01', undefined],
] as const)('a fact %s that is %s is of type %s', (name, value, type) => {
  expect(typeOfFact(name, value)).toBe(type);
});

it('what a fact will be is what it is', () => {
  expect(typesOfFact('thenTermEnds')).toEqual(typesOfFact('termEnds'));
});
