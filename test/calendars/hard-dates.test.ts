import { describe, expect, it } from 'vitest';
import { countryCalendarOf } from '../../calendars/index.ts';
import { workingCalendar } from '../../domain/calendar.ts';
import { minus, plus } from '../../domain/dates.ts';

const calendarOf = (country: string) => workingCalendar('UTC', countryCalendarOf(country));

/** Days off from the day before `first` is worked to the first day that is worked again. */
function spanFrom(country: string, first: string): string[] {
  const calendar = calendarOf(country);
  const days: string[] = [];
  for (let day = first; !calendar.isWorkingDay(day); day = plus(day, 'P1D')) days.push(day);
  return days;
}

const offAmong = (country: string, days: readonly string[]) =>
  days.filter((day) => !calendarOf(country).isWorkingDay(day));

describe('Korea', () => {
  // The yearly 월력요항 in the official gazette, with the temporary holidays proclaimed there later.
  it.each([
    ['2017-01-27', '2017-01-30', 'Seollal, its third day a Sunday'],
    ['2018-02-15', '2018-02-18', 'Seollal, its third day a Saturday: no substitute'],
    ['2019-02-02', '2019-02-06', 'Seollal after a weekend'],
    ['2020-01-24', '2020-01-27', 'Seollal, its third day a Sunday'],
    ['2021-02-11', '2021-02-14', 'Seollal, its third day a Saturday'],
    ['2022-01-29', '2022-02-02', 'Seollal after a weekend'],
    ['2023-01-21', '2023-01-24', 'Seollal itself on a Sunday'],
    ['2024-02-09', '2024-02-12', 'Seollal, its third day a Sunday'],
    ['2025-01-25', '2025-01-30', 'Seollal with the temporary holiday of 27 January'],
    ['2026-02-14', '2026-02-18', 'Seollal after a weekend: the eve is off, 19 February is not'],
    ['2027-02-06', '2027-02-09', 'Seollal itself on a Sunday'],
    ['2017-09-30', '2017-10-09', 'Chuseok of ten days, with 2 October, a substitute and Hangul Day'],
    ['2018-09-22', '2018-09-26', 'Chuseok, its eve a Sunday'],
    ['2019-09-12', '2019-09-15', 'Chuseok, its third day a Saturday'],
    ['2020-09-30', '2020-10-04', 'Chuseok before Foundation Day on a Saturday'],
    ['2021-09-18', '2021-09-22', 'Chuseok after a weekend'],
    ['2022-09-09', '2022-09-12', 'Chuseok, its third day a Sunday'],
    ['2023-09-28', '2023-10-03', 'Chuseok with the temporary holiday of 2 October'],
    ['2024-09-14', '2024-09-18', 'Chuseok after a weekend'],
    ['2025-10-03', '2025-10-09', 'Chuseok, its eve a Sunday, between Foundation Day and Hangul Day'],
    ['2026-09-24', '2026-09-27', 'Chuseok, its third day a Saturday'],
    ['2027-09-14', '2027-09-16', 'Chuseok in mid-week'],
  ])('off from %s to %s: %s', (first, last) => {
    const span = spanFrom('KR', first);
    expect(calendarOf('KR').isWorkingDay(minus(first, 'P1D'))).toBe(true);
    expect(span.at(-1)).toBe(last);
  });

  // Public Holidays Act as amended on 10 February 2026 (law.go.kr, lsiSeq 283311), and the Ministry of Personnel
  // Management's release on substitutes for Labour Day and Constitution Day; Public Official Election Act, article 34.
  it('has new days off from 2026 on, with substitutes', () => {
    expect(offAmong('KR', ['2026-05-01', '2026-06-03', '2026-07-17', '2027-05-03', '2027-07-19'])).toHaveLength(5);
    expect(offAmong('KR', ['2025-05-01', '2025-07-17', '2026-06-02', '2026-07-16'])).toEqual([]);
  });

  // 관공서의 공휴일에 관한 규정 (Presidential Decree), article 3, as amended in August 2021 and May 2023.
  it('gives substitutes for national days since 2021, for the Birthday of the Buddha and Christmas since 2023', () => {
    expect(offAmong('KR', ['2021-08-16', '2021-10-04', '2021-10-11', '2023-05-29', '2027-12-27'])).toHaveLength(5);
    expect(offAmong('KR', ['2020-08-17'])).toEqual(['2020-08-17']); // a temporary holiday, not a substitute
    expect(offAmong('KR', ['2019-05-13', '2022-05-09', '2022-12-26', '2026-06-08'])).toEqual([]);
  });
});

