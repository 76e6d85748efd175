import { clocksOf, entryHours, localTimesOf } from '../hours.ts';
import type { CalendarEntry, CaseHeader, LocalTime, Occasion } from '../lifecycle.ts';
import { changing, liveLegs, personsOn } from './legs.ts';
import type { Visit } from './state.ts';

export const localTimes = (visit: Visit): LocalTime[] =>
  liveLegs(visit).flatMap((leg) => localTimesOf(leg, leg, leg.country));

/** Each leg, while it is confirmed: in the calendars of those who travel and of its host. */
export const calendarEntries = (visit: Visit, { title }: CaseHeader): CalendarEntry[] =>
  liveLegs(visit)
    .filter(({ standing }) => standing === 'confirmed')
    .map(({ number, country, from, to, places, host, ...hours }) => ({
      name: `leg-${number}`,
      summary: title,
      from,
      to,
      ...entryHours(hours),
      zoneOf: clocksOf(hours, country),
      ...(places.length > 0 ? { place: places.join(', ') } : {}),
      attendees: [...new Set([...personsOn(visit, number), host])],
    }));

export const occasions = (visit: Visit): Occasion[] =>
  changing.includes(visit.stage)
    ? liveLegs(visit).map(({ number, country, from, to }) => ({
        name: `leg ${number}`,
        from,
        to,
        places: [country, visit.sendingCountry],
      }))
    : [];
