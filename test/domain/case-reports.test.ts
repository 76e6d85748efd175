import { describe, expect, it } from 'vitest';
import { action } from '../../domain/action.ts';
import { effectsOf } from '../../domain/case/effects.ts';
import { fold } from '../../domain/case/evolve.ts';
import { viewOf } from '../../domain/case/view.ts';
import { given } from './given.ts';

const accepted = () => given(action, { topic: 'Plan the portal', owner: 'klid', due: '2018-12-14' }).command('accept');

describe('a message that was not delivered', () => {
  const lost = (part: { message?: string; to?: string } = {}) => {
    const { state } = accepted();
    const stamp = { number: state.number + 1, at: state.lastAt, by: 'entente' };
    const event = {
      type: 'undelivered',
      message: 'k',
      to: 'agency/klid',
      state: 'refused',
      why: '550',
      ...part,
      ...stamp,
    };
    const after = fold(action, [event], state);
    return {
      after,
      mailed: effectsOf(action, after, event).flatMap((effect) => (effect.type === 'mail' ? effect.message : [])),
    };
  };

  it('stands in the case, and the coordinator hears of it', () => {
    const { after, mailed } = lost();
    expect(viewOf(action, after)).toMatchObject({ undelivered: [{ to: 'agency/klid', state: 'refused', why: '550' }] });
    expect(mailed).toMatchObject([
      { text: 'case.undelivered', to: 'person/kim-minji', facts: { recipient: 'agency/klid' } },
    ]);
  });

  it.each([{}, { message: 'action/kr-gr-1/9/undelivered' }])(
    'to the coordinator (%j): their superior hears of it',
    (part) => {
      expect(lost({ to: 'person/kim-minji', ...part }).mailed).toMatchObject([
        { text: 'case.undelivered', to: 'superior-of/person/kim-minji', facts: { recipient: 'person/kim-minji' } },
      ]);
    },
  );

  it('to their superior only stands in the case when it was such a report', () => {
    const to = 'superior-of/person/kim-minji';
    expect(lost({ to, message: 'action/kr-gr-1/9/undelivered' }).mailed).toEqual([]);
    expect(lost({ to }).mailed).toMatchObject([{ to: 'person/kim-minji' }]);
  });
});

describe('what was asked of another case and refused there', () => {
  const refusedElsewhere = (command: string) => {
    const { state } = accepted();
    const stamp = { number: state.number + 1, at: state.lastAt, by: 'entente' };
    const event = { type: 'inVain', case: 'action/kr-gr-9', command, because: 'It is on record already.', ...stamp };
    const after = fold(action, [event], state);
    return effectsOf(action, after, event).flatMap((effect) => (effect.type === 'mail' ? effect.message : []));
  };

  it('is told to the coordinator when a case was not opened', () => {
    expect(refusedElsewhere('open')).toMatchObject([
      { text: 'case.notOpened', to: 'person/kim-minji', facts: { asked: 'action/kr-gr-9' } },
    ]);
  });

  it('only stands in the case when it was a word to another one', () => {
    expect(refusedElsewhere('recordAction')).toEqual([]);
  });
});

describe('somebody who leaves', () => {
  const leaves = { person: 'lee-jiho', on: '2018-12-01', concerned: ['action/kr-gr-1', 'mou/kr-gr'] };

  it('is told to the coordinator in the case that tells of all of them, and only stands in the others', () => {
    accepted()
      .command('personLeft', leaves)
      .mails('case.personLeft', 'person/kim-minji')
      .command('personLeft', { ...leaves, concerned: [] })
      .mailsNo();
  });

  it('coordinates: the superior is told as long as they are there, then whoever has their mail', () => {
    const own = { ...leaves, person: 'kim-minji' };
    accepted().command('personLeft', own).mails('case.personLeft', 'superior-of/person/kim-minji');
    accepted()
      .command('personLeft', { ...own, on: '2018-09-28' })
      .mails('case.personLeft', 'person/kim-minji');
  });

  it('is not offered to people as a command of the case', () => {
    expect(viewOf(action, accepted().state).accepts).not.toContain('personLeft');
    expect(viewOf(action, accepted().state).accepts).not.toContain('messageReturned');
  });
});

describe('a message that came back', () => {
  const returned = {
    message: 'action/kr-gr-1/2/0',
    to: 'agency/klid',
    text: 'action.asked',
    why: '550 no such mailbox',
  };

  it('counts as undelivered: the coordinator is told, and it can be sent again', () => {
    accepted()
      .command('messageReturned', returned)
      .mails('case.undelivered', 'person/kim-minji')
      .offers('sendAgain')
      .when('messageReturned', returned)
      .refuses('AlreadyDone')
      .command('sendAgain', { message: returned.message, reason: 'the address was put right' })
      .mails('action.asked', 'agency/klid');
  });
});
