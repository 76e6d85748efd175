import { partyOfAgency, partyOfPerson } from '../fields.ts';
import { actionLadder, type Deadline, ladderFrom, shortLadder } from '../ladder.ts';
import type { CaseHeader, MoveRules, PassingRules } from '../lifecycle.ts';
import type { ActionEvent, FollowUpAction } from './state.ts';

export function deadlines(action: FollowUpAction, header: CaseHeader): Deadline[] {
  switch (action.stage) {
    case 'recorded':
      return [acceptance(action), completion(action)];
    case 'refused':
      return [newOwner(action, header), completion(action)];
    case 'inProgress':
    case 'blocked':
      return [completion(action)];
    case 'reportedDone':
      return [verification(action, header)];
    case 'closed':
    case 'dropped':
      return [];
  }
}

/** Planned once, when the action is recorded: acceptance, blocking and reports leave it as it is. */
const completion = ({
  topic,
  owner,
  due,
  recordedOn,
  reopenedOn = recordedOn,
  remindBefore,
  remindIn = 'days',
}: FollowUpAction): Deadline => ({
  name: 'complete',
  says: `completion of "${topic}"`,
  since: reopenedOn,
  due: { on: due },
  owedBy: partyOfAgency(owner),
  ladder: remindBefore ? ladderFrom(remindBefore, remindIn) : actionLadder,
});

/** What the acceptance by an agency is called: each owner has time of its own. */
export const acceptanceOf = (owner: string): string => `accept:${owner}`;

const acceptance = ({ topic, owner, stageSince, acceptWorkingDays }: FollowUpAction): Deadline => ({
  name: acceptanceOf(owner),
  says: `acceptance of "${topic}"`,
  since: stageSince,
  due: { on: stageSince, workingDays: acceptWorkingDays },
  owedBy: partyOfAgency(owner),
  ladder: shortLadder,
});

const newOwner = ({ topic, stageSince, acceptWorkingDays }: FollowUpAction, { coordinator }: CaseHeader): Deadline => ({
  name: 'newOwner',
  says: `a new owner for "${topic}"`,
  since: stageSince,
  due: { on: stageSince, workingDays: acceptWorkingDays },
  owedBy: partyOfPerson(coordinator),
  ladder: shortLadder,
});

const verification = (
  { topic, stageSince, verifyWorkingDays }: FollowUpAction,
  { coordinator }: CaseHeader,
): Deadline => ({
  name: 'verify',
  says: `verification of "${topic}"`,
  since: stageSince,
  due: { on: stageSince, workingDays: verifyWorkingDays },
  owedBy: partyOfPerson(coordinator),
  ladder: shortLadder,
});

export const whenPassed: PassingRules<FollowUpAction, ActionEvent> = {
  complete: {
    says: 'The action is late, and that stays on record',
    at: ['recorded', 'refused', 'inProgress', 'blocked'],
    foretold: { to: ['complete'] },
    decide: ({ wasLate }) => (wasLate ? [] : [{ type: 'wasLate' }]),
  },
};

/** The days in which it was suspended are no extension. */
export const whenResumed: MoveRules<FollowUpAction> = { complete: (action, to) => ({ ...action, due: to }) };

/** A due date moved without `extend` is the due date of the action all the same. */
export const whenMoved: MoveRules<FollowUpAction> = {
  complete: (action, to) => ({
    ...action,
    extensions: to > action.due ? action.extensions + 1 : action.extensions,
    due: to,
  }),
};
