import { partyOfAgency } from '../fields.ts';
import { clocksOf, entryHours, lastDayOf, localTimesOf } from '../hours.ts';
import type { CalendarEntry, CaseHeader, LocalTime, Occasion } from '../lifecycle.ts';
import { everybody } from './letters.ts';
import type { Meeting } from './state.ts';

/** Its host's, unless another was named. */
export const zoneOf = (meeting: Meeting): string => clocksOf(meeting, partyOfAgency(meeting.host));

export const localTimes = (meeting: Meeting): LocalTime[] =>
  localTimesOf(meeting, { from: meeting.on, to: lastDayOf(meeting) }, partyOfAgency(meeting.host));

/** In people's calendars from the invitations on. */
export function calendarEntries(meeting: Meeting, { title }: CaseHeader): CalendarEntry[] {
  const { invitedOn, on, place } = meeting;
  if (!invitedOn) return [];
  return [
    {
      name: 'meeting',
      summary: title,
      from: on,
      to: lastDayOf(meeting),
      ...entryHours(meeting),
      zoneOf: zoneOf(meeting),
      place,
      attendees: everybody(meeting),
    },
  ];
}

const ahead = ['convened', 'itemsCollected', 'agendaCirculated', 'agendaAdopted'];

export const occasions = ({ stage, on, host, sides }: Meeting): Occasion[] =>
  ahead.includes(stage)
    ? [{ name: 'meeting', from: on, to: on, places: [...new Set([host, ...sides])].map(partyOfAgency) }]
    : [];
