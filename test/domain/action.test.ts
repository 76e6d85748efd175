import { describe, expect, it } from 'vitest';
import { action } from '../../domain/action.ts';
import { commandsOf, offeredCommands } from '../../domain/case/command.ts';
import { given, type Story } from './given.ts';

const opening = {
  title: 'Feasibility of an integrated portal',
  topic: 'Plan the portal',
  owner: 'klid',
  due: '2018-12-14',
  decidedOn: '2018-09-28',
  committee: 'committee/kr-gr',
  meeting: 'meeting/kr-gr-2',
  decision: 'Item 3',
  coChairs: ['shim-bokyun', 'nikos-p'],
};

const recorded = (part = {}) => given(action, { ...opening, ...part });
const accepted = () => recorded().command('accept');
const reported = () => accepted().command('reportDone', { evidence: 'the portal is planned', by: 'lee-jiho' });

describe('an action when it is recorded', () => {
  it('asks its owner to accept it, and tells its committee', () => {
    recorded()
      .stands('recorded')
      .waitsFor('accept:klid', 'complete')
      .isDue('accept:klid', '2018-10-05')
      .isDue('complete', '2018-12-14')
      .mails('action.asked', 'agency/klid')
      .tells('committee/kr-gr', 'recordAction', {
        action: 'action/kr-gr-1',
        topic: 'Plan the portal',
        owner: 'klid',
        due: '2018-12-14',
      });
  });

  it('tells nobody when it has no committee', () => {
    const story = recorded({ committee: undefined });
    expect(story.effects.map(({ type }) => type)).toEqual(['mail']);
  });

  it.each([
    ['DateOutOfOrder', { due: '2018-09-27' }, /before the decision/],
    ['DateInFuture', { decidedOn: '2018-10-15' }, /only 2018-09-28/],
    ['DateTooFar', { due: '2044-01-01' }, /20 years/],
    ['InvalidInput', { owner: undefined }, /^owner: is missing/],
    ['InvalidInput', { due: '2018-02-30' }, /^due: must be a day that exists/],
    ['InvalidInput', { committee: 'meeting/kr-gr-2' }, /id of a committee/],
  ] as const)('is refused with %s when its opening says %j', (code, part, because) => {
    recorded(part).refuses(code, because);
  });

  it('may be late already: it was decided before it came here', () => {
    const story = recorded({ due: '2018-09-01', decidedOn: '2018-06-01' }).passes('2018-09-29');
    story.happens('wasLate').shows({ wasLate: true });
    expect(story.mailed('action.complete').map(({ to, at }) => `${at.slice(0, 10)} ${to}`)).toEqual([
      '2018-09-28 person/kim-minji',
    ]);
  });
});

describe('acceptance', () => {
  it('mails nobody and leaves the due date as it was planned', () => {
    const story = accepted().stands('inProgress').waitsFor('complete').mailsNo();
    expect(story.last.events.map(({ type }) => type)).toEqual(['accepted']);
  });

  it('is chased up to the coordinator', () => {
    recorded()
      .passes('2018-10-31')
      .mails('action.accept', 'agency/klid', { tone: 'before' })
      .mails('action.accept', 'superior-of/agency/klid', { level: 'superior' })
      .mails('action.accept', 'person/kim-minji', { level: 'coordinator' });
  });

  it('refused by the owner, it is the coordinator who owes a new owner', () => {
    const refused = recorded().command('refuse', { reason: 'not in our field' });
    refused
      .stands('refused')
      .mails('action.refusedByOwner', 'person/kim-minji')
      .waitsFor('newOwner', 'complete')
      .shows({ refusals: 1 });
    refused
      .command('handOver', { to: 'nia', reason: 'their field' })
      .stands('recorded')
      .waitsFor('accept:nia', 'complete');
    refused.command('accept').stands('inProgress');
  });

  it('needs a reason to be refused', () => {
    recorded().when('refuse').refuses('ReasonMissing');
  });
});

describe('the work', () => {
  it('is reported without mail', () => {
    accepted()
      .command('report', { report: 'half of it', percent: 50 })
      .mailsNo()
      .shows({ percent: 50, lastReport: 'half of it' })
      .when('report', { report: 'more', percent: 101 })
      .refuses('InvalidInput', /percent/);
  });

  it('reminds before, on and after the day, then up to the co-chairs', () => {
    const story = accepted().passes('2019-01-20').happens('wasLate');
    expect(story.mailed('action.complete').map(({ at, tone, to }) => `${at.slice(0, 10)} ${tone} ${to}`)).toEqual([
      '2018-11-14 before agency/klid',
      '2018-11-30 before agency/klid',
      '2018-12-07 before agency/klid',
      '2018-12-13 before agency/klid',
      '2018-12-14 due agency/klid',
      '2018-12-17 overdue agency/klid',
      '2018-12-24 overdue agency/klid',
      '2018-12-24 escalation superior-of/agency/klid',
      '2018-12-31 overdue agency/klid',
      '2018-12-31 escalation superior-of/agency/klid',
      '2019-01-07 overdue agency/klid',
      '2019-01-07 escalation person/kim-minji',
      '2019-01-14 overdue agency/klid',
      '2019-01-14 escalation person/shim-bokyun',
      '2019-01-14 escalation person/nikos-p',
    ]);
  });

  it('goes on being due while it is blocked', () => {
    accepted()
      .command('block', { waitsFor: 'the budget law' })
      .stands('blocked')
      .shows({ waitsFor: 'the budget law' })
      .waitsFor('complete')
      .command('unblock')
      .stands('inProgress')
      .shows({ waitsFor: undefined });
  });

  it('says who blocked it, and what it waits for', () => {
    const [blocked] = accepted().command('block', { waitsFor: 'the budget law', by: 'lee-jiho' }).last.events;
    expect(blocked).toMatchObject({ type: 'blocked', by: 'lee-jiho', waitsFor: 'the budget law' });
  });
});

