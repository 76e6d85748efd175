import type { CalendarEntry, CaseHeader, LocalTime } from '../lifecycle.ts';
import { hostsOf, presentersOf } from './effects.ts';
import type { Workshop } from './state.ts';

export const localTimes = ({ from, to, startsAt, endsAt, country: zoneOf }: Workshop): LocalTime[] => [
  ...(startsAt ? [{ on: from, at: startsAt, zoneOf }] : []),
  ...(endsAt ? [{ on: to, at: endsAt, zoneOf }] : []),
];

/** In the calendars of hosts and presenters from the announcement on; participants are not in the directory. */
export const calendarEntries = (workshop: Workshop, { title }: CaseHeader): CalendarEntry[] => {
  const { announcedOn, from, to, startsAt, endsAt, country, place } = workshop;
  if (!announcedOn) return [];
  return [
    {
      name: 'workshop',
      summary: title,
      from,
      to,
      ...(startsAt ? { starts: startsAt } : {}),
      ...(startsAt && endsAt ? { ends: endsAt } : {}),
      zoneOf: country,
      place,
      attendees: [...new Set([...hostsOf(workshop), ...presentersOf(workshop)])],
    },
  ];
};
