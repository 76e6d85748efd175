import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { dayIn, dayOfWeek, daysBetween, instantOf, minus, plus, shift } from '../../domain/dates.ts';
import { instantAt } from '../../domain/planning.ts';
import { test } from '../property.ts';

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

describe('clocks are read as the library reads them, most of all on days on which they change', () => {
  const zone = fc.constantFrom(
    'UTC',
    'Asia/Seoul',
    'Europe/Athens',
    'Europe/Bucharest',
    'Africa/Casablanca',
    'Africa/Cairo',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Pacific/Apia',
  );
  const from1940 = Date.parse('1940-01-01');
  const to2199 = Date.parse('2199-12-31');
  const threeDays = 3 * 86_400_000;
  /** Some days around the next change of the clocks, or just any. */
  const moment = fc
    .tuple(zone, fc.integer({ min: from1940, max: to2199 }), fc.integer({ min: -threeDays, max: threeDays }))
    .map(([where, any, around]) => {
      const there = Temporal.Instant.fromEpochMilliseconds(any).toZonedDateTimeISO(where);
      const change = there.getTimeZoneTransition('next');
      return { where, at: change ? change.epochMilliseconds + around : any };
    });

  test.prop([moment], { numRuns: 300 })('the day somewhere', ({ where, at }) => {
    const there = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(where);
    expect(dayIn(instantOf(at), where)).toBe(there.toPlainDate().toString());
  });

  test.prop([moment, fc.nat(95)], { numRuns: 300 })('a time on the wall', ({ where, at }, quarter) => {
    const day = instantOf(at).slice(0, 10);
    const time = instantOf(quarter * 900_000).slice(11, 16);
    const there = PlainDate.from(day).toZonedDateTime({ timeZone: where, plainTime: time });
    expect(instantAt(day, time, where)).toBe(instantOf(there.epochMilliseconds));
  });

  it.each([
    ['Asia/Seoul', '2018-13-01T00:00:00.000Z'],
    ['Nowhere', '2018-09-28T00:00:00.000Z'],
  ])('%s at %s is no time', (where, at) => {
    expect(() => dayIn(at, where)).toThrow(RangeError);
    expect(() => instantAt(at.slice(0, 10), '09:00', where)).toThrow(RangeError);
  });
});
