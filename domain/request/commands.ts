import { agency, date, text } from '../fields.ts';
import { refuse } from '../refusal.ts';
import { refuseDay } from './days.ts';
import { accept, decline, dropOutcome, planMou, planOutcome, planVisit, planWorkshop } from './decision.ts';
import { opinionCommands } from './opinion.ts';
import { command, led } from './state.ts';

const inHand = ['acknowledged', 'askedBack', 'complete', ...led];

export const commands = {
  acknowledge: command({
    says: 'Tell the requester that the request has arrived',
    by: ['owing', 'coordinator'],
    from: ['received'],
    to: ['acknowledged'],
    input: { note: text.optional().describe('a sentence for the requester') },
    decide: ({ note }) => [{ type: 'acknowledged', note }],
  }),
  askBack: command({
    says: 'Ask the requester for what is missing, by a day',
    by: ['owing', 'coordinator'],
    from: ['acknowledged', 'askedBack', 'complete'],
    to: ['askedBack'],
    input: {
      missing: text.describe('what is missing'),
      due: date.describe('the day by which an answer is asked for'),
    },
    decide: ({ missing, due }, _, { today }) =>
      refuseDay('The day for the answer', due, today) ?? [{ type: 'askedBack', missing, due }],
  }),
  answer: command({
    says: 'Record the requester’s answer; completeness is checked again',
    by: ['owing', 'coordinator'],
    from: ['askedBack'],
    to: ['acknowledged'],
    input: { answer: text.describe('what the requester sent') },
    decide: ({ answer }) => [{ type: 'answered', answer }],
  }),
  confirmComplete: command({
    says: 'Find the request complete: it holds all that is needed',
    by: ['owing', 'coordinator'],
    from: ['acknowledged', 'askedBack'],
    to: ['complete'],
    decide: () => [{ type: 'foundComplete' }],
  }),
  assign: command({
    says: 'Give the request to the agency that leads',
    by: ['owing', 'coordinator'],
    from: ['complete'],
    to: ['assigned'],
    input: {
      lead: agency.describe('the agency that leads'),
      decideBy: date.optional().describe('the day by which the request is to be decided'),
    },
    decide: ({ lead, decideBy }, _, { today }) =>
      (decideBy && refuseDay('The day for the decision', decideBy, today)) || [{ type: 'assigned', lead, decideBy }],
  }),
  changeLead: command({
    says: 'Give the request to another lead agency; if it was asked for its opinion, that question falls away',
    by: ['coordinator'],
    from: led,
    to: ['consulted'],
    reason: 'required',
    input: { lead: agency.describe('the agency that leads from now on') },
    decide: ({ lead }, request) =>
      lead === request.lead
        ? refuse('AlreadyDone', `${lead} leads the request already.`)
        : [{ type: 'leadChanged', from: request.lead ?? '', lead }],
  }),
  ...opinionCommands,
  planMou,
  planVisit,
  planWorkshop,
  planOutcome,
  dropOutcome,
  accept,
  decline,
  hold: command({
    says: 'Let the request rest until a day; it goes on by itself when that day has passed',
    by: ['coordinator'],
    from: inHand,
    to: ['onHold'],
    reason: 'required',
    tells: 'told',
    input: { until: date.describe('the last day of rest') },
    decide: ({ until }, _, { today }) => refuseDay('The last day of rest', until, today) ?? [{ type: 'held', until }],
  }),
  resume: command({
    says: 'Go on with a request that rests, before its day',
    by: ['coordinator'],
    from: ['onHold'],
    to: inHand,
    decide: () => [{ type: 'resumed' }],
  }),
  withdraw: command({
    says: 'Record that the requester has withdrawn the request',
    by: ['coordinator'],
    from: ['received', ...inHand, 'onHold'],
    to: ['withdrawn'],
    tells: 'told',
    decide: () => [{ type: 'withdrawn' }],
  }),
};
