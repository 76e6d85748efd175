import type { actStandings } from '../act.ts';
import type { ActionOpened } from '../action/state.ts';
import type { CivilDate, Period } from '../dates.ts';
import type { Party } from '../fields.ts';
import type { Hours, Reopened } from '../hours.ts';
import { rulesOf } from '../lifecycle.ts';
import type { Opening } from './opening.ts';

/** A stay in one country. Its number is final: no later leg gets it, whatever becomes of this one. */
export interface Leg extends Hours {
  readonly number: number;
  readonly country: string;
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly places: readonly string[];
  /** Whom the delegation meets, with office. */
  readonly counterpart?: string;
  /** Who confirms the leg over there. */
  readonly host: Party;
  readonly confirmBy: CivilDate;
  /** Nobody named that day: the host has until a working day. */
  readonly confirmByRule?: true;
  readonly askedOn: CivilDate;
  /** How often the host was asked: again after every move. */
  readonly rounds: number;
  readonly standing: 'asked' | 'confirmed' | 'declined' | 'cancelled';
  readonly confirmedOn?: CivilDate;
  /** Since when the coordinator has to settle it: declined, or not confirmed in time. */
  readonly unsettledSince?: CivilDate;
}

/** An agency that takes part; no legs named: it goes on all of them. */
export interface Participation {
  readonly agency: string;
  readonly legs: readonly number[];
  readonly since: CivilDate;
}

export interface Head {
  readonly person: string;
  readonly agency: string;
  /** The office in which they travel: "Vice Minister of the Interior and Safety". */
  readonly function: string;
}

export interface Member extends Head {
  /** No legs named: they go on all of them. */
  readonly legs: readonly number[];
}

/** What Korea, say, proposes or shares on a leg. */
export interface Proposal {
  readonly number: number;
  readonly leg: number;
  readonly how: 'proposes' | 'shares';
  readonly what: string;
  /** Whose field it is; absent: of no one agency, the delegation brings it along. */
  readonly agency?: string;
  /** Why there: how things stand in that country. */
  readonly background?: string;
  /** The follow-up actions that came of it. */
  readonly actions: readonly string[];
}

/** A case of its own that takes place on a leg, as far as the visit has heard of it. */
export interface Act extends Hours {
  readonly act: string;
  readonly leg: number;
  readonly title?: string;
  readonly on?: CivilDate;
  readonly until?: CivilDate;
  readonly place?: string;
  /** The day to which it was told to move, until it reports where it stands: what moves next counts from there. */
  readonly movingTo?: CivilDate;
  /** `asked`: it has not answered yet that it belongs to the visit. */
  readonly standing: 'asked' | (typeof actStandings)[number] | 'handedOver' | 'dropped';
  readonly addedOn: CivilDate;
  readonly handedTo?: Party;
  /** What the visit asked of it and it refused; the coordinator settles it. */
  readonly refused?: { readonly command: string; readonly because: string; readonly on: CivilDate };
}

/** What each agency, or each that sends the delegation, prepares for each of its legs. */
export interface Preparation {
  readonly subject: string;
  readonly before: Period;
  readonly by: 'everyAgency' | 'senders';
}

/** One thing that one agency prepares for one leg. */
export interface ChecklistItem {
  readonly number: number;
  readonly subject: string;
  readonly agency: string;
  readonly leg: number;
  readonly addedOn: CivilDate;
  /** So long before the leg; absent where a day was named. */
  readonly before?: Period;
  readonly due?: CivilDate;
  readonly doneOn?: CivilDate;
  /** Since when it is not needed any more; it stays on record, so that no later leg brings it back. */
  readonly droppedOn?: CivilDate;
  readonly note?: string;
}

/** What a visit is for, in words. */
export type Description = Partial<Pick<Opening, 'reason' | 'aim'>>;

type Periods = Pick<Opening, 'confirmBefore' | 'delegationBefore' | 'briefingBookBefore' | 'reportWithin'>;

