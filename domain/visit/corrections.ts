import { z } from 'zod';
import { refuseDay, refuseFuture } from '../date-rules.ts';
import { pastDate, text, timeOfDay, timeZone } from '../fields.ts';
import { refuseMendedHours } from '../hours.ts';
import type { Context, CorrectableFact, CorrectionRules } from '../lifecycle.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Visit } from './state.ts';

/** Of one leg: its number stands before what is right, as in `2: 09:30`. */
const ofLeg = /^(\d{1,3}): ?(\S+)$/;

const partsOf = (said: string): { number: number; value: string } => {
  const [, number = '', value = ''] = ofLeg.exec(said) ?? [];
  return { number: Number(number), value };
};

/** @param name of the fact of a leg, @param part what it may be */
const legHour = (name: 'time' | 'endsAt' | 'zone', part: z.ZodType<string>): CorrectableFact<Visit> => ({
  field: z
    .string()
    .refine(
      (said) => part.safeParse(partsOf(said).value).success,
      'is the number of a leg and what is right, such as "2: 09:30" or "2: Europe/Athens"',
    )
    .transform((said) => `${partsOf(said).number}: ${partsOf(said).value}`)
    .describe(`${says[name]}, with the number of the leg before it`),
  known: ({ legs }, is = '') => {
    const { number } = partsOf(is);
    const leg = legs.find((each) => each.number === number);
    // Without a zone of their own, hours are on the clocks of the country.
    const known = leg?.[name] ?? (name === 'zone' && leg?.time ? leg.country : undefined);
    return known && `${number}: ${known}`;
  },
  onceRecorded: true,
  mend: (visit, is) => {
    const { number, value } = partsOf(is);
    return { ...visit, legs: visit.legs.map((leg) => (leg.number === number ? { ...leg, [name]: value } : leg)) };
  },
});

const says = {
  time: 'when a leg begins on its first day, such as "2: 09:30"',
  endsAt: 'when a leg ends on its last day, such as "2: 17:00"',
  zone: 'whose clocks the hours of a leg are on, such as "2: Europe/Athens"',
};

const legHours = {
  legTime: legHour('time', timeOfDay),
  legEndsAt: legHour('endsAt', timeOfDay),
  legZone: legHour('zone', timeZone),
};

const refuseLegHours = (mended: Visit, before: Visit): Refusal | undefined =>
  mended.legs
    .map((leg, index) => refuseMendedHours(leg, before.legs[index] ?? leg, leg))
    .find((refusal) => refusal !== undefined);

export const corrections: CorrectionRules<Visit> = {
  facts: {
    reason: { field: text.describe('why it is made, as its papers print it'), words: true },
    aim: { field: text.describe('what it is to achieve, as its papers print it'), words: true },
    ...legHours,
    departedOn: { field: pastDate.describe('the day it left'), onceRecorded: true },
    returnedOn: { field: pastDate.describe('the day it came back'), onceRecorded: true },
  },
  refuse: (mended, before, context) => refuseLegHours(mended, before) ?? refuseDays(mended, context),
};

const refuseDays = ({ departedOn, returnedOn, reportedOn }: Visit, { today }: Context): Refusal | undefined =>
  refuseFuture('departedOn', departedOn, today) ??
  refuseDay('returnedOn', returnedOn, today, { on: departedOn, what: 'the departure' }) ??
  (returnedOn && reportedOn && reportedOn < returnedOn
    ? refuse('DateOutOfOrder', `returnedOn: its report of ${reportedOn} lies before ${returnedOn}.`)
    : undefined);
