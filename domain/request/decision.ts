import { z } from 'zod';
import { refuseBefore, refuseTooFar } from '../date-rules.ts';
import type { CivilDate } from '../dates.ts';
import { agency, count, country, date, line, listOf, slug, text } from '../fields.ts';
import { refuse } from '../refusal.ts';
import {
  agenciesThat,
  caseOfOutcome,
  command,
  type CooperationRequest,
  isPlannedCase,
  led,
  type PlannedCase,
  plainOutcomes,
} from './state.ts';

const slugOf = (caseId: string): string => caseId.slice(caseId.indexOf('/') + 1);

/** Whatever it is, its case has an id of its own. */
function plan({ outcomes }: CooperationRequest, outcome: PlannedCase) {
  const id = caseOfOutcome(outcome);
  return outcomes.some((other) => isPlannedCase(other) && caseOfOutcome(other) === id)
    ? refuse('AlreadyDone', `${id} is planned already; give this one another id.`)
    : [{ type: 'outcomePlanned' as const, outcome }];
}

const refuseDays = ({ from, to = from }: { from: CivilDate; to?: CivilDate }, today: CivilDate) =>
  refuseBefore('to', to, 'the first day', from) ?? refuseTooFar('to', to, today);

export const planMou = command({
  says: 'Plan an MOU that the request is to become; it is opened as a case when the request is accepted',
  by: ['owner', 'coordinator'],
  from: led,
  input: {
    title: line.describe('the title of the MOU'),
    subject: line.describe('what it is about'),
    sides: listOf(agency)
      .min(2, 'needs at least two agencies')
      .describe('the agencies that conclude it, our own first'),
    binding: z.boolean().default(false).describe('whether it is to bind in international law'),
    mou: slug.optional().describe('the id of its case; the id of the request if left out'),
  },
  decide: ({ mou, sides, ...rest }, request, { header }) => {
    const id = mou ?? slugOf(header.id);
    if (new Set(sides).size < sides.length)
      return refuse('InvalidInput', `sides: an agency stands there twice: ${sides.join(', ')}.`);
    return plan(request, { number: request.outcomesPlanned + 1, what: 'mou', mou: id, sides, ...rest });
  },
});

export const planVisit = command({
  says: 'Plan a delegation visit that the request is to become; it is opened as a case when the request is accepted',
  by: ['owner', 'coordinator'],
  from: led,
  input: {
    title: line.describe('the title of the visit'),
    from: date.describe('its first day'),
    to: date.describe('its last day'),
    senders: listOf(agency).min(1, 'needs at least one agency').describe('the agencies that send the delegation'),
    countries: listOf(country).default([]).describe('where it goes besides the countries of the request'),
    // Not `reason`: that is why the command was given.
    why: text.optional().describe('why it is made'),
    aim: text.optional().describe('what it is to achieve'),
    visit: slug.optional().describe('the id of its case; the id of the request if left out'),
  },
  decide: ({ visit, countries, why, ...rest }, request, { header, today }) =>
    refuseDays(rest, today) ??
    plan(request, {
      number: request.outcomesPlanned + 1,
      what: 'visit',
      visit: visit ?? slugOf(header.id),
      countries: [...new Set([...header.countries, ...countries])],
      ...rest,
      ...(why ? { reason: why } : {}),
    }),
});

export const planWorkshop = command({
  says: 'Plan a workshop that the request is to become; it is opened as a case when the request is accepted',
  by: ['owner', 'coordinator'],
  from: led,
  input: {
    title: line.describe('the title of the workshop'),
    subject: line.describe('what it is about'),
    from: date.describe('its first day'),
    to: date.optional().describe('its last day; the first if left out'),
    country: country.optional().describe('where it takes place; in the country that asks if left out'),
    place: line.describe('where: city and venue'),
    hosts: listOf(agency).min(1, 'needs at least one agency').describe('the agencies that host it'),
    workshop: slug.optional().describe('the id of its case; the id of the request if left out'),
  },
  decide: ({ workshop, country: where, ...rest }, request, { header, today }) =>
    refuseDays(rest, today) ??
    plan(request, {
      number: request.outcomesPlanned + 1,
      what: 'workshop',
      workshop: workshop ?? slugOf(header.id),
      country: where ?? request.requestingCountry,
      ...rest,
    }),
});

export const planOutcome = command({
  says: 'Plan something else that the request is to become, and that is not opened as a case: a place in a programme …',
  by: ['owner', 'coordinator'],
  from: led,
  input: {
    what: z.enum(plainOutcomes).describe('what it becomes'),
    note: line.describe('which one, where and when'),
  },
  decide: ({ what, note }, { outcomesPlanned }) => [
    { type: 'outcomePlanned', outcome: { number: outcomesPlanned + 1, what, note } },
  ],
});

export const dropOutcome = command({
  says: 'Take back something that was planned for the request',
  by: ['owner', 'coordinator'],
  from: led,
  input: { number: count.describe('the number of the outcome') },
  decide: ({ number }, { outcomes }) =>
    outcomes.some((outcome) => outcome.number === number)
      ? [{ type: 'outcomeDropped', dropped: number }]
      : refuse(
          'UnknownItem',
          `No outcome ${number} is planned; there are: ${outcomes.map((each) => each.number).join(', ') || 'none'}.`,
        ),
});

export const accept = command({
  says: 'Accept the request as everything that is planned for it; while opinions are outstanding, only with a reason',
  by: ['owing', 'owner', 'coordinator'],
  from: led,
  to: ['accepted'],
  input: { note: text.optional().describe('a sentence for the requester') },
  decide: ({ note }, request, { reason }) => {
    const outstanding = agenciesThat(request, 'outstanding');
    if (request.outcomes.length === 0)
      return refuse('NotReady', 'Nothing is planned yet: say what the request becomes (plan-mou, plan-outcome).');
    if (outstanding.length > 0 && !reason)
      return refuse(
        'NotReady',
        `The ${outstanding.length === 1 ? 'opinion' : 'opinions'} of ${outstanding.join(', ')} ${outstanding.length === 1 ? 'is' : 'are'} outstanding: wait for it, or give a reason to accept without it.`,
      );
    return [{ type: 'accepted', note }];
  },
});

export const decline = command({
  says: 'Decline the request; the requester hears the reason',
  by: ['owing', 'owner', 'coordinator'],
  from: ['received', 'acknowledged', 'askedBack', 'complete', ...led, 'onHold'],
  to: ['declined'],
  reason: 'required',
  tells: 'reason',
  decide: () => [{ type: 'declined' }],
});
