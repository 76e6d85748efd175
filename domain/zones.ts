import { Temporal } from 'temporal-polyfill';

/** From one change of a zone's clocks to the next, in milliseconds since 1970: `from` is within, `until` is not. */
interface Stretch {
  readonly from: number;
  readonly until: number;
  /** By how much they are ahead of UTC, in milliseconds. */
  readonly offset: number;
}

const stretches = new Map<string, Stretch[]>();

/**
 * By how much the clocks of a zone are ahead of UTC, both in milliseconds. The same all through a stretch, and a stretch is
 * months long: the library is asked once for each.
 *
 * @throws RangeError if there is no such zone, or `at` is no moment
 */
export function offsetAt(zone: string, at: number): number {
  const known = stretches.get(zone) ?? [];
  const found = known.find(({ from, until }) => from <= at && at < until);
  if (found) return found.offset;
  const stretch = stretchAround(zone, at);
  stretches.set(zone, [...known, stretch]);
  return stretch.offset;
}

function stretchAround(zone: string, at: number): Stretch {
  const moment = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  // A change at this very moment has happened.
  const change = moment.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  return {
    from: change?.epochMilliseconds ?? -Infinity,
    until: moment.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity,
    offset: moment.offsetNanoseconds / 1_000_000,
  };
}