/** Meeus, Astronomical Algorithms, chapter 8: Easter of the Julian calendar, 13 days ahead in our centuries. */
function orthodoxEaster(year: number): string {
  const moon = (19 * (year % 19) + 15) % 30;
  const weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7;
  const march22 = moon + weekday + 114;
  const julian = `${year}-0${Math.floor(march22 / 31)}-${String((march22 % 31) + 1).padStart(2, '0')}`;
  return plus(julian, 'P13D');
}

describe('Orthodox Easter', () => {
  const years = Array.from({ length: 16 }, (_, index) => 2017 + index);
  it('is where the Church has it', () => {
    // Published Paschalia of the Ecumenical Patriarchate.
    expect([2018, 2024, 2026, 2027].map(orthodoxEaster)).toEqual([
      '2018-04-08',
      '2024-05-05',
      '2026-04-12',
      '2027-05-02',
    ]);
  });
  it.each(['GR', 'RO', 'BG', 'RS', 'MD', 'MK', 'GE'])('%s has Easter Monday off in every year', (country) => {
    const mondays = years.map((year) => plus(orthodoxEaster(year), 'P1D'));
    expect(offAmong(country, mondays)).toEqual(mondays);
  });
  it.each(['GR', 'BG', 'RS', 'GE'])('%s has Good Friday off in every year', (country) => {
    const fridays = years.map((year) => minus(orthodoxEaster(year), 'P2D'));
    expect(offAmong(country, fridays)).toEqual(fridays);
  });
  it('Romania has Good Friday off since 2018 (Law 64/2018)', () => {
    expect(offAmong('RO', ['2017-04-14', '2018-04-06', '2026-04-10'])).toEqual(['2018-04-06', '2026-04-10']);
  });
  it('Greece moves the first of May out of Holy Week (decisions of the Ministry of Labour)', () => {
    expect(offAmong('GR', ['2021-05-04', '2024-05-01', '2024-05-07', '2026-05-01'])).toEqual([
      '2021-05-04',
      '2024-05-07',
      '2026-05-01',
    ]);
  });
});

describe('Novruz in Azerbaijan moves what falls on a weekend (Labour Code, article 105)', () => {
  it.each([
    // news.az, 3 February 2020; axar.az, 20 March 2024; 1news.az, 19 March 2026: with Ramadan on 20 and 21 March.
    // In 2020 the cabinet added 27 March for Sunday 29 March, which was worked (its decision is in `holidays`).
    ['2020-03-20', '2020-03-28'],
    ['2024-03-20', '2024-03-26'],
    ['2026-03-20', '2026-03-30'],
  ])('from %s to %s', (first, last) => {
    expect(spanFrom('AZ', first).at(-1)).toBe(last);
  });
});

describe('Bulgaria gives the next working days for holidays on a weekend (Labour Code, article 154, paragraph 2)', () => {
  // The list for 2017 as published with the amendment: novinite.com, 21 December 2016.
  it('in 2017, the first year of the rule', () => {
    expect(offAmong('BG', ['2017-01-02', '2017-05-08', '2017-12-25', '2017-12-26', '2017-12-27'])).toHaveLength(5);
    expect(offAmong('BG', ['2017-01-03', '2017-12-28'])).toEqual([]);
  });
  it('in 2026, but not for Easter', () => {
    expect(offAmong('BG', ['2026-05-25', '2026-09-07', '2026-12-28'])).toHaveLength(3);
    expect(offAmong('BG', ['2026-04-14'])).toEqual([]);
  });
});

it('Ukraine has no public holidays under martial law (Law 2136-IX of 15 March 2022, article 6)', () => {
  expect(offAmong('UA', ['2021-08-24', '2022-03-08', '2022-08-24', '2025-12-25'])).toEqual([
    '2021-08-24',
    '2022-03-08',
  ]);
});

// Government Decree 1314 of 10 August 2023 on transfers in 2024.
it('Russia works on a Saturday for a bridging day', () => {
  expect(offAmong('RU', ['2024-04-27', '2024-04-29', '2024-11-02', '2024-11-09'])).toEqual([
    '2024-04-29',
    '2024-11-09',
  ]);
});

// Labour Code of Armenia and Law on Holidays, as amended in December 2021.
it('Armenia works from 3 to 5 January and remembers the fallen on 27 January since 2022', () => {
  expect(offAmong('AM', ['2027-01-04', '2027-01-05', '2027-01-06', '2027-01-27'])).toEqual([
    '2027-01-06',
    '2027-01-27',
  ]);
});

// Law 2429 on National Holidays; Bayrams of 2026 by the Presidency of Religious Affairs.
it('Türkiye has three and four days of Bayram off, and 15 July since 2017', () => {
  expect(offAmong('TR', ['2026-03-20', '2026-05-27', '2026-05-28', '2026-05-29', '2026-07-15'])).toHaveLength(5);
  expect(offAmong('TR', ['2026-03-23', '2026-05-26'])).toEqual([]);
});
