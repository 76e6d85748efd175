import { z } from 'zod';
import { onVisitOf, refuseHalfALeg, visitOpeningFields } from '../act.ts';
import { type CivilDate, dayOf, later } from '../dates.ts';
import { refuseBefore, refuseLongAgo, refuseTooFar } from '../date-rules.ts';
import { agency, count, date, line, listOf, party, person } from '../fields.ts';
import { hoursFields, oneDay, refuseHours } from '../hours.ts';
import type { Context, Stamp } from '../lifecycle.ts';
import { dayBeforeOrMidway } from '../meeting/state.ts';
import type { Refusal } from '../refusal.ts';
import { type Appointment, forms } from './state.ts';
import { present } from '../parts.ts';

const confirmBefore = 'P14D';

export const input = z.strictObject({
  form: z.enum(forms).describe('a bilateral talk or a visit to a site'),
  subject: line.describe('what it is about, or what is seen'),
  on: date.describe('the day'),
  ...hoursFields,
  place: line.optional().describe('where'),
  owner: agency.describe('our agency in charge; it records what came of it'),
  host: party.describe('the agency or person that confirms it over there'),
  counterpart: line.optional().describe('whom one meets, with office'),
  participants: listOf(person).default([]).describe('who takes part on our side'),
  confirmBy: date
    .optional()
    .describe(
      'when the host is to confirm it; 14 days before, or on the working day before that, unless said otherwise',
    ),
  recordWorkingDays: count.min(1).max(60).default(3).describe('working days to record what came of it'),
  ...visitOpeningFields,
});

export type Opening = z.output<typeof input>;

export const refuseOpening = (opening: Opening, { today }: Context): Refusal | undefined =>
  refuseHalfALeg(opening) ??
  refuseHours(opening, oneDay(opening)) ??
  refuseTooFar('on', opening.on, today) ??
  refuseLongAgo('on', opening.on, today) ??
  refuseBefore('on', opening.on, 'the day by which it is confirmed', opening.confirmBy);

/** By when a host is to answer who is asked today. */
export const answerBy = (on: CivilDate, today: CivilDate, given?: CivilDate): CivilDate =>
  given ?? dayBeforeOrMidway(later(on, today), confirmBefore, today);

export function begin(opening: Opening, { at }: Stamp): Appointment {
  const { visit, leg, place, counterpart, confirmBy, host, ...given } = opening;
  const askedOn = dayOf(at);
  return {
    ...given,
    ...onVisitOf({ visit, leg }),
    stage: 'planned',
    firstOn: given.on,
    ...present({ place, counterpart }),
    host,
    askedOn,
    confirmBy: answerBy(given.on, askedOn, confirmBy),
    ...(confirmBy ? {} : { confirmByRule: true }),
    rounds: 1,
    attended: [],
    guests: [],
    promised: [],
    actions: [],
  };
}
