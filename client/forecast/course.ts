import { placeIn } from '../../database/calendars.ts';
import type { Surroundings } from '../../database/surroundings.ts';
import type { Message } from '../../domain/case/effects.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { nameOf } from '../../domain/case/label.ts';
import { dayOf, type Instant } from '../../domain/dates.ts';
import { Forecast } from '../../domain/forecast.ts';
import type { Step } from '../../domain/forecast/course-difference.ts';
import type { Known } from '../../domain/forecast/known.ts';
import type { Deadline } from '../../domain/ladder.ts';
import type { CaseHeader } from '../../domain/lifecycle.ts';
import { addresseesBy, calendarsOf, posting } from './places.ts';

/** What a forecast asks of a directory that is known whole. */
export function knownIn(directory: Surroundings) {
  const calendarOf = calendarsOf(directory);
  const addresseeOf = addresseesBy(directory);
  return {
    calendarOf: (deadline: Deadline, header: CaseHeader) => calendarOf(placeIn(directory, deadline, header)),
    nobodyFor: (letter: Message) => {
      const addressee = addresseeOf(letter, letter.at);
      return 'nobody' in addressee ? addressee.nobody : undefined;
    },
  } satisfies Partial<Known>;
}

/** The form in which courses and snapshots are handed over: versions with another one cannot be held against each other. */
export const courseVersion = 2;

/** What cases do by the rules of this checkout, step by step. */
export class Course {
  private readonly forecast: Forecast;
  private readonly directory: Surroundings;

  constructor(directory: Surroundings, caseOf: Known['caseOf']) {
    this.directory = directory;
    this.forecast = new Forecast({ ...knownIn(directory), caseOf });
  }

  /** Takes an open case in as it stands. */
  add(state: CaseState): void {
    this.forecast.add(state);
  }

  async *until(last: Instant): AsyncGenerator<Step> {
    const postedOf = posting(this.directory);
    for await (const { at, state, events, says, letters, because } of this.forecast.until(last)) {
      const posted = letters.map((letter) => {
        const { at: goes, reader = 'nobody' } = postedOf(letter);
        const day = `${dayOf(goes)} ${goes.slice(11, 16)} UTC`;
        return `${letter.summary}: goes on ${day}${reader === letter.to ? '' : `, read by ${nameOf(reader)}`}`;
      });
      const isNew = events[0]?.number === 1 && because !== undefined;
      yield { at, case: state.id, ...(isNew ? { of: because } : {}), says: [...says, ...posted] };
    }
  }
}
