import { aDocument } from './a-document.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLate } from '../../domain/case/state.ts';
import { viewOf } from '../../domain/case/view.ts';
import { action } from '../../domain/action.ts';
import { plus } from '../../domain/dates.ts';
import { mou } from '../../domain/mou.ts';
import { addWorkingDays, type Calendar, mondayToFriday, workingDaysLeft } from '../../domain/planning.ts';
import { given, type Story } from './given.ts';
import { test } from '../property.ts';

const calendarWith = (zone: string, off: readonly string[]): Calendar => ({
  zone,
  isWorkingDay: (day) => !off.includes(day) && mondayToFriday(zone).isWorkingDay(day),
});
const opening = { topic: 'Portal', owner: 'klid', due: '2018-12-14' };
const pause = { until: '2018-12-31', whoWaits: 'agency/klid', forWhom: 'agency/mar', reason: 'Budget' };
const inHand = () => given(action, opening).command('accept').passes('2018-12-03');
const due = (story: Story, name = 'complete') => story.state.deadlines[name]?.plan.due;
const reminders = (story: Story) => story.mailed('action.complete').length;

describe('a suspended action', () => {
  it('is not late when its due day passes, and nobody is reminded of it', () => {
    const before = inHand();
    const resting = before.command('suspend', pause).passes('2018-12-20');
    expect(isLate(action, resting.state)).toBe(false);
    expect(resting.state.subject).toMatchObject({ wasLate: false, due: '2018-12-14' });
    expect(reminders(resting)).toBe(reminders(before));
  });

  it('says who waits for whom, and tells whoever owes it and nobody else', () => {
    const resting = inHand().command('suspend', pause);
    resting
      .says(/until 2018-12-31: agency\/klid waits for agency\/mar.*Budget/)
      .mails('case.suspended', 'agency/klid', {
        facts: expect.objectContaining({ until: '2018-12-31', forWhom: 'agency/mar' }),
      });
    expect(resting.mailed('case.suspended')).toHaveLength(1);
    expect(viewOf(action, resting.state).meaning).toMatch(/^Suspended until 2018-12-31: agency\/klid waits/);
  });

  it('has the working days left that were left', () => {
    // From Monday 3 December 9 working days were left up to Friday the 14th.
    const resting = inHand().command('suspend', pause);
    expect(resting.state.suspended?.left).toEqual({ complete: 9 });
    const resumed = resting.passes('2019-01-07').command('resume');
    expect(due(resumed)).toBe('2019-01-18');
    resumed.knows({ due: '2019-01-18', firstDue: '2018-12-14', extensions: 0, wasLate: false });
    resumed.mails('case.resumed', 'agency/klid', { facts: expect.objectContaining({ due: '2019-01-18', count: 1 }) });
    expect(resumed.passes('2019-01-18').mailed('action.complete').at(-1)).toMatchObject({ tone: 'due' });
  });

  it('sends each reminder of its ladder once, however often it rests', () => {
    const undisturbed = reminders(given(action, opening).command('accept').passes('2019-03-01'));
    const twice = inHand()
      .command('suspend', pause)
      .passes('2018-12-17')
      .command('resume')
      .passes('2018-12-20')
      .command('suspend', { ...pause, until: '2019-02-01' })
      .passes('2019-01-10')
      .command('resume')
      .passes('2019-06-01');
    expect(reminders(twice)).toBe(undisturbed);
  });

  it('tells its coordinator once when the day has passed on which it should go on', () => {
    const resting = inHand().command('suspend', pause).passes('2019-05-01');
    expect(resting.mailed('case.suspensionOver').map(({ to, at }) => [to, at])).toEqual([
      ['person/kim-minji', '2018-12-31T15:00:00.000Z'],
    ]);
    const moved = resting.command('suspend', { ...pause, until: '2019-06-03' });
    expect(moved.state.suspended?.left).toEqual({ complete: 9 });
    expect(moved.passes('2019-09-01').mailed('case.suspensionOver')).toHaveLength(2);
  });

  it('was late before stays late, by as many working days', () => {
    const late = given(action, opening).command('accept').passes('2018-12-19');
    const resumed = late.command('suspend', pause).passes('2019-01-09').command('resume');
    expect(resumed.state.subject).toMatchObject({ wasLate: true, firstDue: '2018-12-14' });
    expect(isLate(action, resumed.state)).toBe(true);
    expect(
      resumed.events.filter((event) => event.type === 'deadlinePassed' && event['deadline' as never] === 'complete'),
    ).toHaveLength(1);
    // Three working days late then and now: nobody above hears of it at once.
    expect(due(resumed)).toBe('2019-01-04');
    expect(resumed.mailed('action.complete')).toHaveLength(late.mailed('action.complete').length);
  });

  it('counts again from the same days when the calendars are asked anew', () => {
    const resumed = inHand().command('suspend', pause).passes('2019-01-07').command('resume');
    const replanned = resumed.command('replan', { deadlines: ['complete'], reason: 'New holidays' });
    expect(due(replanned)).toBe('2019-01-18');
  });

  it('takes its end and what others say, and nothing else of its own', () => {
    const resting = inHand().command('suspend', pause);
    for (const [name, body] of [
      ['report', { report: 'Half' }],
      ['extend', { to: '2019-02-01', reason: 'x' }],
      ['moveDeadline', { deadline: 'suspension', to: '2019-02-01', reason: 'x' }],
    ] as const)
      resting.when(name, body).refuses('NotReady', /suspended until 2018-12-31.*resume/);
    resting.command('carryOver', { meeting: 'meeting/kr-gr-2' });
    resting.command('note', { note: 'Still waiting' });
    resting.command('drop', { decision: 'Committee', reason: 'No budget' }).stands('dropped');
  });

  it.each([
    ['without an end', { until: undefined }, 'InvalidInput', /until/],
    ['until today', { until: '2018-12-03' }, 'DateOutOfOrder', /not after 2018-12-03/],
    ['until a day that does not exist', { until: '2019-02-30' }, 'InvalidInput', /day that exists/],
    ['for a lifetime', { until: '2090-01-01' }, 'DateTooFar', /20 years/],
    ['without a reason', { reason: undefined }, 'ReasonMissing', /reason/],
    ['of somebody for itself', { forWhom: 'agency/klid' }, 'InvalidInput', /cannot wait for itself/],
  ] as const)('is refused %s', (_, wrong, code, because) => {
    inHand()
      .when('suspend', { ...pause, ...wrong })
      .refuses(code, because);
  });

  it('is refused twice, and where there is nothing to suspend or to go on with', () => {
    inHand()
      .when('resume')
      .refuses('AlreadyDone', /not suspended/);
    inHand()
      .command('suspend', pause)
      .when('suspend', pause)
      .refuses('AlreadyDone', /already/);
    inHand().command('cancel', { reason: 'x' }).when('suspend', pause).refuses('CaseClosed');
  });
});

