import { partyOfAgency } from '../fields.ts';
import { actionLadder, type Deadline, shortLadder } from '../ladder.ts';
import type { PassingRules } from '../lifecycle.ts';
import type { ActionEvent, FollowUpAction } from './state.ts';

const verificationWorkingDays = 10;

export const deadlines = (action: FollowUpAction): Deadline[] => {
  const owedBy = partyOfAgency(action.owner);
  const complete: Deadline = {
    name: 'complete',
    says: `completion of "${action.topic}"`,
    since: action.recordedOn,
    due: { on: action.due },
    owedBy,
    ladder: actionLadder,
  };
  switch (action.stage) {
    case 'recorded':
      return [
        {
          name: `accept:${action.owner}`,
          says: `acceptance of "${action.topic}"`,
          since: action.stageSince,
          due: { on: action.stageSince, workingDays: 5 },
          owedBy,
          ladder: shortLadder,
        },
        complete,
      ];
    case 'inProgress':
    case 'blocked':
      return [complete];
    case 'reportedDone':
      return [
        {
          name: 'verify',
          says: `verification of "${action.topic}"`,
          since: action.stageSince,
          due: { on: action.stageSince, workingDays: verificationWorkingDays },
          ladder: shortLadder,
        },
      ];
    case 'closed':
    case 'dropped':
      return [];
  }
};
export const whenPassed: PassingRules<FollowUpAction, ActionEvent> = {
  complete: {
    says: 'The action is late, and that stays on record',
    at: ['recorded', 'inProgress', 'blocked'],
    decide: ({ wasLate }) => (wasLate ? [] : [{ type: 'wasLate' }]),
  },
};
