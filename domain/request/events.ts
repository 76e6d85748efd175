import { system } from '../case/due.ts';
import { dayOf } from '../dates.ts';
import { partyOfAgency, partyOfPerson } from '../fields.ts';
import { atStage, type EventRules, type Follows, nobodyHears } from '../lifecycle.ts';
import { mail, settledAs, said, toThoseAsked, toThoseAtWork } from './letters.ts';
import { withOneMore, without } from '../lists.ts';
import { opinionEvents } from './opinion.ts';
import { openOutcome } from './outcomes.ts';
import {
  type CooperationRequest,
  isPlannedCase,
  outcomeSentence,
  type RequestEvent,
  shiftedByHold,
  withoutWaiting,
} from './state.ts';

const toLead: Follows<CooperationRequest, { readonly lead: string }> = (event, request) =>
  mail('assigned', [partyOfAgency(event.lead)], said(event, request), { what: 'decide' });

export const events: EventRules<CooperationRequest, RequestEvent> = {
  acknowledged: {
    says: ({ note }) => `The requester was told that the request has arrived.${note ? ` ${note}` : ''}`,
    evolve: (request, { at }) => atStage(request, 'acknowledged', at),
    follows: (event, request) =>
      mail('acknowledged', [request.requester], { ...said(event, request), note: event.note }),
  },
  askedBack: {
    says: ({ missing, due }) => `The requester was asked, by ${due}: ${missing}`,
    evolve: (request, { missing, due, at }) => ({ ...atStage(request, 'askedBack', at), missing, answerDue: due }),
    follows: (event, request) => {
      const { missing, due: replyBy } = event;
      return mail('askedBack', [request.requester], { ...said(event, request), missing, replyBy });
    },
  },
  answered: {
    says: ({ answer }) => `The requester answered: ${answer}`,
    evolve: ({ missing: _, answerDue: __, ...request }, { at }) => atStage(request, 'acknowledged', at),
    follows: nobodyHears,
  },
  foundComplete: {
    says: () => 'The request is complete.',
    evolve: ({ missing: _, answerDue: __, ...request }, { at }) => atStage(request, 'complete', at),
    follows: nobodyHears,
  },
  assigned: {
    says: ({ lead, decideBy }) => `${lead} leads.${decideBy ? ` To be decided by ${decideBy}.` : ''}`,
    evolve: (request, { lead, decideBy, at }) => ({
      ...atStage(request, 'assigned', at),
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
          ...without(request, 'consultations', (each) => each.agency === lead && each.standing === 'outstanding'),
          lead,
        },
        dayOf(at),
      ),
    follows: toLead,
  },
  ...opinionEvents,
  outcomePlanned: {
    says: ({ outcome }) => `Planned (${outcome.number}): ${outcomeSentence(outcome)}.`,
    evolve: (request, { outcome }) => ({
      ...withOneMore(request, 'outcomes', outcome),
      outcomesPlanned: outcome.number,
    }),
    follows: nobodyHears,
  },
  outcomeDropped: {
    says: ({ dropped }) => `Outcome ${dropped} is no longer planned.`,
    evolve: (request, { dropped }) => without(request, 'outcomes', ({ number }) => number === dropped),
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
    evolve: (request, { at }) => atStage(request, 'accepted', at),
    follows: (event, request, header) => [
      ...mail('accepted', [request.requester], { ...said(event, request), note: event.note }),
      ...toThoseAtWork(event, request),
      ...request.outcomes.filter(isPlannedCase).flatMap((outcome) => openOutcome(outcome, header)),
      ...toThoseAsked(event, request),
    ],
  },
  declined: {
    says: () => 'Declined.',
    evolve: (request, { at }) => atStage(request, 'declined', at),
    follows: settledAs('declined'),
  },
  withdrawn: {
    says: () => 'The requester has withdrawn the request.',
    evolve: (request, { at }) => atStage(request, 'withdrawn', at),
    follows: settledAs('withdrawn'),
  },
};