describe('an extension', () => {
  const twice = () =>
    accepted()
      .command('extend', { to: '2019-01-31', reason: 'elections' })
      .passes('2019-02-05')
      .command('extend', { to: '2019-03-29', reason: 'budget' });

  it('counts, keeps the first due date, and tells the owner', () => {
    twice()
      .shows({ due: '2019-03-29', firstDue: '2018-12-14', extensions: 2 })
      .isDue('complete', '2019-03-29')
      .mails('action.extended', 'agency/klid');
  });

  it('does not forget that the action was late', () => {
    twice()
      .shows({ wasLate: true })
      .command('reportDone', { evidence: 'done', by: 'lee-jiho' })
      .command('verify', { evidence: 'seen' })
      .shows({ wasLate: true, firstDue: '2018-12-14' });
  });

  it.each([
    ['DateOutOfOrder', '2018-12-14', /not after/],
    ['DateTooFar', '2044-01-01', /20 years/],
  ] as const)('is refused with %s to %s', (code, to, because) => {
    accepted().when('extend', { to, reason: 'r' }).refuses(code, because);
    accepted().when('extend', { to }).refuses('ReasonMissing');
  });

  it('is refused into the past of a late action', () => {
    accepted().passes('2019-02-05').when('extend', { to: '2019-01-31', reason: 'r' }).refuses('DateOutOfOrder', /past/);
  });

  it('is what moving the due date amounts to', () => {
    accepted()
      .command('moveDeadline', { deadline: 'complete', to: '2019-01-31', reason: 'elections' })
      .shows({ due: '2019-01-31', firstDue: '2018-12-14', extensions: 1 })
      .isDue('complete', '2019-01-31');
  });
});

describe('verification', () => {
  it('closes the action, and tells the committee', () => {
    reported()
      .mails('action.toVerify', 'person/kim-minji')
      .waitsFor('verify')
      .command('verify', { evidence: 'looked at it' })
      .stands('closed')
      .waitsFor()
      .mailsNo()
      .tells('committee/kr-gr', 'closeAction', { action: 'action/kr-gr-1', outcome: 'closed' })
      .shows({ reportedBy: 'person/lee-jiho', verifiedBy: 'person/kim-minji' });
  });

  it.each(['verify', 'return'])('is refused to whoever reported it (%s)', (name) => {
    const body = name === 'verify' ? { evidence: 'mine' } : { reason: 'mine' };
    reported()
      .when(name, { ...body, by: 'lee-jiho' })
      .refuses('SamePerson', /lee-jiho/);
  });

  it('returned, the action is due as before, and no rung goes out a second time', () => {
    const returned = accepted()
      .passes('2018-12-18')
      .command('reportDone', { evidence: 'done', by: 'lee-jiho' })
      .command('return', { reason: 'half of it is missing' });
    returned.stands('inProgress').mails('action.returned', 'agency/klid').isDue('complete', '2018-12-14');
    const rungs = returned
      .passes('2018-12-25')
      .mailed('action.complete')
      .map(({ facts }) => facts['rung']);
    expect(rungs).toEqual([1, 2, 3, 4, 5, 6, 7, 7]);
  });

  it('is not asked for what is only in progress', () => {
    accepted()
      .when('verify', { evidence: 'x' })
      .refuses('WrongStage', /reported as done.*in progress/);
  });
});

describe('an action on its way', () => {
  it('handed over, is to be accepted anew', () => {
    accepted()
      .command('handOver', { to: 'nia', reason: 'reorganisation' })
      .stands('recorded')
      .mails('action.handedOver', 'agency/nia')
      .waitsFor('accept:nia', 'complete')
      .when('handOver', { to: 'nia', reason: 'again' })
      .refuses('AlreadyDone');
  });

  it('is carried to each next meeting once, by the meeting', () => {
    const carried = accepted().command('carryOver', { meeting: 'meeting/kr-gr-3' });
    carried.shows({ carriedTo: ['meeting/kr-gr-3'] }).mailsNo();
    carried.when('carryOver', { meeting: 'meeting/kr-gr-3' }).refuses('AlreadyDone');
    expect(commandsOf(action)['carryOver']?.by).toEqual(['case']);
    expect(offeredCommands(action, carried.state)).not.toContain('carryOver');
  });

  const endings: readonly [string, (story: Story) => Story, string][] = [
    ['dropped', (story) => story.command('drop', { decision: 'third meeting', reason: 'no longer needed' }), 'dropped'],
    ['cancelled', (story) => story.command('cancel', { reason: 'recorded by mistake' }), 'cancelled'],
  ];

  it.each(endings)('%s, is over, and its committee knows', (_, end, outcome) => {
    const over = end(accepted());
    over.stands(outcome).waitsFor().tells('committee/kr-gr', 'closeAction', { action: 'action/kr-gr-1', outcome });
    over.when('report', { report: 'more' }).refuses('CaseClosed');
  });

  it('dropped, tells its owner to stop', () => {
    accepted().command('drop', { decision: 'third meeting', reason: 'moot' }).mails('action.dropped', 'agency/klid');
  });
});

it('leaves few traces from opening to verification with three rungs', () => {
  const story = accepted()
    .passes('2018-12-10')
    .command('report', { report: 'nearly' })
    .command('reportDone', { evidence: 'done', by: 'lee-jiho' })
    .command('verify', { evidence: 'seen' });
  expect(story.events.map(({ type }) => type)).toEqual([
    'opened',
    'planned',
    'accepted',
    'reminded',
    'reminded',
    'reminded',
    'progressReported',
    'reportedDone',
    'planned',
    'verified',
  ]);
});
