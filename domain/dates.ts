import { Temporal } from 'temporal-polyfill';
import { type Refusal, refuse } from './refusal.ts';

/** A day in a calendar without a zone: `2018-09-28`. */
export type CivilDate = string;

/** A moment: ISO 8601 in UTC with milliseconds, `2018-09-28T06:00:00.000Z`. */
export type Instant = string;

/** An ISO 8601 duration in whole days, weeks, months or years: `P14D`, `P3Y`. */
export type Period = string;

export const plus = (date: CivilDate, period: Period): CivilDate =>
  Temporal.PlainDate.from(date).add(period).toString();

export const minus = (date: CivilDate, period: Period): CivilDate =>
  Temporal.PlainDate.from(date).subtract(period).toString();

/** So many days later, or earlier where the number is negative. */
export const shifted = (day: CivilDate, days: number): CivilDate =>
  Temporal.PlainDate.from(day).add({ days }).toString();

/** Days from `from` to `to`; negative when `to` lies before. */
export const daysBetween = (from: CivilDate, to: CivilDate): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days;

/** The day of an instant in UTC. Rules allow a day of tolerance, since civil days differ by zone. */
export const dayOf = (instant: Instant): CivilDate => instant.slice(0, 10);

/** The day of an instant where somebody is. */
export const dayIn = (instant: Instant, zone: string): CivilDate =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();

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
