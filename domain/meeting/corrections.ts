import { refuseBefore, refuseFuture } from '../date-rules.ts';
import { line, pastDate, timeOfDay } from '../fields.ts';
import type { CorrectionRules } from '../lifecycle.ts';
import type { Meeting } from './state.ts';

export const corrections: CorrectionRules<Meeting> = {
  facts: {
    place: { field: line.describe('where: city and venue'), words: true },
    time: { field: timeOfDay.describe('when it begins, by the same clocks as before, such as 10:00') },
    heldOn: { field: pastDate.describe('the day it was held'), onceRecorded: true },
  },
  refuse: ({ heldOn, agendaAdoptedOn, circulatedOn }, _, { today }) =>
    heldOn === undefined
      ? undefined
      : (refuseFuture('heldOn', heldOn, today) ??
        refuseBefore('heldOn', heldOn, 'the opening of the meeting', agendaAdoptedOn) ??
        (circulatedOn
          ? refuseBefore('heldOn', circulatedOn, 'the meeting, whose draft minutes went out then', heldOn)
          : undefined)),
};
