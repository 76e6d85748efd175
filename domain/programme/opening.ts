import { z } from 'zod';
import { type CivilDate, dayOf, daysBetween, later, minus, plus } from '../dates.ts';
import { refuseBefore, refuseTooFar } from '../date-rules.ts';
import { outlineFields } from '../edition/outline.ts';
import { editionPeriods } from '../edition/periods.ts';
import { count, date, type KeptOf, period } from '../fields.ts';
import type { Context, Stamp } from '../lifecycle.ts';
import { pairsOf, refuseInvited } from '../nomination/rules.ts';
import { type Refusal, refuse, refuseTwice } from '../refusal.ts';
import { type OpeningPlanned, type Programme, yearOf } from './state.ts';

const opensBefore = 'P8M';
export const announcedBefore = 'P14D';
/** Shorter, and it is no series of editions that people prepare. */
const shortestPeriod = 28;

export const openingDay = {
  nextStart: date.describe('the planned first day of the next edition; while only the month is known, its first day'),
  opensOn: date.optional().describe('the day on which the next edition is opened, the same in each period'),
  opensBefore: period
    .optional()
    .describe(`instead: so long before its planned start; without either, ${opensBefore} before`),
};

export const input = z.strictObject({
  sinceYear: count
    .min(1945)
    .max(2199)
    .optional()
    .describe('the year of the first edition; without it, that of the next'),
  period: period.default('P1Y').describe('from one edition to the next'),
  ...openingDay,
  editionsHeld: count.max(1000).default(0).describe('how many editions were held before it came into Entente'),
  ...outlineFields,
  ...editionPeriods,
});

type Opening = z.output<typeof input>;

type OpeningDay = KeptOf<typeof openingDay>;

/**
 * When the next edition is opened: on a day of its own, or reckoned from its start. Where that is past or too near, the
 * coordinator still has two weeks in which to change what the edition begins with.
 */
export function openingDayOf({ nextStart, opensOn, ...given }: OpeningDay, today: CivilDate): OpeningPlanned {
  if (opensOn) return { nextStart, opensOn };
  const before = given.opensBefore ?? opensBefore;
  const soonest = plus(today, announcedBefore);
  const reckoned = later(minus(nextStart, before), soonest);
  return { nextStart, opensOn: reckoned < nextStart ? reckoned : nextStart, opensBefore: before };
}

export function refuseOpeningDay(given: OpeningDay, today: CivilDate): Refusal | undefined {
  const { nextStart, opensOn } = given;
  if (opensOn && given.opensBefore)
    return refuse('InvalidInput', 'opensOn, opensBefore: give the day, or the period before the start, not both.');
  return (
    refuseBefore('nextStart', nextStart, 'today', today) ??
    refuseTooFar('nextStart', nextStart, today) ??
    refuseBefore('opensOn', opensOn, 'today', today) ??
    refuseBefore('nextStart', nextStart, 'the day on which the edition is opened', opensOn)
  );
}

export function refuseOpening(opening: Opening, { today }: Context): Refusal | undefined {
  const { nextStart, sinceYear, editionsHeld, organisers, invited, focalPoints } = opening;
  const first = yearOf(nextStart);
  if (daysBetween(nextStart, plus(nextStart, opening.period)) < shortestPeriod)
    return refuse('InvalidInput', `period: editions every ${opening.period} are too close; give a period such as P1Y.`);
  if (editionsHeld > 0 && sinceYear === undefined)
    return refuse('InvalidInput', `sinceYear: say in which year the first of the ${editionsHeld} editions was held.`);
  if (sinceYear !== undefined && sinceYear > first)
    return refuse('DateOutOfOrder', `sinceYear: ${sinceYear} lies after the next edition, planned for ${first}.`);
  return (
    refuseTwice('organisers', organisers) ?? refuseInvited(invited, focalPoints) ?? refuseOpeningDay(opening, today)
  );
}

export function begin(opening: Opening, { at }: Stamp): Programme {
  const { invited, focalPoints, sinceYear, ...given } = opening;
  return {
    ...given,
    ...openingDayOf(opening, dayOf(at)),
    stage: 'running',
    sinceYear: sinceYear ?? yearOf(opening.nextStart),
    invited: pairsOf(invited, focalPoints),
    waitingSince: dayOf(at),
    announced: 0,
    editions: [],
    skippedYears: [],
  };
}
