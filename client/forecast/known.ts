import { addresseeIn, sendingAt } from '../../database/addressee.ts';
import { calendarIn, placeIn } from '../../database/calendars.ts';
import { findCase } from '../../database/lists.ts';
import type { Surroundings } from '../../database/surroundings.ts';
import type { Known } from '../../domain/forecast/known.ts';
import type { Deadline } from '../../domain/ladder.ts';
import type { CaseHeader } from '../../domain/lifecycle.ts';
import type { Calendar } from '../../domain/planning.ts';
import type { RegisterConnection } from '../register.ts';
import { recordable } from '../trial.ts';

/** What a directory of one moment knows, with whatever else is asked of the register on the way. */
export const knownBy = (directory: Surroundings, ask: RegisterConnection['ask']): Required<Known> => ({
  caseOf: (id) => ask((db) => findCase(db, id)).then((found) => found?.state),
  calendarOf: calendarsIn(directory),
  nobodyFor: ({ to, at, facts }) => {
    const addressee = addresseeIn(directory, to, sendingAt(at, facts));
    return 'nobody' in addressee ? addressee.nobody : undefined;
  },
  recorded: (asked, inMemory) => ask((db) => recordable(db, asked, inMemory)),
});

/** Each place's calendar is made once. */
export function calendarsIn(directory: Surroundings): Known['calendarOf'] {
  const made = new Map<string, Calendar>();
  return (deadline: Deadline, header: CaseHeader) => {
    const place = placeIn(directory, deadline, header);
    const key = place ? `${place.zone} ${place.country} ${place.agency}` : '';
    const calendar = made.get(key) ?? calendarIn(directory, place);
    made.set(key, calendar);
    return calendar;
  };
}
