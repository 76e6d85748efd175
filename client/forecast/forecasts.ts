import type { Kysely } from 'kysely';
import { findCase, refuseUnknownCase } from '../../database/lists.ts';
import { familiesOf, openStates } from '../../database/lists/open-cases.ts';
import type { Database } from '../../database/schema.ts';
import { type Surroundings, wholeDirectory } from '../../database/surroundings.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { type CivilDate, dayOf, type Instant } from '../../domain/dates.ts';
import { Forecast } from '../../domain/forecast.ts';
import { type Differing, differingCases } from '../../domain/forecast/course-difference.ts';
import { type Outlook, Sums } from '../../domain/forecast/load.ts';
import type { Occurrence } from '../../domain/forecast/occurrence.ts';
import type { Posted } from '../../domain/forecast/places.ts';
import { type OnRefusal, type RefusedStep, ScenarioCourse } from '../../domain/scenario.ts';
import { familyOf } from '../../domain/forecast/family.ts';
import { openingId, rootOf, type ScenarioStep } from '../../domain/scenario/step.ts';
import { RefusedError } from '../errors.ts';
import type { FileOpening } from '../open-file.ts';
import type { RegisterConnection } from '../register.ts';
import { Course } from './course.ts';
import { calendarsIn, knownBy } from './known.ts';
import { placesIn, posting } from './places.ts';

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

/** Something that happens, and when its letters reach whom. */
export interface Foreseen extends Occurrence {
  readonly posted: readonly Posted[];
}

/** What happens, and what of a scenario did not. */
export interface Foretold {
  readonly occurrences: readonly Foreseen[];
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
  async *ofAll(until: Instant): AsyncGenerator<Foreseen> {
    const { forecast, postedOf } = await this.ofOpenCases(() => undefined);
    for await (const occurrence of forecast.until(until))
      yield { ...occurrence, posted: occurrence.letters.map(postedOf) };
  }

  /**
   * What comes together of all that open cases do, and what somebody should look at before.
   *
   * @param told hears of each thing that happens before it is forgotten
   */
  async addedUp(from: CivilDate, until: Instant, told: (occurrence: Occurrence) => void): Promise<Outlook> {
    const span = { from, until: dayOf(until) };
    const asked = await this.ofOpenCases((directory) => new Sums(placesIn(directory, span), span));
    const { forecast, postedOf, sums } = asked;
    for await (const occurrence of forecast.until(until)) {
      sums.add(occurrence, occurrence.letters.map(postedOf));
      told(occurrence);
    }
    return sums.outlook;
  }

  /**
   * Which open cases would go otherwise by the rules of another checkout, which run in a process of their own.
   *
   * @param other its folder
   * @throws `UsageError` if that is no checkout, or its rules cannot be held against those of today
   */
  async differingBy(other: string, until: Instant): Promise<readonly Differing[]> {
    const { RulesApart } = await import('./rules-apart.ts');
    const caseOf = (id: string) => this.register.ask((db) => findCase(db, id)).then((found) => found?.state);
    const apart = await RulesApart.of(other);
    try {
      const course = await this.inOneMoment(async (db, directory) => {
        const begun = new Course(directory, caseOf);
        await apart.begin(directory, until);
        for await (const page of openStates(db))
          for (const state of page) {
            begun.add(state);
            await apart.add(state);
          }
        return begun;
      });
      return await differingCases(course.until(until), apart.steps(caseOf));
    } finally {
      apart.end();
    }
  }

  private ofOpenCases<S extends Sums | undefined>(sumsOf: (directory: Surroundings) => S) {
    return this.inOneMoment(async (db, directory) => {
      const [forecast, sums] = [this.begunWith({ cases: [], directory }), sumsOf(directory)];
      for await (const page of openStates(db))
        for (const state of page) {
          forecast.add(state);
          sums?.begins(state);
        }
      return { forecast, sums, postedOf: posting(directory) };
    });
  }

  /**
   * With what somebody does, as a scenario says it: of one case or of some that are not opened yet, of those that they open,
   * and of what others do because of them.
   *
   * @throws {@link RefusedError} if there is no such case; `ScenarioRefusedError` where a course stops at a refusal
   */
  async withScenario({ of, steps, onRefusal, from }: ScenarioAsked, until: Instant): Promise<Foretold> {
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
    const postedOf = posting(snapshot.directory);
    const occurrences: Foreseen[] = [];
    for await (const occurrence of forecast.until(until))
      if (isOurs(occurrence)) occurrences.push({ ...occurrence, posted: occurrence.letters.map(postedOf) });
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
