import { describe, expect, it } from 'vitest';
import { action } from '../../domain/action.ts';
import { given } from './given.ts';

const opened = () => given(action, { topic: 'Portal', owner: 'klid', due: '2018-12-14' });
const together = ['action/kr-gr-1', 'mou/kr-gr-2017'];

describe('many cases that are handed over at once', () => {
  it('are told of by one of them: one letter to each coordinator', () => {
    const handed = opened().command('changeCoordinator', {
      by: 'park-sora',
      from: 'kim-minji',
      coordinator: 'lee-jiho',
      together,
    });
    const facts = expect.objectContaining({
      cases: together,
      count: 2,
      from: 'person/kim-minji',
      to: 'person/lee-jiho',
    });
    handed
      .mails('case.handedToYou', 'person/lee-jiho', { facts })
      .mails('case.handedFromYou', 'person/kim-minji', { facts });
    expect(handed.state.coordinator).toBe('lee-jiho');
    expect(handed.mailed().filter(({ text }) => text.startsWith('case.'))).toHaveLength(2);
  });

  it('are no news to whoever hands them over, and the others of them tell nobody', () => {
    const handed = opened().command('changeCoordinator', { coordinator: 'lee-jiho', together });
    expect(handed.mailed('case.handedFromYou')).toHaveLength(0);
    const other = opened().command('changeCoordinator', {
      by: 'park-sora',
      from: 'kim-minji',
      coordinator: 'lee-jiho',
      toldBy: 'mou/kr-gr-2017',
    });
    expect(other.mailed().filter(({ text }) => text.startsWith('case.'))).toHaveLength(0);
  });

  it('are refused where somebody else coordinates by then', () => {
    opened()
      .when('changeCoordinator', { from: 'park-sora', coordinator: 'lee-jiho' })
      .refuses('NotReady', /coordinated by kim-minji, not by park-sora/);
  });
});
