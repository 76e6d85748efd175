import { Temporal } from 'temporal-polyfill';
import { type Refusal, refuse } from './refusal.ts';
import { offsetAt } from './zones.ts';

/** A day in a calendar without a zone: `2018-09-28`. */
export type CivilDate = string;

/** The first and the last day of something. */
export interface Days {
  readonly from: CivilDate;
  readonly to: CivilDate;
}

/** A moment: ISO 8601 in UTC with milliseconds, `2018-09-28T06:00:00.000Z`. */
export type Instant = string;

/** An ISO 8601 duration in whole days, weeks, months or years: `P14D`, `P3Y`. */
export type Period = string;

const dayLength = 86_400_000;

/** Whoever looks ahead asks of the same days again and again: a hundred years have 36,525. */
const mostDaysKnown = 40_000;
const numbers = new Map<CivilDate, number>();
const dates = new Map<number, CivilDate>();

/** Days since 1970-01-01. A case reckons with days at each event, and numbers are what that costs least with. */
function numberOf(date: CivilDate): number {
  const known = numbers.get(date);
  if (known !== undefined) return known;
  const number = Date.parse(date) / dayLength;
  if (dateOf(number) !== date) throw new RangeError(`There is no day ${date}.`);
  if (numbers.size < mostDaysKnown) numbers.set(date, number);
  return number;
}

function dateOf(number: number): CivilDate {
  const known = dates.get(number);
  if (known !== undefined) return known;
  const date = new Date(number * dayLength).toISOString().slice(0, -'T00:00:00.000Z'.length);
  if (dates.size < mostDaysKnown) dates.set(number, date);
  return date;
}

export const plus = (date: CivilDate, period: Period): CivilDate => after(date, period, 1);

export const minus = (date: CivilDate, period: Period): CivilDate => after(date, period, -1);

/** Years, months, weeks and days of a period, as far as it has them; one with hours is none of these. */
export const wholeDays = /^P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/;

function after(date: CivilDate, period: Period, sign: 1 | -1): CivilDate {
  const [whole, years = 0, months = 0, weeks = 0, days = 0] = wholeDays.exec(period) ?? [];
  if (whole === undefined) return byTheLibrary(date, period, sign);
  const begin = monthsAfter(numberOf(date), sign * (Number(years) * 12 + Number(months)));
  return dateOf(begin + sign * (Number(weeks) * 7 + Number(days)));
}

/** Of a month that has no such day, its last: a year after 29 February is 28 February. */
function monthsAfter(number: number, months: number): number {
  if (months === 0) return number;
  const day = new Date(number * dayLength);
  const [year, month] = [day.getUTCFullYear(), day.getUTCMonth() + months];
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(day.getUTCDate(), lastOfMonth)) / dayLength;
}

/** Periods may have hours, which few have. */
const byTheLibrary = (date: CivilDate, period: Period, sign: 1 | -1): CivilDate =>
  Temporal.PlainDate.from(date)[sign > 0 ? 'add' : 'subtract'](period).toString();

/** The day so many days later; earlier when negative. */
export const shift = (date: CivilDate, days: number): CivilDate => dateOf(numberOf(date) + days);

/** Days from `from` to `to`; negative when `to` lies before. */
export const daysBetween = (from: CivilDate, to: CivilDate): number => numberOf(to) - numberOf(from);

/** From 1, a Monday, to 7. */
export const dayOfWeek = (date: CivilDate): number => ((((numberOf(date) + 3) % 7) + 7) % 7) + 1;

/** The day of an instant in UTC. Rules allow a day of tolerance, since civil days differ by zone. */
export const dayOf = (instant: Instant): CivilDate => instant.slice(0, 10);

/** The day of an instant where somebody is. */
export function dayIn(instant: Instant, zone: string): CivilDate {
  const at = millisecondsOf(instant);
  return dayOf(instantOf(at + offsetAt(zone, at)));
}

/** Days in words: `2018-09-28`, or `2018-09-28 to 2018-09-30`. */
export const spanOf = (from: CivilDate, to: CivilDate = from): string => (from === to ? from : `${from} to ${to}`);

/** The same after a verb: `on 2018-09-28`, or `from 2018-09-28 to 2018-09-30`. */
export const whenOf = (from: CivilDate, to: CivilDate = from): string =>
  from === to ? `on ${from}` : `from ${spanOf(from, to)}`;

/** The later of two days, or of two instants. */
export const later = <T extends string>(a: T, b: T): T => (a >= b ? a : b);

export const instantOf = (epochMilliseconds: number): Instant => new Date(epochMilliseconds).toISOString();

export const millisecondsOf = (instant: Instant): number => Date.parse(instant);

/** Refuses what is no moment that a case could play at; nothing at all is none, and right. */
export const refuseInstant = (field: string, value: unknown): Refusal | undefined =>
  value === undefined || value === null || (typeof value === 'string' && isPlayable(value))
    ? undefined
    : refuse('InvalidInput', `${field}: must be a moment from 1940 to 2199, such as 2018-09-28T06:00:00.000Z.`);

const isPlayable = (text: string): boolean =>
  /^(19[4-9]|20\d|21\d)\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(text) && !Number.isNaN(Date.parse(text));
