import { refuseBefore, refuseFuture, refuseTooFar } from '../date-rules.ts';
import { date, line, pastDate } from '../fields.ts';
import type { CorrectionRules } from '../lifecycle.ts';
import { refuse } from '../refusal.ts';
import type { FollowUpAction } from './state.ts';

export const corrections: CorrectionRules<FollowUpAction> = {
  facts: {
    topic: { field: line.describe('what is to be done'), words: true },
    decision: { field: line.describe('the decision that it comes from'), words: true },
    decidedOn: { field: pastDate.describe('the day of the meeting or decision') },
    due: {
      field: date.describe('when it was to be due from the start'),
      mend: (action, is) => ({ ...action, due: is, firstDue: is }),
    },
  },
  refuse: (mended, before, { today }) => {
    const { due, decidedOn } = mended;
    if (due !== before.due && before.due !== before.firstDue)
      return refuse(
        'NotReady',
        `due: ${before.due} rests on an extension of ${before.firstDue}, which stays on record; extend it anew instead.`,
      );
    return (
      refuseFuture('decidedOn', decidedOn, today) ??
      refuseBefore('due', due, 'the decision', decidedOn) ??
      refuseTooFar('due', due, today)
    );
  },
};
