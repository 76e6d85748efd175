import { z } from 'zod';
import type { Entry } from '../directory/entry.ts';
import { count, country, line, text } from '../../domain/fields.ts';

/** In files numbers and years come as they are; on record they keep the form in which they were written. */
const written = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value);

const year = z.coerce
  .number('must be a year, such as 2018')
  .int('must be a whole year, such as 2018')
  .min(1900, 'must be a year from 1900 on')
  .max(2199, 'must be a year up to 2199');

/** A day, a month or a year, as far as it is known. */
const time = z.preprocess(
  written,
  z
    .string()
    .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'must be a year, a month or a day: 2014, 2014-09 or 2014-09-28')
    .refine(
      (value) => z.iso.date().safeParse(`${value}${'-01-01'.slice(value.length - 4)}`).success,
      'must be a year, a month or a day that exists',
    ),
);

const source = line.describe('where it is from');
const note = text.optional().describe('a remark');

/** What is recorded of a country, and which of its fields say that it is the same thing again. */
export const schemas = {
  indicators: z
    .strictObject({
      country,
      indicator: line.describe('its name'),
      year: year.describe('the year that it is of'),
      value: z.preprocess(written, line.optional()).describe('its value, as published'),
      unit: line.optional().describe('the unit of the value'),
      rank: count.min(1).optional().describe('the place among others, such as 67'),
      among: line.optional().describe('among whom: UN member states, EU member states'),
      source,
      note,
    })
    .refine(({ value, rank }) => value !== undefined || rank !== undefined, 'needs a value or a rank'),
  plans: z
    .strictObject({
      country,
      plan: line.describe('its name'),
      from: time.optional().describe('when it begins: a year, a month or a day'),
      to: time.optional().describe('when it ends'),
      budget: line.optional().describe('its budget, as published'),
      amount: z.coerce
        .number('must be a number')
        .positive('must be more than 0')
        .optional()
        .describe('the budget as a number'),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/, 'must be a currency code such as EUR')
        .optional()
        .describe('in which currency, such as EUR'),
      purpose: text.optional().describe('what it is for'),
      source,
      note,
    })
    .refine(({ amount, currency }) => (amount === undefined) === (currency === undefined), {
      path: ['amount'],
      message: 'an amount needs its currency, and a currency its amount',
    })
    .refine(({ from, to }) => from === undefined || to === undefined || from.slice(0, to.length) <= to, {
      path: ['to'],
      message: 'lies before the beginning of the plan',
    }),
  notes: z.strictObject({
    country,
    note: text.describe('what should be known'),
    on: time.describe('as of when: a year, a month or a day'),
    source,
  }),
} as const;

export type Indicator = z.output<typeof schemas.indicators>;
export type Plan = z.output<typeof schemas.plans>;
export type Note = z.output<typeof schemas.notes>;
export type ProfileRecord = Indicator | Plan | Note;

export type RecordKind = keyof typeof schemas;
export const recordKinds = ['indicators', 'plans', 'notes'] as const satisfies readonly RecordKind[];

/** Recorded again with these the same, a record takes the place of the one before. */
export const keyFields: Readonly<Record<RecordKind, readonly string[]>> = {
  indicators: ['country', 'indicator', 'year', 'source'],
  plans: ['country', 'plan'],
  notes: ['country', 'note', 'on', 'source'],
};

export const nounOf: Readonly<Record<RecordKind, string>> = {
  indicators: 'indicator',
  plans: 'plan',
  notes: 'note',
};

/** Records to be imported, as somebody wrote them. */
export type Profiles = Readonly<Record<RecordKind, readonly Entry[]>>;

/** The fields of a kind: what the first line of a CSV file may name, and what it must. */
export function columnsOf(kind: RecordKind): { all: readonly string[]; required: readonly string[] } {
  const shape: Readonly<Record<string, z.ZodType>> = schemas[kind].shape;
  const all = Object.keys(shape);
  return { all, required: all.filter((name) => shape[name]?.safeParse(undefined).success !== true) };
}
