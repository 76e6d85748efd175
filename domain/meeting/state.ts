import type { VisitLinkEvent, WithVisit } from '../act.ts';
import type { ActionOpened } from '../action/state.ts';
import { type CivilDate, daysBetween, minus, type Period, plus } from '../dates.ts';
import type { NamedDocument } from '../document.ts';
import type { HoursOverDays, Reopened } from '../hours.ts';
import type { MeetingPeriods } from '../committee/opening.ts';
import type { Kept, KeptOf } from '../fields.ts';
import { type Sides, standingFor, type Successor } from '../committee/sides.ts';
import { rulesOf } from '../lifecycle.ts';
import { ofNumber } from '../numbered.ts';
import type { Refusal } from '../refusal.ts';
import type { Opening } from './opening.ts';
import type { attendanceFields } from './session.ts';

/** An item of the agenda. Numbers are final once the agenda is circulated. */
export interface Item {
  readonly number: number;
  readonly title: string;
  /** The side that proposed it; absent for what the committee puts on the agenda itself. */
  readonly proposedBy?: string;
  readonly subject?: 'previousMinutes' | 'openActions' | 'deferred';
  readonly outcome?: 'decided' | 'discussed' | 'deferred';
  /** The decision, the gist of the discussion, or what is printed of its deferral. */
  readonly says?: string;
}

export interface ActionOnAgenda {
  readonly action: string;
  readonly topic: string;
}

/** How a side stands to the draft minutes. */
export type Consent = 'agreed' | 'silent';

type AsConvened = Kept<Pick<Opening, 'committee' | 'number' | 'on' | 'place' | 'host' | 'members' | 'previous'>>;

/** What a meeting knows of itself. */
export interface Meeting
  extends AsConvened,
    Sides,
    MeetingPeriods,
    WithVisit,
    HoursOverDays,
    KeptOf<typeof attendanceFields> {
  readonly stage:
    | 'convened'
    | 'itemsCollected'
    | 'agendaCirculated'
    | 'agendaAdopted'
    | 'held'
    | 'minutesCirculated'
    | 'objected'
    | 'minutesAgreed'
    | 'minutesSigned'
    | 'closed';
  readonly firstOn: CivilDate;
  readonly openActions: readonly ActionOnAgenda[];
  /** The day on which the date was set; what is due before the meeting is reckoned from it at short notice. */
  readonly scheduledOn: CivilDate;
  readonly itemsBy: CivilDate;
  readonly agendaBy: CivilDate;
  readonly invitedOn?: CivilDate;
  readonly items: readonly Item[];
  readonly papers: readonly NamedDocument[];
  readonly agendaCirculatedOn?: CivilDate;
  readonly agendaAdoptedOn?: CivilDate;
  readonly heldOn?: CivilDate;
  /** The day on which it was opened again for new minutes: they are owed from then on. */
  readonly reopenedOn?: CivilDate;
  /** The number of the last draft of the minutes. */
  readonly draft: number;
  /** The last draft itself; a name alone where it was circulated before texts were kept. */
  readonly document?: NamedDocument;
  readonly circulatedOn?: CivilDate;
  readonly commentsBy?: CivilDate;
  readonly consents: Readonly<Record<string, Consent>>;
  readonly objectedOn?: CivilDate;
  readonly objections: number;
  readonly agreedOn?: CivilDate;
  readonly signatures: Readonly<Record<string, CivilDate>>;
  readonly signedOn?: CivilDate;
  /** The meeting that confirmed these minutes. */
  readonly confirmedBy?: string;
  readonly actions: readonly string[];
}

