import type { CalendarEntry, CaseHeader } from '../lifecycle.ts';
import { liveLegs, personsOn } from './legs.ts';
import type { Visit } from './state.ts';

/** Each leg, while it is confirmed: in the calendars of those who travel and of its host. */
export const calendarEntries = (visit: Visit, { title }: CaseHeader): CalendarEntry[] =>
  liveLegs(visit)
    .filter(({ standing }) => standing === 'confirmed')
    .map(({ number, country, from, to, places, host }) => ({
      name: `leg-${number}`,
      summary: title,
      from,
      to,
      zoneOf: country,
      ...(places.length > 0 ? { place: places.join(', ') } : {}),
      attendees: [...new Set([...personsOn(visit, number), host])],
    }));
