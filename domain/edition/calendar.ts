import type { CalendarEntry, CaseHeader, Occasion } from '../lifecycle.ts';
import { invitedCountries } from '../nomination.ts';
import { focalPoints, organisersOf, takingPart } from './letters.ts';
import { ahead, type Edition } from './state.ts';

/** In the calendars of the organisers once its days are fixed, and of the states that take part once the list stands. */
export const calendarEntries = (edition: Edition, { title }: CaseHeader): CalendarEntry[] => {
  const { fixedOn, from, to, hosts, stage } = edition;
  if (!fixedOn) return [];
  const listStands = !ahead.includes(stage) || stage === 'participantsConfirmed';
  return [
    {
      name: 'edition',
      summary: title,
      from,
      to,
      ...(hosts.length > 0 ? { place: hosts.map(({ city }) => city).join(', ') } : {}),
      attendees: [...new Set([...organisersOf(edition), ...(listStands ? focalPoints(takingPart(edition)) : [])])],
    },
  ];
};

export const occasions = (edition: Edition): Occasion[] => {
  const { stage, from, to, hosts } = edition;
  if (!ahead.includes(stage)) return [];
  const places = new Set([...hosts.map(({ country }) => country), ...invitedCountries(edition)]);
  return [{ name: 'edition', from, to, places: [...places] }];
};
