import { nothing } from '../case/settled.ts';
import { later, minus } from '../dates.ts';
import { deadlinesBy } from '../deadlines.ts';
import { byDay, type Ladder } from '../ladder.ts';
import { type Committee, type CommitteeEvent, nextNumber } from './state.ts';

const announcedBefore = 'P90D';

/** A meeting takes a month from convening to opening, so the first reminder leaves two. */
const conveneLadder: Ladder = [
  { when: { days: -60 }, to: ['owner'] },
  { when: { days: -30 }, to: ['owner'] },
  { when: { days: -7 }, to: ['owner'] },
  { when: { days: 0 }, to: ['owner'] },
  { when: { days: 14 }, to: ['owner', 'superior'] },
  { when: { days: 45 }, to: ['owner', 'coChairs'] },
];

const waiting = ['constituted', 'active'] as const;

export const owed = deadlinesBy<Committee, CommitteeEvent>({
  announce: {
    stages: waiting,
    isOwed: (committee) => committee.announced < nextNumber(committee),
    owed: ({ nextMeetingBy, waitingSince, ...committee }) => ({
      item: nextNumber(committee),
      says: `word to coordinator and host that meeting ${nextNumber(committee)} is due by ${nextMeetingBy}`,
      since: waitingSince,
      due: { on: later(minus(nextMeetingBy, announcedBefore), waitingSince) },
    }),
    whenPassed: {
      says: 'Coordinator and host side are told that the next meeting is due',
      decide: (committee) => [{ type: 'nextMeetingAnnounced', nth: nextNumber(committee) }],
    },
  },
  convene: {
    stages: waiting,
    owed: ({ nextMeetingBy, nextMeetingByRule, waitingSince, ...committee }) => ({
      item: nextNumber(committee),
      says: `the convening of meeting ${nextNumber(committee)}, to be held by ${nextMeetingBy}`,
      since: waitingSince,
      ...byDay(nextMeetingBy, nextMeetingByRule),
      saidAs: 'nextMeetingBy',
      owedBy: 'coordinator',
      ladder: conveneLadder,
    }),
    answeredBy: { convene: nothing },
    whenMoved: ({ nextMeetingByRule: _, ...committee }, to) => ({ ...committee, nextMeetingBy: to }),
  },
});
