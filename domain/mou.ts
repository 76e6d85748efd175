import { visitLinkEvents } from './act.ts';
import { partyOfAgency, partyOfPerson } from './fields.ts';
import { calendarEntries, localTimes, occasions, zoneOf } from './mou/calendar.ts';
import { endingCommands } from './mou/commands/ending.ts';
import { negotiationCommands } from './mou/commands/negotiation.ts';
import { signingCommands } from './mou/commands/signing.ts';
import { validityCommands } from './mou/commands/validity.ts';
import { visitCommands } from './mou/commands/visit.ts';
import { corrections } from './mou/corrections.ts';
import { owed } from './mou/deadlines.ts';
import { negotiationEvents } from './mou/events/negotiation.ts';
import { signingEvents } from './mou/events/signing.ts';
import { validityEvents } from './mou/events/validity.ts';
import { facts, factTypes } from './mou/facts.ts';
import { asSide, signingCancelled, signingPlanned, toAgencies, toThoseAsked } from './mou/letters.ts';
import { opening } from './mou/opening.ts';
import { lifecycle } from './mou/state.ts';
import { sideOf } from './position.ts';

/** A memorandum of understanding, or one of its neighbours: from the proposal over its terms of validity to what survives it. */
export const mou = lifecycle({
  kind: 'mou',
  plural: 'Memoranda of understanding',
  says: 'An MOU: a text between two or more sides, from its proposal to its end and what survives it',
  stages: {
    proposed: 'A side has proposed it; the others have not answered.',
    drafting: 'One side writes the first draft.',
    underNegotiation: 'Drafts go to and fro; it is somebody’s turn.',
    underReview: 'Legal opinions and that of the foreign ministry are asked for.',
    textAgreed: 'The text is agreed; languages are checked, each side obtains its authority to sign.',
    signingArranged: 'Day, place and signatories are arranged.',
    signed: 'All sides have signed; it takes effect with the last notification.',
    inEffect: 'It is in effect; its terms run.',
    noticeGiven: 'Notice was given or its end agreed; it ends on a known day.',
    lapsed: 'Its term has ended and was not renewed; what survives it is recorded.',
    terminated: 'It has ended after notice or by mutual consent; what survives it is recorded.',
    closed: 'It is over.',
    notConcluded: 'It was given up before it was signed.',
  },
  finalStages: { closed: ({ ending }) => (ending ? 'terminated' : 'lapsed'), notConcluded: 'notConcluded' },
  opening,
  whenCancelled: ({ told }, known, header) => [
    ...toAgencies('cancelled', known.sides, { ...asSide, why: told }),
    ...(known.signedOn ? [] : signingCancelled(known, header)),
    ...(known.inEffectSince ? [] : toThoseAsked('cancelled', known, { why: told })),
  ],
  whenDueDateMoved: ({ deadline }, known, header) =>
    deadline.startsWith('signing') ? signingPlanned(known, header) : [],
  commands: { ...negotiationCommands, ...signingCommands, ...visitCommands, ...validityCommands, ...endingCommands },
  events: { ...negotiationEvents, ...signingEvents, ...validityEvents, ...visitLinkEvents(signingPlanned) },
  ...owed,
  corrections,
  suspension: { from: ['proposed', 'drafting', 'underNegotiation', 'underReview', 'textAgreed'] },
  calendarEntries,
  localTimes,
  zoneOf,
  hoursOn: ['signingOn'],
  occasions,
  coChairs: ({ coChairs = [] }) => coChairs.map(partyOfPerson),
  sides: ({ sides }) => sides.map(sideOf),
  owner: ({ turn, homeSide }) => partyOfAgency(turn[0] ?? homeSide),
  factTypes,
  facts,
});
