import { type CivilDate, type Period, plus } from '../dates.ts';
import type { Country } from '../fields.ts';
import { rulesOf } from '../lifecycle.ts';
import type { Form, Intention, InvitedState, Outline } from './outline.ts';

/** A state in which the edition is held, with the days it has there; without them, all days of the edition. */
export interface Host {
  readonly country: Country;
  readonly city: string;
  readonly from?: CivilDate;
  readonly to?: CivilDate;
}

/** How an invited state stands to the nominations; who it nominated is in `nominations`. */
export interface Invitation extends InvitedState {
  /** The last day for this state. */
  readonly nominateBy?: CivilDate;
  readonly answer?: 'nominated' | 'declined';
  readonly answeredOn?: CivilDate;
  /** Its nominations came after its last day. */
  readonly late?: true;
  readonly declinedBecause?: string;
}

export interface Talk {
  readonly title: string;
  /** Name and office. */
  readonly speaker?: string;
}

/** One item of what happens day by day. */
export interface Activity {
  readonly number: number;
  readonly form: Form;
  readonly title: string;
  /** 1 is the first day of the edition. */
  readonly onDay?: number;
  /** Local time, as `09:30`. */
  readonly time?: string;
  /** A venue: "the headquarters of KLID". */
  readonly place?: string;
  /** The agency that organises or hosts it. */
  readonly organiser?: string;
  /** Name and office. */
  readonly chair?: string;
  readonly talks: readonly Talk[];
  /** The questions or titles of its panels. */
  readonly panels: readonly string[];
  /** Who takes part besides the participants: "scientists and high officials of Korea and other states". */
  readonly attendees?: string;
  readonly description?: string;
  /** What came of it. */
  readonly outcome?: string;
}

export interface EditionPeriods {
  /** After the opening: dates and hosts are fixed. */
  readonly scheduleWithin: Period;
  /** Before the first day: the states have nominated. */
  readonly nominateBefore: Period;
  /** Before the first day: the participants are confirmed. */
  readonly confirmBefore: Period;
  /** Before the first day: the plan of activities is circulated. */
  readonly planBefore: Period;
  /** After the last day. */
  readonly recordWorkingDays: number;
  readonly evaluateWithin: Period;
  readonly reportWithin: Period;
  readonly proposeWithin: Period;
}

/** What an edition of a programme knows of itself. */
export interface Edition extends Omit<Outline, 'activities' | 'invited'>, EditionPeriods {
  readonly stage:
    | 'announced'
    | 'nominationsOpen'
    | 'participantsConfirmed'
    | 'underWay'
    | 'held'
    | 'evaluated'
    | 'nextProposed'
    | 'closed';
  readonly programme: string;
  readonly programmeName: string;
  /** The year of the first edition of the programme. */
  readonly programmeSince: number;
  readonly number: number;
  readonly year: number;
  readonly openedOn: CivilDate;
  readonly stageSince: CivilDate;
  readonly from?: CivilDate;
  readonly to?: CivilDate;
  /** The first days that were set; kept when the edition is moved. */
  readonly firstFrom?: CivilDate;
  readonly hosts: readonly Host[];
  /** What the edition before intended for this one. */
  readonly intended?: Intention;
  readonly invited: readonly Invitation[];
  readonly nominateBy?: CivilDate;
  readonly activities: readonly Activity[];
  readonly planCirculatedOn?: CivilDate;
  readonly heldOn?: CivilDate;
  /** What came of the edition as a whole, in sentences. */
  readonly outcomes: readonly string[];
  readonly report?: { readonly document: string; readonly on: CivilDate };
  readonly next?: Intention;
}

/** What can happen to an edition. */
export type EditionEvent = { type: 'scheduled'; from: CivilDate; to: CivilDate } | { type: 'heldOn'; on: CivilDate };

export const { command, lifecycle } = rulesOf<Edition, EditionEvent>();

/** The civil date of an activity; none while it has no day or the edition has no dates. */
export const dateOfActivity = ({ from }: Pick<Edition, 'from'>, { onDay }: Activity): CivilDate | undefined =>
  from && onDay ? plus(from, `P${onDay - 1}D`) : undefined;
