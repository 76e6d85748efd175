import { hoursToTell, tellVisit } from '../act.ts';
import { type Party, partyOfPerson } from '../fields.ts';
import type { CancelledEvent, CaseHeader, Effect, Facts, OpenedEvent, Stamp } from '../lifecycle.ts';
import { promisedAt } from '../titles.ts';
import { settlementOf } from './deadlines.ts';
import type { Opening } from './opening.ts';
import { type Appointment, type AppointmentEvent, inCharge } from './state.ts';

type Happened = (AppointmentEvent | OpenedEvent<Opening> | CancelledEvent) & Stamp;

export const effects = (event: Happened, appointment: Appointment, header: CaseHeader): Effect[] => [
  ...mails(event, appointment, header),
  ...reports(event, appointment, header),
  ...(event.type === 'actionOpened' ? [openAction(event, appointment, header)] : []),
];

const mail = (name: string, recipients: readonly Party[], facts: Facts = {}, answerBy?: string): Effect[] =>
  [...new Set(recipients)].map((to) => ({
    type: 'mail',
    text: `appointment.${name}`,
    to,
    facts,
    ...(answerBy ? { answerBy } : {}),
  }));

export const ourSide = (appointment: Appointment): Party[] => [
  inCharge(appointment),
  ...appointment.participants.map(partyOfPerson),
];

function mails(event: Happened, appointment: Appointment, { coordinator }: CaseHeader): Effect[] {
  const { host, on, heldOn } = appointment;
  const facts = { why: event.told };
  switch (event.type) {
    case 'opened':
      return on < event.at.slice(0, 10) ? [] : [...mail('asked', [host]), ...mail('planned', ourSide(appointment))];
    case 'confirmed':
      return mail('confirmed', ourSide(appointment));
    case 'declined':
      return mail('declined', [partyOfPerson(coordinator)], facts, settlementOf(appointment));
    case 'postponed':
      return [
        ...mail('askedAnew', [host], { ...facts, movedFrom: event.from }),
        ...mail('postponed', ourSide(appointment), { ...facts, movedFrom: event.from }),
      ];
    case 'timeSet':
      return mail('timeSet', [host, ...ourSide(appointment)]);
    case 'participantAdded':
      return mail('planned', [partyOfPerson(event.person)]);
    case 'participantRemoved':
      return mail('notTakingPart', [partyOfPerson(event.person)], facts);
    case 'cancelled':
      return heldOn ? [] : mail('cancelled', [host, ...ourSide(appointment)], facts);
    default:
      return [];
  }
}

/** What the visit hears of which it is an act. */
function reports(event: Happened, appointment: Appointment, header: CaseHeader): Effect[] {
  const { on, place, heldOn } = appointment;
  switch (event.type) {
    case 'opened':
    case 'visitJoined':
    case 'postponed':
    case 'confirmed':
    case 'timeSet':
      return tellVisit(appointment, header, { standing: 'planned', on, place, ...hoursToTell(appointment) });
    case 'held':
      return tellVisit(appointment, header, { standing: 'done', on: event.on, place });
    case 'cancelled':
      return heldOn ? [] : tellVisit(appointment, header, { standing: 'cancelled', on, place });
    default:
      return [];
  }
}

type ActionOpened = Extract<AppointmentEvent, { type: 'actionOpened' }>;

function openAction({ action, topic, owner, due }: ActionOpened, known: Appointment, header: CaseHeader): Effect {
  return {
    type: 'open',
    kind: 'action',
    slug: action.slice('action/'.length),
    title: topic,
    countries: header.countries,
    input: {
      topic,
      owner,
      due,
      decidedOn: known.heldOn,
      decision: promisedAt(known.subject),
    },
  };
}
