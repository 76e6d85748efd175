import { ascribedIn } from '../ascribed.ts';
import { type Earlier, refuseDay } from '../date-rules.ts';
import { type CivilDate, later, plus } from '../dates.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Mou, RuledDay } from './state.ts';

/** A side answers a draft, writes the first one or obtains its authority within a month unless another day is agreed. */
const aMonth = 'P30D';

/** Today, unless what it rests on happened later by the clock of another zone. */
export const todayAfter = (today: CivilDate, ...earlier: Earlier[]): CivilDate =>
  earlier.reduce((day, { on }) => later(day, on ?? day), today);

/** What is recorded of the day that is named, or of today: after what it rests on, and not ahead. */
export function onItsDay<T>(
  what: string,
  named: CivilDate | undefined,
  today: CivilDate,
  earlier: Earlier,
  record: (on: CivilDate) => T,
): T | Refusal {
  const on = named ?? todayAfter(today, earlier);
  return refuseDay(what, on, today, earlier) ?? record(on);
}

export const refuseStranger = ({ sides }: Pick<Mou, 'sides'>, side: string): Refusal | undefined =>
  sides.includes(side)
    ? undefined
    : refuse('NotAParty', `${side} is no side of this MOU; its sides are ${sides.join(', ')}.`);

/** Signatories are lines of text, each with the side it signs for: `mois: Kim Bu-kyum, Minister of the Interior and Safety`. */
export function refuseSignatories(mou: Pick<Mou, 'sides'>, signatories: readonly string[]): Refusal | undefined {
  const sides = signatories.map((signatory) => ascribedIn(signatory)?.agency ?? '');
  const wrong = signatories.find((signatory) => !ascribedIn(signatory));
  if (wrong) return refuse('InvalidInput', `signatories: "${wrong}" must be SIDE: NAME, OFFICE.`);
  if (new Set(sides).size < sides.length)
    return refuse('InvalidInput', 'signatories: one signs for each side, and one only.');
  return sides.map((side) => refuseStranger(mou, side)).find((refusal) => refusal !== undefined);
}

/** A day as it was named, else a month later: then it is a working day of whoever owes it, once that is planned. */
export const withinAMonth = (named: CivilDate | undefined, since: CivilDate) =>
  named === undefined ? { by: plus(since, aMonth), rule: { byRule: true as const } } : { by: named, rule: {} };

/** The days that were named by nobody, after one was set. */
export const ruledAfter = (
  { byRule: before = [] }: Pick<Mou, 'byRule'>,
  day: RuledDay,
  byRule: boolean | undefined,
): readonly RuledDay[] => [...before.filter((each) => each !== day), ...(byRule ? [day] : [])];
