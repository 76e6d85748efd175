import type { ActionOpened } from '../action/state.ts';
import type { HoursOverDays } from '../hours.ts';
import type { CivilDate, Period } from '../dates.ts';
import { rulesOf } from '../lifecycle.ts';
import type { Kept } from '../fields.ts';
import type { Opening as MeetingOpening } from '../meeting/opening.ts';
import type { MeetingPeriods, Opening } from './opening.ts';
import type { Sides, Successor } from './sides.ts';

/** A member of the committee besides co-chairs and secretaries. */
export interface Member {
  readonly person: string;
  readonly side: string;
  readonly from: CivilDate;
  /** The last day; absent while the member sits. */
  readonly until?: CivilDate;
}

/** The meeting that is convened and not yet held; its hour as it was convened, which the meeting keeps from then on. */
export interface ConvenedMeeting
  extends HoursOverDays,
    Kept<Pick<MeetingOpening, 'number' | 'on' | 'place' | 'host' | 'itemsBy' | 'deferred'>> {
  readonly meeting: string;
}

export type OpenAction = Omit<ActionOpened, 'type'>;

/** What a joint committee knows of itself. */
export interface Committee
  extends Sides,
    MeetingPeriods,
    Kept<Pick<Opening, 'mou' | 'frequency' | 'meetingsHeld' | 'lastMeetingOn'>> {
  readonly stage: 'constituted' | 'active' | 'meetingConvened' | 'suspended' | 'dissolved';
  readonly members: readonly Member[];
  readonly since: CivilDate;
  /** The sides in the order in which they host next: whoever has hosted goes to the end. */
  readonly turns: readonly string[];
  readonly lastMeeting?: string;
  readonly nextMeetingBy: CivilDate;
  /** Nobody named that day: it is reckoned from the last meeting, or from what the committee rests on. */
  readonly nextMeetingByRule?: true;
  /** Since when the next meeting is waited for. */
  readonly waitingSince: CivilDate;
  /** The number of the last meeting that coordinator and host were told of in advance. */
  readonly announced: number;
  /** How often the next number was convened: a cancelled meeting leaves its number to another. */
  readonly convocations: number;
  readonly convened?: ConvenedMeeting;
  readonly minutesToSign: readonly string[];
  readonly openActions: readonly OpenAction[];
  readonly actionsClosed: number;
  readonly deferred: readonly string[];
}

/** What can happen to a joint committee. */
export type CommitteeEvent =
  | { type: 'memberAppointed'; person: string; side: string; from: CivilDate }
  | { type: 'memberDischarged'; person: string; on: CivilDate }
  | ({ type: 'coChairChanged'; from: CivilDate } & Successor)
  | ({ type: 'secretaryChanged'; from: CivilDate } & Successor)
  | { type: 'frequencyChanged'; frequency: Period }
  | { type: 'hostSwapped'; host: string; insteadOf: string }
  | { type: 'nextMeetingAnnounced'; nth: number }
  | ({ type: 'meetingConvened'; nth: number } & Omit<ConvenedMeeting, 'number' | 'deferred'>)
  | { type: 'meetingPostponed'; meeting: string; to: CivilDate }
  | { type: 'meetingCancelled'; meeting: string; nth: number }
  | { type: 'meetingHeld'; meeting: string; nth: number; on: CivilDate; host: string }
  | { type: 'minutesSigned'; meeting: string; on: CivilDate; deferred: readonly string[] }
  | ({ type: 'actionRecorded' } & OpenAction)
  | { type: 'actionClosed'; action: string; outcome: string }
  | { type: 'suspended' }
  | { type: 'resumed'; nextMeetingBy: CivilDate }
  | { type: 'dissolved' };

export const { command, eventRules, lifecycle } = rulesOf<Committee, CommitteeEvent>();

export const nextNumber = ({ meetingsHeld }: Pick<Committee, 'meetingsHeld'>): number => meetingsHeld + 1;

/** Whose turn it is to host. */
export const nextHost = ({ turns }: Committee): string => turns[0] ?? '';

export const sitsOn =
  (day: CivilDate) =>
  ({ from, until }: Member): boolean =>
    from <= day && (until === undefined || until >= day);
