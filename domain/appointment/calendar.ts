import { partyOfAgency } from '../fields.ts';
import { clocksOf, entryHours, localTimesOf, oneDay } from '../hours.ts';
import type { CalendarEntry, CaseHeader, LocalTime, Occasion } from '../lifecycle.ts';
import { ourSide } from './letters.ts';
import type { Appointment } from './state.ts';

/** Its host's, unless another was named. */
export const zoneOf = (appointment: Appointment): string => clocksOf(appointment, appointment.host);

export const localTimes = (appointment: Appointment): LocalTime[] =>
  localTimesOf(appointment, oneDay(appointment), appointment.host);

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
      ...entryHours(appointment),
      zoneOf: zoneOf(appointment),
      ...(place ? { place } : {}),
      attendees: [...new Set([host, ...ourSide(appointment)])],
    },
  ];
};

export const occasions = ({ stage, on, host, owner }: Appointment): Occasion[] =>
  stage === 'planned' || stage === 'confirmed'
    ? [{ name: 'appointment', from: on, to: on, places: [host, partyOfAgency(owner)] }]
    : [];
