import { commands } from './committee/commands.ts';
import { corrections } from './committee/corrections.ts';
import { owed } from './committee/deadlines.ts';
import { events, whenCancelled } from './committee/events.ts';
import { begin, input, refuseOpening } from './committee/opening.ts';
import { reports } from './committee/reports.ts';
import { lastDayOf, localTimesOf } from './hours.ts';
import { lifecycle, nextHost, nextNumber } from './committee/state.ts';
import { rolesOfSides } from './committee/sides.ts';
import { factTypesBy } from './fact-types.ts';
import { partyOfAgency, partyOfPerson } from './fields.ts';
import { sideOf } from './position.ts';
import { type Holder, nobodyHears } from './lifecycle.ts';
import { pick } from './parts.ts';

/** What a joint committee shows, and what its letters and its story tell. */
export const factTypes = factTypesBy({
  words: 'convenedPlace deferred outcome topic',
  day: 'convenedOn lastMeetingOn nextMeetingBy since to',
  period: 'frequency',
  party: 'coChairs host insteadOf members nextHost owner secretaries side sides',
  case: 'action convenedMeeting lastMeeting meeting minutesToSign mou openActions',
  number: 'actionsClosed meetingsHeld nextNumber',
});

/** A joint committee: constituted under an MOU, it meets in turn at each side and keeps what its meetings decided. */
export const committee = lifecycle({
  kind: 'committee',
  plural: 'Joint committees',
  says: 'A joint committee under an MOU: its members, whose turn it is to host, its numbered meetings and their actions',
  stages: {
    constituted: 'It is constituted and has not met yet.',
    active: 'It has met; the next meeting is to be convened in time.',
    meetingConvened: 'Its next meeting is convened.',
    suspended: 'Its work rests; nobody is reminded of a meeting.',
    dissolved: 'It is dissolved.',
  },
  finalStages: { dissolved: 'dissolved' },
  opening: { says: 'Joint committee constituted', input, refuse: refuseOpening, begin, follows: nobodyHears },
  whenCancelled,
  commands: { ...commands, ...reports },
  events,
  ...owed,
  corrections,
  localTimes: ({ convened }) =>
    convened
      ? localTimesOf(convened, { from: convened.on, to: lastDayOf(convened) }, partyOfAgency(convened.host))
      : [],
  coChairs: ({ coChairs }) => coChairs.map(partyOfPerson),
  secretaries: ({ secretaries }) => secretaries.map(partyOfPerson),
  sides: ({ sides }) => sides.map(sideOf),
  roles: ({ members, ...known }) => [
    ...rolesOfSides(known),
    ...members
      .filter(({ until }) => until === undefined)
      .map(({ person }): Holder => ({ role: 'member', who: partyOfPerson(person), by: 'dischargeMember' })),
  ],
  factTypes,
  facts: (known) => ({
    ...pick(known, 'mou', 'since'),
    sides: known.sides.map(partyOfAgency),
    coChairs: known.coChairs.map(partyOfPerson),
    secretaries: known.secretaries.map(partyOfPerson),
    members: known.members.filter(({ until }) => until === undefined).map(({ person }) => partyOfPerson(person)),
    ...pick(known, 'frequency', 'meetingsHeld', 'lastMeetingOn', 'lastMeeting'),
    nextNumber: nextNumber(known),
    nextMeetingBy: known.nextMeetingBy,
    nextHost: partyOfAgency(known.convened?.host ?? nextHost(known)),
    convenedMeeting: known.convened?.meeting,
    convenedOn: known.convened?.on,
    convenedPlace: known.convened?.place,
    minutesToSign: known.minutesToSign,
    openActions: known.openActions.map(({ action }) => action),
    ...pick(known, 'actionsClosed', 'deferred'),
  }),
});
