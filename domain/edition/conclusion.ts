import { refuseDay } from '../date-rules.ts';
import { evaluationCommands } from '../evaluation/commands.ts';
import { line, listOf, slug, text, pastDate } from '../fields.ts';
import { attendance } from '../nomination/commands.ts';
import { isRefusal, refuse } from '../refusal.ts';
import { refuseIntention } from './hosts.ts';
import { intentionFields } from './outline.ts';
import { command } from './state.ts';

const afterwards = ['held', 'evaluated', 'nextProposed'];
const mostOutcomes = 50;

/** Commands once an edition is under way: what happened, how it was, what comes next. */
export const conclusion = {
  recordHeld: command({
    says: 'Record that the edition was held, who of the participants did not come, and what came of it',
    by: ['coordinator'],
    from: ['underWay'],
    to: ['held'],
    input: {
      on: pastDate.optional().describe('its last day; without it, the last day as planned'),
      absent: listOf(slug).default([]).describe('the id of a participant who did not come'),
      outcomes: listOf(text).max(mostOutcomes).default([]).describe('what came of it, each in a sentence'),
    },
    decide: ({ on, absent, outcomes }, edition, { today }) => {
      const last = on ?? edition.to;
      const refusal = refuseDay('on', last, today, { on: edition.from, what: 'its first day' });
      const came = attendance(edition, absent);
      if (refusal || isRefusal(came)) return refusal ?? came;
      return [...came, { type: 'held', on: last, outcomes }];
    },
  }),
  recordOutcome: command({
    says: 'Record what came of the edition as a whole',
    by: ['coordinator'],
    from: ['underWay', ...afterwards],
    input: { outcome: text.describe('what came of it, in a sentence') },
    decide: ({ outcome }, { outcomes }) => {
      if (outcomes.includes(outcome)) return refuse('AlreadyDone', 'This is on record already.');
      return outcomes.length >= mostOutcomes
        ? refuse('TooLarge', `There are ${mostOutcomes} outcomes on record; an edition takes no more.`)
        : [{ type: 'outcomeRecorded', outcome }];
    },
  }),
  ...evaluationCommands(['held']),
  closeEvaluation: command({
    says: 'Close the evaluation; its summary goes to the organisers',
    by: ['coordinator'],
    from: ['held'],
    to: ['evaluated'],
    decide: (_, { responses }, { reason }) =>
      responses.length === 0 && !reason
        ? refuse('ReasonMissing', 'Nobody has answered; give a reason to close the evaluation without an answer.')
        : [{ type: 'evaluationClosed' }],
  }),
  submitReport: command({
    says: 'Submit the wrap-up report',
    by: ['owing', 'coordinator'],
    from: afterwards,
    input: {
      document: line.describe('the report: a name or an address'),
      on: pastDate.optional().describe('the day it was submitted; without it, today'),
    },
    decide: ({ document, on }, { heldOn, report }, { today, reason }) => {
      const submitted = on ?? today;
      if (report && !reason)
        return refuse('AlreadyDone', `The report came on ${report.on}; to put another in its place, give a reason.`);
      return (
        refuseDay('on', submitted, today, { on: heldOn, what: 'the last day of the edition' }) ?? [
          { type: 'reportSubmitted', document, on: submitted },
        ]
      );
    },
  }),
  proposeNext: command({
    says: 'Propose the next edition: what is intended goes to the programme, which carries it into that edition',
    by: ['owing', 'coordinator'],
    from: ['evaluated', 'nextProposed'],
    to: ['nextProposed'],
    input: intentionFields,
    decide: (intention, { next }, { reason }) => {
      if (next && !reason)
        return refuse('AlreadyDone', 'The next edition is proposed already; to propose another, give a reason.');
      return refuseIntention(intention) ?? [{ type: 'nextProposed', ...intention }];
    },
  }),
  close: command({
    says: 'Close the edition: it is evaluated, reported on, and the next one is proposed',
    by: ['coordinator'],
    from: ['nextProposed'],
    to: ['closed'],
    decide: (_, { report }) =>
      report
        ? [{ type: 'closed' }]
        : refuse('NotReady', 'The wrap-up report is not in; submit it first (`submit-report`).'),
  }),
};
