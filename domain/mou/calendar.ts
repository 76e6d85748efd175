import { partyOfAgency, partyOfPerson } from '../fields.ts';
import type { CalendarEntry, CaseHeader } from '../lifecycle.ts';
import type { Mou } from './state.ts';

/** The signing, from its arrangement on; an agreed text that is opened again takes it out of the calendars. */
export const calendarEntries = ({ signing, sides }: Mou, { title, coordinator }: CaseHeader): CalendarEntry[] =>
  signing
    ? [
        {
          name: 'signing',
          summary: `Signing: ${title}`,
          from: signing.date,
          to: signing.date,
          place: signing.place,
          attendees: [...sides.map(partyOfAgency), partyOfPerson(coordinator)],
        },
      ]
    : [];
