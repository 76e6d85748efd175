import { describe, expect, it } from 'vitest';
import { namedBy } from '../../domain/deadline-name.ts';
import { countryCalendarOf } from '../../calendars/index.ts';
import { workingCalendar } from '../../domain/calendar.ts';
import { actionLadder, type Deadline, ladderFrom, shortLadder, twoThirdsLadder } from '../../domain/ladder.ts';
import {
  addWorkingDays,
  type Calendar,
  dueDayOf,
  mondayToFriday,
  planDeadline,
  rollToWorkingDay,
} from '../../domain/planning.ts';

const seoul = mondayToFriday('Asia/Seoul');
const athens = mondayToFriday('Europe/Athens');
/** Chuseok of 2018, with the substitute day: 24 to 26 September. */
const chuseok: Calendar = {
  zone: 'Asia/Seoul',
  isWorkingDay: (day) => seoul.isWorkingDay(day) && !['2018-09-24', '2018-09-25', '2018-09-26'].includes(day),
};

const deadline = (part: Partial<Deadline> = {}): Deadline => ({
  ...namedBy({ what: 'complete' }),
  says: 'completion',
  since: '2018-09-28',
  due: { on: '2018-12-14' },
  owedBy: 'agency/klid',
  ladder: actionLadder,
  ...part,
});
const rungsOf = (calendar: Calendar, part: Partial<Deadline>) =>
  planDeadline(calendar, deadline(part)).rungs.map(({ at, tone }) => `${at} ${tone}`);

describe('working days', () => {
  it.each([
    ['2018-09-28', 1, '2018-10-01'],
    ['2018-09-29', 1, '2018-10-01'],
    ['2018-09-28', 5, '2018-10-05'],
    ['2018-10-01', -1, '2018-09-28'],
    ['2018-09-29', 0, '2018-09-29'],
  ])('from %s, %i of them: %s', (from, count, day) => {
    expect(addWorkingDays(seoul, from, count)).toBe(day);
  });

  it('leave out the days off of whoever owes', () => {
    expect(addWorkingDays(chuseok, '2018-09-21', 1)).toBe('2018-09-27');
  });

  it('roll to the nearest one, either way', () => {
    expect(rollToWorkingDay(chuseok, '2018-09-25', -1)).toBe('2018-09-21');
    expect(rollToWorkingDay(chuseok, '2018-09-25', 1)).toBe('2018-09-27');
  });

  it('are asked for by the rule: a day that a person named stays, day off or not', () => {
    expect(dueDayOf(seoul, { on: '2018-09-29' })).toBe('2018-09-29');
    expect(dueDayOf(seoul, { on: '2018-09-29', roll: 'back' })).toBe('2018-09-28');
    expect(dueDayOf(seoul, { on: '2018-09-28', workingDays: 10 })).toBe('2018-10-12');
    expect(dueDayOf(seoul, { on: '2018-10-12', workingDays: -10 })).toBe('2018-09-28');
  });
});

