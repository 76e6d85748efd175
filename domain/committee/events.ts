import type { factTypes } from '../committee.ts';
import { dayOf, plus } from '../dates.ts';
import { hoursInWords, hoursOf } from '../hours.ts';
import { asLine } from '../derived.ts';
import { partyOfAgency, partyOfPerson } from '../fields.ts';
import { asNew, lettersOf } from '../letters.ts';
import { type CaseHeader, type Effect, type EventRules, nobodyHears } from '../lifecycle.ts';
import { withOneMore, without } from '../lists.ts';
import { openCase, tellCase } from '../other-cases.ts';
import { namesOf, pick } from '../parts.ts';
import { meetingPeriods } from './opening.ts';
import { meetingTitle } from '../titles.ts';
import { succeededIn } from './sides.ts';
import { type Committee, type CommitteeEvent, eventRules, nextHost, sitsOn } from './state.ts';

/** What a meeting is given of the actions must fit into one opening, however long the committee has worked. */
const mostActionsOnAgenda = 200;
const longestTopicOnAgenda = 100;

const mail = lettersOf<typeof factTypes>('committee');

/** A meeting keeps its own list of people and open actions; what changes before it is held, it hears. */
const tellConvened = ({ convened }: Committee, command: string, input: Readonly<Record<string, string>>): Effect[] =>
  convened ? tellCase(convened.meeting, command, input) : [];

/** The stage between two meetings. */
const waiting = ({ meetingsHeld }: Committee): Committee['stage'] => (meetingsHeld > 0 ? 'active' : 'constituted');

const first = (turns: readonly string[], host: string) => [host, ...turns.filter((side) => side !== host)];
const last = (turns: readonly string[], host: string) => [...turns.filter((side) => side !== host), host];

const ofPeople = eventRules({
  memberAppointed: {
    says: ({ person, side, from }) => `${person} is a member for ${side} from ${from}.`,
    evolve: (committee, { person, side, from }) => withOneMore(committee, 'members', { person, side, from }),
    follows: nobodyHears,
  },
  memberDischarged: {
    says: ({ person, on }) => `${person} is a member until ${on}.`,
    evolve: (committee, { person, on }) => ({
      ...committee,
      members: committee.members.map((member) =>
        member.person === person && member.until === undefined ? { ...member, until: on } : member,
      ),
    }),
    follows: nobodyHears,
  },
  coChairChanged: {
    says: ({ side, person, from }) => `${person} is co-chair of ${side} from ${from}.`,
    evolve: succeededIn('coChairs'),
    follows: ({ side, person }, committee) => tellConvened(committee, 'changeCoChair', { side, person }),
  },
  secretaryChanged: {
    says: ({ side, person, from }) => `${person} is secretary of ${side} from ${from}.`,
    evolve: succeededIn('secretaries'),
    follows: ({ side, person }, committee) => tellConvened(committee, 'changeSecretary', { side, person }),
  },
});

const ofMeetings = eventRules({
  nextMeetingAnnounced: {
    says: ({ nth }, { nextMeetingBy }) => `Coordinator and host told that meeting ${nth} is due by ${nextMeetingBy}.`,
    evolve: (committee, { nth }) => ({ ...committee, announced: nth }),
    follows: (_, committee, { coordinator }) =>
      mail('nextMeeting', [partyOfPerson(coordinator), partyOfAgency(nextHost(committee))]),
  },
  meetingConvened: {
    says: ({ nth, on, place, host, ...hours }) =>
      `Meeting ${nth} convened for ${[on, hoursInWords(hours), place].filter(Boolean).join(', ')}, hosted by ${host}.`,
    evolve: (committee, { meeting, nth, on, place, host, itemsBy, ...hours }) => ({
      ...committee,
      stage: 'meetingConvened',
      convocations: committee.convocations + 1,
      convened: {
        meeting,
        number: nth,
        on,
        place,
        host,
        deferred: committee.deferred,
        ...hoursOf(hours),
        ...(itemsBy ? { itemsBy } : {}),
      },
    }),
    follows: openMeeting,
  },
  meetingPostponed: {
    says: ({ meeting, to }) => `${meeting} moved to ${to}.`,
    evolve: (committee, { to }) =>
      committee.convened ? { ...committee, convened: { ...committee.convened, on: to } } : committee,
    follows: nobodyHears,
  },
  meetingCancelled: {
    says: ({ meeting, nth }) => `${meeting} was cancelled; number ${nth} is free again.`,
    evolve: ({ convened: _, ...committee }) => ({ ...committee, stage: waiting(committee) }),
    follows: nobodyHears,
  },
  meetingHeld: {
    says: ({ meeting, nth, on }) => `Meeting ${nth} (${meeting}) was held on ${on}.`,
    evolve: ({ convened, ...committee }, { meeting, nth, on, host }) => ({
      ...committee,
      stage: 'active',
      meetingsHeld: nth,
      lastMeeting: meeting,
      lastMeetingOn: on,
      waitingSince: on,
      nextMeetingBy: plus(on, committee.frequency),
      nextMeetingByRule: true,
      turns: last(committee.turns, host),
      convocations: 0,
      minutesToSign: [...committee.minutesToSign, meeting],
      deferred: committee.deferred.filter((item) => !convened?.deferred.includes(item)),
    }),
    follows: nobodyHears,
  },
  minutesSigned: {
    says: ({ meeting, on }) => `The minutes of ${meeting} were signed by all sides on ${on}.`,
    evolve: (committee, { meeting, deferred }) => ({
      ...committee,
      minutesToSign: committee.minutesToSign.filter((id) => id !== meeting),
      deferred: [...committee.deferred, ...deferred],
    }),
    follows: nobodyHears,
  },
});

