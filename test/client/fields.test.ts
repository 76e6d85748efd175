import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bodyFrom, optionName, optionsFor } from '../../client/commands/fields.ts';
import { createProgram } from '../../client/commands/program.ts';
import { kebab } from '../../domain/case/label.ts';
import { bodyOf, commandsOf } from '../../domain/case/command.ts';
import { openingSchema } from '../../domain/case/opening.ts';
import { lifecycles } from '../../domain/kinds.ts';
import { isOfPeople, type Lifecycle } from '../../domain/lifecycle.ts';

const all: readonly Lifecycle[] = Object.values(lifecycles);

describe.each(all.map((lifecycle) => [lifecycle.kind, lifecycle] as const))(
  'the command line of a %s',
  (kind, lifecycle) => {
    const group = createProgram().commands.find((command) => command.name() === kind);

    it('has every command that people may give, and none that only cases or the client give', () => {
      const commands = Object.entries(commandsOf(lifecycle));
      const ofPeople = commands.filter(([, each]) => isOfPeople(each)).map(([name]) => kebab(name));
      const ofCases = commands.filter(([, each]) => !isOfPeople(each)).map(([name]) => kebab(name));
      const names = group?.commands.map((command) => command.name()) ?? [];
      expect(names).toEqual(expect.arrayContaining(['open', ...ofPeople]));
      expect(names.filter((name) => ofCases.includes(name))).toEqual([]);
    });

    it('gives every field back under its own name, and says what it means', () => {
      const schemas = [openingSchema(lifecycle), ...Object.values(commandsOf(lifecycle)).map(bodyOf)];
      for (const { shape } of schemas)
        for (const [name, schema] of Object.entries(shape as Record<string, z.ZodType>)) {
          const options = Object.fromEntries(optionsFor(name, schema).map((o) => [o.attributeName(), o.long]));
          const given = bodyFrom(options, { [name]: schema });
          expect(Object.keys(given), name).toEqual([name]);
          const parts = Object.keys(recordIn(schema)?.shape ?? {});
          expect(Object.keys(typeof given[name] === 'object' ? (given[name] as object) : {}), name).toEqual(parts);
        }
    });
  },
);

describe('the option of a field', () => {
  it.each<[string, z.ZodType, string, string, unknown]>([
    ['a number', z.coerce.number(), '--x <n>', '7', 7],
    ['a number that is none, for the rules to refuse', z.coerce.number(), '--x <n>', 'seven', 'seven'],
    ['a day', z.iso.date(), '--x <yyyy-mm-dd>', '2018-09-28', '2018-09-28'],
    ['text that looks like a number', z.string(), '--x <text>', '007', '007'],
    ['an object in a list', z.array(z.object({ a: z.string() })), '--x <json>', '{"a":"b"}', [{ a: 'b' }]],
    ['a field of a record', z.object({ a: z.string() }), '--x-a <text>', 'b', 'b'],
  ])('of %s', (_, schema, flags, typed, value) => {
    const [option] = optionsFor('x', schema);
    expect(option?.flags).toBe(flags);
    expect(option?.parseArg?.(typed, undefined)).toEqual(value);
  });

  it('of a list collects what is repeated', () => {
    const [option] = optionsFor('x', z.array(z.string()).default([]));
    expect(option?.parseArg?.('b', option.parseArg('a', undefined))).toEqual(['a', 'b']);
  });

  it('of a list of ids or days takes several at once, as a letter types them, and leaves the commas of a text alone', () => {
    const [ids] = optionsFor('x', z.array(z.string().meta({ refersTo: 'country' })));
    expect(ids?.parseArg?.('KR, GR', ids.parseArg('RO', undefined))).toEqual(['RO', 'KR', 'GR']);
    const [days] = optionsFor('x', z.array(z.iso.date()));
    expect(days?.parseArg?.('2027-01-04,2027-01-05', undefined)).toEqual(['2027-01-04', '2027-01-05']);
    const [texts] = optionsFor('x', z.array(z.string()));
    expect(texts?.parseArg?.('Seoul, Busan', undefined)).toEqual(['Seoul, Busan']);
  });

  it.each([
    [['places'], '--places'],
    [['focalPoints', 1], '--focal-points (number 2)'],
    [['nominees', 0, 'organisation'], '--nominees (number 1), organisation'],
    [['right', 'receivedOn'], '--right-received-on'],
    [['right', 'countries', 1], '--right-countries (number 2)'],
  ])('is named with the whole way to what is wrong in it: %j', (path, name) => {
    expect(optionName(path)).toBe(name);
  });

  it.each(all.map((lifecycle) => [lifecycle.kind, lifecycle] as const))(
    'names in the help of a %s what a record in it has',
    (_, lifecycle) => {
      for (const { shape } of [openingSchema(lifecycle), ...Object.values(commandsOf(lifecycle)).map(bodyOf)])
        for (const [name, schema] of Object.entries(shape as Record<string, z.ZodType>)) {
          const help = optionsFor(name, schema).map(({ long, description }) => `${long} ${description}`);
          for (const field of fieldsIn(schema))
            expect(help.join('\n'), name).toMatch(new RegExp(`${field}|${kebab(field)}`));
        }
    },
  );
});

/** A record whose fields have options of their own. */
function recordIn(schema: z.ZodType): z.ZodObject | undefined {
  const { innerType } = schema.def as { innerType?: z.ZodType };
  return schema instanceof z.ZodObject ? schema : innerType && recordIn(innerType);
}

it('two facts of one name are told apart: the record’s has its option, the command’s reason its own', () => {
  const { reason, ...fields } = bodyOf(commandsOf(lifecycles.visit)['correct'] as never).shape;
  const names = Object.entries(fields as Record<string, z.ZodType>).flatMap(([name, schema]) =>
    optionsFor(name, schema),
  );
  expect([names.map(({ long }) => long), reason !== undefined]).toEqual([
    expect.arrayContaining(['--right-reason']),
    true,
  ]);
});

/** The fields of the records that a field takes. */
function fieldsIn(schema: z.ZodType): string[] {
  const { innerType, element, shape } = schema.def as {
    innerType?: z.ZodType;
    element?: z.ZodType;
    shape?: Readonly<Record<string, unknown>>;
  };
  const within = innerType ?? element;
  return within ? fieldsIn(within) : Object.keys(shape ?? {});
}
