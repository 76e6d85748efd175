import { refuseDay } from '../date-rules.ts';
import { line, pastDate, text } from '../fields.ts';
import type { CorrectionRules } from '../lifecycle.ts';
import { refuse } from '../refusal.ts';
import type { Workshop } from './state.ts';

export const corrections: CorrectionRules<Workshop> = {
  facts: {
    subject: { field: line.describe('what it is about'), words: true },
    purpose: { field: text.describe('what it is for'), words: true },
    audience: { field: line.describe('for whom it is'), words: true },
    place: { field: line.describe('where: city and venue'), words: true },
    heldOn: { field: pastDate.describe('the day it was held'), onceRecorded: true },
  },
  refuse: ({ heldOn, from, circulatedOn }, _, { today }) => {
    if (heldOn === undefined) return undefined;
    if (circulatedOn && circulatedOn < heldOn)
      return refuse('DateOutOfOrder', `heldOn: its materials went out on ${circulatedOn}, before ${heldOn}.`);
    return refuseDay('heldOn', heldOn, today, { on: from, what: 'its first day' });
  },
};