/** What a delegation visit knows of itself. */
export interface Visit extends Readonly<Description>, Readonly<Periods> {
  readonly stage: 'proposed' | 'confirmed' | 'prepared' | 'underWay' | 'returned' | 'reported' | 'closed';
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly firstFrom: CivilDate;
  /** The day on which the dates were set: deadlines before the departure are reckoned from it. */
  readonly scheduledOn: CivilDate;
  readonly sendingCountry: string;
  readonly senders: readonly string[];
  /** Who writes the report. */
  readonly rapporteur: Party;
  readonly agencies: readonly Participation[];
  readonly head?: Head;
  readonly members: readonly Member[];
  readonly legs: readonly Leg[];
  readonly proposals: readonly Proposal[];
  readonly acts: readonly Act[];
  readonly preparations: readonly Preparation[];
  readonly checklist: readonly ChecklistItem[];
  readonly briefingBookOn?: CivilDate;
  readonly briefingBook?: string;
  readonly departedOn?: CivilDate;
  readonly returnedOn?: CivilDate;
  readonly reportedOn?: CivilDate;
  /** What the report says came of the visit. */
  readonly report?: string;
  readonly reportDocument?: string;
  readonly actions: readonly string[];
}

/** A leg on other days; `confirmBy` is when its host is to confirm them. */
export interface LegMove {
  readonly leg: number;
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly confirmBy: CivilDate;
  /** Nobody named it; events of before do not say so, and keep the day as it fell. */
  readonly byRule?: true;
}

/** An act that is asked to take place on another day. */
export interface ActMove {
  readonly act: string;
  /** The day from which it moves; events of 0.2.0 do not say it. */
  readonly from?: CivilDate;
  readonly to: CivilDate;
}

type DelegationEvent =
  | ({ type: 'headNamed' } & Head)
  | { type: 'agencyAdded'; agency: string; legs: readonly number[]; keepsDone?: true }
  | { type: 'agencyRemoved'; agency: string }
  | ({ type: 'memberAdded' } & Member)
  | { type: 'memberRemoved'; person: string };

type LegEvent =
  | ({ type: 'legAdded'; keepsDone?: true; leg: number; byRule?: true } & Hours &
      Pick<Leg, 'country' | 'from' | 'to' | 'places' | 'counterpart' | 'host' | 'confirmBy'>)
  | ({ type: 'legTimeSet'; leg: number } & Hours & Reopened)
  | ({ type: 'counterpartChanged'; leg: number; insteadOf: Party; places?: readonly string[] } & Pick<
      Leg,
      'counterpart' | 'host'
    >)
  | { type: 'legConfirmed'; leg: number; on: CivilDate }
  | { type: 'legDeclined'; leg: number }
  | { type: 'legUnconfirmed'; leg: number }
  | ({ type: 'legMoved'; places?: readonly string[]; acts: readonly ActMove[] } & LegMove & Hours & Reopened)
  | { type: 'legCancelled'; leg: number; acts: readonly string[]; letGo: readonly string[] }
  | { type: 'datesChanged'; from: CivilDate; to: CivilDate }
  | { type: 'postponed'; from: CivilDate; to: CivilDate; legs: readonly LegMove[]; acts: readonly ActMove[] };

type ActEvent =
  | { type: 'actAdded'; act: string; leg: number }
  | {
      type: 'actPlanned';
      act: string;
      leg: number;
      title: string;
      on?: CivilDate;
      opening: Readonly<Record<string, unknown>>;
    }
  | ({ type: 'actReported'; title: string; standing: (typeof actStandings)[number] } & Hours &
      Pick<Act, 'act' | 'leg' | 'on' | 'until' | 'place'>)
  | { type: 'actHandedOver'; act: string; to: Party }
  | { type: 'actDropped'; act: string }
  /** Recorded by every case when another one did not do what it was asked; here it is followed up. */
  | { type: 'inVain'; case: string; command: string; because: string };

type PreparationEvent =
  | ({ type: 'proposalAdded'; proposal: number } & Omit<Proposal, 'number' | 'actions'>)
  | { type: 'proposalWithdrawn'; proposal: number }
  | ({ type: 'checklistItemAdded'; legs: readonly number[] } & Pick<
      ChecklistItem,
      'subject' | 'agency' | 'due' | 'before'
    >)
  | { type: 'checklistItemDropped'; items: readonly number[] }
  | { type: 'checkedOff'; items: readonly number[]; on: CivilDate; note?: string }
  | { type: 'briefingBookCirculated'; on: CivilDate; document?: string };

type JourneyEvent =
  | { type: 'described'; changes: Description }
  | { type: 'departed'; on: CivilDate }
  | { type: 'returned'; on: CivilDate }
  | { type: 'reportSubmitted'; on: CivilDate; report: string; document?: string }
  | (ActionOpened & { proposal?: number; committee?: string; coChairs: readonly string[] })
  | { type: 'closed' };

export type VisitEvent = DelegationEvent | LegEvent | ActEvent | PreparationEvent | JourneyEvent;

export const { command, eventRules, lifecycle } = rulesOf<Visit, VisitEvent>();
