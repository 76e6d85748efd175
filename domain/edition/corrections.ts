import { refuseDay } from '../date-rules.ts';
import { line, pastDate } from '../fields.ts';
import type { CorrectionRules } from '../lifecycle.ts';
import type { Edition } from './state.ts';

export const corrections: CorrectionRules<Edition> = {
  facts: {
    programmeName: { field: line.describe('what the programme is called'), words: true },
    heldOn: { field: pastDate.describe('the last day on which it was held'), onceRecorded: true },
  },
  refuse: ({ heldOn, from }, _, { today }) => refuseDay('heldOn', heldOn, today, { on: from, what: 'its first day' }),
};
