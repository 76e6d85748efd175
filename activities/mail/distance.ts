import { dayIn, daysBetween } from '../../domain/dates.ts';

export interface Distance {
  readonly days: number;
  readonly late: 'yes' | 'no';
}

/** How far the due day is from the moment of sending, in whole days of the zone in which it is due. */
export function distanceTo(due: string, at: string, zone: string): Distance {
  const days = daysBetween(dayIn(at, zone), due);
  return { days: Math.abs(days), late: days < 0 ? 'yes' : 'no' };
}
