import { Temporal } from 'temporal-polyfill';
import type { CivilDate } from '../domain/dates.ts';

/**
 * The zones of countries whose name CLDR gives to others that keep the same time (Minsk is on "Moscow Standard Time",
 * Colombo on "India Standard Time"): a place that is none of these is called by its own name.
 */
const namedAfterOneCountry = ['Europe/Moscow', 'Asia/Kolkata', 'Africa/Johannesburg', 'Asia/Jerusalem'];

/** Of languages whose word for standard time is "winter time": a zone without summer time has no such thing. */
const wordForWinter: ReadonlyMap<string, string> = new Map([['el', 'Χειμερινή ']]);

type Style = 'long' | 'shortGeneric';

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(locale: string, zone: string, style: Style): Intl.DateTimeFormat {
  const key = `${locale} ${zone} ${style}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: style });
  formats.set(key, format);
  return format;
}

const nameIn = (locale: string, zone: string, at: Temporal.Instant, style: Style): string =>
  formatOf(locale, zone, style)
    .formatToParts(at.epochMilliseconds)
    .find(({ type }) => type === 'timeZoneName')?.value ?? zone;

/** One zone under all its names: Europe/Kyiv and Europe/Kiev are equal here. */
const sameZone = (one: string, other: string): boolean =>
  formatOf('en', one, 'long').resolvedOptions().timeZone === formatOf('en', other, 'long').resolvedOptions().timeZone;

/** Whether a zone is called the same all year, since it has no summer time. */
function hasOneName(locale: string, zone: string, at: Temporal.Instant): boolean {
  const { year } = at.toZonedDateTimeISO(zone);
  const names = [1, 4, 7, 10].map((month) =>
    nameIn(locale, zone, Temporal.ZonedDateTime.from({ timeZone: zone, year, month, day: 1 }).toInstant(), 'long'),
  );
  return new Set(names).size === 1;
}

/**
 * "Eastern European Summer Time": what a zone is called at a moment, by nobody else's name. The place's own name
 * ("Belarus Time") where the usual one is another country's, or would say "winter" all year.
 *
 * @param locale for `Intl`, such as `en-GB`
 * @param zone IANA
 */
export function zoneName(locale: string, zone: string, at: Temporal.Instant): string {
  if (zone === 'UTC') return zone;
  const usual = nameIn(locale, zone, at, 'long');
  const isAnothers = namedAfterOneCountry.some(
    (other) => nameIn(locale, other, at, 'long') === usual && !sameZone(zone, other),
  );
  if (isAnothers || isOffset(usual)) return ownName(locale, zone, at) ?? usual;
  const winter = wordForWinter.get(locale);
  return winter && hasOneName(locale, zone, at) ? withoutSeason(usual, winter) : usual;
}

/** Some languages have no usual name for a zone, and would give its distance from Greenwich. */
const isOffset = (name: string): boolean => /^GMT[+\-−]?\d/.test(name);

/** The place's own name; in a bracket, "Ώρα (Λευκορωσία)" would be a bracket in a bracket. */
function ownName(locale: string, zone: string, at: Temporal.Instant): string | undefined {
  const name = nameIn(locale, zone, at, 'shortGeneric').replace(/ \((.+)\)$/, ': $1');
  return isOffset(name) ? undefined : name;
}

/** "Ώρα Κορέας" of "Χειμερινή ώρα Κορέας"; a Greek capital keeps its accent outside of its locale. */
function withoutSeason(name: string, winter: string): string {
  const rest = name.replace(winter, '');
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

/**
 * "10:00 (Eastern European Summer Time)": a time of day as it is said to people who may be elsewhere.
 *
 * @param locale for `Intl`, such as `en-GB`
 * @param zone IANA
 */
export const hourInZone = (locale: string, { on, at }: Hour, zone: string): string =>
  `${at} (${zoneAtHour(locale, { on, at }, zone)})`;

export interface Hour {
  readonly on: CivilDate;
  readonly at: string;
}

const zoneAtHour = (locale: string, { on, at }: Hour, zone: string): string =>
  zoneName(locale, zone, Temporal.PlainDateTime.from(`${on}T${at}`).toZonedDateTime(zone).toInstant());

/** "–", or what stands between two hours in that language. */
const between = (locale: string): string => (locale === 'ko' ? '~' : '–');

/**
 * "10:00–12:30 (Eastern European Summer Time)": from when to when something takes place; of several days
 * "10:00 – Friday, 11 May 2018, 12:30 (Korean Standard Time)".
 *
 * @param locale for `Intl`, such as `en-GB`
 * @param day how a day is said there
 * @param zone IANA; without one, the hours alone
 */
export function hoursInZone(
  locale: string,
  { begins, ends }: { readonly begins: Hour; readonly ends: Hour },
  day: (on: CivilDate) => string,
  zone: string | undefined,
): string {
  const isOneDay = ends.on === begins.on;
  const dash = isOneDay ? between(locale) : ` ${between(locale)} `;
  const last = isOneDay ? ends.at : `${day(ends.on)}, ${ends.at}`;
  if (zone === undefined) return `${begins.at}${dash}${last}`;
  const [first, then] = [begins, ends].map((hour) => zoneAtHour(locale, hour, zone));
  // Over a night in which the clocks change, each has its own.
  return first === then
    ? `${begins.at}${dash}${last} (${first})`
    : `${begins.at} (${first}) ${between(locale)} ${last} (${then})`;
}
