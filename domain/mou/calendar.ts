import { type Party, partyOfAgency, partyOfPerson } from '../fields.ts';
import { clocksOf, entryHours, localTimesOf, oneDay } from '../hours.ts';
import type { CalendarEntry, CaseHeader, LocalTime, Occasion } from '../lifecycle.ts';
import { signingTitle } from '../titles.ts';
import type { Mou } from './state.ts';

const homeOf = ({ homeSide }: Pick<Mou, 'homeSide'>): Party => partyOfAgency(homeSide);

/** That of the home side, unless another was named; of a signing with an hour. */
export const zoneOf = ({ signing, ...mou }: Mou): string | undefined => signing?.time && clocksOf(signing, homeOf(mou));

export const localTimes = ({ signing, ...mou }: Mou): LocalTime[] =>
  signing ? localTimesOf(signing, oneDay({ on: signing.date }), homeOf(mou)) : [];

/** The signing, from its arrangement on; an agreed text that is opened again takes it out of the calendars. */
export const calendarEntries = (
  { signing, sides, ...mou }: Mou,
  { title, coordinator }: CaseHeader,
): CalendarEntry[] =>
  signing
    ? [
        {
          name: 'signing',
          summary: signingTitle(title),
          from: signing.date,
          to: signing.date,
          ...(signing.time ? { ...entryHours(signing), zoneOf: clocksOf(signing, homeOf(mou)) } : {}),
          place: signing.place,
          attendees: [...sides.map(partyOfAgency), partyOfPerson(coordinator)],
        },
      ]
    : [];

export const occasions = ({ stage, signing, sides }: Mou): Occasion[] =>
  signing && stage === 'signingArranged'
    ? [{ name: 'signing', from: signing.date, to: signing.date, places: sides.map(partyOfAgency) }]
    : [];
