import { system } from '../case/due.ts';
import { dayOf, type Instant } from '../dates.ts';
import { partyOfAgency, partyOfPerson } from '../fields.ts';
import { type EventRules, type Follows, nobodyHears } from '../lifecycle.ts';
import { mail, settledAs, said, toThoseAsked, toThoseAtWork } from './letters.ts';
import { openOutcome } from './outcomes.ts';
import {
  type Consultation,
  type CooperationRequest,
  isPlannedCase,
  outcomeSentence,
  type RequestEvent,
  shiftedByHold,
  type Stage,
  withoutWaiting,
} from './state.ts';
import { present } from '../parts.ts';

const moved = (request: CooperationRequest, stage: Stage, at: Instant): CooperationRequest => ({
  ...request,
  stage,
  stageSince: dayOf(at),
});

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

const toLead: Follows<CooperationRequest, { readonly lead: string }> = (event, request) =>
  mail('assigned', [partyOfAgency(event.lead)], said(event, request), 'decide');

export const events: EventRules<CooperationRequest, RequestEvent> = {
  acknowledged: {
    says: ({ note }) => `The requester was told that the request has arrived.${note ? ` ${note}` : ''}`,
    evolve: (request, { at }) => moved(request, 'acknowledged', at),
    follows: (event, request) =>
      mail('acknowledged', [request.requester], { ...said(event, request), note: event.note }),
  },
  askedBack: {
    says: ({ missing, due }) => `The requester was asked, by ${due}: ${missing}`,
    evolve: (request, { missing, due, at }) => ({ ...moved(request, 'askedBack', at), missing, answerDue: due }),
    follows: (event, request) => {
      const { missing, due: replyBy } = event;
      return mail('askedBack', [request.requester], { ...said(event, request), missing, replyBy });
    },
  },
  answered: {
    says: ({ answer }) => `The requester answered: ${answer}`,
    evolve: ({ missing: _, answerDue: __, ...request }, { at }) => moved(request, 'acknowledged', at),
    follows: nobodyHears,
  },
  foundComplete: {
    says: () => 'The request is complete.',
    evolve: ({ missing: _, answerDue: __, ...request }, { at }) => moved(request, 'complete', at),
    follows: nobodyHears,
  },
  assigned: {
    says: ({ lead, decideBy }) => `${lead} leads.${decideBy ? ` To be decided by ${decideBy}.` : ''}`,
    evolve: (request, { lead, decideBy, at }) => ({
      ...moved(request, 'assigned', at),
      lead,
      assignedOn: dayOf(at),
      ...(decideBy ? { decideBy } : {}),
    }),
    follows: toLead,
  },
  leadChanged: {
    says: ({ from, lead }) => `${lead} leads instead of ${from}.`,
    evolve: (request, { lead, at }) =>
      withoutWaiting(
        {
          ...request,
          lead,
          consultations: request.consultations.filter(
            (each) => each.agency !== lead || each.standing !== 'outstanding',
          ),
        },
        dayOf(at),
      ),
    follows: toLead,
  },
  consulted: {
    says: ({ agency, question }) => `${agency} was asked for its opinion${question ? `: ${question}` : '.'}`,
    evolve: (request, { agency, round, question, due, at }) => ({
      ...moved(request, 'consulting', at),
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
      return mail('opinionAsked', [partyOfAgency(agency)], facts, `opinion:${agency}`);
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
  outcomePlanned: {
    says: ({ outcome }) => `Planned (${outcome.number}): ${outcomeSentence(outcome)}.`,
    evolve: (request, { outcome }) => ({
      ...request,
      outcomesPlanned: outcome.number,
      outcomes: [...request.outcomes, outcome],
    }),
    follows: nobodyHears,
  },
  outcomeDropped: {
    says: ({ dropped }) => `Outcome ${dropped} is no longer planned.`,
    evolve: (request, { dropped }) => ({
      ...request,
      outcomes: request.outcomes.filter(({ number }) => number !== dropped),
    }),
    follows: nobodyHears,
  },
  held: {
    says: ({ until }) => `On hold until ${until}.`,
    evolve: (request, { until, at }) => ({
      ...request,
      stage: 'onHold',
      heldAt: request.stage,
      heldOn: dayOf(at),
      until,
    }),
    follows: (event, request) => mail('onHold', [request.requester], said(event, request)),
  },
  resumed: {
    says: () => 'The request goes on; all periods got the days on hold on top.',
    evolve: (request, { at }) => shiftedByHold(request, dayOf(at)),
    follows: (event, request, { coordinator }) =>
      event.by === system ? mail('resumed', [partyOfPerson(coordinator)], said(event, request)) : [],
  },
  accepted: {
    says: (_, { outcomes }) => `Accepted as ${outcomes.map(outcomeSentence).join('; ')}.`,
    evolve: (request, { at }) => moved(request, 'accepted', at),
    follows: (event, request, header) => [
      ...mail('accepted', [request.requester], { ...said(event, request), note: event.note }),
      ...toThoseAtWork(event, request),
      ...request.outcomes.filter(isPlannedCase).flatMap((outcome) => openOutcome(outcome, header)),
      ...toThoseAsked(event, request),
    ],
  },
  declined: {
    says: () => 'Declined.',
    evolve: (request, { at }) => moved(request, 'declined', at),
    follows: settledAs('declined'),
  },
  withdrawn: {
    says: () => 'The requester has withdrawn the request.',
    evolve: (request, { at }) => moved(request, 'withdrawn', at),
    follows: settledAs('withdrawn'),
  },
};
