import { refuseUnknownCase } from '../../database/lists.ts';
import { openGroups, openGroupsAround } from '../../database/lists/hanging-together.ts';
import { familiesOf, openStates, stateOnRecord } from '../../database/lists/open-cases.ts';
import { type CivilDate, dayOf, type Instant } from '../../domain/dates.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { Forecast, type Turn } from '../../domain/forecast.ts';
import type { Span } from '../../domain/forecast/concerns.ts';
import { type Differing, differingCases } from '../../domain/forecast/course-difference.ts';
import { type LoadOutlook, Sums } from '../../domain/forecast/load.ts';
import type { Occurrence } from '../../domain/forecast/occurrence.ts';
import type { Posted } from '../../domain/forecast/places.ts';
import { type OnRefusal, type RefusedStep, ScenarioCourse } from '../../domain/scenario.ts';
import { familyIn, familyOf } from '../../domain/forecast/family.ts';
import { openingId, rootOf, type ScenarioStep } from '../../domain/scenario/step.ts';
import { RefusedError } from '../errors.ts';
import type { FileOpening } from '../open-file.ts';
import type { RegisterConnection } from '../register.ts';
import { addedUp, type Asked, groupByGroup, OfAnotherGroupError, type Reached } from './added-up.ts';
import { Course } from './course.ts';
import { InOrder } from './in-order.ts';
import { calendarsIn, knownBy, knownWith } from './known.ts';
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

/** What of a scenario did not happen. */
export interface NotDone {
  readonly refused: readonly RefusedStep[];
  readonly neverAsked: readonly ScenarioStep[];
}

/** What happens, and what of a scenario did not. */
export interface Foretold extends NotDone {
  /** How the cases stand before. */
  readonly begun: readonly CaseState[];
  readonly occurrences: readonly PostedOccurrence[];
  readonly outlook: LoadOutlook;
}

/** What is asked of all open cases. */
export interface AllAsked {
  /** The first day that is looked at. */
  readonly from: CivilDate;
  /** The last instant. */
  readonly until: Instant;
  /** Absent: nobody does anything. */
  readonly scenario?: Omit<ScenarioAsked, 'of'> | undefined;
  /** Hears how far it has come. */
  readonly told: (reached: Reached) => void;
}

/** What is listed of a group of cases, as they come to stand so. Rows are what JSON can hold. */
export interface Listing<Row> {
  /** An open case as it stands before anything happens. */
  readonly begins?: (state: CaseState) => void;
  readonly happens: (occurrence: PostedOccurrence) => Row | undefined;
  /** What is known once all has happened, in the order of its places. */
  readonly ends?: () => readonly (Pick<Turn, 'at' | 'id'> & { readonly row: Row })[];
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
   * looked at to the end and forgotten, group after group: memory grows with the sums and the largest group, which has all
   * that a scenario names.
   *
   * @throws `ScenarioRefusedError` where the course stops at a refusal
   */
  addedUp(all: AllAsked): Promise<NotDone & { readonly outlook: LoadOutlook }> {
    return this.ofGroups(all, async (groups, asked) => ({ outlook: await addedUp(groups, asked) }));
  }

  /**
   * What is listed of all that open cases do, earliest first. They are looked at as for the sums, so that memory does not grow
   * with how many there are: what is listed waits in files.
   *
   * @param listing of one group each
   */
  listed<Row>(all: AllAsked, listing: () => Listing<Row>): Promise<NotDone & { readonly rows: AsyncGenerator<Row> }> {
    return this.ofGroups(all, async (groups, asked) => ({
      rows: (await listedOf(groups, asked, listing)).rows(),
    }));
  }

  /** Both, of one moment of the register and in one go. */
  listedAndAddedUp<Row>(
    all: AllAsked,
    listing: () => Listing<Row>,
  ): Promise<NotDone & { readonly rows: AsyncGenerator<Row>; readonly outlook: LoadOutlook }> {
    return this.ofGroups(all, async (groups, asked) => {
      const sums = sumsIn(asked);
      const rows = await listedOf(groups, asked, listing, sums);
      return { rows: rows.rows(), outlook: sums.outlook };
    });
  }

