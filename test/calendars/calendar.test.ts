import { describe, expect, it } from 'vitest';
import { namedBy } from '../../domain/deadline-name.ts';
import { CalendarFileError, countriesWithCalendar, countryCalendarOf, parseCalendar } from '../../calendars/index.ts';
import { type CountryCalendar, dayOffIn, holidaysIn, outlookOf, workingCalendar } from '../../domain/calendar.ts';
import { addWorkingDays, dueDayOf, planDeadline } from '../../domain/planning.ts';

const countries = ['AL', 'AM', 'AZ', 'BG', 'GE', 'GR', 'KR', 'MD', 'MK', 'RO', 'RS', 'RU', 'TR', 'UA'];

const invented: CountryCalendar = {
  country: 'XX',
  name: 'Exampleland',
  language: 'la',
  daysOff: [6, 7],
  sources: [{ source: 'invented', says: 'all' }],
  holidays: { '2026': [{ date: '2026-05-06', name: 'A Wednesday', local: 'Mercurii dies' }] },
  workingDays: ['2026-05-09'],
};

describe('the data', () => {
  it('is there for Korea and every member of BSEC', () => {
    expect(countriesWithCalendar).toEqual(countries);
    expect(countryCalendarOf('../package')).toBeUndefined();
  });

  it.each(countries)(
    '%s names its sources and has every year from 2017 to 2032, each day once and in order',
    (code) => {
      const data = countryCalendarOf(code);
      expect(data?.country).toBe(code);
      expect(data?.sources.length).toBeGreaterThanOrEqual(2);
      const years = Object.entries(data?.holidays ?? {});
      expect(years.map(([year]) => Number(year))).toEqual(Array.from({ length: 16 }, (_, index) => 2017 + index));
      for (const [, days] of years) {
        const dates = days.map(({ date }) => date);
        expect(dates).toEqual([...new Set(dates)].sort());
      }
    },
  );

  const readAs = (text: string) => () => parseCalendar('XX', text);

  it('with a holiday under the wrong year is refused in a sentence that names the file', () => {
    const wrong = { ...invented, holidays: { '2027': invented.holidays['2026'] } };
    expect(readAs(JSON.stringify(wrong))).toThrow(CalendarFileError);
    expect(readAs(JSON.stringify(wrong))).toThrow(
      /^calendars\/XX\.json cannot be used: A Wednesday, 2026-05-06, stands under the year 2027\. Correct the file/,
    );
  });

  it('that is damaged is refused the same way', () => {
    expect(readAs('{ "country": ')).toThrow(/^calendars\/XX\.json cannot be used: /);
    expect(readAs(JSON.stringify({ ...invented, daysOff: ['Sunday'] }))).toThrow(/: daysOff\.0: .* Correct the file/);
  });
});

describe('a calendar', () => {
  const calendar = workingCalendar('UTC', invented);

  it('leaves out holidays and weekly days off, but not a Saturday that is worked', () => {
    const days = ['2026-05-05', '2026-05-06', '2026-05-08', '2026-05-09', '2026-05-10'];
    expect(days.filter((day) => calendar.isWorkingDay(day))).toEqual(['2026-05-05', '2026-05-08', '2026-05-09']);
    expect(addWorkingDays(calendar, '2026-05-05', 3)).toBe('2026-05-09');
  });

  it('beyond the years it knows leaves out the weekly days off alone', () => {
    const days = ['2027-05-06', '2027-05-08', '2027-05-09', '2027-05-10'];
    expect(days.filter((day) => calendar.isWorkingDay(day))).toEqual(['2027-05-06', '2027-05-10']);
  });

  it('without data is Monday to Friday', () => {
    const days = ['2026-01-01', '2026-01-02', '2026-01-03'];
    expect(days.filter((day) => workingCalendar('UTC', undefined).isWorkingDay(day))).toEqual([
      '2026-01-01',
      '2026-01-02',
    ]);
  });

  it('follows what was said of single days, the last word counting', () => {
    const overridden = workingCalendar('UTC', invented, [
      { date: '2026-05-05', kind: 'office closed' },
      { date: '2026-05-06', kind: 'office closed' },
      { date: '2026-05-06', kind: 'working day' },
    ]);
    expect(['2026-05-05', '2026-05-06'].filter((day) => overridden.isWorkingDay(day))).toEqual(['2026-05-06']);
  });
});

