import fc from 'fast-check';
import { test } from '@fast-check/vitest';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { dayOfWeek, daysBetween, minus, plus, shift } from '../../domain/dates.ts';

const day = fc.integer({ min: -25_000, max: 90_000 }).map((number) => shift('1970-01-01', number));
const part = (letter: string) =>
  fc.option(
    fc.nat(40).map((count) => `${count}${letter}`),
    { nil: '' },
  );
const period = fc
  .tuple(part('Y'), part('M'), part('W'), part('D'))
  .map((parts) => `P${parts.join('')}`)
  .filter((text) => text !== 'P');

/** The library that knows calendars is what days are held against. */
const { PlainDate } = Temporal;

describe('days are reckoned with as the library reckons', () => {
  test.prop([day, period], { numRuns: 1_000 })(
    'a period later and earlier, to the end of shorter months',
    (from, span) => {
      expect(plus(from, span)).toBe(PlainDate.from(from).add(span).toString());
      expect(minus(from, span)).toBe(PlainDate.from(from).subtract(span).toString());
    },
  );

  test.prop([day, day], { numRuns: 1_000 })('from one to another, and which of the week it is', (from, to) => {
    expect(daysBetween(from, to)).toBe(PlainDate.from(from).until(to, { largestUnit: 'day' }).days);
    expect(shift(from, daysBetween(from, to))).toBe(to);
    expect(dayOfWeek(from)).toBe(PlainDate.from(from).dayOfWeek);
  });

  it.each([
    ['2020-02-29', 'P1Y', '2021-02-28'],
    ['2019-01-31', 'P1M', '2019-02-28'],
    ['2018-12-31', 'P1M1D', '2019-02-01'],
    ['2018-12-31', 'PT48H', '2019-01-02'],
    ['2018-12-31', 'P1DT24H', '2019-01-02'],
    ['2018-12-31', '-P1D', '2018-12-30'],
  ])('%s and %s is %s', (from, span, to) => {
    expect(plus(from, span)).toBe(to);
  });

  it.each([
    ['2018-02-30', 'P1D'],
    ['2018-9-28', 'P1D'],
    ['2018-09-28T06:00:00.000Z', 'P1D'],
    ['', 'P1D'],
    ['2018-09-28', ''],
    ['2018-09-28', 'P'],
    ['2018-09-28', 'P1X'],
    ['2018-09-28', 'P99999999999D'],
  ])('%j and %j is no day', (from, span) => {
    expect(() => plus(from, span)).toThrow(RangeError);
    expect(() => minus(from, span)).toThrow(RangeError);
  });
});
