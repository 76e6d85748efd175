import { refuseBefore, refuseFuture } from '../date-rules.ts';
import { plus } from '../dates.ts';
import { pastDate } from '../fields.ts';
import type { CorrectionRules } from '../lifecycle.ts';
import { firstMeetingWithin } from './opening.ts';
import type { Committee } from './state.ts';

export const corrections: CorrectionRules<Committee> = {
  facts: {
    since: {
      field: pastDate.describe('the day it was constituted'),
      mend: (committee, is) => ({ ...committee, since: is, ...reckonedFrom(committee, is) }),
    },
  },
  refuse: ({ since, lastMeetingOn }, _, { today }) =>
    refuseFuture('since', since, today) ??
    refuseBefore('since', lastMeetingOn, 'its constitution, and it has met', since),
};

/** The first meeting is due within a year, unless a day was named for it or it has been held. */
const reckonedFrom = ({ since: was, nextMeetingBy, waitingSince }: Committee, since: string): Partial<Committee> => ({
  ...(waitingSince === was ? { waitingSince: since } : {}),
  ...(waitingSince === was && nextMeetingBy === plus(was, firstMeetingWithin)
    ? { nextMeetingBy: plus(since, firstMeetingWithin) }
    : {}),
});
