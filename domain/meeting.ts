import { rolesOfSides } from './committee/sides.ts';
import { visitFacts, visitLinkEvents } from './act.ts';
import { nameOf } from './document.ts';
import { factTypesBy } from './fact-types.ts';
import { followed, partyOfAgency, partyOfPerson } from './fields.ts';
import { nameSuccessor, type Holder } from './lifecycle.ts';
import { corrections } from './meeting/corrections.ts';
import { owed } from './meeting/deadlines.ts';
import { calendarEntries, localTimes, occasions, zoneOf } from './meeting/calendar.ts';
import { minutesEvents } from './meeting/events/minutes.ts';
import { preparationEvents, whenCancelled } from './meeting/events/preparation.ts';
import { sessionEvents } from './meeting/events/session.ts';
import { planned } from './meeting/letters.ts';
import { minutes } from './meeting/minutes.ts';
import { announcement, begin, input, refuseOpening } from './meeting/opening.ts';
import { preparation } from './meeting/preparation.ts';
import { session } from './meeting/session.ts';
import { sideOf } from './position.ts';
import { invitationsSentOn, type Item, lifecycle, type Meeting, undecided } from './meeting/state.ts';
import { pick } from './parts.ts';

/** What a meeting shows, and what its letters and its story tell. */
export const factTypes = factTypesBy({
  words: `decisions document guests inThePresenceOf items newMinutes openActions outcome owes papers place says
    summary topic`,
  day: `agendaAdoptedOn agendaBy agendaCirculatedOn agreedOn circulatedOn commentsBy endsOn firstOn from heldOn
    invitedOn itemsBy on signedOn to`,
  party: 'attended coChairs excused host members owner secretaries side sides signedBy',
  case: 'action actions committee confirmedBy meeting previous visit',
  agenda: 'agenda undecided',
  choice: 'minutes',
  number: 'commentsWorkingDays decision draft leg number objections signatureWorkingDays',
  yesNo: 'newMinutes',
});

/** A numbered meeting of a joint committee, from its convening to the confirmation of its minutes. */
export const meeting = lifecycle({
  kind: 'meeting',
  plural: 'Meetings',
  says: 'A meeting of a joint committee: its items, agenda, decisions and minutes, until the next meeting confirms them',
  stages: {
    convened: 'Date and place are set; items for the agenda are taken until the item deadline.',
    itemsCollected: 'The item deadline is over; the agenda is being drawn up.',
    agendaCirculated: 'The agenda has gone out with its papers; the meeting lies ahead.',
    agendaAdopted: 'The meeting is open: its agenda is adopted.',
    held: 'It was held; what became of each item is recorded and the minutes are drafted.',
    minutesCirculated: 'The draft minutes are with the sides; whoever does not object in time agrees.',
    objected: 'A side has objected to the draft minutes; a new draft is due.',
    minutesAgreed: 'The minutes are agreed and wait for the signatures of the co-chairs.',
    minutesSigned: 'The minutes are signed and wait for the next meeting to confirm them.',
    closed: 'The meeting is closed.',
  },
  finalStages: { closed: 'done' },
  opening: { says: 'Meeting convened', input, refuse: refuseOpening, begin, follows: announcement },
  whenCancelled,
  commands: { ...preparation, ...session, ...minutes },
  events: { ...preparationEvents, ...sessionEvents, ...minutesEvents, ...visitLinkEvents(planned) },
  ...owed,
  corrections,
  calendarEntries,
  occasions,
  localTimes,
  zoneOf,
  writes: { minutesCirculated: 'minutes' },
  owner: ({ host }) => partyOfAgency(host),
  coChairs: ({ coChairs }) => coChairs.map(partyOfPerson),
  secretaries: ({ secretaries }) => secretaries.map(partyOfPerson),
  sides: ({ sides }) => sides.map(sideOf),
  // Who has signed stands in the minutes for good.
  roles: ({ coChairs, secretaries, members, sides, signatures, heldOn }) => [
    ...rolesOfSides({ coChairs: coChairs.filter((_, index) => !signatures[sides[index] ?? '']), secretaries }),
    ...(heldOn ? [] : members).map(
      (person): Holder => ({ role: 'member', who: partyOfPerson(person), by: nameSuccessor }),
    ),
  ],
  whenSucceeded: (meeting, person, successor) => ({
    ...meeting,
    members: followed(meeting.members, person, successor),
  }),
  factTypes,
  facts,
});

function facts(known: Meeting) {
  return {
    ...pick(known, 'number', 'on', 'firstOn', 'time', 'endsAt', 'endsOn', 'zone'),
    zoneOf: known.time && zoneOf(known),
    place: known.place,
    host: partyOfAgency(known.host),
    committee: known.committee,
    ...visitFacts(known),
    sides: known.sides.map(partyOfAgency),
    coChairs: known.coChairs.map(partyOfPerson),
    secretaries: known.secretaries.map(partyOfPerson),
    members: known.members.map(partyOfPerson),
    ...pick(known, 'previous', 'itemsBy', 'agendaBy'),
    invitedOn: invitationsSentOn(known),
    items: known.items.map(itemLine),
    openActions: known.openActions.map(({ action, topic }) => `${action}: ${topic}`),
    papers: known.papers.map(nameOf),
    ...pick(known, 'agendaCirculatedOn', 'agendaAdoptedOn', 'heldOn'),
    attended: known.attended.map(partyOfPerson),
    guests: known.guests,
    excused: known.excused.map(partyOfPerson),
    inThePresenceOf: known.inThePresenceOf,
    decisions: known.items
      .filter(({ outcome }) => outcome === 'decided')
      .map(({ number, says = '' }) => `${number}. ${withoutFullStop(says)}`),
    undecided: known.heldOn ? undecided(known).map(({ number, title }) => `${number}. ${title}`) : [],
    ...factsOfMinutes(known),
    actions: known.actions,
  };
}

const factsOfMinutes = (known: Meeting) => ({
  minutes: known.confirmedBy ? 'confirmed' : (minutesAt[known.stage] ?? 'none'),
  draft: known.draft,
  document: known.document && nameOf(known.document),
  ...pick(known, 'circulatedOn', 'commentsBy', 'commentsWorkingDays', 'signatureWorkingDays', 'objections', 'agreedOn'),
  signedBy: Object.keys(known.signatures).map(partyOfAgency),
  ...pick(known, 'signedOn', 'confirmedBy'),
});

/** Several decisions are told in one sentence, which has a full stop of its own. */
const withoutFullStop = (decision: string): string => decision.replace(/[.。]$/u, '');

const itemLine = ({ number, title, outcome, says }: Item): string =>
  `${number}. ${title}${outcome ? ` (${outcome}${says ? `: ${says}` : ''})` : ''}`;

const minutesAt: { readonly [stage in Meeting['stage']]?: string } = {
  minutesCirculated: 'circulated',
  objected: 'objected',
  minutesAgreed: 'agreed',
  minutesSigned: 'signed',
  closed: 'signed',
};