describe('in Korea', () => {
  const seoul = workingCalendar('Asia/Seoul', countryCalendarOf('KR'));

  it('a due date in working days counts over Chuseok of 2018', () => {
    expect(dueDayOf(seoul, { on: '2018-09-20', workingDays: 3 })).toBe('2018-09-28');
  });

  it('a rung on a holiday moves: before the due date backwards, after it forwards', () => {
    const plan = planDeadline(seoul, {
      ...namedBy({ what: 'complete' }),
      says: 'completion',
      since: '2018-09-01',
      due: { on: '2018-09-27' },
      owedBy: 'agency/klid',
      ladder: [
        { when: { days: -2 }, to: ['owner'] },
        { when: { days: 6 }, to: ['owner'] },
      ],
    });
    // 25 September is Chuseok, 3 October Foundation Day: nine in Seoul is midnight in UTC.
    expect(plan.rungs.map(({ at }) => at)).toEqual(['2018-09-21T00:00:00.000Z', '2018-10-04T00:00:00.000Z']);
  });
});

describe('the outlook', () => {
  const korea = countryCalendarOf('KR');
  it('is good while 60 holidays and 12 months are known', () => {
    expect(outlookOf('KR', korea, '2026-11-22').trouble).toBeUndefined();
  });
  it('is trouble when fewer are, or none at all', () => {
    expect(outlookOf('KR', korea, '2030-06-01').trouble).toMatch(
      /^has \d+ known holidays ahead, in 30 months up to 2032/,
    );
    expect(outlookOf('KR', korea, '2040-01-01')).toMatchObject({ holidaysAhead: 0, monthsAhead: 0 });
    const many = {
      ...invented,
      holidays: {
        '2026': Array.from({ length: 60 }, () => ({ ...invented.holidays['2026']![0]!, date: '2026-12-30' })),
      },
    };
    expect(outlookOf('XX', many, '2025-12-31').trouble).toBeUndefined();
    expect(outlookOf('XX', many, '2026-01-15').trouble).toMatch(/^has 60 known holidays ahead, in 11 months/);
    expect(outlookOf('JP', undefined, '2026-11-22').trouble).toMatch(/has no calendar/);
  });
});

describe('a day off', () => {
  const overrides = [
    { date: '2026-05-11', kind: 'office closed' },
    { date: '2026-05-16', kind: 'working day' },
  ] as const;
  const may = Array.from({ length: 31 }, (_, index) => `2026-05-${String(index + 1).padStart(2, '0')}`);

  it.each([invented, undefined, countryCalendarOf('KR'), countryCalendarOf('GR')])(
    'has a name on the very days that are no working days (%#)',
    (data) => {
      const calendar = workingCalendar('UTC', data, overrides);
      for (const day of may) expect(dayOffIn(data, day, overrides) === undefined, day).toBe(calendar.isWorkingDay(day));
    },
  );

  it('is called by its holiday, its weekday, or what was said of it', () => {
    const names = ['2026-05-06', '2026-05-10', '2026-05-11'].map((day) => dayOffIn(invented, day, overrides)?.name);
    expect(names).toEqual(['A Wednesday', 'Sunday', 'office closed']);
    expect(dayOffIn(invented, '2026-05-06', overrides)?.local).toEqual({ name: 'Mercurii dies', language: 'la' });
    expect(holidaysIn(invented, { from: '2026-05-01', until: '2026-05-31' }, overrides)).toEqual([
      { on: '2026-05-06', name: 'A Wednesday' },
      { on: '2026-05-11', name: 'office closed' },
    ]);
  });
});
