import type { VisitLinkEvent, WithVisit } from '../act.ts';
import type { ActionOpened } from '../action/state.ts';
import type { CivilDate } from '../dates.ts';
import { type Kept, type Party, partyOfAgency } from '../fields.ts';
import type { Hours, Reopened } from '../hours.ts';
import { rulesOf } from '../lifecycle.ts';
import type { Opening } from './opening.ts';

export const forms = ['bilateralTalk', 'siteVisit'] as const;

/** A follow-up that was promised, and what became of it. */
export interface FollowUp {
  readonly number: number;
  readonly what: string;
  /** The follow-up action that carries it out. */
  readonly action?: string;
  readonly dropped?: true;
}

type AsPlanned = Kept<
  Pick<
    Opening,
    'form' | 'subject' | 'on' | 'place' | 'owner' | 'host' | 'counterpart' | 'participants' | 'recordWorkingDays'
  >
>;

/** What an appointment knows of itself. */
export interface Appointment extends AsPlanned, WithVisit, Hours {
  readonly stage: 'planned' | 'confirmed' | 'declined' | 'held' | 'closed';
  readonly firstOn: CivilDate;
  /** Who carries it on since a visit handed it over, instead of that agency. */
  readonly handedOver?: { readonly to: Party; readonly on: CivilDate };
  readonly confirmBy: CivilDate;
  /** Nobody named that day: the host has until a working day. */
  readonly confirmByRule?: true;
  readonly askedOn: CivilDate;
  /** How often the host was asked: again after every move. */
  readonly rounds: number;
  readonly declinedOn?: CivilDate;
  readonly heldOn?: CivilDate;
  readonly attended: readonly string[];
  readonly guests: readonly string[];
  readonly outcome?: string;
  readonly promised: readonly FollowUp[];
  readonly actions: readonly string[];
}

/** What can happen to an appointment. */
export type AppointmentEvent =
  | VisitLinkEvent
  | { type: 'handedOver'; to: Party }
  | ({ type: 'confirmed'; on: CivilDate; place?: string } & Hours)
  | ({ type: 'timeSet' } & Hours & Reopened)
  | { type: 'declined' }
  | ({
      type: 'postponed';
      from: CivilDate;
      to: CivilDate;
      place?: string;
      confirmBy: CivilDate;
      byRule?: true;
    } & Hours &
      Reopened)
  | { type: 'participantAdded'; person: string }
  | { type: 'participantRemoved'; person: string }
  | ({ type: 'held'; on: CivilDate; outcome: string; promised: readonly string[] } & Pick<
      Appointment,
      'attended' | 'guests'
    >)
  | (ActionOpened & { followUp?: number })
  | { type: 'followUpDropped'; followUp: number }
  | { type: 'closed' };

export const { command, lifecycle } = rulesOf<Appointment, AppointmentEvent>();

/** Who is in charge on our side now: records what came of it, and opens what was promised. */
export const inCharge = ({ owner, handedOver }: Pick<Appointment, 'owner' | 'handedOver'>): Party =>
  handedOver?.to ?? partyOfAgency(owner);

/** The stages at which it still lies ahead. */
export const ahead = ['planned', 'confirmed', 'declined'];

export const openFollowUps = ({ promised }: Pick<Appointment, 'promised'>): readonly FollowUp[] =>
  promised.filter(({ action, dropped }) => !action && !dropped);
