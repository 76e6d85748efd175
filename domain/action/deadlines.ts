import { nothing } from '../case/settled.ts';
import type { DeadlineName } from '../deadline-name.ts';
import { byCoordinator, deadlinesBy } from '../deadlines.ts';
import { partyOfAgency } from '../fields.ts';
import { actionLadder, ladderFrom } from '../ladder.ts';
import type { ActionEvent, FollowUpAction } from './state.ts';

/** What the acceptance by an agency is called: each owner has time of its own. */
export const acceptanceOf = (owner: string): DeadlineName => ({ what: 'accept', item: owner });

export const owed = deadlinesBy<FollowUpAction, ActionEvent>({
  accept: {
    stages: ['recorded'],
    owed: ({ topic, owner, stageSince, acceptWorkingDays }) => ({
      item: owner,
      says: `acceptance of "${topic}"`,
      since: stageSince,
      workingDays: acceptWorkingDays,
      owedBy: partyOfAgency(owner),
    }),
    answeredBy: { accept: nothing, refuse: nothing },
  },
  newOwner: {
    stages: ['refused'],
    owed: ({ topic, stageSince, acceptWorkingDays }) =>
      byCoordinator(`a new owner for "${topic}"`, stageSince, acceptWorkingDays),
    answeredBy: { handOver: nothing },
  },
  // Planned once, when the action is recorded: acceptance, blocking and reports leave it as it is.
  complete: {
    stages: ['recorded', 'refused', 'inProgress', 'blocked'],
    owed: ({ topic, owner, due, recordedOn, reopenedOn = recordedOn, remindBefore, remindIn = 'days' }) => ({
      says: `completion of "${topic}"`,
      since: reopenedOn,
      due: { on: due },
      owedBy: partyOfAgency(owner),
      ladder: remindBefore ? ladderFrom(remindBefore, remindIn) : actionLadder,
    }),
    answeredBy: { reportDone: nothing, report: nothing, block: nothing, unblock: nothing },
    whenPassed: {
      says: 'The action is late, and that stays on record',
      foretold: { to: ['complete'] },
      decide: ({ wasLate }) => (wasLate ? [] : [{ type: 'wasLate' }]),
    },
    // Moved without `extend`, it is the due date of the action all the same.
    whenMoved: (action, to) => ({
      ...action,
      extensions: to > action.due ? action.extensions + 1 : action.extensions,
      due: to,
    }),
    // The days in which it was suspended are no extension.
    whenResumed: (action, to) => ({ ...action, due: to }),
  },
  verify: {
    stages: ['reportedDone'],
    owed: ({ topic, stageSince, verifyWorkingDays }) =>
      byCoordinator(`verification of "${topic}"`, stageSince, verifyWorkingDays),
    answeredBy: { verify: nothing, return: nothing },
  },
});
