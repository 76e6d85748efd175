import type { Kysely } from 'kysely';
import { addresseeIn, sendingAt } from '../../database/addressee.ts';
import { calendarIn, placeIn } from '../../database/calendars.ts';
import { findCase, refuseUnknownCase } from '../../database/lists.ts';
import { openStates } from '../../database/lists/open-cases.ts';
import type { Database } from '../../database/schema.ts';
import { type Surroundings, wholeDirectory } from '../../database/surroundings.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { Instant } from '../../domain/dates.ts';
import { Forecast, type Known, type Occurrence } from '../../domain/forecast.ts';
import type { Deadline } from '../../domain/ladder.ts';
import type { CaseHeader } from '../../domain/lifecycle.ts';
import type { Calendar } from '../../domain/planning.ts';
import { RefusedError } from '../errors.ts';
import { lifecycleOfCase } from '../input.ts';
import type { RegisterConnection } from '../register.ts';

export type { Occurrence } from '../../domain/forecast.ts';

/** What the register and the directory say at one moment. */
interface Snapshot {
  readonly cases: readonly CaseState[];
  readonly directory: Surroundings;
}

/** What cases will do by themselves if nobody does anything. Asks the register once; changes nothing. */
export class Forecasts {
  private readonly register: RegisterConnection;

  constructor(register: RegisterConnection) {
    this.register = register;
  }

  /**
   * Of all open cases, earliest first.
   *
   * @param until the last instant that is looked at
   */
  async *ofAll(until: Instant): AsyncGenerator<Occurrence> {
    const snapshot = await this.inOneMoment(async (db, directory) => {
      const cases: CaseState[] = [];
      for await (const page of openStates(db)) cases.push(...page);
      return { cases, directory };
    });
    yield* this.begunWith(snapshot).until(until);
  }

  /**
   * Of one case, of those that it opens, and of what others do because of it.
   *
   * @throws {@link RefusedError} if there is no such case
   */
  async *ofCase(caseId: string, until: Instant): AsyncGenerator<Occurrence> {
    lifecycleOfCase(caseId);
    const snapshot = await this.inOneMoment(async (db, directory) => {
      const found = await findCase(db, caseId);
      if (!found) throw new RefusedError(await refuseUnknownCase(db, caseId));
      return { cases: [found.state], directory };
    });
    const family = new Set([caseId]);
    for await (const occurrence of this.begunWith(snapshot).until(until)) {
      const { state, because, events } = occurrence;
      const isItsDoing = because !== undefined && family.has(because);
      if (isItsDoing && events[0]?.number === 1) family.add(state.id);
      if (isItsDoing || family.has(state.id)) yield occurrence;
    }
  }

  private begunWith({ cases, directory }: Snapshot): Forecast {
    const forecast = new Forecast({
      caseOf: (id) => this.register.ask((db) => findCase(db, id)).then((found) => found?.state),
      calendarOf: calendarsIn(directory),
      nobodyFor: ({ to, at, facts }) => {
        const addressee = addresseeIn(directory, to, sendingAt(at, facts));
        return 'nobody' in addressee ? addressee.nobody : undefined;
      },
    });
    for (const state of cases) forecast.add(state);
    return forecast;
  }

  private inOneMoment<T>(read: (db: Kysely<Database>, directory: Surroundings) => Promise<T>): Promise<T> {
    return this.register.ask((db) =>
      db
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute(async (trx) => read(trx, await wholeDirectory(trx))),
    );
  }
}

/** Each place's calendar is made once. */
function calendarsIn(directory: Surroundings): Known['calendarOf'] {
  const made = new Map<string, Calendar>();
  return (deadline: Deadline, header: CaseHeader) => {
    const place = placeIn(directory, deadline, header);
    const key = place ? `${place.zone} ${place.country} ${place.agency}` : '';
    const calendar = made.get(key) ?? calendarIn(directory, place);
    made.set(key, calendar);
    return calendar;
  };
}