/** What can happen to a meeting. */
export type MeetingEvent =
  | VisitLinkEvent
  | { type: 'invited' }
  | ({ type: 'postponed'; from: CivilDate; to: CivilDate; place?: string } & HoursOverDays & Reopened)
  | ({ type: 'timeSet' } & HoursOverDays & Reopened)
  | ({ type: 'coChairChanged' } & Successor)
  | ({ type: 'secretaryChanged' } & Successor)
  | { type: 'openActionAdded'; action: string; topic: string }
  | { type: 'openActionClosed'; action: string; outcome: string }
  | { type: 'itemProposed'; item: number; title: string; side: string }
  | { type: 'itemWithdrawn'; item: number; title: string }
  | { type: 'itemsClosed' }
  | { type: 'agendaCirculated'; on: CivilDate; papers: readonly NamedDocument[] }
  | { type: 'agendaAdopted'; on: CivilDate }
  | ({ type: 'held'; on: CivilDate } & KeptOf<typeof attendanceFields>)
  | { type: 'decided'; item: number; decision: string; again: boolean }
  | { type: 'discussed'; item: number; summary?: string }
  | { type: 'deferred'; item: number; minuted?: string }
  | { type: 'minutesCirculated'; draft: number; on: CivilDate; commentsBy?: string; document?: NamedDocument }
  | { type: 'minutesConsented'; side: string; on: CivilDate }
  | { type: 'keptSilent'; side: string }
  | { type: 'objected'; side: string; on: CivilDate }
  | { type: 'minutesAgreed'; on: CivilDate }
  | { type: 'minutesSigned'; side: string; person: string; on: CivilDate }
  | { type: 'signaturesComplete'; on: CivilDate }
  | { type: 'minutesConfirmed'; meeting: string; on: CivilDate }
  | (ActionOpened & { decision?: number })
  | { type: 'closed' }
  | { type: 'reopened'; newMinutes: boolean };

export const { command, eventRules, lifecycle } = rulesOf<Meeting, MeetingEvent>();

/** The stages before the meeting itself, at which it can still be moved. */
export const ahead = ['convened', 'itemsCollected', 'agendaCirculated'] as const;

export const hostSecretary = ({ sides, secretaries, host }: Pick<Meeting, 'sides' | 'secretaries' | 'host'>): string =>
  standingFor(sides, secretaries, host);

export const undecided = ({ items }: Meeting): readonly Item[] => items.filter(({ outcome }) => !outcome);

export const unsigned = ({ sides, signatures }: Meeting): readonly string[] =>
  sides.filter((side) => signatures[side] === undefined);

export const ofItem = <T>({ items }: Meeting, number: number, answer: (item: Item) => T): T | Refusal =>
  ofNumber(items, number, `The agenda has no item ${number}; it has`, answer);

interface Schedule {
  readonly on: CivilDate;
  readonly scheduledOn: CivilDate;
  readonly itemsBefore: Period;
  readonly agendaBefore: Period;
}

/** The day so long before the meeting; at short notice, when that is past, the middle of the time that is left. */
export const dayBeforeOrMidway = (on: CivilDate, before: Period, from: CivilDate): CivilDate => {
  const day = minus(on, before);
  return day >= from ? day : plus(from, `P${Math.max(0, Math.floor(daysBetween(from, on) / 2))}D`);
};

/** Until when items are taken, and when the agenda is due. */
export function datesBefore({ on, scheduledOn, itemsBefore, agendaBefore }: Schedule): {
  itemsBy: CivilDate;
  agendaBy: CivilDate;
} {
  const itemsBy = dayBeforeOrMidway(on, itemsBefore, scheduledOn);
  return { itemsBy, agendaBy: dayBeforeOrMidway(on, agendaBefore, itemsBy) };
}

/** So many days before the meeting, as a period. */
export const leadOf = (day: CivilDate, on: CivilDate): Period => `P${Math.max(0, daysBetween(day, on))}D`;

/** The day on which people were invited; a meeting that was over when it was recorded has invited nobody. */
export const invitationsSentOn = ({ invitedOn, on, firstOn }: Meeting): CivilDate | undefined =>
  invitedOn && (invitedOn <= on || invitedOn <= firstOn) ? invitedOn : undefined;
