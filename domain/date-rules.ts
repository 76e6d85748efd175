import { type CivilDate, daysBetween, minus } from './dates.ts';
import { type Refusal, refuse } from './refusal.ts';

/** A day may not be known: where there is none, there is no rule. */
type Day = CivilDate | undefined;

/** A day that another must not precede, and what happened on it. */
export interface Earlier {
  readonly on: Day;
  readonly what: string;
}

const twentyYears = 7306;

/** What has happened lies not in the future; a day of tolerance, since `today` is the day in UTC. */
export const refuseFuture = (what: string, on: Day, today: CivilDate): Refusal | undefined =>
  on !== undefined && daysBetween(today, on) > 1
    ? refuse('DateInFuture', `${what}: ${on} lies in the future, it is ${today}. Record it when it has happened.`)
    : undefined;

export const refuseTooFar = (what: string, on: Day, today: CivilDate): Refusal | undefined =>
  on !== undefined && daysBetween(today, on) > twentyYears
    ? refuse('DateTooFar', `${what}: ${on} is more than 20 years ahead; check the year.`)
    : undefined;

/** @param earlier what came first, in words */
export const refuseBefore = (what: string, on: Day, earlier: string, than: Day): Refusal | undefined =>
  on !== undefined && than !== undefined && on < than
    ? refuse('DateOutOfOrder', `${what}: ${on} lies before ${earlier}, ${than}.`)
    : undefined;

/** What was agreed on the spot is recorded afterwards, but not what is long past. */
export const refuseLongAgo = (what: string, on: Day, today: CivilDate): Refusal | undefined =>
  refuseBefore(what, on, 'what can still be recorded, 30 days back', minus(today, 'P30D'));

/** What has happened lies after what it rests on, and not in the future; people record late, never early. */
export const refuseDay = (what: string, on: Day, today: CivilDate, ...earlier: Earlier[]): Refusal | undefined =>
  refuseFuture(what, on, today) ?? refuseOrder(what, on, earlier);

/** What is planned lies after what it rests on, and is not absurdly far away. */
export const refusePlan = (what: string, on: Day, today: CivilDate, ...earlier: Earlier[]): Refusal | undefined =>
  refuseTooFar(what, on, today) ?? refuseOrder(what, on, earlier);

const refuseOrder = (what: string, on: Day, earlier: readonly Earlier[]): Refusal | undefined =>
  earlier.map((each) => refuseBefore(what, on, each.what, each.on)).find((refusal) => refusal !== undefined);
