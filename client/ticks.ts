import type { ScaleTime } from 'd3-scale';
import { type TimeInterval, utcDay, utcMonday, utcMonth, utcYear } from 'd3-time';

/** Of decades, years, quarters, months, weeks and days, in this order. */
const intervals: readonly (TimeInterval | null)[] = [
  ...[10, 5, 2, 1].map((years) => utcYear.every(years)),
  utcMonth.every(3),
  utcMonth,
  utcMonday,
  utcDay,
];

/** Where the longest of these that are no more than `most` begin, on a line of time from one day to another. */
export function ticksOf(line: ScaleTime<number, number>, most: number): readonly Date[] {
  let ticks: readonly Date[] = [];
  for (const interval of intervals) {
    const more = interval ? line.ticks(interval) : [];
    if (more.length > most) break;
    ticks = more;
  }
  return ticks;
}
