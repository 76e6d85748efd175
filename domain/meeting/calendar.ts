import { type Party, partyOfAgency } from '../fields.ts';
import type { CalendarEntry, CaseHeader, LocalTime } from '../lifecycle.ts';
import { everybody } from './effects.ts';
import type { Meeting } from './state.ts';

/** Its host's. */
export const zoneOf = ({ host }: Meeting): Party => partyOfAgency(host);

export const localTimes = (meeting: Meeting): LocalTime[] =>
  meeting.time ? [{ on: meeting.on, at: meeting.time, zoneOf: zoneOf(meeting) }] : [];

/** In people's calendars from the invitations on. */
export function calendarEntries(meeting: Meeting, { title }: CaseHeader): CalendarEntry[] {
  const { invitedOn, on, time, place } = meeting;
  if (!invitedOn) return [];
  return [
    {
      name: 'meeting',
      summary: title,
      from: on,
      to: on,
      ...(time ? { starts: time } : {}),
      zoneOf: zoneOf(meeting),
      place,
      attendees: everybody(meeting),
    },
  ];
}
