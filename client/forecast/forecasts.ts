import type { Kysely } from 'kysely';
import { refuseUnknownCase } from '../../database/lists.ts';
import { familiesOf, openStates } from '../../database/lists/open-cases.ts';
import type { Database } from '../../database/schema.ts';
import { type Surroundings, wholeDirectory } from '../../database/surroundings.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { Instant } from '../../domain/dates.ts';
import { Forecast } from '../../domain/forecast.ts';
import type { Occurrence } from '../../domain/forecast/occurrence.ts';
import { type OnRefusal, type RefusedStep, ScenarioCourse } from '../../domain/scenario.ts';
import { familyOf } from '../../domain/forecast/family.ts';
import { openingId, rootOf, type ScenarioStep } from '../../domain/scenario/step.ts';
import { RefusedError } from '../errors.ts';
import type { FileOpening } from '../open-file.ts';
import type { RegisterConnection } from '../register.ts';
import { calendarsIn, knownBy } from './known.ts';

export type { Occurrence } from '../../domain/forecast/occurrence.ts';

/** Of which cases, and what somebody does in them. */
export interface ScenarioAsked {
  /** A case, or cases that are not opened yet. */
  readonly of: string | readonly Omit<FileOpening, 'line' | 'lineOf'>[];
  readonly steps: readonly ScenarioStep[];
  readonly onRefusal?: OnRefusal | undefined;
  /** Now. */
  readonly from: Instant;
}

/** What happens, and what of a scenario did not. */
export interface Course {
  readonly occurrences: readonly Occurrence[];
  readonly refused: readonly RefusedStep[];
  readonly neverAsked: readonly ScenarioStep[];
}

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
    const forecast = await this.inOneMoment(async (db, directory) => {
      const begun = this.begunWith({ cases: [], directory });
      for await (const page of openStates(db)) for (const state of page) begun.add(state);
      return begun;
    });
    yield* forecast.until(until);
  }

  /**
   * With what somebody does, as a scenario says it: of one case or of some that are not opened yet, of those that they open,
   * and of what others do because of them.
   *
   * @throws {@link RefusedError} if there is no such case; `ScenarioRefusedError` where a course stops at a refusal
   */
  async withScenario({ of, steps, onRefusal, from }: ScenarioAsked, until: Instant): Promise<Course> {
    const roots = typeof of === 'string' ? [of] : [];
    const named = [...roots, ...steps.map((step) => rootOf(step.case))];
    const snapshot = await this.inOneMoment(async (db, directory) => ({
      cases: await familiesOf(db, named),
      directory,
    }));
    const missing = roots.find((id) => !snapshot.cases.some((state) => state.id === id));
    if (missing !== undefined) throw new RefusedError(await this.register.ask((db) => refuseUnknownCase(db, missing)));
    const course = new ScenarioCourse(steps, { from, calendarOf: calendarsIn(snapshot.directory), onRefusal });
    const forecast = this.begunWith(snapshot, course);
    const openings = typeof of === 'string' ? [] : of;
    for (const { id, kind, opening } of openings) forecast.opens({ id: openingId(id), kind, fields: opening }, from);
    const isOurs = familyOf([...roots, ...openings.map(({ id }) => id)]);
    const occurrences: Occurrence[] = [];
    for await (const occurrence of forecast.until(until)) if (isOurs(occurrence)) occurrences.push(occurrence);
    return { occurrences, refused: course.refused, neverAsked: course.neverAsked };
  }

  private begunWith({ cases, directory }: Snapshot, course?: ScenarioCourse): Forecast {
    const known = knownBy(directory, (question) => this.register.ask(question));
    const forecast = new Forecast(known, course);
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
