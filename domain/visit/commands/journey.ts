import { refuseBefore, refuseDay, refuseTooFar } from '../../date-rules.ts';
import { minus } from '../../dates.ts';
import { slugUnder } from '../../derived.ts';
import { agency, caseOf, count, date, line, listOf, person, slug, text, pastDate } from '../../fields.ts';
import { refuse } from '../../refusal.ts';
import { changing, isPending, missingForDeparture, planning } from '../legs.ts';
import { input } from '../opening.ts';
import { command } from '../state.ts';

const afterwards = ['returned', 'reported'];

/** The journey: what it is for, how it goes, and what follows from it. */
export const journeyCommands = {
  describe: command({
    says: 'Change why the visit is made, or what it is to achieve',
    by: ['coordinator'],
    from: [...changing, ...afterwards],
    // As `reason` every command takes why it is given.
    input: { visitReason: input.shape.reason, aim: input.shape.aim },
    decide: ({ visitReason, aim }) =>
      visitReason === undefined && aim === undefined
        ? refuse('InvalidInput', 'Nothing is given: say which of visit reason, aim changes.')
        : [
            {
              type: 'described',
              changes: { ...(visitReason ? { reason: visitReason } : {}), ...(aim ? { aim } : {}) },
            },
          ],
  }),
  depart: command({
    says: 'The delegation has left; without this, it leaves by itself on its day once nothing is missing',
    by: ['owner', 'coordinator'],
    from: planning,
    to: ['underWay'],
    input: {
      on: pastDate.optional().describe('the day; the first day of the visit unless said otherwise'),
    },
    decide: ({ on }, visit, { today, reason }) => {
      const day = on ?? visit.from;
      const missing = missingForDeparture(visit);
      if (!visit.head || visit.legs.length === 0)
        return refuse('NotReady', `The delegation cannot have left: ${missing.join('; ')}. Record that first.`);
      if (missing.length > 0 && !reason)
        return refuse('NotReady', `${missing.join('; ')}. Settle it first, or give a reason to leave all the same.`);
      return (
        refuseDay('on', day, today, { on: minus(visit.from, 'P2D'), what: 'the eve of the visit' }) ??
        refuseBefore('the end of the visit', visit.to, 'the departure', day) ?? [{ type: 'departed', on: day }]
      );
    },
  }),
  return: command({
    says: 'The delegation is back; without this, it returns by itself when the last day is over',
    by: ['owner', 'coordinator'],
    from: ['underWay'],
    to: ['returned'],
    input: { on: pastDate.optional().describe('the day; today unless said otherwise') },
    decide: ({ on }, { departedOn }, { today }) =>
      refuseDay('on', on ?? today, today, { on: departedOn, what: 'the departure' }) ?? [
        { type: 'returned', on: on ?? today },
      ],
  }),
  submitReport: command({
    says: 'Submit the report of the visit: what was done and what came of it',
    by: ['owing', 'owner', 'coordinator'],
    from: ['returned'],
    to: ['reported'],
    input: {
      report: text.describe('what was done and what came of it'),
      document: line.optional().describe('where the whole report is: a name, a number or an address'),
      on: pastDate.optional().describe('the day; today unless said otherwise'),
    },
    decide: ({ report, document, on }, { returnedOn }, { today }) =>
      refuseDay('on', on ?? today, today, { on: returnedOn, what: 'the return' }) ?? [
        { type: 'reportSubmitted', on: on ?? today, report, document },
      ],
  }),
  openAction: command({
    says: 'Open a follow-up action that the report asks for; it becomes a case of its own',
    by: ['owner', 'coordinator'],
    from: afterwards,
    input: {
      topic: line.describe('what is to be done'),
      owner: agency.describe('the agency that has to do it'),
      due: date.describe('when it is due'),
      proposal: count.min(1).optional().describe('the number of the proposal that it carries out'),
      committee: caseOf('committee').optional().describe('the joint committee that follows it up'),
      coChairs: listOf(person).default([]).describe('who hears of it when nobody else moves it'),
      id: slug.optional().describe('the id of the action; without it, the id of the visit and a number'),
    },
    decide: ({ id, ...given }, visit, { header, today }) => {
      const action = `action/${id ?? slugUnder(header.id, `${visit.actions.length + 1}`)}`;
      if (visit.actions.includes(action))
        return refuse('AlreadyDone', `${action} was opened already; give the new action an id of its own (\`id\`).`);
      if (given.proposal !== undefined && !visit.proposals.some(({ number }) => number === given.proposal))
        return refuse(
          'UnknownItem',
          `There is no proposal ${given.proposal}; there are ${visit.proposals.map(({ number }) => number).join(', ') || 'none'}.`,
        );
      return (
        refuseBefore('due', given.due, 'the return', visit.returnedOn) ??
        refuseTooFar('due', given.due, today) ?? [{ type: 'actionOpened', action, ...given }]
      );
    },
  }),
  close: command({
    says: 'Close the visit: its report is in, and each of its acts is done, cancelled or handed over',
    by: ['coordinator'],
    from: ['reported'],
    to: ['closed'],
    decide: (_, { acts }) => {
      const open = acts.filter(isPending).map(({ act }) => act);
      return open.length > 0
        ? refuse(
            'NotReady',
            `${open.join(', ')} ${open.length === 1 ? 'is' : 'are'} not done; record what became of it there, cancel it, or hand it over (\`hand-over-act\`).`,
          )
        : [{ type: 'closed' }];
    },
  }),
};
