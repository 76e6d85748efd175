import { openingDay, openingDayOf, refuseOpeningDay } from './opening.ts';
import { command } from './state.ts';

export const alive = ['running', 'suspended'];

/** How a programme rests, goes on and ends. */
export const course = {
  suspend: command({
    says: 'Suspend the programme: no edition is opened until it resumes',
    by: ['coordinator'],
    from: ['running'],
    to: ['suspended'],
    reason: 'required',
    tells: 'told',
    decide: () => [{ type: 'suspended' }],
  }),
  resume: command({
    says: 'Resume a suspended programme',
    by: ['coordinator'],
    from: ['suspended'],
    to: ['running'],
    input: openingDay,
    decide: (given, _, { today }) =>
      refuseOpeningDay(given, today) ?? [{ type: 'resumed', ...openingDayOf(given, today) }],
  }),
  end: command({
    says: 'End the programme; editions that are open go on by themselves',
    confirm: true,
    by: ['coordinator'],
    from: alive,
    to: ['ended'],
    reason: 'required',
    tells: 'told',
    decide: () => [{ type: 'ended' }],
  }),
};
