import type { CivilDate } from '../dates.ts';
import { refuseBefore, refuseDay } from '../date-rules.ts';
import { date, line, pastDate } from '../fields.ts';
import { correctableHours, lastDayOf, refuseMendedHours } from '../hours.ts';
import type { CorrectionRules } from '../lifecycle.ts';
import type { Refusal } from '../refusal.ts';
import type { Meeting } from './state.ts';

export const corrections: CorrectionRules<Meeting> = {
  facts: {
    place: { field: line.describe('where: city and venue'), words: true },
    ...correctableHours,
    endsOn: { field: date.describe('the day on which it ends') },
    heldOn: { field: pastDate.describe('the day it was held'), onceRecorded: true },
  },
  refuse: (mended, before, { today }) =>
    refuseMendedHours(mended, before, { from: mended.on, to: lastDayOf(mended) }) ?? refuseHeldOn(mended, today),
};

const refuseHeldOn = ({ heldOn, agendaAdoptedOn, circulatedOn }: Meeting, today: CivilDate): Refusal | undefined =>
  refuseDay('heldOn', heldOn, today, { on: agendaAdoptedOn, what: 'the opening of the meeting' }) ??
  refuseBefore('heldOn', circulatedOn, 'the meeting, whose draft minutes went out then', heldOn);
