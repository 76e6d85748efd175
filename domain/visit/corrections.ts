import { refuseBefore, refuseFuture } from '../date-rules.ts';
import { text, pastDate } from '../fields.ts';
import type { CorrectionRules } from '../lifecycle.ts';
import { refuse } from '../refusal.ts';
import type { Visit } from './state.ts';

export const corrections: CorrectionRules<Visit> = {
  facts: {
    reason: { field: text.describe('why it is made, as its papers print it'), words: true },
    aim: { field: text.describe('what it is to achieve, as its papers print it'), words: true },
    departedOn: { field: pastDate.describe('the day it left'), onceRecorded: true },
    returnedOn: { field: pastDate.describe('the day it came back'), onceRecorded: true },
  },
  refuse: ({ departedOn, returnedOn, reportedOn }, _, { today }) =>
    (departedOn ? refuseFuture('departedOn', departedOn, today) : undefined) ??
    (returnedOn
      ? (refuseFuture('returnedOn', returnedOn, today) ??
        refuseBefore('returnedOn', returnedOn, 'the departure', departedOn))
      : undefined) ??
    (returnedOn && reportedOn && reportedOn < returnedOn
      ? refuse('DateOutOfOrder', `returnedOn: its report of ${reportedOn} lies before ${returnedOn}.`)
      : undefined),
};
