import { describe, expect, it, vi } from 'vitest';
import { action } from '../../domain/action.ts';
import { deadlinesOf } from '../../domain/case/state.ts';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import { given } from './given.ts';

const owed = (lifecycle: Lifecycle) =>
  given(lifecycle, { topic: 'Portal', owner: 'klid', due: '2018-12-14' }, { at: '2018-09-28' });

const counting = () => {
  const deadlines = vi.fn<Lifecycle['deadlines']>((...of) => action.deadlines(...of));
  return { deadlines, lifecycle: { ...action, deadlines } };
};

describe('what the rules ask for is worked out once', () => {
  it('for as long as the case knows the same: reminders change nothing of it', () => {
    const { deadlines, lifecycle } = counting();
    const accepted = owed(lifecycle).command('accept');
    const asked = deadlines.mock.calls.length;
    const reminded = accepted.passes('2018-12-08');
    expect(reminded.events.filter(({ type }) => type === 'reminded').length).toBeGreaterThan(1);
    expect(deadlines).toHaveBeenCalledTimes(asked);
    reminded.passes('2018-12-15');
    expect(deadlines.mock.calls.length).toBeGreaterThan(asked);
  });

  it.each([
    { coordinator: 'lee-jiho' },
    { title: 'Another title' },
    { id: 'action/kr-gr-2' },
    { countries: ['KR', 'RO'] },
    { openedAt: '2018-09-29T06:00:00.000Z' },
    { opener: 'meeting/kr-gr-1' },
  ])('and anew for another %j', (other) => {
    const { deadlines, lifecycle } = counting();
    const { state } = owed(lifecycle);
    deadlinesOf(lifecycle, state);
    const asked = deadlines.mock.calls.length;
    deadlinesOf(lifecycle, { ...state, ...other });
    expect(deadlines).toHaveBeenCalledTimes(asked + 1);
  });

  it('with whoever coordinates now', () => {
    const refused = owed(action).command('refuse', { reason: 'not ours' });
    const handedOver = refused.command('changeCoordinator', { coordinator: 'lee-jiho', reason: 'a new post' });
    expect(deadlinesOf(action, refused.state).map((each) => each.owedBy)).toContain('person/kim-minji');
    expect(deadlinesOf(action, handedOver.state).map((each) => each.owedBy)).toContain('person/lee-jiho');
  });
});
