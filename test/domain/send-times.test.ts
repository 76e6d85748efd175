import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { countryCalendarOf, countriesWithCalendar } from '../../calendars/index.ts';
import { workingCalendar } from '../../domain/calendar.ts';
import { dayIn, type Instant, instantOf } from '../../domain/dates.ts';
import { mondayToFriday } from '../../domain/planning.ts';
import { firstWorkingMoment, isGathered, nextMorning, usualHours, type WorkingHours } from '../../domain/send-times.ts';
import { test } from '../property.ts';

const seoul = mondayToFriday('Asia/Seoul');
const athens = mondayToFriday('Europe/Athens');
const korea = workingCalendar('Asia/Seoul', countryCalendarOf('KR'));

describe('a message reaches its reader', () => {
  it.each([
    ['at once while they work', '2018-10-01T01:30:00.000Z', '2018-10-01T01:30:00.000Z'],
    ['in the morning when it is written at night', '2018-09-30T16:00:00.000Z', '2018-10-01T00:00:00.000Z'],
    ['the next day when their day is over', '2018-10-01T09:00:00.000Z', '2018-10-02T00:00:00.000Z'],
    ['until the last minute of their day', '2018-10-01T08:59:59.999Z', '2018-10-01T08:59:59.999Z'],
    ['on Monday when it is written on Friday evening', '2018-09-28T12:00:00.000Z', '2018-10-01T00:00:00.000Z'],
  ])('%s', (_, written, reached) => {
    expect(firstWorkingMoment(seoul, usualHours, written)).toBe(reached);
  });

  it('after Chuseok and its substitute day, not on them', () => {
    // Chuseok 2018: 23 to 25 September, a Sunday among them, so the 26th was off too (Presidential Decree on days off).
    expect(firstWorkingMoment(korea, usualHours, '2018-09-21T10:00:00.000Z')).toBe('2018-09-27T00:00:00.000Z');
    expect(nextMorning(korea, usualHours, '2018-09-21')).toBe('2018-09-27T00:00:00.000Z');
  });

  it('in their own zone, whatever it is where it is written', () => {
    const nineInSeoul = '2018-10-01T00:00:00.000Z';
    expect(firstWorkingMoment(athens, usualHours, nineInSeoul)).toBe('2018-10-01T06:00:00.000Z');
  });

  it('at a time that exists when the clocks change', () => {
    const everyDay = (zone: string) => ({ zone, isWorkingDay: () => true });
    const early: WorkingHours = { from: '03:30', until: '12:00' };
    // Athens leaves out 03:00 to 04:00 on 25 March 2018, and has it twice on 28 October: the first of the two counts.
    expect(firstWorkingMoment(everyDay('Europe/Athens'), early, '2018-03-24T23:00:00.000Z')).toBe(
      '2018-03-25T01:30:00.000Z',
    );
    expect(firstWorkingMoment(everyDay('Europe/Athens'), early, '2018-10-27T22:00:00.000Z')).toBe(
      '2018-10-28T00:30:00.000Z',
    );
  });
});

describe('a message is gathered with others', () => {
  const at = '2018-10-01T00:00:00.000Z';
  const tenDaysLater = '2018-10-11T00:00:00.000Z';

  it.each([
    ['before', true],
    ['due', false],
    ['overdue', false],
    ['escalation', false],
    [undefined, false],
  ])('when it goes out in time and its tone is %s: %s', (tone, gathered) => {
    expect(isGathered({ tone, at }, '2018-10-01T23:00:00.000Z')).toBe(gathered);
  });

  it.each([
    ['before', true],
    ['due', true],
    ['overdue', true],
    ['escalation', true],
    [undefined, false],
  ])('when an outage of ten days has held it up and its tone is %s: %s', (tone, gathered) => {
    expect(isGathered({ tone, at }, tenDaysLater)).toBe(gathered);
  });
});

const calendars = countriesWithCalendar.map((code) => countryCalendarOf(code));
const zones = ['Asia/Seoul', 'Europe/Athens', 'Europe/Bucharest', 'Asia/Tbilisi', 'America/Sao_Paulo', 'Africa/Cairo'];
const aCalendar = fc
  .tuple(fc.constantFrom(...calendars), fc.constantFrom(...zones))
  .map(([data, zone]) => workingCalendar(zone, data));
const anInstant: fc.Arbitrary<Instant> = fc
  .integer({ min: Date.UTC(2017, 0, 1), max: Date.UTC(2030, 11, 31) })
  .map((ms) => instantOf(ms));
const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
// Without the small hours: there a day may have none of the hour that somebody works in.
const someHours: fc.Arbitrary<WorkingHours> = fc
  .tuple(fc.integer({ min: 4 * 60, max: 14 * 60 }), fc.integer({ min: 60, max: 540 }))
  .map(([from, length]) => ({ from: clock(from), until: clock(Math.min(from + length, 24 * 60 - 1)) }));

const timeIn = (zone: string, instant: Instant): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'millisecond' });

describe('whatever the calendar, the hours and the moment', () => {
  test.prop([aCalendar, someHours, anInstant])(
    'a message goes in working hours, and never before',
    (calendar, hours, at) => {
      const sendAt = firstWorkingMoment(calendar, hours, at);
      expect(sendAt >= at).toBe(true);
      expect(calendar.isWorkingDay(dayIn(sendAt, calendar.zone))).toBe(true);
      const time = timeIn(calendar.zone, sendAt);
      expect(time >= hours.from && time < hours.until).toBe(true);
    },
  );

  test.prop([aCalendar, someHours, anInstant])('asked twice, the answer stands', (calendar, hours, at) => {
    const sendAt = firstWorkingMoment(calendar, hours, at);
    expect(firstWorkingMoment(calendar, hours, sendAt)).toBe(sendAt);
  });

  test.prop([aCalendar, someHours, anInstant])('no working moment is passed over', (calendar, hours, at) => {
    const sendAt = firstWorkingMoment(calendar, hours, at);
    const mornings = Array.from({ length: 40 }, (_, days) => {
      const day = Temporal.PlainDate.from(dayIn(at, calendar.zone)).add({ days });
      return { day: day.toString(), opens: day.toZonedDateTime({ timeZone: calendar.zone, plainTime: hours.from }) };
    });
    const skipped = mornings.filter(
      ({ day, opens }) =>
        calendar.isWorkingDay(day) &&
        opens.epochMilliseconds >= Date.parse(at) &&
        opens.epochMilliseconds < Date.parse(sendAt),
    );
    expect(skipped).toEqual([]);
  });
});