describe('a suspended MOU', () => {
  const negotiated = () =>
    given(mou, {
      subject: 'Digital services',
      sides: ['klid', 'mar', 'dit'],
      homeSide: 'klid',
      proposedBy: 'klid',
    })
      .command('takeUp', { drafter: 'klid', on: '2018-09-28' })
      .command('sendDraft', { document: aDocument(), from: 'klid', on: '2018-09-28', replyBy: '2018-10-26' });

  it('leaves each side the working days that it had by its own calendar', () => {
    const athens = calendarWith('Europe/Athens', ['2018-10-12', '2018-11-23']);
    const seoul = calendarWith('Asia/Seoul', []);
    const resting = given(
      mou,
      { subject: 'Digital services', sides: ['klid', 'mar', 'dit'], homeSide: 'klid', proposedBy: 'klid' },
      { calendarOf: ({ owedBy }) => (owedBy === 'agency/mar' ? athens : seoul) },
    )
      .command('takeUp', { drafter: 'klid', on: '2018-09-28' })
      .command('sendDraft', { document: aDocument(), from: 'klid', on: '2018-09-28', replyBy: '2018-10-26' })
      .passes('2018-10-08')
      .command('suspend', { until: '2018-12-03', whoWaits: 'agency/klid', forWhom: 'agency/mar', reason: 'Elections' });
    expect(Object.values(resting.state.suspended?.left ?? {}).sort((a, b) => a - b)).toEqual([13, 14]);
    const resumed = resting.passes('2018-11-12').command('resume');
    expect(due(resumed, 'reply:mar')).toBe('2018-11-30');
    expect(due(resumed, 'reply:dit')).toBe('2018-11-30');
    resumed.shows({ replyBy: '2018-11-30' });
  });

  it('can be given up, and is not suspended once it is signed', () => {
    const resting = negotiated().command('suspend', pause);
    resting.command('abandon', { reason: 'No interest' }).stands('notConcluded');
    resting.when('sendDraft', { document: aDocument(), from: 'mar' }).refuses('NotReady');
    expect(viewOf(mou, resting.state).accepts).toEqual(
      expect.arrayContaining(['resume', 'suspend', 'abandon', 'note']),
    );
    expect(viewOf(mou, resting.state).accepts).not.toContain('sendDraft');
  });
});

describe('working days that are left', () => {
  const days = fc.integer({ min: 0, max: 400 }).map((n) => plus('2018-01-01', `P${n}D`));
  const calendars: fc.Arbitrary<Calendar> = fc
    .array(days, { maxLength: 60 })
    .map((off) => calendarWith('Asia/Seoul', off));

  test.prop([calendars, days, days, days], { seed: 2018 })(
    'are the same after as before',
    (calendar, from, due, to) => {
      const left = workingDaysLeft(calendar, due, from);
      expect(workingDaysLeft(calendar, addWorkingDays(calendar, to, left), to)).toBe(left);
    },
  );

  const moments = fc.integer({ min: 1, max: 70 });
  test.prop([moments, fc.integer({ min: 1, max: 400 })], { seed: 2018 })(
    'stay when it goes on at once, and a rest never takes any away',
    (after, long) => {
      const day = plus('2018-09-28', `P${after}D`);
      const asked = given(action, opening).command('accept').passes(day);
      const before = due(asked);
      const resting = asked.command('suspend', { ...pause, until: plus(day, 'P1Y') });
      expect(due(resting.command('resume'))).toBe(before);
      const resumed = resting.passes(plus(day, `P${long}D`)).command('resume');
      expect((due(resumed) ?? '') >= (before ?? '')).toBe(true);
      expect(resumed.state.subject).toMatchObject({ wasLate: asked.state.subject['wasLate' as never] });
    },
  );
});
