import { Temporal } from 'temporal-polyfill';
import { zoneName } from '../../calendars/zone-name.ts';

/** Days as letters say them. */

/** British dates: day before month, which readers from every state of the region read alike. */
export const localeOf = (language: string): string => (language === 'en' ? 'en-GB' : language);

export const isDay = (value: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(value);

const inUtc = (day: string): Date => new Date(`${day}T00:00:00Z`);

const formats = new Map<string, Intl.DateTimeFormat>();

/** To make one costs more than a letter; there are few. */
export function formatOf(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([language, options]);
  const format = formats.get(key) ?? new Intl.DateTimeFormat(localeOf(language), options);
  formats.set(key, format);
  return format;
}

const lists = new Map<string, Intl.ListFormat>();

/** "KLID, NIA and MCSI"; to make one costs as much. */
export function listFormat(language: string): Intl.ListFormat {
  const format = lists.get(language) ?? new Intl.ListFormat(localeOf(language), { type: 'conjunction' });
  lists.set(language, format);
  return format;
}

/** As a form says days, by language: letters of a year say few days, each of them often. */
function saying(options: Intl.DateTimeFormatOptions): (day: string, language: string) => string {
  const said = new Map<string, Map<string, string>>();
  return (day, language) => {
    const inLanguage = said.get(language) ?? new Map<string, string>();
    if (inLanguage.size === 0) said.set(language, inLanguage);
    const known = inLanguage.get(day);
    if (known !== undefined) return known;
    const shown = formatOf(language, { ...options, timeZone: 'UTC' }).format(inUtc(day));
    if (inLanguage.size < mostDaysKnown) inLanguage.set(day, shown);
    return shown;
  };
}

/** Of ten years. */
const mostDaysKnown = 3_660;
const inShort = saying({ dateStyle: 'long' });
const weekdayOf = saying({ weekday: 'long' });
const inFull = saying({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

/** "14 December 2018"; the first of a month is an ordinal in Greek, "1η Φεβρουαρίου 2019". */
export const shortDay = (day: string, language: string): string => {
  const shown = inShort(day, language);
  return language === 'el' ? shown.replace(/^1(?= )/, '1η') : shown;
};

/** "Friday, 14 December 2018" */
export const longDay = (day: string, language: string): string =>
  // Greek says "στις" before a date and "την" or "το" before a weekday: with the weekday behind, one of them fits all days.
  language === 'el' ? `${shortDay(day, language)} (${weekdayOf(day, language)})` : inFull(day, language);

/** "Friday, 14 December 2018 (end of day, Korean Standard Time)" needs the zone's name when that day ends. */
export const zoneNameOn = (day: string, zone: string, language: string): string => {
  const key = `${language} ${zone} ${day}`;
  const name = zoneNames.get(key) ?? zoneNameAtEndOf(day, zone, language);
  zoneNames.set(key, name);
  return name;
};

/** By language, zone and day: to find one takes as long as the rest of a letter, and letters of a year say few days. */
const zoneNames = new Map<string, string>();

const zoneNameAtEndOf = (day: string, zone: string, language: string): string =>
  zoneName(
    localeOf(language),
    zone,
    Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: '23:59' }).toInstant(),
  );
