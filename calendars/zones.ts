import { Temporal } from 'temporal-polyfill';

/**
 * A zone of the tz database as it is spelled there: `Asia/Seoul` for `asia/seoul`. A link keeps its own name
 * (Europe/Kyiv does not become Europe/Kiev). Nothing for what is no zone, or follows no rules of a place (`+09:00`).
 */
export function zoneSpelled(name: string): string | undefined {
  if (!/^[A-Za-z]/.test(name)) return undefined;
  try {
    return Temporal.ZonedDateTime.from({ timeZone: name, year: 2010, month: 1, day: 1 }).timeZoneId;
  } catch {
    return undefined;
  }
}
