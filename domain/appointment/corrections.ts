import { refuseFuture } from '../date-rules.ts';
import { line, pastDate } from '../fields.ts';
import { correctableHours, oneDay, refuseMendedHours } from '../hours.ts';
import type { CorrectionRules } from '../lifecycle.ts';
import type { Appointment } from './state.ts';

export const corrections: CorrectionRules<Appointment> = {
  facts: {
    subject: { field: line.describe('what it is about, or what is seen'), words: true },
    counterpart: { field: line.describe('whom one meets, with office'), words: true },
    ...correctableHours,
    place: { field: line.describe('where'), words: true },
    heldOn: { field: pastDate.describe('the day it took place'), onceRecorded: true },
  },
  refuse: (mended, before, { today }) =>
    refuseMendedHours(mended, before, oneDay(mended)) ?? refuseFuture('heldOn', mended.heldOn, today),
};
