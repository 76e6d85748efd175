import { describe, expect, it } from 'vitest';
import { action } from '../../domain/action.ts';
import { given } from './given.ts';

const accepted = () =>
  given(action, {
    title: 'Feasibility of an integrated portal',
    topic: 'Plan the portal',
    owner: 'klid',
    due: '2018-12-14',
    decidedOn: '2018-09-28',
    coChairs: ['shim-bokyun', 'nikos-p'],
  }).command('accept');
const reported = () => accepted().command('reportDone', { evidence: 'the portal is planned', by: 'lee-jiho' });

describe('an action that is verified', () => {
  it.each([
    ['2018-12-10', []],
    ['2018-12-18', ['agency/klid']],
    ['2018-12-27', ['agency/klid', 'superior-of/agency/klid']],
    [
      '2019-01-20',
      ['agency/klid', 'superior-of/agency/klid', 'person/kim-minji', 'person/shim-bokyun', 'person/nikos-p'],
    ],
  ] as const)('reported on %s, those hear that it is done who were told that it is late', (day, told) => {
    const story = accepted()
      .passes(day)
      .command('reportDone', { evidence: 'done', by: 'lee-jiho' })
      .command('verify', { evidence: 'looked at it', by: 'choi-hana' });
    expect(story.mailed('action.done').map(({ to }) => to)).toEqual(told);
  });

  it('sent back in time, and then done, its owner hears that it is', () => {
    const story = reported()
      .command('return', { reason: 'half of it' })
      .command('reportDone', { evidence: 'all of it', by: 'lee-jiho' })
      .command('verify', { evidence: 'looked at it' });
    expect(story.mailed('action.done').map(({ to }) => to)).toEqual(['agency/klid']);
  });
});
