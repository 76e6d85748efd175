import { partyOfPerson } from '../fields.ts';
import { byRule, type Deadline, type Ladder, shortLadder, twoThirdsLadder } from '../ladder.ts';
import { later } from '../dates.ts';
import type { CaseHeader, MoveRules } from '../lifecycle.ts';
import { type Appointment, inCharge, openFollowUps } from './state.ts';

/** A host abroad is not escalated to a superior; if no answer comes, the coordinator hears of it. */
const hostLadder: Ladder = [
  ...twoThirdsLadder,
  { when: { days: 1 }, to: ['coordinator'] },
  { when: { days: 3 }, to: ['owner', 'coordinator'] },
];

const settleWorkingDays = 3;
const followUpWorkingDays = 10;

/** Asked again, an obligation has a name of its own. */
export const numbered = (name: string, { rounds }: Appointment): string => (rounds > 1 ? `${name}:${rounds}` : name);

export function deadlines(appointment: Appointment, header: CaseHeader): Deadline[] {
  switch (appointment.stage) {
    case 'planned':
      return [confirmation(appointment), record(appointment)];
    case 'confirmed':
      return [record(appointment)];
    case 'declined':
      return [settlement(appointment, header)];
    case 'held':
      return [followUps(appointment)];
    case 'closed':
      return [];
  }
}

const confirmation = (appointment: Appointment): Deadline => ({
  name: numbered('confirm', appointment),
  says: `confirmation of "${appointment.subject}" on ${appointment.on}`,
  since: appointment.askedOn,
  ...(appointment.confirmByRule ? byRule(appointment.confirmBy) : { due: { on: appointment.confirmBy } }),
  saidAs: 'confirmBy',
  owedBy: appointment.host,
  ladder: hostLadder,
});

const record = (appointment: Appointment): Deadline => ({
  name: numbered('record', appointment),
  says: `what came of "${appointment.subject}" on ${appointment.on}`,
  since: appointment.on,
  // Whoever is handed an appointment that is over has the whole time for it.
  due: { on: later(appointment.on, appointment.handedOver?.on ?? ''), workingDays: appointment.recordWorkingDays },
  owedBy: inCharge(appointment),
  ladder: shortLadder,
});

const settlement = (appointment: Appointment, { coordinator }: CaseHeader): Deadline => ({
  name: numbered('settle', appointment),
  says: `another day for "${appointment.subject}", which its host has declined`,
  since: appointment.declinedOn ?? appointment.askedOn,
  due: { on: appointment.declinedOn ?? appointment.askedOn, workingDays: settleWorkingDays },
  owedBy: partyOfPerson(coordinator),
  ladder: shortLadder,
});

const followUps = (appointment: Appointment): Deadline => ({
  name: 'followUps',
  says: `what was promised at "${appointment.subject}": ${openFollowUps(appointment)
    .map(({ what }) => what)
    .join('; ')}`,
  since: appointment.heldOn ?? appointment.on,
  due: { on: appointment.heldOn ?? appointment.on, workingDays: followUpWorkingDays },
  owedBy: inCharge(appointment),
  ladder: shortLadder,
});

/** A day that the appointment keeps itself: the record of a moved one shows the same day everywhere. */
export const whenMoved: MoveRules<Appointment> = {
  confirm: ({ confirmByRule: _, ...appointment }, to) => ({ ...appointment, confirmBy: to }),
};
