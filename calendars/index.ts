import { readdirSync, readFileSync } from 'node:fs';
import { type CountryCalendar, countryCalendar } from '../domain/calendar.ts';

const folder = new URL('./', import.meta.url);

/** The countries whose holidays are known, by code. */
export const countriesWithCalendar: readonly string[] = readdirSync(folder)
  .flatMap((file) => /^([A-Z]{2})\.json$/.exec(file)?.[1] ?? [])
  .sort();

const read = new Map<string, CountryCalendar>();

/**
 * Working week and public holidays of a country; undefined where there are none.
 *
 * @throws Error naming the file, if it is damaged or has a holiday in a wrong year
 */
export function countryCalendarOf(country: string): CountryCalendar | undefined {
  if (!countriesWithCalendar.includes(country)) return undefined;
  const known = read.get(country) ?? readCalendar(country);
  read.set(country, known);
  return known;
}

function readCalendar(country: string): CountryCalendar {
  const parsed = countryCalendar.safeParse(JSON.parse(readFileSync(new URL(`${country}.json`, folder), 'utf8')));
  if (parsed.success) return parsed.data;
  throw new Error(`calendars/${country}.json: ${parsed.error.issues.map(({ message }) => message).join('; ')}`);
}
