import { readdirSync, readFileSync } from 'node:fs';
import { type CountryCalendar, countryCalendar } from '../domain/calendar.ts';

const folder = new URL('./', import.meta.url);

/** The countries whose holidays are known, by code. */
export const countriesWithCalendar: readonly string[] = readdirSync(folder)
  .flatMap((file) => /^([A-Z]{2})\.json$/.exec(file)?.[1] ?? [])
  .sort();

/** Thrown when a calendar cannot be read: somebody has to put the file right. */
export class CalendarFileError extends Error {
  override readonly name = 'CalendarFileError';
  constructor(country: string, faults: string) {
    super(
      `calendars/${country}.json cannot be used: ${faults}. Correct the file, or make it anew with calendars/make.py.`,
    );
  }
}

const read = new Map<string, CountryCalendar>();

/**
 * Working week and public holidays of a country; undefined where there are none.
 *
 * @throws {@link CalendarFileError} naming the file, if it is damaged or has a holiday in a wrong year
 */
export function countryCalendarOf(country: string): CountryCalendar | undefined {
  if (!countriesWithCalendar.includes(country)) return undefined;
  const known = read.get(country) ?? parseCalendar(country, readFileSync(new URL(`${country}.json`, folder), 'utf8'));
  read.set(country, known);
  return known;
}

/** @throws {@link CalendarFileError} if the text is no calendar */
export function parseCalendar(country: string, text: string): CountryCalendar {
  const parsed = countryCalendar.safeParse(jsonIn(country, text));
  if (parsed.success) return parsed.data;
  throw new CalendarFileError(country, parsed.error.issues.map(faultIn).join('; '));
}

function jsonIn(country: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CalendarFileError(country, (error as Error).message);
  }
}

/** Of a value of the wrong kind, where it stands says more than what it is not. */
const faultIn = ({ path, message }: { readonly path: readonly PropertyKey[]; readonly message: string }): string =>
  path.length > 0 ? `${path.map(String).join('.')}: ${message}` : message;
