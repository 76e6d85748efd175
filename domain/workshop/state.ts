import type { CivilDate } from '../dates.ts';
import type { VisitLinkEvent, WithVisit } from '../act.ts';
import type { Evaluation } from '../evaluation.ts';
import type { EvaluationEvent } from '../evaluation/commands.ts';
import type { Kept, Party } from '../fields.ts';
import { rulesOf } from '../lifecycle.ts';
import type { Nominations } from '../nomination.ts';
import type { NominationEvent } from '../nomination/events.ts';
import type { Opening } from './opening.ts';

/** A local time of day where the workshop takes place: `09:30`. */
export type ClockTime = string;

/** A talk; talks stand in the order in which they are given. */
export interface Talk {
  /** Given once: it stays when the order changes, and no other talk gets it. */
  readonly number: number;
  readonly title: string;
  /** Who gives it or sends the speaker, owes the materials and gets the mail. */
  readonly presenter?: Party;
  /** Name and office of the speaker, where the presenter is an agency or nobody of the directory. */
  readonly speaker?: string;
  readonly minutes: number;
  /** The day; without it, the first. */
  readonly on?: CivilDate;
  readonly since: CivilDate;
  /** Where its materials are, once they are there. */
  readonly document?: string;
}

/** What a workshop is for, in words. */
export type Description = Partial<Kept<Pick<Opening, 'purpose' | 'audience'>>>;

/** What is kept as it was planned; a workshop that needs no report has `none` as `reportAfter`. */
type AsPlanned = Kept<
  Omit<
    Opening,
    'visit' | 'leg' | 'to' | 'invited' | 'focalPoints' | 'places' | 'placesPerState' | 'nominationsBy' | 'questions'
  >
>;

/** What a workshop knows of itself. */
export interface Workshop extends AsPlanned, Nominations, Evaluation, WithVisit {
  readonly stage:
    | 'planned'
    | 'announced'
    | 'registration'
    | 'registrationClosed'
    | 'held'
    | 'materialsOut'
    | 'evaluated'
    | 'closed';
  readonly to: CivilDate;
  /** The first day that was set; kept when the workshop is moved. */
  readonly firstFrom: CivilDate;
  readonly talks: readonly Talk[];
  /** How many numbers have been given to talks. */
  readonly talksEver: number;
  /** The day on which its dates were set; what is due before it is reckoned from here at short notice. */
  readonly scheduledOn: CivilDate;
  readonly announceBy: CivilDate;
  readonly announcedOn?: CivilDate;
  readonly registrationSince?: CivilDate;
  readonly registrationClosedOn?: CivilDate;
  readonly materialsBy: CivilDate;
  readonly heldOn?: CivilDate;
  /** Who attended besides the participants: name and office. */
  readonly guests: readonly string[];
  /** How many people attended in all, if somebody counted. */
  readonly attendees?: number;
  readonly circulatedOn?: CivilDate;
  /** What was circulated besides the materials of the talks. */
  readonly documents: readonly string[];
  readonly evaluatedOn?: CivilDate;
  readonly report?: { readonly document: string; readonly summary?: string; readonly on: CivilDate };
}

export type Change = Partial<Pick<Workshop, 'place' | 'startsAt' | 'endsAt'>>;

export type TalkFields = { talk: number } & Pick<Talk, 'title' | 'minutes' | 'presenter' | 'speaker' | 'on'>;

type TalkEvent =
  | ({ type: 'talkAdded' } & TalkFields)
  | ({ type: 'talkChanged'; before?: Party } & TalkFields)
  | { type: 'talkDropped'; talk: number; title: string; presenter?: Party }
  | { type: 'talksOrdered'; talks: readonly number[] }
  | { type: 'materialsReceived'; talk: number; document: string };

/** What can happen to a workshop. */
export type WorkshopEvent =
  | NominationEvent
  | EvaluationEvent
  | VisitLinkEvent
  | TalkEvent
  | { type: 'described'; changes: Description }
  | { type: 'announced'; opensRegistration: boolean }
  | { type: 'registrationOpened' }
  | { type: 'registrationClosed' }
  | ({ type: 'changed' } & Change)
  | ({ type: 'postponed'; from: CivilDate; to: CivilDate; until: CivilDate } & Change)
  | { type: 'held'; on: CivilDate; guests: readonly string[]; attendees?: number }
  | { type: 'materialsCirculated'; on: CivilDate; documents: readonly string[] }
  | { type: 'evaluated' }
  | { type: 'reported'; document: string; summary?: string }
  | { type: 'closed' };

export const { command, eventRules, lifecycle } = rulesOf<Workshop, WorkshopEvent>();

/** The stages before it is held, at which it can still be moved. */
export const ahead = ['planned', 'announced', 'registration', 'registrationClosed'];
/** Those at which people know of it. */
export const announced = ['announced', 'registration', 'registrationClosed'];
export const afterwards = ['held', 'materialsOut', 'evaluated'];

export const findTalk = ({ talks }: Workshop, number: number): Talk | undefined =>
  talks.find((talk) => talk.number === number);

/** Where no state is invited nobody nominates. */
export const takesNominations = ({ invited }: Nominations): boolean => invited.length > 0;
