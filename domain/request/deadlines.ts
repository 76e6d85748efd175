import { nothing } from '../case/settled.ts';
import { byCoordinator, deadlinesBy, type Owed } from '../deadlines.ts';
import { type Ladder, twoThirdsLadder } from '../ladder.ts';
import { opinion } from './opinion.ts';
import { type CooperationRequest, led, type RequestEvent } from './state.ts';

/** A requester abroad is not escalated to a superior; if no answer comes, the coordinator hears of it. */
const requesterLadder: Ladder = [
  ...twoThirdsLadder,
  { when: { days: 3 }, to: ['owner'] },
  { when: { days: 10 }, to: ['coordinator'] },
];

/** What the coordinator owes at a stage, in working days from its beginning. */
const handling =
  (noun: string, period: 'acknowledgeWorkingDays' | 'handlingWorkingDays') =>
  ({ subject, stageSince, [period]: workingDays }: CooperationRequest): Owed =>
    byCoordinator(`${noun} of the request "${subject}"`, stageSince, workingDays);

export const owed = deadlinesBy<CooperationRequest, RequestEvent>({
  acknowledge: {
    stages: ['received'],
    owed: handling('acknowledgement', 'acknowledgeWorkingDays'),
    answeredBy: { acknowledge: nothing },
  },
  completeness: {
    stages: ['acknowledged'],
    owed: handling('check of completeness', 'handlingWorkingDays'),
    answeredBy: { confirmComplete: nothing, askBack: nothing },
  },
  answer: {
    stages: ['askedBack'],
    owed: ({ requester, stageSince, answerDue = stageSince, subject }) => ({
      says: `answer to our question on the request "${subject}"`,
      since: stageSince,
      due: { on: answerDue },
      owedBy: requester,
      ladder: requesterLadder,
    }),
    answeredBy: { answer: nothing },
    whenMoved: (request, to) => ({ ...request, answerDue: to }),
  },
  assign: {
    stages: ['complete'],
    owed: handling('choice of a lead agency', 'handlingWorkingDays'),
    answeredBy: { assign: nothing },
  },
  opinion,
  decide: {
    stages: led,
    owed: ({ assignedOn = '', decideBy, decisionWorkingDays, subject }) => ({
      says: `decision on the request "${subject}"`,
      since: assignedOn,
      due: decideBy ? { on: decideBy } : { on: assignedOn, workingDays: decisionWorkingDays },
      owedBy: 'coordinator',
    }),
    answeredBy: { accept: nothing, decline: nothing },
    whenMoved: (request, to) => ({ ...request, decideBy: to }),
  },
  // The request goes on by itself. The day is over when it is over at home, not at the requester's.
  resume: {
    stages: ['onHold'],
    owed: ({ heldOn = '', until = heldOn, requestingCountry, subject }, { countries }) => ({
      says: `end of the rest of the request "${subject}"`,
      since: heldOn,
      due: { on: until },
      inCountry: countries.find((country) => country !== requestingCountry) ?? requestingCountry,
    }),
    whenPassed: {
      says: 'The request goes on where it rested',
      to: ['acknowledged', 'askedBack', 'complete', 'assigned', 'consulting', 'consulted'],
      decide: () => [{ type: 'resumed' }],
    },
    whenMoved: (request, to) => ({ ...request, until: to }),
  },
});
