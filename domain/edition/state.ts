import { type CivilDate, daysBetween, plus } from '../dates.ts';
import type { activityFields, talkFields } from './activities.ts';
import type { EvaluationEvent } from '../evaluation/commands.ts';
import type { Evaluation, Question } from '../evaluation.ts';
import type { Country, Kept, KeptOf, Party } from '../fields.ts';
import { rulesOf } from '../lifecycle.ts';
import type { NominationEvent } from '../nomination/events.ts';
import type { Nominations } from '../nomination.ts';
import type { Opening } from './opening.ts';
import type { Described, Intention, outlineChanges } from './outline.ts';
import type { EditionPeriods } from './periods.ts';
import type { hostFields } from './preparation.ts';

/** A state in which the edition is held, with the days it has there; without them, all days of the edition. */
export type Host = KeptOf<typeof hostFields>;

type Talk = KeptOf<typeof talkFields>;

/** As it is planned; its day is kept as a number, so that it moves with the edition, and is absent while it is not known. */
export type ActivityFields = Omit<KeptOf<typeof activityFields>, 'on'>;

/** One item of what happens day by day. */
export interface Activity extends ActivityFields {
  readonly number: number;
  readonly talks: readonly Talk[];
  /** What came of it. */
  readonly outcome?: string;
}

/** The parts of the outline that people changed in this edition; the next one begins with them. */
export type Part = Exclude<keyof typeof outlineChanges, 'focalPoints'>;

export interface Report {
  readonly document: string;
  readonly on: CivilDate;
}

type AsOpened = Kept<Pick<Opening, 'programme' | 'programmeName' | 'programmeSince' | 'number' | 'intended'>>;

/** What an edition of a programme knows of itself. */
export interface Edition extends AsOpened, Described, Nominations, Evaluation, EditionPeriods {
  readonly stage:
    | 'announced'
    | 'nominationsOpen'
    | 'participantsConfirmed'
    | 'underWay'
    | 'held'
    | 'evaluated'
    | 'nextProposed'
    | 'closed';
  /** Its first and last day: as planned, until `fixedOn` says when they were fixed. */
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly fixedOn?: CivilDate;
  /** The first day as it was first fixed; no postponement changes it. */
  readonly firstFrom?: CivilDate;
  /** Reckoned from the planned days until the nominations are open. */
  readonly nominationsBy: CivilDate;
  readonly openedOn: CivilDate;
  readonly stageSince: CivilDate;
  readonly hosts: readonly Host[];
  readonly activities: readonly Activity[];
  readonly changed: readonly Part[];
  readonly planCirculatedOn?: CivilDate;
  readonly heldOn?: CivilDate;
  /** What came of the edition as a whole, each in a sentence. */
  readonly outcomes: readonly string[];
  readonly report?: Report;
  /** What is intended for the next edition. */
  readonly next?: Intention;
}

/** What can happen to an edition. */
export type EditionEvent =
  | NominationEvent
  | EvaluationEvent
  | { type: 'described'; changes: Partial<Described> }
  | ({ type: 'hostAdded' } & Host)
  | { type: 'hostRemoved'; country: Country }
  | { type: 'daysFixed'; from: CivilDate; to: CivilDate }
  | { type: 'postponed'; was: CivilDate; from: CivilDate; to: CivilDate }
  | { type: 'stateDropped'; country: Country; focalPoint: Party; asked: boolean }
  | { type: 'questionsSet'; questions: readonly Question[] }
  | { type: 'nominationsOpened'; nominationsBy: CivilDate; byRule?: true }
  | { type: 'nominationsOver' }
  | { type: 'nominationsClosed' }
  | { type: 'activityAdded'; activity: number; fields: ActivityFields }
  | { type: 'activityChanged'; activity: number; fields: Partial<ActivityFields> }
  | { type: 'activityRemoved'; activity: number; title: string }
  | { type: 'talkAdded'; activity: number; title: string; speaker?: string }
  | { type: 'talkRemoved'; activity: number; title: string }
  | { type: 'activityRecorded'; activity: number; outcome: string }
  | { type: 'planCirculated' }
  | { type: 'begun' }
  | { type: 'held'; on: CivilDate; outcomes: readonly string[] }
  | { type: 'outcomeRecorded'; outcome: string }
  | { type: 'evaluationClosed' }
  | ({ type: 'reportSubmitted' } & Report)
  | ({ type: 'nextProposed' } & Intention)
  | { type: 'closed' };

export const { command, eventRules, lifecycle } = rulesOf<Edition, EditionEvent>();

/** The stages before it begins, at which it can still be moved. */
export const ahead = ['announced', 'nominationsOpen', 'participantsConfirmed'];

/** The civil date of an activity; none while its day is not known. */
export const dateOfActivity = ({ from }: Pick<Edition, 'from'>, { onDay }: Activity): CivilDate | undefined =>
  onDay ? plus(from, `P${onDay - 1}D`) : undefined;

/** What people change here is what the next edition begins with. */
export const changed = (edition: Edition, ...parts: readonly Part[]): Edition => ({
  ...edition,
  changed: [...new Set([...edition.changed, ...parts])],
});

export const lengthOf = ({ from, to }: Pick<Edition, 'from' | 'to'>): number => daysBetween(from, to) + 1;

export const yearOf = ({ from }: Pick<Edition, 'from'>): number => Number(from.slice(0, 4));
