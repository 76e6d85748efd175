import { Temporal } from 'temporal-polyfill';
import type { LocalTime } from './lifecycle.ts';
import { type Refusal, refuse } from './refusal.ts';

/**
 * Times on the wall and the changes of the clocks. Zone rules change during a case's life, so as in planning this is
 * asked in an activity; nothing in the workflow sandbox may import this file.
 */

/** Refuses a time that never is on its day, or exists twice, because the clocks change: nobody could tell when to come. */
export function refuseByClocks({ on, at }: LocalTime, zone: string): Refusal | undefined {
  const wall = Temporal.PlainDateTime.from(`${on}T${at}`);
  const earlier = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (earlier.equals(wall.toZonedDateTime(zone, { disambiguation: 'later' }))) return undefined;
  const how = earlier.toPlainDateTime().equals(wall) ? 'exists twice' : 'does not exist';
  const change = earlier.getTimeZoneTransition('next');
  const clocks = change
    ? `the clocks go from ${clockOf(change.withTimeZone(earlier.offset))} to ${clockOf(change)}`
    : 'the clocks change';
  return refuse('InvalidInput', `${at} on ${on} ${how} in ${zone}: ${clocks}; choose another time.`);
}

const clockOf = (moment: Temporal.ZonedDateTime): string => moment.toPlainTime().toString({ smallestUnit: 'minute' });