describe('the rungs of a ladder', () => {
  it('go out at nine in the morning of whoever owes', () => {
    expect(planDeadline(seoul, deadline()).rungs[0]?.at).toBe('2018-11-14T00:00:00.000Z');
    expect(planDeadline(athens, deadline()).rungs[0]?.at).toBe('2018-11-14T07:00:00.000Z');
  });

  it('move off a day off: up to the due day backwards, after it forwards', () => {
    expect(rungsOf(seoul, { due: { on: '2018-10-07' }, ladder: shortLadder })).toEqual([
      '2018-10-05T00:00:00.000Z before',
      '2018-10-10T00:00:00.000Z overdue',
      '2018-10-17T00:00:00.000Z overdue',
      '2018-10-24T00:00:00.000Z overdue',
    ]);
    expect(rungsOf(seoul, { due: { on: '2018-10-05' }, ladder: [{ when: { days: 1 }, to: ['owner'] }] })).toEqual([
      '2018-10-08T00:00:00.000Z overdue',
    ]);
  });

  it('of a due day within Seollal come before it, as one', () => {
    // Saturday, 6 February 2027: the holidays end on Tuesday.
    const korea = workingCalendar('Asia/Seoul', countryCalendarOf('KR'));
    const due = { since: '2026-12-01', due: { on: '2027-02-06' } };
    expect(rungsOf(korea, due).slice(2, 5)).toEqual([
      '2027-01-29T00:00:00.000Z before',
      '2027-02-05T00:00:00.000Z before',
      '2027-02-10T00:00:00.000Z overdue',
    ]);
    expect(rungsOf(korea, { ...due, ladder: twoThirdsLadder }).at(-1)).toBe('2027-02-05T00:00:00.000Z before');
    expect(planDeadline(korea, deadline(due))).toMatchObject({
      due: '2027-02-06',
      passesAt: '2027-02-06T15:00:00.000Z',
    });
  });

  it('of a due day off come after it when the obligation began after the last working day', () => {
    const ladder = [{ when: { days: 0 }, to: ['owner'] }] as const;
    expect(rungsOf(seoul, { since: '2018-10-05', due: { on: '2018-10-07' }, ladder })).toEqual([
      '2018-10-05T00:00:00.000Z before',
    ]);
    expect(rungsOf(seoul, { since: '2018-10-06', due: { on: '2018-10-07' }, ladder })).toEqual([
      '2018-10-08T00:00:00.000Z overdue',
    ]);
  });

  it('say nothing twice on one morning', () => {
    const twoInARow = [
      { when: { days: -2 }, to: ['owner'] },
      { when: { days: -1 }, to: ['owner'] },
    ] as const;
    expect(rungsOf(seoul, { due: { on: '2018-10-08' }, ladder: twoInARow })).toEqual([
      '2018-10-05T00:00:00.000Z before',
    ]);
    expect(rungsOf(seoul, { since: '2018-10-04', due: { on: '2018-10-05' }, ladder: twoThirdsLadder })).toEqual([
      '2018-10-05T00:00:00.000Z due',
    ]);
  });

  it('counted in working days, step over the days off of whoever owes', () => {
    const inWorkingDays = ladderFrom([3, 1, 1], 'workingDays').slice(0, 2);
    // Friday, 5 October 2018; the 3rd, a Wednesday, is National Foundation Day.
    const korean = { ...seoul, isWorkingDay: (day: string) => day !== '2018-10-03' && seoul.isWorkingDay(day) };
    expect(rungsOf(korean, { due: { on: '2018-10-05' }, ladder: inWorkingDays })).toEqual([
      '2018-10-01T00:00:00.000Z before',
      '2018-10-04T00:00:00.000Z before',
    ]);
  });

  it('keep a rung that climbs higher on the same morning', () => {
    const climbing = [
      { when: { days: 1 }, to: ['owner'] },
      { when: { days: 2 }, to: ['owner', 'superior'] },
    ] as const;
    expect(rungsOf(seoul, { due: { on: '2018-10-05' }, ladder: climbing })).toHaveLength(2);
  });

  it('warn when two thirds of the time are over', () => {
    expect(rungsOf(seoul, { since: '2018-10-01', due: { on: '2018-10-16' }, ladder: twoThirdsLadder })).toEqual([
      '2018-10-11T00:00:00.000Z before',
      '2018-10-16T00:00:00.000Z due',
    ]);
  });

  it('of what was due before it began are on the due day', () => {
    expect(rungsOf(seoul, { since: '2018-10-10', due: { on: '2018-10-04' }, ladder: twoThirdsLadder })).toEqual([
      '2018-10-04T00:00:00.000Z due',
    ]);
  });

  it('are numbered in the order in which they go out', () => {
    expect(planDeadline(seoul, deadline()).rungs.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});

describe('zones', () => {
  it('a due day passes when it is over where it is owed', () => {
    expect(planDeadline(seoul, deadline()).passesAt).toBe('2018-12-14T15:00:00.000Z');
    expect(planDeadline(athens, deadline()).passesAt).toBe('2018-12-14T22:00:00.000Z');
  });

  it('keep nine in the morning when the clocks change', () => {
    const ladder = [
      { when: { days: -3 }, to: ['owner'] },
      { when: { days: 0 }, to: ['owner'] },
    ] as const;
    expect(rungsOf(athens, { due: { on: '2018-10-29' }, ladder })).toEqual([
      '2018-10-26T06:00:00.000Z before',
      '2018-10-29T07:00:00.000Z due',
    ]);
  });

  it('a midnight that a change of the clocks leaves out is the first moment of the day', () => {
    const saoPaulo = mondayToFriday('America/Sao_Paulo');
    expect(planDeadline(saoPaulo, deadline({ due: { on: '2018-11-03' } })).passesAt).toBe('2018-11-04T03:00:00.000Z');
  });

  it('Türkiye has had no winter time since 2016', () => {
    const ankara = mondayToFriday('Europe/Istanbul');
    expect(planDeadline(ankara, deadline({ due: { on: '2018-12-14' } })).passesAt).toBe('2018-12-14T21:00:00.000Z');
  });
});

it('the same question has the same answer; another version differs in nothing but its number', () => {
  const first = planDeadline(seoul, deadline());
  expect(planDeadline(seoul, deadline())).toEqual(first);
  const before = { plan: first, open: true, firstDue: first.due, rung: 0, spent: [], everLate: false };
  expect(planDeadline(seoul, deadline(), before)).toEqual({ ...first, version: 2 });
});
