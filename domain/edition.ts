import { activities } from './edition/activities.ts';
import { calendarEntries, occasions } from './edition/calendar.ts';
import { conclusion } from './edition/conclusion.ts';
import { corrections } from './edition/corrections.ts';
import { owed } from './edition/deadlines.ts';
import { events } from './edition/events.ts';
import { facts, factTypes } from './edition/facts.ts';
import { asked, focalPoints, mail, organisersOf, tellProgramme } from './edition/letters.ts';
import { nominations } from './edition/nominations.ts';
import { begin, input, refuseOpening } from './edition/opening.ts';
import { preparation } from './edition/preparation.ts';
import { lifecycle } from './edition/state.ts';
import { partyOfPerson } from './fields.ts';
import { stateOf } from './position.ts';
import { focalPointsOf, invitedCountries } from './nomination.ts';

/** One edition of a programme, from its announcement to the proposal of the next. */
export const edition = lifecycle({
  kind: 'edition',
  plural: 'Editions',
  says: 'An edition of a programme: its days and hosts, who is nominated, what happens day by day, and what comes of it',
  stages: {
    announced: 'Its programme has opened it; days and host are being fixed.',
    nominationsOpen: 'The invited states nominate participants.',
    participantsConfirmed: 'The list of participants stands; the edition lies ahead.',
    underWay: 'It is taking place.',
    held: 'It was held; participants and organisers say how it was.',
    evaluated: 'It is evaluated; the next edition is to be proposed.',
    nextProposed: 'The next edition is proposed; the wrap-up report completes this one.',
    closed: 'It is closed.',
  },
  finalStages: { closed: 'done' },
  opening: {
    says: 'Edition announced',
    input,
    refuse: refuseOpening,
    begin,
    follows: (_, known, { coordinator }) =>
      mail('announced', [partyOfPerson(coordinator), ...organisersOf(known)], {}, { what: 'fixDays' }),
  },
  commands: { ...preparation, ...nominations, ...activities, ...conclusion },
  events,
  ...owed,
  corrections,
  whenCancelled: ({ told: why }, known, header) => {
    if (known.heldOn) return [];
    const told = [...organisersOf(known), ...focalPoints(asked(known))];
    return [...mail('cancelled', told, { why }), ...tellProgramme('recordEditionCancelled', known, header)];
  },
  calendarEntries,
  occasions,
  countries: (subject) => [...subject.hosts.map(({ country }) => country), ...invitedCountries(subject)],
  sides: ({ invited }) => invited.map(stateOf),
  roles: ({ invited }) => focalPointsOf(invited),
  factTypes,
  facts,
});
