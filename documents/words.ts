import { type Hour, hourInZone, hoursInZone } from '../calendars/zone-name.ts';
import type { CivilDate } from '../domain/dates.ts';

/** The words of a document in its language: days, lists, numbers. English where a language has no words of its own here. */

/** British English: day before month, which readers from every state of the region read alike. */
const localeOf = (language: string): string => (language === 'en' ? 'en-GB' : language);

const dayFormat = (language: string, parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(localeOf(language), { ...parts, timeZone: 'UTC' });

const midnight = (day: CivilDate): Date => new Date(`${day}T00:00:00Z`);

/** "1 October 2018" */
export const dayInFull = (day: CivilDate, language: string): string =>
  dayFormat(language, { dateStyle: 'long' }).format(midnight(day));

/** "Monday 1 October 2018" */
export const dayWithWeekday = (day: CivilDate, language: string): string =>
  language === 'en'
    ? `${dayFormat(language, { weekday: 'long' }).format(midnight(day))} ${dayInFull(day, language)}`
    : dayFormat(language, { dateStyle: 'full' }).format(midnight(day));

/** "October 2017" */
export const monthInFull = (day: CivilDate, language: string): string =>
  dayFormat(language, { month: 'long', year: 'numeric' }).format(midnight(day));

/** "27 September to 2 October 2018", "28 to 29 September 2018"; one day alone stands alone. */
export function daysInFull(from: CivilDate, to: CivilDate, language: string): string {
  if (from === to) return dayInFull(from, language);
  if (language !== 'en') return dayFormat(language, { dateStyle: 'long' }).formatRange(midnight(from), midnight(to));
  const last = dayInFull(to, language);
  if (from.slice(0, 7) === to.slice(0, 7)) return `${Number(from.slice(8))} to ${last}`;
  const withoutYear = from.slice(0, 4) === to.slice(0, 4);
  return `${withoutYear ? dayInFull(from, language).replace(/ \d{4}$/, '') : dayInFull(from, language)} to ${last}`;
}

/** "10:00 (Eastern European Summer Time)" */
export const hourInWords = (at: string, on: CivilDate, zone: string, language: string): string =>
  hourInZone(localeOf(language), { on, at }, zone);

/** "10:00–12:30 (Eastern European Summer Time)" */
export const hoursInWords = (begins: Hour, ends: Hour, zone: string, language: string): string =>
  hoursInZone(localeOf(language), { begins, ends }, (day) => dayInFull(day, language), zone);

/** "a, b and c"; where an item holds a comma itself, "a; b, c; and d", so that the items can be told apart. */
export function listInWords(items: readonly string[], language: string): string {
  const [first = '', second] = items;
  if (second === undefined) return first;
  if (!items.some((item) => item.includes(',')))
    return new Intl.ListFormat(localeOf(language), { type: 'conjunction' }).format(items);
  if (language !== 'en') return items.join('; ');
  return `${items.slice(0, -1).join('; ')}${items.length > 2 ? ';' : ','} and ${items.at(-1)}`;
}

const cardinals = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];

/** "eight"; in digits above twelve. */
export const numberInWords = (number: number, language: string): string =>
  (language === 'en' ? cardinals[number] : undefined) ?? new Intl.NumberFormat(localeOf(language)).format(number);

const ordinals = [
  '',
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
  'eleventh',
  'twelfth',
];

/** "seventh"; "21st" above twelve. Other languages than English get the number with a full stop. */
export const ordinalInWords = (number: number, language: string): string =>
  language === 'en' ? ordinals[number] || rankInFigures(number) : `${number}.`;

const suffixes: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };
const ordinalRules = new Intl.PluralRules('en', { type: 'ordinal' });

/** "3rd" */
export const rankInFigures = (number: number): string => `${number}${suffixes[ordinalRules.select(number)] ?? 'th'}`;

/** What takes an article in English: names that end in, or begin with, a common noun. */
const commonNoun =
  /^(Republic|Ministry|Kingdom|Government|Office|Department|Embassy|Organization|Organisation|National|Prime Minister|Minister|Vice Minister)\b|\b(Republic|Federation|Kingdom|Union|Service|Agency|Institute|Organization|Organisation|Authority|Council|Institution|Committee|Commission|Cooperation)\b/;

/** "the Republic of Korea", "the National Tax Service"; "Romania", "KLID" and what has an article stay as they are. */
export const withArticle = (name: string, language: string): string =>
  language === 'en' && commonNoun.test(name) && !/^(the|a|an)\b/i.test(name) ? `the ${name}` : name;

export const withCapital = (text: string): string => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());

/** `inProgress` as people read it: `in progress`. */
export const spaced = (name: string): string => name.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
