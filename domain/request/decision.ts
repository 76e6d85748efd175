import { z } from 'zod';
import { agency, count, line, listOf, slug, text } from '../fields.ts';
import { refuse } from '../refusal.ts';
import { agenciesThat, command, type Outcome, plainOutcomes } from './state.ts';

const led = ['assigned', 'consulting', 'consulted'];

const slugOf = (caseId: string): string => caseId.slice(caseId.indexOf('/') + 1);

const mouOf = (outcome: Outcome): string | undefined => (outcome.what === 'mou' ? outcome.mou : undefined);

export const planMou = command({
  says: 'Plan an MOU that the request is to become; it is opened as a case when the request is accepted',
  at: led,
  input: z.strictObject({
    title: line.describe('the title of the MOU'),
    subject: line.describe('what it is about'),
    sides: listOf(agency)
      .min(2, 'needs at least two agencies')
      .describe('the agencies that conclude it, our own first'),
    binding: z.boolean().default(false).describe('whether it is to bind in international law'),
    mou: slug.optional().describe('the id of its case; the id of the request if left out'),
  }),
  decide: ({ mou, sides, ...rest }, { outcomes, outcomesPlanned }, { header }) => {
    const id = mou ?? slugOf(header.id);
    if (new Set(sides).size < sides.length)
      return refuse('InvalidInput', `sides: an agency stands there twice: ${sides.join(', ')}.`);
    if (outcomes.some((outcome) => mouOf(outcome) === id))
      return refuse('AlreadyDone', `An MOU "${id}" is planned already; give this one another id (mou).`);
    return [{ type: 'outcomePlanned', outcome: { number: outcomesPlanned + 1, what: 'mou', mou: id, sides, ...rest } }];
  },
});

export const planOutcome = command({
  says: 'Plan something else that the request is to become: a visit, a workshop, a place in a programme …',
  at: led,
  input: z.strictObject({
    what: z.enum(plainOutcomes).describe('what it becomes'),
    note: line.describe('which one, where and when'),
  }),
  decide: ({ what, note }, { outcomesPlanned }) => [
    { type: 'outcomePlanned', outcome: { number: outcomesPlanned + 1, what, note } },
  ],
});

export const dropOutcome = command({
  says: 'Take back something that was planned for the request',
  at: led,
  input: z.strictObject({ number: count.describe('the number of the outcome') }),
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
  at: led,
  leads: ['accepted'],
  input: z.strictObject({ note: text.optional().describe('a sentence for the requester') }),
  decide: ({ note }, request, { reason }) => {
    const outstanding = agenciesThat(request, 'outstanding');
    if (request.outcomes.length === 0)
      return refuse('NotReady', 'Nothing is planned yet: say what the request becomes (planMou, planOutcome).');
    if (outstanding.length > 0 && !reason)
      return refuse(
        'NotReady',
        `The opinion of ${outstanding.join(', ')} is outstanding: wait for it, or give a reason to accept without it.`,
      );
    return [{ type: 'accepted', note }];
  },
});

export const decline = command({
  says: 'Decline the request; the requester hears the reason',
  at: ['received', 'acknowledged', 'askedBack', 'complete', ...led, 'onHold'],
  leads: ['declined'],
  reason: 'required',
  input: z.strictObject({}),
  decide: () => [{ type: 'declined' }],
});
