import { partyOfAgency, partyOfPerson } from '../fields.ts';
import { type Deadline, type Ladder, noLadder, shortLadder, twoThirdsLadder } from '../ladder.ts';
import type { CaseHeader, MoveRules, PassingRules } from '../lifecycle.ts';
import type { Consultation, CooperationRequest, RequestEvent } from './state.ts';

/** A requester abroad is not escalated to a superior; if no answer comes, the coordinator hears of it. */
const requesterLadder: Ladder = [
  ...twoThirdsLadder,
  { when: { days: 3 }, to: ['owner'] },
  { when: { days: 10 }, to: ['coordinator'] },
];

export function deadlines(request: CooperationRequest, header: CaseHeader): Deadline[] {
  switch (request.stage) {
    case 'received':
      return [coordinators(request, header, 'acknowledge', 'acknowledgement', request.acknowledgeWorkingDays)];
    case 'acknowledged':
      return [coordinators(request, header, 'completeness', 'check of completeness', request.handlingWorkingDays)];
    case 'askedBack':
      return [answer(request)];
    case 'complete':
      return [coordinators(request, header, 'assign', 'choice of a lead agency', request.handlingWorkingDays)];
    case 'assigned':
    case 'consulting':
    case 'consulted':
      return [...opinionsOwed(request), decision(request, header)];
    case 'onHold':
      return [resumption(request, header)];
    case 'accepted':
    case 'declined':
    case 'withdrawn':
      return [];
  }
}

/** What the coordinator owes at a stage, in working days from its beginning. */
const coordinators = (
  { subject, stageSince }: CooperationRequest,
  { coordinator }: CaseHeader,
  name: string,
  noun: string,
  workingDays: number,
): Deadline => ({
  name,
  says: `${noun} of the request "${subject}"`,
  since: stageSince,
  due: { on: stageSince, workingDays },
  owedBy: partyOfPerson(coordinator),
  ladder: shortLadder,
});

const answer = ({ requester, stageSince, answerDue = stageSince, subject }: CooperationRequest): Deadline => ({
  name: 'answer',
  says: `answer to our question on the request "${subject}"`,
  since: stageSince,
  due: { on: answerDue },
  owedBy: requester,
  ladder: requesterLadder,
});

const opinionsOwed = ({ consultations, opinionWorkingDays, subject }: CooperationRequest): Deadline[] =>
  consultations
    .filter(({ standing }) => standing === 'outstanding')
    .map(({ agency, from, due, heldMeanwhile }: Consultation) => ({
      name: `opinion:${agency}`,
      says: `opinion of ${agency} on the request "${subject}"`,
      since: from,
      due: due ? { on: due } : { on: from, workingDays: opinionWorkingDays },
      owedBy: partyOfAgency(agency),
      ladder: twoThirdsLadder,
      ...(heldMeanwhile ? {} : { lapses: true }),
    }));

const decision = (
  { assignedOn = '', decideBy, decisionWorkingDays, subject }: CooperationRequest,
  { coordinator }: CaseHeader,
): Deadline => ({
  name: 'decide',
  says: `decision on the request "${subject}"`,
  since: assignedOn,
  due: decideBy ? { on: decideBy } : { on: assignedOn, workingDays: decisionWorkingDays },
  owedBy: partyOfPerson(coordinator),
  ladder: shortLadder,
});

/** Nobody owes it: the request goes on by itself. The day is over when it is over at home, not at the requester's. */
const resumption = (
  { heldOn = '', until = heldOn, requestingCountry, subject }: CooperationRequest,
  { countries }: CaseHeader,
): Deadline => ({
  name: 'resume',
  says: `end of the rest of the request "${subject}"`,
  since: heldOn,
  due: { on: until },
  inCountry: countries.find((country) => country !== requestingCountry) ?? requestingCountry,
  ladder: noLadder,
});

export const whenPassed: PassingRules<CooperationRequest, RequestEvent> = {
  opinion: {
    says: 'The question to the agency expires; the request can be decided without its opinion',
    at: ['consulting'],
    leads: ['consulted'],
    foretold: { to: ['opinion'] },
    decide: (_, agency) => [{ type: 'opinionExpired', agency }],
  },
  resume: {
    says: 'The request goes on where it rested',
    at: ['onHold'],
    leads: ['acknowledged', 'askedBack', 'complete', 'assigned', 'consulting', 'consulted'],
    decide: () => [{ type: 'resumed' }],
  },
};

export const whenMoved: MoveRules<CooperationRequest> = {
  answer: (request, to) => ({ ...request, answerDue: to }),
  decide: (request, to) => ({ ...request, decideBy: to }),
  resume: (request, to) => ({ ...request, until: to }),
  opinion: (request, to, agency) => ({
    ...request,
    consultations: request.consultations.map((each) =>
      each.agency === agency && each.standing === 'outstanding' ? { ...each, due: to } : each,
    ),
  }),
};
