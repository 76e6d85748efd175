import type { DeadlineName } from '../deadline-name.ts';
import { nothing } from '../case/settled.ts';
import { later } from '../dates.ts';
import { deadlinesBy } from '../deadlines.ts';
import { byDay, type Ladder, twoThirdsLadder } from '../ladder.ts';
import { type Appointment, type AppointmentEvent, inCharge, openFollowUps } from './state.ts';

/** A host abroad is not escalated to a superior; if no answer comes, the coordinator hears of it. */
const hostLadder: Ladder = [
  ...twoThirdsLadder,
  { when: { days: 1 }, to: ['coordinator'] },
  { when: { days: 3 }, to: ['owner', 'coordinator'] },
];

const settleWorkingDays = 3;
const followUpWorkingDays = 10;

/** Asked again, an obligation has a name of its own. */
const again = ({ rounds }: Appointment) => (rounds > 1 ? { item: rounds } : {});

export const settlementOf = ({ rounds }: Appointment): DeadlineName => ({
  what: 'settle',
  ...(rounds > 1 ? { item: `${rounds}` } : {}),
});

export const owed = deadlinesBy<Appointment, AppointmentEvent>({
  confirm: {
    stages: ['planned'],
    owed: (appointment) => ({
      ...again(appointment),
      says: `confirmation of "${appointment.subject}" on ${appointment.on}`,
      since: appointment.askedOn,
      ...byDay(appointment.confirmBy, appointment.confirmByRule),
      saidAs: 'confirmBy',
      owedBy: appointment.host,
      ladder: hostLadder,
    }),
    answeredBy: { confirm: nothing, decline: nothing },
    // A day that the appointment keeps itself: the record of a moved one shows the same day everywhere.
    whenMoved: ({ confirmByRule: _, ...appointment }, to) => ({ ...appointment, confirmBy: to }),
  },
  record: {
    stages: ['planned', 'confirmed'],
    owed: (appointment) => ({
      ...again(appointment),
      says: `what came of "${appointment.subject}" on ${appointment.on}`,
      since: appointment.on,
      // Whoever is handed an appointment that is over has the whole time for it.
      due: {
        on: later(appointment.on, appointment.handedOver?.on ?? ''),
        workingDays: appointment.recordWorkingDays,
      },
      owedBy: inCharge(appointment),
    }),
    answeredBy: { recordHeld: nothing },
  },
  settle: {
    stages: ['declined'],
    owed: (appointment) => ({
      ...again(appointment),
      says: `another day for "${appointment.subject}", which its host has declined`,
      since: appointment.declinedOn ?? appointment.askedOn,
      workingDays: settleWorkingDays,
      owedBy: 'coordinator',
    }),
    answeredBy: { postpone: nothing, cancel: nothing },
  },
  followUps: {
    stages: ['held'],
    owed: (appointment) => ({
      says: `what was promised at "${appointment.subject}": ${openFollowUps(appointment)
        .map(({ what }) => what)
        .join('; ')}`,
      since: appointment.heldOn ?? appointment.on,
      workingDays: followUpWorkingDays,
      owedBy: inCharge(appointment),
    }),
    answeredBy: { openAction: nothing, dropFollowUp: nothing },
  },
});
