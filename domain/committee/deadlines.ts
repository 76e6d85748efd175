import { later, minus } from '../dates.ts';
import { partyOfPerson } from '../fields.ts';
import { byRule, type Deadline, type Ladder, noLadder } from '../ladder.ts';
import type { CaseHeader, MoveRules, PassingRules } from '../lifecycle.ts';
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

export function deadlines(committee: Committee, { coordinator }: CaseHeader): Deadline[] {
  if (committee.stage !== 'constituted' && committee.stage !== 'active') return [];
  const { nextMeetingBy, nextMeetingByRule, waitingSince, announced } = committee;
  const number = nextNumber(committee);
  const convene: Deadline = {
    name: `convene:${number}`,
    says: `the convening of meeting ${number}, to be held by ${nextMeetingBy}`,
    since: waitingSince,
    ...(nextMeetingByRule ? byRule(nextMeetingBy) : { due: { on: nextMeetingBy } }),
    saidAs: 'nextMeetingBy',
    owedBy: partyOfPerson(coordinator),
    ladder: conveneLadder,
  };
  const announce: Deadline = {
    name: `announce:${number}`,
    says: `word to coordinator and host that meeting ${number} is due by ${nextMeetingBy}`,
    since: waitingSince,
    due: { on: later(minus(nextMeetingBy, announcedBefore), waitingSince) },
    ladder: noLadder,
  };
  return announced < number ? [announce, convene] : [convene];
}

export const whenPassed: PassingRules<Committee, CommitteeEvent> = {
  announce: {
    says: 'Coordinator and host side are told that the next meeting is due',
    at: ['constituted', 'active'],
    decide: (committee) => [{ type: 'nextMeetingAnnounced', nth: nextNumber(committee) }],
  },
};

export const whenMoved: MoveRules<Committee> = {
  convene: ({ nextMeetingByRule: _, ...committee }, to) => ({ ...committee, nextMeetingBy: to }),
};
