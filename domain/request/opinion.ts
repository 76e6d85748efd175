import { z } from 'zod';
import { owner } from '../case/settled.ts';
import { dayOf } from '../dates.ts';
import { type DeadlineRule, movedIn } from '../deadlines.ts';
import { agency, date, partyOfAgency, partyOfPerson, text } from '../fields.ts';
import { twoThirdsLadder } from '../ladder.ts';
import { atStage, nobodyHears } from '../lifecycle.ts';
import { present } from '../parts.ts';
import { refuse } from '../refusal.ts';
import { refuseDay } from './days.ts';
import { mail, said } from './letters.ts';
import {
  command,
  type Consultation,
  consultationOf,
  type CooperationRequest,
  eventRules,
  led,
  opinions,
  type RequestEvent,
  withoutWaiting,
} from './state.ts';

/** The opinion of another agency on a request: how it is asked, by when it is owed, and what it or its absence changes. */

export const opinionCommands = {
  consult: command({
    says: 'Ask another agency for its opinion, by a day',
    by: ['owner', 'coordinator'],
    from: led,
    to: ['consulting'],
    input: {
      agency: agency.describe('the agency that is asked'),
      question: text.optional().describe('what it is asked'),
      due: date.optional().describe('the day by which it answers; the working days of the case if left out'),
    },
    decide: ({ agency, question, due }, request, { today }) => {
      const asked = consultationOf(request, agency);
      if (agency === request.lead)
        return refuse('AlreadyDone', `${agency} leads the request: its opinion is heard without being asked.`);
      if (asked?.standing === 'outstanding')
        return refuse('AlreadyDone', `${agency} has been asked already, and its opinion is still outstanding.`);
      const round = (asked?.round ?? 0) + 1;
      return (
        (due && refuseDay('The day for the opinion', due, today)) || [
          { type: 'consulted', agency, round, question, due },
        ]
      );
    },
  }),
  giveOpinion: command({
    says: 'Record the opinion of an agency that was asked; one that comes late is taken until the decision',
    by: ['owing', 'coordinator'],
    from: ['consulting', 'consulted', 'onHold'],
    to: ['consulted'],
    input: {
      agency: agency.describe('the agency whose opinion it is'),
      opinion: z.enum(opinions).describe('in favour, with remarks, or against'),
      remarks: text.optional().describe('its remarks; needed unless it is in favour'),
    },
    decide: ({ agency, opinion, remarks }, request) => {
      const asked = consultationOf(request, agency);
      if (!asked)
        return refuse(
          'NotAParty',
          `${agency} was not asked for its opinion; asked were: ${[...new Set(request.consultations.map((each) => each.agency))].join(', ') || 'none'}. Ask it first (consult).`,
        );
      if (asked.standing !== 'outstanding' && asked.standing !== 'expired')
        return refuse(
          'AlreadyDone',
          `${agency} has given its opinion already; to hear it again, ask it again (consult).`,
        );
      if (opinion !== 'inFavour' && !remarks)
        return refuse('InvalidInput', 'remarks: an opinion that is not simply in favour says why.');
      return [{ type: 'opinionGiven', agency, opinion, remarks }];
    },
  }),
};

export const opinion: DeadlineRule<CooperationRequest, RequestEvent> = {
  stages: ['consulting'],
  owed: ({ consultations, opinionWorkingDays, subject }) =>
    consultations
      .filter(({ standing }) => standing === 'outstanding')
      .map(({ agency, from, due, heldMeanwhile }) => ({
        item: agency,
        says: `opinion of ${agency} on the request "${subject}"`,
        since: from,
        due: due ? { on: due } : { on: from, workingDays: opinionWorkingDays },
        owedBy: partyOfAgency(agency),
        ladder: twoThirdsLadder,
        ...(heldMeanwhile ? {} : { lapses: true }),
      })),
  answeredBy: { giveOpinion: owner('agency') },
  whenPassed: {
    says: 'The question to the agency expires; the request can be decided without its opinion',
    to: ['consulted'],
    foretold: { to: ['opinion'] },
    decide: (_, agency) => [{ type: 'opinionExpired', agency }],
  },
  whenMoved: movedIn('consultations', 'due', ({ agency, standing }: Consultation) =>
    standing === 'outstanding' ? agency : undefined,
  ),
};

/** Changes the last question to an agency. */
const withConsultation = (
  request: CooperationRequest,
  agency: string,
  change: Partial<Consultation>,
): CooperationRequest => {
  const last = request.consultations.findLastIndex((each) => each.agency === agency);
  return {
    ...request,
    consultations: request.consultations.map((each, index) => (index === last ? { ...each, ...change } : each)),
  };
};

const opinionWords = { inFavour: 'is in favour', withRemarks: 'has remarks', against: 'is against' } as const;

export const opinionEvents = eventRules({
  consulted: {
    says: ({ agency, question }) => `${agency} was asked for its opinion${question ? `: ${question}` : '.'}`,
    evolve: (request, { agency, round, question, due, at }) => ({
      ...atStage(request, 'consulting', at),
      consultations: [
        ...request.consultations,
        {
          agency,
          round,
          from: dayOf(at),
          standing: 'outstanding',
          ...present({ question, due }),
        },
      ],
    }),
    follows: (event, request) => {
      const { agency, question, due: replyBy } = event;
      const facts = { ...said(event, request), question, replyBy, workingDays: request.opinionWorkingDays };
      return mail('opinionAsked', [partyOfAgency(agency)], facts, { what: 'opinion', item: agency });
    },
  },
  opinionGiven: {
    says: ({ agency, opinion, remarks }) => `${agency} ${opinionWords[opinion]}${remarks ? `: ${remarks}` : '.'}`,
    evolve: (request, { agency, opinion, remarks, at }) =>
      withoutWaiting(
        withConsultation(request, agency, { standing: opinion, ...(remarks ? { remarks } : {}) }),
        dayOf(at),
      ),
    follows: nobodyHears,
  },
  opinionExpired: {
    says: ({ agency }) => `${agency} gave no opinion in time.`,
    evolve: (request, { agency, at }) =>
      withoutWaiting(withConsultation(request, agency, { standing: 'expired' }), dayOf(at)),
    follows: (event, request, { coordinator }) => {
      const facts = { ...said(event, request), agency: partyOfAgency(event.agency) };
      return mail('opinionExpired', [partyOfPerson(coordinator)], facts);
    },
  },
});