export const events: EventRules<Committee, CommitteeEvent> = {
  ...ofPeople,
  ...ofMeetings,
  frequencyChanged: {
    says: ({ frequency }, { nextMeetingBy }) => `Meets every ${frequency} from now on; next by ${nextMeetingBy}.`,
    evolve: (committee, { frequency }) => ({
      ...committee,
      frequency,
      ...(committee.lastMeetingOn
        ? { nextMeetingBy: plus(committee.lastMeetingOn, frequency), nextMeetingByRule: true }
        : {}),
    }),
    follows: nobodyHears,
  },
  hostSwapped: {
    says: ({ host, insteadOf }) => `${host} hosts the next meeting instead of ${insteadOf}.`,
    evolve: (committee, { host }) => ({ ...committee, turns: first(committee.turns, host) }),
    follows: ({ host, insteadOf, told: why }) =>
      mail('hostSwapped', [host, insteadOf].map(partyOfAgency), { insteadOf: partyOfAgency(insteadOf), why }),
  },
  actionRecorded: {
    says: ({ action, topic, owner, due }) => `${action} opened for ${owner}, due ${due}: ${topic}.`,
    evolve: (committee, { action, topic, owner, due }) =>
      withOneMore(committee, 'openActions', { action, topic, owner, due }),
    follows: ({ action, topic }, committee) =>
      tellConvened(committee, 'recordActionOpened', { action, topic: asLine(topic, longestTopicOnAgenda) }),
  },
  actionClosed: {
    says: ({ action, outcome }) => `${action} is over: ${outcome}.`,
    evolve: (committee, { action }) => ({
      ...without(committee, 'openActions', (open) => open.action === action),
      actionsClosed: committee.actionsClosed + 1,
    }),
    follows: ({ action, outcome }, committee) => tellConvened(committee, 'recordActionClosed', { action, outcome }),
  },
  suspended: {
    says: () => 'The committee is suspended.',
    evolve: (committee) => ({ ...committee, stage: 'suspended' }),
    follows: ({ told: why }, { sides }) => mail('suspended', sides.map(partyOfAgency), { why }),
  },
  resumed: {
    says: ({ nextMeetingBy }) => `The committee resumes its work; it meets by ${nextMeetingBy}.`,
    evolve: ({ nextMeetingByRule: _, ...committee }, { nextMeetingBy, at }) => ({
      ...committee,
      stage: waiting(committee),
      nextMeetingBy,
      waitingSince: dayOf(at),
    }),
    follows: nobodyHears,
  },
  dissolved: {
    says: (_, { openActions }) =>
      `The committee is dissolved; ${openActions.length} of its actions ${openActions.length === 1 ? 'is' : 'are'} still open.`,
    evolve: (committee) => ({ ...committee, stage: 'dissolved' }),
    follows: ({ told: why }, { sides }) => mail('dissolved', sides.map(partyOfAgency), { why }),
  },
};

function openMeeting(_: unknown, committee: Committee, header: CaseHeader): Effect[] {
  const { convened, lastMeeting } = committee;
  if (!convened) return [];
  const { meeting, number, on, place, host, itemsBy, deferred } = convened;
  const actions = committee.openActions.slice(0, mostActionsOnAgenda);
  return openCase(meeting, meetingTitle(header.title, number), header.countries, {
    committee: header.id,
    number,
    on,
    ...hoursOf(convened),
    place,
    host,
    ...pick(committee, 'sides', 'coChairs', 'secretaries'),
    members: committee.members.filter(sitsOn(on)).map(({ person }) => person),
    ...(lastMeeting ? { previous: lastMeeting } : {}),
    openActions: actions.map(({ action }) => action),
    openTopics: actions.map(({ topic }) => asLine(topic, longestTopicOnAgenda)),
    deferred,
    ...(itemsBy ? { itemsBy } : {}),
    ...pick(committee, ...namesOf(meetingPeriods)),
  });
}

// One letter for each office that ends, so two to whoever holds two.
export const whenCancelled = (_: unknown, { coChairs, secretaries }: Committee): Effect[] =>
  [...coChairs, ...secretaries].flatMap((person) => asNew(lettersOf('case')('cancelled', [partyOfPerson(person)])));
