import { line, text } from '../fields.ts';
import type { CorrectionRules } from '../lifecycle.ts';
import type { Programme } from './state.ts';

/** What its next editions begin with is changed by commands of its own. */
export const corrections: CorrectionRules<Programme> = {
  facts: {
    purpose: { field: text.describe('what it is for'), words: true },
    audience: { field: line.describe('for whom it is'), words: true },
  },
};
