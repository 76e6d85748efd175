import { partyOfAgency } from '../fields.ts';
import type { CalendarEntry, CaseHeader, LocalTime } from '../lifecycle.ts';
import { everybody } from './effects.ts';
import type { Meeting } from './state.ts';

export const localTimes = ({ on, time, host }: Meeting): LocalTime[] =>
  time ? [{ on, at: time, zoneOf: partyOfAgency(host) }] : [];

/** In people's calendars from the invitations on. */
export function calendarEntries(meeting: Meeting, { title }: CaseHeader): CalendarEntry[] {
  const { invitedOn, on, time, place, host } = meeting;
  if (!invitedOn) return [];
  return [
    {
      name: 'meeting',
      summary: title,
      from: on,
      to: on,
      ...(time ? { starts: time } : {}),
      zoneOf: partyOfAgency(host),
      place,
      attendees: everybody(meeting),
    },
  ];
}
