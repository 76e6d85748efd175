import { hourInZone, hoursInZone } from '../../calendars/zone-name.ts';
import type { CivilDate } from '../../domain/dates.ts';
import type { Facts } from '../../domain/lifecycle.ts';
import { isDay, localeOf, longDay, shortDay } from './days.ts';
import type { Showing } from './facts.ts';

/** Hours as letters say them. */

/** Times of day, each said with its zone: people read them who are elsewhere. */
export const timesOfDay: readonly string[] = ['time', 'startsAt', 'endsAt'];

/** The facts that are the days of its hours, where its kind names them. */
const hoursOn = (facts: Facts): readonly string[] => (Array.isArray(facts['hoursOn']) ? facts['hoursOn'] : []);

/** The first of these facts that is a day. */
const dayAmong = (facts: Facts, names: readonly (string | undefined)[]): CivilDate | undefined =>
  names
    .map((name) => (name === undefined ? undefined : facts[name]))
    .find((each): each is string => typeof each === 'string' && isDay(each));

/** On which day it begins, and on which it ends. */
function daysIn(facts: Facts, today: CivilDate): { readonly first: CivilDate; readonly last: CivilDate } {
  const [begins, ends] = hoursOn(facts);
  const first = dayAmong(facts, [begins, 'on', 'from']) ?? today;
  return { first, last: dayAmong(facts, [ends, 'endsOn', 'to']) ?? first };
}

/** With its zone as that is called on its day. */
export function shownTime(facts: Facts, name: string, at: string, { language, today }: Showing): string {
  const { first, last } = daysIn(facts, today);
  const hour = { on: name === 'endsAt' ? last : first, at };
  return facts['timeZone'] ? hourInZone(localeOf(language), hour, String(facts['timeZone'])) : at;
}

/** From when to when, where it is known when it ends. */
export function shownHours(facts: Facts, at: string, showing: Showing): string {
  const { language, brief, today } = showing;
  const { endsAt, timeZone } = facts;
  if (typeof endsAt !== 'string') return shownTime(facts, 'time', at, showing);
  const { first, last } = daysIn(facts, today);
  const day = (each: string) => (brief ? shortDay(each, language) : longDay(each, language));
  const hours = { begins: { on: first, at }, ends: { on: last, at: endsAt } };
  return hoursInZone(localeOf(language), hours, day, typeof timeZone === 'string' ? timeZone : undefined);
}

/** A day with its hours, if it has any; subjects have no room for them. */
export function withHours(facts: Facts, name: string, day: string, showing: Showing): string {
  const place = showing.brief ? -1 : hoursOn(facts).indexOf(name);
  const hours = place < 0 ? undefined : hoursOfDay(facts, place === 0 ? 'first' : 'last', showing);
  return hours === undefined ? day : showing.dayAndHours(day, hours);
}

function hoursOfDay(facts: Facts, which: 'first' | 'last', showing: Showing): string | undefined {
  const { time, endsAt } = facts;
  const { first, last } = daysIn(facts, showing.today);
  if (typeof time !== 'string') return undefined;
  if (first === last) return shownHours(facts, time, showing);
  if (which === 'first') return shownTime(facts, 'time', time, showing);
  return typeof endsAt === 'string' ? shownTime(facts, 'endsAt', endsAt, showing) : undefined;
}
