import { type CivilDate, daysBetween } from './dates.ts';
import { type Refusal, refuse } from './refusal.ts';

const twentyYears = 7306;

/** What has happened lies not in the future; a day of tolerance, since `today` is the day in UTC. */
export const refuseFuture = (what: string, on: CivilDate, today: CivilDate): Refusal | undefined =>
  daysBetween(today, on) > 1
    ? refuse('DateInFuture', `${what}: ${on} lies in the future, it is ${today}. Record it when it has happened.`)
    : undefined;

export const refuseTooFar = (what: string, on: CivilDate, today: CivilDate): Refusal | undefined =>
  daysBetween(today, on) > twentyYears
    ? refuse('DateTooFar', `${what}: ${on} is more than 20 years ahead; check the year.`)
    : undefined;

/** @param earlier what came first, in words; no date, no rule */
export const refuseBefore = (
  what: string,
  on: CivilDate,
  earlier: string,
  than: CivilDate | undefined,
): Refusal | undefined =>
  than !== undefined && on < than
    ? refuse('DateOutOfOrder', `${what}: ${on} lies before ${earlier}, ${than}.`)
    : undefined;
