import { dayOf, plus } from '../dates.ts';
import { hoursInWords, hoursOf } from '../hours.ts';
import type { EventRules } from '../lifecycle.ts';
import { withSuccessor } from './sides.ts';
import type { Committee, CommitteeEvent } from './state.ts';

/** The stage between two meetings. */
const waiting = ({ meetingsHeld }: Committee): Committee['stage'] => (meetingsHeld > 0 ? 'active' : 'constituted');

const first = (turns: readonly string[], host: string) => [host, ...turns.filter((side) => side !== host)];
const last = (turns: readonly string[], host: string) => [...turns.filter((side) => side !== host), host];

const ofPeople: Pick<
  EventRules<Committee, CommitteeEvent>,
  'memberAppointed' | 'memberDischarged' | 'coChairChanged' | 'secretaryChanged'
> = {
  memberAppointed: {
    says: ({ person, side, from }) => `${person} is a member for ${side} from ${from}.`,
    evolve: (committee, { person, side, from }) => ({
      ...committee,
      members: [...committee.members, { person, side, from }],
    }),
  },
  memberDischarged: {
    says: ({ person, on }) => `${person} is a member until ${on}.`,
    evolve: (committee, { person, on }) => ({
      ...committee,
      members: committee.members.map((member) =>
        member.person === person && member.until === undefined ? { ...member, until: on } : member,
      ),
    }),
  },
  coChairChanged: {
    says: ({ side, person, from }) => `${person} is co-chair of ${side} from ${from}.`,
    evolve: (committee, { side, person }) => ({
      ...committee,
      coChairs: withSuccessor(committee.sides, committee.coChairs, side, person),
    }),
  },
  secretaryChanged: {
    says: ({ side, person, from }) => `${person} is secretary of ${side} from ${from}.`,
    evolve: (committee, { side, person }) => ({
      ...committee,
      secretaries: withSuccessor(committee.sides, committee.secretaries, side, person),
    }),
  },
};

const ofMeetings: Pick<
  EventRules<Committee, CommitteeEvent>,
  'nextMeetingAnnounced' | 'meetingConvened' | 'meetingPostponed' | 'meetingCancelled' | 'meetingHeld' | 'minutesSigned'
> = {
  nextMeetingAnnounced: {
    says: ({ nth }, { nextMeetingBy }) => `Coordinator and host told that meeting ${nth} is due by ${nextMeetingBy}.`,
    evolve: (committee, { nth }) => ({ ...committee, announced: nth }),
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
  },
  meetingPostponed: {
    says: ({ meeting, to }) => `${meeting} moved to ${to}.`,
    evolve: (committee, { to }) =>
      committee.convened ? { ...committee, convened: { ...committee.convened, on: to } } : committee,
  },
  meetingCancelled: {
    says: ({ meeting, nth }) => `${meeting} was cancelled; number ${nth} is free again.`,
    evolve: ({ convened: _, ...committee }) => ({ ...committee, stage: waiting(committee) }),
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
  },
  minutesSigned: {
    says: ({ meeting, on }) => `The minutes of ${meeting} were signed by all sides on ${on}.`,
    evolve: (committee, { meeting, deferred }) => ({
      ...committee,
      minutesToSign: committee.minutesToSign.filter((id) => id !== meeting),
      deferred: [...committee.deferred, ...deferred],
    }),
  },
};

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
  },
  hostSwapped: {
    says: ({ host, insteadOf }) => `${host} hosts the next meeting instead of ${insteadOf}.`,
    evolve: (committee, { host }) => ({ ...committee, turns: first(committee.turns, host) }),
  },
  actionRecorded: {
    says: ({ action, topic, owner, due }) => `${action} opened for ${owner}, due ${due}: ${topic}.`,
    evolve: (committee, { action, topic, owner, due }) => ({
      ...committee,
      openActions: [...committee.openActions, { action, topic, owner, due }],
    }),
  },
  actionClosed: {
    says: ({ action, outcome }) => `${action} is over: ${outcome}.`,
    evolve: (committee, { action }) => ({
      ...committee,
      openActions: committee.openActions.filter((open) => open.action !== action),
      actionsClosed: committee.actionsClosed + 1,
    }),
  },
  suspended: {
    says: () => 'The committee is suspended.',
    evolve: (committee) => ({ ...committee, stage: 'suspended' }),
  },
  resumed: {
    says: ({ nextMeetingBy }) => `The committee resumes its work; it meets by ${nextMeetingBy}.`,
    evolve: ({ nextMeetingByRule: _, ...committee }, { nextMeetingBy, at }) => ({
      ...committee,
      stage: waiting(committee),
      nextMeetingBy,
      waitingSince: dayOf(at),
    }),
  },
  dissolved: {
    says: (_, { openActions }) =>
      `The committee is dissolved; ${openActions.length} of its actions ${openActions.length === 1 ? 'is' : 'are'} still open.`,
    evolve: (committee) => ({ ...committee, stage: 'dissolved' }),
  },
};
