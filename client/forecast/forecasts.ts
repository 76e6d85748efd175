import { refuseUnknownCase } from '../../database/lists.ts';
import { openGroups } from '../../database/lists/hanging-together.ts';
import { familiesOf, openStates, stateOnRecord } from '../../database/lists/open-cases.ts';
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
import { addedUp, type Asked, groupByGroup, OfAnotherGroupError, type Reached } from './added-up.ts';
import { Course } from './course.ts';
import { InOrder } from './in-order.ts';
import { calendarsIn, knownBy } from './known.ts';
import { Moment } from './moment.ts';
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
export interface PostedOccurrence extends Occurrence {
  readonly posted: readonly Posted[];
}

/** What happens, and what of a scenario did not. */
export interface Foretold {
  readonly occurrences: readonly PostedOccurrence[];
  readonly refused: readonly RefusedStep[];
  readonly neverAsked: readonly ScenarioStep[];
}

/** What cases will do by themselves if nobody does anything, by one moment of the register; changes nothing. */
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
  async *ofAll(until: Instant): AsyncGenerator<PostedOccurrence> {
    const moment = await Moment.of(this.register);
    try {
      const { forecast, postedOf } = await ofOpenCases(moment);
      for await (const occurrence of forecast.until(until))
        yield { ...occurrence, posted: occurrence.letters.map(postedOf) };
    } finally {
      await moment.end();
    }
  }

  /**
   * What comes together of all that open cases do, and what somebody should look at before. Cases that hang together are
   * looked at to the end and forgotten, group after group: memory grows with the sums and the largest group.
   *
   * @param told hears how far it has come
   */
  addedUp(from: CivilDate, until: Instant, told: (reached: Reached) => void): Promise<Outlook> {
    return this.inOneMoment((moment) => {
      const asked = { moment, span: { from, until: dayOf(until) }, until, told };
      return inGroups(moment, (groups) => addedUp(groups, asked));
    });
  }

  /**
   * What is listed of all that open cases do, earliest first. They are looked at as for the sums, so that memory does not grow
   * with how many there are: what is listed waits in files.
   *
   * @param rowOf what is listed of something that happens, as JSON can hold it; undefined: nothing
   */
  async *listed<Row>(
    until: Instant,
    rowOf: (occurrence: PostedOccurrence) => Row | undefined,
    told: (reached: Reached) => void,
  ): AsyncGenerator<Row> {
    const rows = await this.inOneMoment((moment) =>
      inGroups(moment, (groups) => listedOf(groups, { moment, until, told }, rowOf)),
    );
    yield* rows.rows();
  }

  /** Both, of one moment of the register and in one go. */
  async listedAndAddedUp<Row>(
    { from, until }: { readonly from: CivilDate; readonly until: Instant },
    rowOf: (occurrence: PostedOccurrence) => Row | undefined,
    told: (reached: Reached) => void,
  ): Promise<{ readonly rows: AsyncGenerator<Row>; readonly outlook: Outlook }> {
    const span = { from, until: dayOf(until) };
    const { rows, outlook } = await this.inOneMoment((moment) =>
      inGroups(moment, async (groups) => {
        const sums = new Sums(placesIn(moment.directory, span), span);
        const found = await listedOf(groups, { moment, until, told }, rowOf, sums);
        return { rows: found, outlook: sums.outlook };
      }),
    );
    return { rows: rows.rows(), outlook };
  }

  /**
   * Which open cases would go otherwise by the rules of another checkout, which run in a process of their own. What is
   * planned stays planned, as it would in a worker of that version: only what is planned anew goes by another ladder.
   *
   * @param other its folder
   * @throws `UsageError` if that is no checkout, or its rules cannot be held against those of today
   */
  async differingBy(other: string, until: Instant): Promise<readonly Differing[]> {
    const { RulesApart } = await import('./rules-apart.ts');
    const apart = await RulesApart.of(other);
    try {
      return await this.inOneMoment(async ({ ask, directory }) => {
        const caseOf = (id: string) => ask((db) => stateOnRecord(db, id));
        const course = new Course(directory, caseOf);
        await apart.begin(directory, until);
        await ask(async (db) => {
          for await (const page of openStates(db))
            for (const state of page) {
              course.add(state);
              await apart.add(state);
            }
        });
        return differingCases(course.until(until), apart.steps(caseOf));
      });
    } finally {
      apart.end();
    }
  }

  /**
   * With what somebody does, as a scenario says it: of one case or of some that are not opened yet, of those that they open,
   * and of what others do because of them.
   *
   * @throws {@link RefusedError} if there is no such case; `ScenarioRefusedError` where a course stops at a refusal
   */
  withScenario({ of, steps, onRefusal, from }: ScenarioAsked, until: Instant): Promise<Foretold> {
    const roots = typeof of === 'string' ? [of] : [];
    const named = [...roots, ...steps.map((step) => rootOf(step.case))];
    return this.inOneMoment(async ({ ask, directory }) => {
      const cases = await ask((db) => familiesOf(db, named));
      const missing = roots.find((id) => !cases.some((state) => state.id === id));
      if (missing !== undefined) throw new RefusedError(await ask((db) => refuseUnknownCase(db, missing)));
      const course = new ScenarioCourse(steps, { from, calendarOf: calendarsIn(directory), onRefusal });
      const forecast = new Forecast(knownBy(directory, ask), course);
      for (const state of cases) forecast.add(state);
      const openings = typeof of === 'string' ? [] : of;
      for (const { id, kind, opening } of openings) forecast.opens({ id: openingId(id), kind, fields: opening }, from);
      const isOurs = familyOf([...roots, ...openings.map(({ id }) => id)]);
      const postedOf = posting(directory);
      const occurrences: PostedOccurrence[] = [];
      for await (const occurrence of forecast.until(until))
        if (isOurs(occurrence)) occurrences.push({ ...occurrence, posted: occurrence.letters.map(postedOf) });
      return { occurrences, refused: course.refused, neverAsked: course.neverAsked };
    });
  }

  private async inOneMoment<T>(act: (moment: Moment) => Promise<T>): Promise<T> {
    const moment = await Moment.of(this.register);
    try {
      return await act(moment);
    } finally {
      await moment.end();
    }
  }
}

