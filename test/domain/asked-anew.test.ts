import { expect, it } from 'vitest';
import { action } from '../../domain/action.ts';
import type { Message } from '../../domain/case/effects.ts';
import { evolve } from '../../domain/case/evolve.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { Plan } from '../../domain/ladder.ts';
import { given } from './given.ts';
import { given as givenMeeting } from './meeting-stages.ts';
import { acknowledged, assigned } from './requests.ts';

const firstDays = (messages: readonly Message[]) => new Set(messages.map(({ facts }) => facts.firstDue));

const reported = () =>
  given(action, {
    topic: 'Plan the portal',
    owner: 'klid',
    due: '2018-12-14',
    decidedOn: '2018-09-28',
    meeting: 'meeting/kr-gr-2',
    decision: 'Item 3',
  })
    .command('accept')
    .command('reportDone', { evidence: 'the portal is planned', by: 'lee-jiho' });

const returned = () => reported().passes('2018-10-05').command('return', { reason: 'the plan is missing' });

it('a report that is verified again is another verification: its letters say no day of the first', () => {
  const again = returned().passes('2019-03-01').command('reportDone', { evidence: 'the plan', by: 'lee-jiho' });
  const { due, standing } = dueOf(again.state, 'verify');
  expect(standing).toMatchObject({ firstDue: due, everLate: false, spent: [] });
  const late = again.passes('2019-04-30');
  const mailed = late.mailed('action.verify').filter(({ at }) => at > '2019-03-01');
  expect(mailed.length).toBeGreaterThan(2);
  expect(firstDays(mailed)).toEqual(new Set([due]));
});

it('what was met too early and goes on is the same: it keeps its first day, its lateness and what was sent', () => {
  const late = reported().passes('2018-10-05');
  const before = dueOf(late.state, 'complete').standing;
  const after = dueOf(late.command('return', { reason: 'r' }).state, 'complete').standing;
  expect(after).toMatchObject({ firstDue: before.firstDue, everLate: before.everLate });
});

it('a second draft of minutes is commented on anew', () => {
  const second = givenMeeting
    .drafted()
    .passes('2018-10-12')
    .command('object', { side: 'mindigital', reason: 'item 2' })
    .command('circulateMinutes');
  const { due } = dueOf(second.state, 'comment:mois');
  const mailed = second
    .passes('2018-10-26')
    .mailed('meeting.comment')
    .filter(({ at }) => at > '2018-10-12T09:00');
  expect(mailed.length).toBeGreaterThan(0);
  expect(firstDays(mailed)).toEqual(new Set([due]));
});

it('a second question to the requester is another question', () => {
  const second = acknowledged()
    .command('askBack', { missing: 'the agencies', due: '2018-09-20' })
    .passes('2018-09-18')
    .command('answer', { answer: 'annex 1' })
    .passes('2018-09-27')
    .command('askBack', { missing: 'the dates', due: '2018-10-20' });
  const mailed = second
    .passes('2018-10-25')
    .mailed('request.answer')
    .filter(({ at }) => at > '2018-09-27');
  expect(mailed.length).toBeGreaterThan(1);
  expect(firstDays(mailed)).toEqual(new Set(['2018-10-20']));
});

it('an opinion that is asked again has all of its reminders, and is not late by the first', () => {
  const again = assigned()
    .command('consult', { agency: 'mofa' })
    .passes('2018-09-22')
    .command('giveOpinion', { agency: 'mofa', opinion: 'inFavour' })
    .passes('2018-09-25')
    .command('consult', { agency: 'mofa' });
  const { due, standing } = dueOf(again.state, 'opinion:mofa');
  expect(standing).toMatchObject({ firstDue: due, everLate: false, spent: [], rung: 0 });
  expect(
    again
      .passes(due)
      .mailed('request.opinion')
      .filter(({ at }) => at > '2018-09-25').length,
  ).toBeGreaterThan(0);
});

it('what earlier versions planned under a name stays as it was', () => {
  const again = returned().passes('2019-03-01').command('reportDone', { evidence: 'the plan', by: 'lee-jiho' });
  const planned = again.events.findLast(({ type }) => type === 'planned');
  const [plan] = (planned as unknown as { plans: Plan[] }).plans;
  if (!planned || !plan) throw new Error('Nothing was planned.');
  const { askedAnew, ...asBefore } = plan;
  expect(askedAnew).toBe(true);
  const first = dueOf(returned().state, 'verify').standing;
  const before: CaseState = { ...again.state, deadlines: { verify: first } };
  const event = { ...planned, plans: [asBefore] };
  expect(evolve(action, before, event).deadlines['verify']?.firstDue).toBe(first.firstDue);
});

function dueOf(state: CaseState, name: string) {
  const standing = state.deadlines[name];
  if (!standing) throw new Error(`${name} was never owed.`);
  return { due: standing.plan.due, standing };
}
