import { tellVisit, visitFacts } from './act.ts';
import { calendarEntries, localTimes, occasions, zoneOf } from './appointment/calendar.ts';
import { commands } from './appointment/commands.ts';
import { corrections } from './appointment/corrections.ts';
import { owed } from './appointment/deadlines.ts';
import { events } from './appointment/events.ts';
import { mail, ourSide, tellPlan } from './appointment/letters.ts';
import { begin, input, refuseOpening } from './appointment/opening.ts';
import { type Appointment, type FollowUp, inCharge, lifecycle } from './appointment/state.ts';
import { dayOf } from './dates.ts';
import { factTypesBy } from './fact-types.ts';
import { followedParty, partyOfPerson } from './fields.ts';
import { nameSuccessor, type Holder } from './lifecycle.ts';
import { pick } from './parts.ts';

/** What an appointment shows, and what its letters and its story tell. */
export const factTypes = factTypesBy({
  words: 'counterpart guests outcome place promised subject topic what',
  day: 'confirmBy firstOn heldOn movedFrom on',
  party: 'attended host owner participants',
  case: 'action actions visit',
  choice: 'form',
  number: 'followUp leg',
  yesNo: 'dropped',
});

/** A bilateral talk or a visit to a site: asked for, confirmed by its host, held, and what was promised there. */
export const appointment = lifecycle({
  kind: 'appointment',
  plural: 'Bilateral talks and site visits',
  says: 'An appointment: a bilateral talk or a visit to a site, until what was promised there is in hand',
  stages: {
    planned: 'The host is asked to confirm it.',
    confirmed: 'The host has confirmed it; it lies ahead.',
    declined: 'The host cannot; another day is to be found, or it is cancelled.',
    held: 'It was held; what was promised becomes follow-up actions.',
    closed: 'It was held, and nothing is left to do.',
  },
  finalStages: { closed: 'done' },
  opening: {
    says: 'Appointment planned',
    input,
    refuse: refuseOpening,
    begin,
    // Nobody is asked to confirm what lay in the past when it was put on record.
    follows: ({ at }, appointment, header) => [
      ...(appointment.on < dayOf(at)
        ? []
        : [...mail('asked', [appointment.host]), ...mail('planned', ourSide(appointment))]),
      ...tellPlan(appointment, header),
    ],
  },
  commands,
  events,
  ...owed,
  corrections,
  whenCancelled: ({ told: why }, appointment, header) => {
    const { host, on, place, heldOn } = appointment;
    if (heldOn) return [];
    return [
      ...mail('cancelled', [host, ...ourSide(appointment)], { why }),
      ...tellVisit(appointment, header, { standing: 'cancelled', on, place }),
    ];
  },
  calendarEntries,
  localTimes,
  zoneOf,
  hoursOn: ['on'],
  occasions,
  owner: inCharge,
  hosts: ({ host }) => [host],
  roles: (known) => [
    ...known.participants.map(
      (person): Holder => ({ role: 'participant', who: partyOfPerson(person), by: 'removeParticipant' }),
    ),
    { role: 'host', who: known.host, by: nameSuccessor },
    { role: 'inCharge', who: inCharge(known), by: nameSuccessor },
  ],
  whenSucceeded: ({ handedOver, ...known }, person, successor) => ({
    ...known,
    host: followedParty(known.host, person, successor),
    ...(handedOver ? { handedOver: { ...handedOver, to: followedParty(handedOver.to, person, successor) } } : {}),
  }),
  factTypes,
  facts,
});

function facts(known: Appointment) {
  return {
    ...pick(known, 'form', 'subject', 'on', 'time', 'endsAt', 'zone'),
    zoneOf: known.time && zoneOf(known),
    firstOn: known.firstOn === known.on ? undefined : known.firstOn,
    place: known.place,
    owner: inCharge(known),
    ...pick(known, 'host', 'counterpart'),
    participants: known.participants.map(partyOfPerson),
    ...visitFacts(known),
    confirmBy: known.stage === 'planned' ? known.confirmBy : undefined,
    heldOn: known.heldOn,
    attended: known.attended.map(partyOfPerson),
    ...pick(known, 'guests', 'outcome'),
    promised: known.promised.map(followUpLine),
    actions: known.actions,
  };
}

const followUpLine = ({ number, what, action, dropped }: FollowUp): string =>
  `${number}. ${what}${action ? ` (${action})` : dropped ? ' (dropped)' : ''}`;