/** By groups that have nothing to do with each other; should they have, by one of all. */
async function inGroups<T>({ ask }: Moment, act: (groups: readonly (readonly string[])[]) => Promise<T>): Promise<T> {
  const groups = await ask(openGroups);
  try {
    return await act(groups);
  } catch (error) {
    if (!(error instanceof OfAnotherGroupError)) throw error;
    return await act([groups.flat()]);
  }
}

async function listedOf<Row>(
  groups: readonly (readonly string[])[],
  asked: Asked,
  rowOf: (occurrence: PostedOccurrence) => Row | undefined,
  sums?: Sums,
): Promise<InOrder<Row>> {
  const rows = new InOrder<Row>();
  const postedOf = posting(asked.moment.directory);
  try {
    await groupByGroup(groups, asked, {
      begins: (group) => {
        rows.beginsGroup();
        for (const state of sums ? group : []) sums?.begins(state);
      },
      happens: (turn) => {
        for (const occurrence of turn.happened) {
          const posted = occurrence.letters.map(postedOf);
          sums?.add(occurrence, posted);
          const row = rowOf({ ...occurrence, posted });
          if (row !== undefined) rows.add(turn, row);
        }
      },
    });
    return rows;
  } catch (error) {
    rows.forget();
    throw error;
  }
}

async function ofOpenCases({ ask, directory }: Moment) {
  const forecast = new Forecast(knownBy(directory, ask));
  await ask(async (db) => {
    for await (const page of openStates(db)) for (const state of page) forecast.add(state);
  });
  return { forecast, postedOf: posting(directory) };
}
