import type { Country } from '../fields.ts';
import { entryHours, localTimesOf } from '../hours.ts';
import type { CalendarEntry, CaseHeader, LocalTime, Occasion } from '../lifecycle.ts';
import { invitedCountries } from '../nomination.ts';
import { hostsOf, presentersOf } from './letters.ts';
import type { Workshop } from './state.ts';

/** That of where it takes place. */
export const zoneOf = ({ country }: Workshop): Country => country;

export const localTimes = ({ startsAt: time, endsAt, country, ...days }: Workshop): LocalTime[] =>
  localTimesOf({ time, endsAt }, days, country);

/** In the calendars of hosts and presenters from the announcement on; participants are not in the directory. */
export const calendarEntries = (workshop: Workshop, { title }: CaseHeader): CalendarEntry[] => {
  const { announcedOn, from, to, startsAt, endsAt, place } = workshop;
  if (!announcedOn) return [];
  return [
    {
      name: 'workshop',
      summary: title,
      from,
      to,
      ...entryHours({ time: startsAt, endsAt }),
      zoneOf: zoneOf(workshop),
      place,
      attendees: [...new Set([...hostsOf(workshop), ...presentersOf(workshop)])],
    },
  ];
};

const ahead = ['planned', 'announced', 'registration', 'registrationClosed'];

export const occasions = (workshop: Workshop): Occasion[] => {
  const { stage, from, to, country } = workshop;
  if (!ahead.includes(stage)) return [];
  const places = new Set([country, ...hostsOf(workshop), ...invitedCountries(workshop)]);
  return [{ name: 'workshop', from, to, places: [...places] }];
};
