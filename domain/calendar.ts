import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type CivilDate, dayOfWeek } from './dates.ts';
import { type Calendar, mondayToFriday } from './planning.ts';

const day = z.iso.date();
const holiday = z.strictObject({ date: day, name: z.string().min(1), local: z.string().min(1) });

/** Working week and public holidays of a country, as in `calendars/CC.json`. */
export const countryCalendar = z
  .strictObject({
    country: z.string().regex(/^[A-Z]{2}$/),
    name: z.string().min(1),
    /** Of the local names of holidays: ISO 639, `ko`. */
    language: z.string().regex(/^[a-z]{2}$/),
    /** Days off every week: 1 is Monday, 7 is Sunday. */
    daysOff: z.array(z.int().min(1).max(7)).max(6),
    sources: z.array(z.strictObject({ source: z.string(), says: z.string() })).min(1),
    holidays: z.record(z.string().regex(/^\d{4}$/), z.array(holiday)),
    /** Weekly days off that are worked, mostly Saturdays in exchange for a bridging day. */
    workingDays: z.array(day),
  })
  .superRefine(({ holidays }, context) => {
    for (const [year, days] of Object.entries(holidays))
      for (const { date, name } of days)
        if (!date.startsWith(year))
          context.addIssue({ code: 'custom', message: `${name}, ${date}, stands under the year ${year}` });
  });

export type CountryCalendar = z.output<typeof countryCalendar>;
export type Holiday = z.output<typeof holiday>;

export const overrideKinds = ['office closed', 'working day'] as const;

/** What a country or an agency says of one day, whatever the calendar has. */
export interface CalendarOverride {
  readonly date: CivilDate;
  readonly kind: (typeof overrideKinds)[number];
}

const isDayOff = ({ holidays, daysOff, workingDays }: CountryCalendar, date: CivilDate): boolean =>
  holidays[date.slice(0, 4)]?.some((holiday) => holiday.date === date) ||
  (daysOff.includes(dayOfWeek(date)) && !workingDays.includes(date));

/**
 * The working days of a country or of an agency in it.
 *
 * Without data, that is Monday to Friday; beyond the years that the data knows, all but the weekly days off.
 *
 * @param overrides of one day several may speak: the last one counts, so an agency's come after its country's
 */
export function workingCalendar(
  zone: string,
  data: CountryCalendar | undefined,
  overrides: readonly CalendarOverride[] = [],
): Calendar {
  const said = new Map(overrides.map(({ date, kind }) => [date, kind === 'working day']));
  const weekdays = mondayToFriday(zone);
  const usual = (date: CivilDate) => (data ? !isDayOff(data, date) : weekdays.isWorkingDay(date));
  return { zone, isWorkingDay: (date) => said.get(date) ?? usual(date) };
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

interface NamedDay {
  /** "Liberation Day", "Saturday", "office closed". */
  readonly name: string;
  /** Off every week. */
  readonly weekly: boolean;
  /** What the country itself calls a holiday. */
  readonly local?: LocalName;
}

export interface LocalName {
  readonly name: string;
  readonly language: string;
}

/** What day off a day is; undefined on a working day. The same days as {@link workingCalendar} has. */
export function dayOffIn(
  data: CountryCalendar | undefined,
  date: CivilDate,
  overrides: readonly CalendarOverride[] = [],
): NamedDay | undefined {
  const said = overrides.findLast((each) => each.date === date)?.kind;
  if (said === 'working day') return undefined;
  const holiday = data?.holidays[date.slice(0, 4)]?.find((each) => each.date === date);
  if (data && holiday)
    return { name: holiday.name, weekly: false, local: { name: holiday.local, language: data.language } };
  const weekday = dayOfWeek(date);
  const isOff = (data?.daysOff ?? [6, 7]).includes(weekday) && !data?.workingDays.includes(date);
  if (isOff) return { name: weekdays[weekday - 1] ?? '', weekly: true };
  return said && { name: said, weekly: false };
}

/** Public holidays from one day to another, those on weekly days off included, and the days on which offices were said to be closed. */
export function holidaysIn(
  data: CountryCalendar | undefined,
  { from, until }: { readonly from: CivilDate; readonly until: CivilDate },
  overrides: readonly CalendarOverride[] = [],
): readonly { readonly on: CivilDate; readonly name: string }[] {
  const holidays = Object.values(data?.holidays ?? {}).flat();
  const dates = [...holidays, ...overrides].map(({ date }) => date).filter((date) => date >= from && date <= until);
  return [...new Set(dates)].sort().flatMap((on) => {
    const found = dayOffIn(data, on, overrides);
    return found && !found.weekly ? [{ on, name: found.name }] : [];
  });
}

/** The last day of which the holidays are known. */
export const knownUntil = ({ holidays }: CountryCalendar): CivilDate => `${Object.keys(holidays).sort().at(-1)}-12-31`;

/** How much of a country's calendar lies ahead. */
export interface Outlook {
  readonly country: string;
  readonly knownUntil: CivilDate | undefined;
  /** Public holidays after today, those on weekly days off included. */
  readonly holidaysAhead: number;
  readonly monthsAhead: number;
  /** Why somebody has to see to it; undefined when all is well. */
  readonly trouble: string | undefined;
}

const enoughHolidays = 60;
const enoughMonths = 12;

/** Whether a country's holidays are known far enough ahead: due dates beyond them count weekly days off only. */
export function outlookOf(country: string, data: CountryCalendar | undefined, today: CivilDate): Outlook {
  if (!data) {
    const trouble = 'has no calendar: its public holidays count as working days';
    return { country, knownUntil: undefined, holidaysAhead: 0, monthsAhead: 0, trouble };
  }
  const until = knownUntil(data);
  const holidaysAhead = Object.values(data.holidays)
    .flat()
    .filter(({ date }) => date > today).length;
  const months = Temporal.PlainDate.from(today).until(until, { largestUnit: 'month' }).months;
  const monthsAhead = Math.max(0, months);
  const few = holidaysAhead < enoughHolidays;
  const short = monthsAhead < enoughMonths;
  const known = `has ${holidaysAhead} known holidays ahead, in ${monthsAhead} months up to ${until}`;
  const trouble = few || short ? `${known}; later ones count as working days` : undefined;
  return { country, knownUntil: until, holidaysAhead, monthsAhead, trouble };
}
