import { Temporal } from 'temporal-polyfill';

export interface Distance {
  readonly days: number;
  readonly late: 'yes' | 'no';
}

/** How far the due day is from the moment of sending, in whole days of the zone in which it is due. */
export function distanceTo(due: string, at: string, zone: string): Distance {
  const today = Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate();
  const { days } = today.until(Temporal.PlainDate.from(due), { largestUnit: 'day' });
  return { days: Math.abs(days), late: days < 0 ? 'yes' : 'no' };
}