  /** What comes together of a course that was gone elsewhere, by the directory of now. */
  outlookOf(
    course: Pick<Foretold, 'begun'> & { readonly occurrences: readonly Occurrence[] },
    span: Span,
  ): Promise<LoadOutlook> {
    return this.inOneMoment(async ({ directory }) => {
      const postedOf = posting(directory);
      const occurrences = course.occurrences.map((each) => ({ ...each, posted: each.letters.map(postedOf) }));
      return outlookIn(directory, { ...course, occurrences }, span);
    });
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
      const openings = typeof of === 'string' ? [] : of;
      const opened = openings.map(({ id }) => id);
      const forecast = new Forecast(await knownWith(opened, directory, ask), course);
      for (const state of cases) forecast.add(state);
      for (const { id, kind, opening } of openings) forecast.opens({ id: openingId(id), kind, fields: opening }, from);
      const isOurs = familyOf([...roots, ...opened]);
      const postedOf = posting(directory);
      const occurrences: PostedOccurrence[] = [];
      for await (const occurrence of forecast.until(until))
        if (isOurs(occurrence))
          occurrences.push(Object.assign(occurrence, { posted: occurrence.letters.map(postedOf) }));
      const begun = familyIn(cases, roots);
      const outlook = outlookIn(directory, { begun, occurrences }, { from: dayOf(from), until: dayOf(until) });
      return { begun, occurrences, outlook, refused: course.refused, neverAsked: course.neverAsked };
    });
  }

  /** By groups that have nothing to do with each other; should they have, by one of all. */
  private ofGroups<T>(
    { from, until, scenario, told }: AllAsked,
    act: (groups: Groups, asked: AskedInSpan) => Promise<T>,
  ): Promise<NotDone & T> {
    return this.inOneMoment(async (moment) => {
      const { ask, directory } = moment;
      const groups = await ask((db) =>
        scenario
          ? openGroupsAround(
              db,
              scenario.steps.map((step) => rootOf(step.case)),
            )
          : openGroups(db),
      );
      const of = async (these: Groups) => {
        const course =
          scenario && new ScenarioCourse(scenario.steps, { ...scenario, calendarOf: calendarsIn(directory) });
        const found = await act(these, { moment, span: { from, until: dayOf(until) }, until, course, told });
        return { ...found, refused: course?.refused ?? [], neverAsked: course?.neverAsked ?? [] };
      };
      try {
        return await of(groups);
      } catch (error) {
        if (!(error instanceof OfAnotherGroupError)) throw error;
        return await of([groups.flat()]);
      }
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

type Groups = readonly (readonly string[])[];
type AskedInSpan = Asked & { readonly span: Span };

const sumsIn = ({ moment, span }: AskedInSpan): Sums => new Sums(placesIn(moment.directory, span), span);

/** What comes together of a course. */
function outlookIn(
  directory: Moment['directory'],
  { begun, occurrences }: Pick<Foretold, 'begun' | 'occurrences'>,
  span: Span,
): LoadOutlook {
  const sums = new Sums(placesIn(directory, span), span);
  for (const state of begun) if (state.closedAt === undefined) sums.begins(state);
  for (const occurrence of occurrences) sums.add(occurrence, occurrence.posted);
  return sums.outlook;
}

async function listedOf<Row>(
  groups: Groups,
  asked: Asked,
  listing: () => Listing<Row>,
  sums?: Sums,
): Promise<InOrder<Row>> {
  const rows = new InOrder<Row>();
  const postedOf = posting(asked.moment.directory);
  let ofGroup = listing();
  try {
    await groupByGroup(groups, asked, {
      begins: (group) => {
        ofGroup = listing();
        rows.beginsGroup();
        for (const state of group) {
          ofGroup.begins?.(state);
          sums?.begins(state);
        }
      },
      happens: (turn) => {
        for (const occurrence of turn.happened) {
          const posted = occurrence.letters.map(postedOf);
          sums?.add(occurrence, posted);
          const row = ofGroup.happens(Object.assign(occurrence, { posted }));
          if (row !== undefined) rows.add(turn, row);
        }
      },
      ends: () => {
        rows.beginsGroup();
        for (const { row, ...place } of ofGroup.ends?.() ?? []) rows.add(place, row);
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
