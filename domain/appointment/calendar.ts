import type { CalendarEntry, CaseHeader } from '../lifecycle.ts';
import { ourSide } from './effects.ts';
import type { Appointment } from './state.ts';

/** In the calendars of both sides once the host has confirmed it, and for good once it was held. */
export const calendarEntries = (appointment: Appointment, { title }: CaseHeader): CalendarEntry[] => {
  const { stage, on, place, host } = appointment;
  if (stage === 'planned' || stage === 'declined') return [];
  return [
    {
      name: 'appointment',
      summary: title,
      from: on,
      to: on,
      zoneOf: host,
      ...(place ? { place } : {}),
      attendees: [...new Set([host, ...ourSide(appointment)])],
    },
  ];
};
