import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bodyOf, commandsOf } from '../../domain/case/command.ts';
import { faultsIn, sentenceOfFaults } from '../../domain/case/faults.ts';
import { openingSchema } from '../../domain/case/opening.ts';
import { kinds, lifecycles } from '../../domain/kinds.ts';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import { nominee, registration } from './workshop-stages.ts';

describe('what is wrong with an input', () => {
  const story = registration();
  const nominates = (...nominees: unknown[]) => story.when('nominate', { nominees });

  it('is named with the whole way to its field', () => {
    nominates({ name: 'Ioana', country: 'RO', position: 'Head' }).refuses(
      'InvalidInput',
      /^nominees\.0\.organisation: is missing\.$/,
    );
  });

  it('is that there is no such field, with those that there are', () => {
    nominates({ ...nominee('RO', 'Ioana'), email: 'ioana@example.org' }).refuses(
      'InvalidInput',
      /^nominees\.0: there is no field "email"; there are name, country, organisation, position, language, note, distinction\.$/,
    );
    story
      .when('changePlaces', { places: 5, room: 'A' })
      .refuses('InvalidInput', /^there is no field "room"; there are by, reason, places\.$/);
  });

  it.each([
    [0, /^places: must be 1 or more\.$/],
    [501, /^places: must be 500 or less\.$/],
    [1.5, /^places: must be a whole number\.$/],
    ['many', /^places: must be a number\.$/],
    [undefined, /^places: is missing\.$/],
  ])('is told of a number: %s', (places, because) => {
    story.when('changePlaces', { places }).refuses('InvalidInput', because);
  });

  it.each<[string, z.ZodType, unknown, string]>([
    [
      'a record',
      z.strictObject({ name: z.string(), country: z.string() }),
      'Ioana',
      'must be a record with the fields name, country',
    ],
    ['text', z.string(), 5, 'must be text'],
    ['a list', z.array(z.string()), 'Athens', 'must be a list'],
    ['a short list', z.array(z.string()).max(1), ['a', 'b'], 'names more than 1'],
    ['a choice', z.enum(['proposes', 'shares']), 'asks', 'must be one of proposes, shares'],
    ['a switch', z.boolean(), 'on', 'must be true or false'],
    ['one or the other', z.union([z.string(), z.literal(0)]), 5, 'must be text, or 0'],
  ])('is told of what should be %s', (_, schema, given, because) => {
    expect(sentenceOfFaults(faultsIn(z.strictObject({ x: schema }), { x: given }))).toBe(`x: ${because}.`);
  });

  it.each(kinds)('is never told in words of the schema: %s', (kind) => {
    const lifecycle: Lifecycle = lifecycles[kind];
    const schemas = [openingSchema(lifecycle), ...Object.values(commandsOf(lifecycle)).map(bodyOf)];
    for (const schema of schemas)
      for (const odd of [0, -1, 1.5, 1e9, 'x', [], [0], ['x'], [{}], {}, true, null]) {
        const fields = Object.keys(schema.shape).map((name) => [name, odd]);
        for (const { because } of faultsIn(schema, Object.fromEntries([...fields, ['nothing', odd]])))
          expect(because).not.toMatch(/expected|invalid|undefined|NaN|^$/i);
      }
  });
});
