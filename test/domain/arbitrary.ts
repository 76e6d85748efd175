import fc from 'fast-check';
import { z } from 'zod';
import { once } from '../../domain/case/once.ts';
import { type CivilDate, instantOf, millisecondsOf } from '../../domain/dates.ts';

/** What a generated input may draw on, so that it often fits the case: the day it is, and every text the case holds. */
export interface Surroundings {
  readonly today: CivilDate;
  readonly known: readonly string[];
}

/** A value that is complete once it is known what the case looks like. */
export type Draft = (around: Surroundings) => unknown;

const pools: Readonly<Record<string, readonly string[]>> = {
  country: ['KR', 'GR', 'RO'],
  agency: ['klid', 'mois', 'mindigital'],
  person: ['kim-minji', 'lee-jiho', 'nikos-p', 'maria-k'],
  party: ['agency/klid', 'agency/mindigital', 'person/nikos-p'],
  case: [
    'request/a',
    'mou/a',
    'committee/a',
    'meeting/a',
    'meeting/b',
    'action/a',
    'action/b',
    'visit/a',
    'workshop/a',
    'appointment/a',
  ],
};
const samples = ['P30D', 'P6M', 'P1Y', 'P3Y', 'indefinite', 'kr-gr-2', 'a', '1', 'ko', 'en', 'el'];

const drafts = new WeakMap<z.ZodType, fc.Arbitrary<Draft>>();

/** Any value of a schema, mostly one that it takes. */
export function arbitraryOf(schema: z.ZodType): fc.Arbitrary<Draft> {
  const draft = drafts.get(schema) ?? draftOf(schema);
  drafts.set(schema, draft);
  return draft;
}

const plain = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<Draft> => arbitrary.map((value) => () => value);
const mixed = (...weighted: [number, fc.Arbitrary<Draft>][]): fc.Arbitrary<Draft> =>
  fc.oneof(...weighted.map(([weight, arbitrary]) => ({ weight, arbitrary })));

function draftOf(schema: z.ZodType): fc.Arbitrary<Draft> {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return mixed([1, plain(fc.constant(undefined))], [1, arbitraryOf(schema.def.innerType as z.ZodType)]);
  if (schema instanceof z.ZodObject) return objectOf(schema);
  if (schema instanceof z.ZodArray) return listOf(schema);
  if (schema instanceof z.ZodEnum) return plain(fc.constantFrom(...schema.options));
  if (schema instanceof z.ZodLiteral) return plain(fc.constantFrom(...schema.values));
  if (schema instanceof z.ZodUnion)
    return fc.oneof(...schema.options.map((option) => arbitraryOf(option as z.ZodType)));
  if (schema instanceof z.ZodBoolean) return plain(fc.boolean());
  if (schema instanceof z.ZodNumber) return plain(numberOf(schema));
  if (schema instanceof z.ZodPipe) return plainText;
  if (schema instanceof z.ZodString || schema instanceof z.ZodISODate) return stringOf(schema);
  throw new Error(`No values are known for a schema of type "${schema.def.type}": add it here.`);
}

function objectOf(schema: z.ZodObject): fc.Arbitrary<Draft> {
  const shape = schema.shape as Record<string, z.ZodType>;
  const fields = Object.fromEntries(Object.entries(shape).map(([key, field]) => [key, arbitraryOf(field)]));
  return fc.record(fields).map((record) => (around) => {
    const made: Record<string, unknown> = {};
    for (const [key, field] of Object.entries(record)) {
      const value = field(around);
      if (value !== undefined) made[key] = value;
    }
    return made;
  });
}

function listOf(schema: z.ZodArray): fc.Arbitrary<Draft> {
  const items = fc.array(arbitraryOf(schema.element as z.ZodType), { maxLength: 4 });
  const all = items.map(
    (list): Draft =>
      (around) =>
        list.map((item) => item(around)),
  );
  const unlike = items.map(
    (list): Draft =>
      (around) => {
        const byContent = new Map(list.map((item) => item(around)).map((value) => [JSON.stringify(value), value]));
        return [...byContent.values()];
      },
  );
  return mixed([6, unlike], [1, all]);
}

function numberOf(schema: z.ZodNumber): fc.Arbitrary<number> {
  const min = Math.max(schema.minValue ?? 0, -1_000);
  const max = Math.min(schema.maxValue ?? 1_000, 100_000);
  const small = fc.integer({ min, max: Math.min(max, min + 6) });
  return fc.oneof({ weight: 4, arbitrary: small }, { weight: 1, arbitrary: fc.integer({ min, max }) });
}

const oneOf = (values: readonly string[], choice: number): string => values[choice % values.length] ?? 'x';

const plainText = mixed(
  [3, plain(fc.constantFrom('e-Government portal', 'Δημοκρατία', '행정안전부', '<b>&'))],
  [
    4,
    fc.nat(9_999).map(
      (choice) =>
        ({ known }) =>
          oneOf(known, choice),
    ),
  ],
  [1, plain(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }))],
);

const day = 86_400_000;
const dayFrom =
  (days: number): Draft =>
  ({ today }) =>
    instantOf(millisecondsOf(`${today}T00:00:00.000Z`) + days * day).slice(0, 10);

const nearDay = mixed(
  [3, fc.integer({ min: 0, max: 60 }).map(dayFrom)],
  [2, plain(fc.constant(0)).map(() => dayFrom(0))],
  [1, fc.integer({ min: -400, max: 1_200 }).map(dayFrom)],
);

type Fitting = (values: readonly string[]) => readonly string[];

/** What fits a schema, looked at once for all fields that differ by what is said of them alone. */
const fittings = new WeakMap<object, Fitting>();

function fittingOf(schema: z.ZodString | z.ZodISODate): Fitting {
  const known = fittings.get(schema.def);
  if (known) return known;
  const taken = new Map<string, boolean>();
  const fits = (value: string): boolean => {
    const isTaken = taken.get(value) ?? schema.safeParse(value).success;
    taken.set(value, isTaken);
    return isTaken;
  };
  const fitting = once((values: readonly string[]) => values.filter(fits));
  fittings.set(schema.def, fitting);
  return fitting;
}

function stringOf(schema: z.ZodString | z.ZodISODate): fc.Arbitrary<Draft> {
  const fitting = fittingOf(schema);
  const refersTo = schema.meta()?.['refersTo'];
  const pool = fitting(typeof refersTo === 'string' ? (pools[refersTo] ?? []) : samples);
  const common = schema instanceof z.ZodISODate ? nearDay : plain(fc.constantFrom('x', ...pool, ...pool, ...pool));
  const known = fc.nat(9_999).map(
    (choice): Draft =>
      (around) => {
        const fromCase = fitting(around.known);
        return oneOf(fromCase.length > 0 ? fromCase : pool, choice);
      },
  );
  return mixed([3, common], [2, known]);
}
