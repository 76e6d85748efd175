import { Temporal } from 'temporal-polyfill';
import { type CivilDate, minus, type Period, plus } from '../dates.ts';
import type { DueRule } from '../ladder.ts';
import { present } from '../parts.ts';
import { type Refusal, refuse } from '../refusal.ts';

export const renewals = ['none', 'express', 'tacit'] as const;
export const noticeModels = ['anyTime', 'beforeTermEnds'] as const;

/** What a text says of how long it is valid and how it ends; known in full by the time the text is agreed. */
export interface Validity {
  /** A period from effect to the end of the first term, or `indefinite`: there are no terms. */
  readonly duration: string;
  readonly renewal: (typeof renewals)[number];
  /** The length of a renewed term; absent: that of the first. */
  readonly renewalFor?: Period;
  /** `anyTime`: it ends `notice` after a notice. `beforeTermEnds`: notice until `notice` before the term ends, with which it ends. */
  readonly noticeModel: (typeof noticeModels)[number];
  readonly notice: Period;
}

export type ValidityFields = { readonly [K in keyof Validity]?: Validity[K] };

/**
 * One term of validity. It runs through the day named `ends`: the same date as the day of effect, or the last of a
 * month that lacks it (Korean Civil Act, art. 160; Regulation (EEC) 1182/71, art. 3). The next term starts with that day.
 */
export interface Term {
  readonly number: number;
  readonly starts: CivilDate;
  readonly ends?: CivilDate;
  /** Ends are counted from here, not from one another: a term that ends on 28 February does not move the later ones off the 29th. */
  readonly anchor: CivilDate;
  readonly span: Period;
}

const someDay = '2001-01-01';
/** Whether one period is longer than another, counted from an ordinary January. */
const isLonger = (a: Period, b: Period): boolean => plus(someDay, a) > plus(someDay, b);

const added = (a: Period, b: Period): Period => {
  const [one, two] = [Temporal.Duration.from(a), Temporal.Duration.from(b)];
  return Temporal.Duration.from({
    years: one.years + two.years,
    months: one.months + two.months,
    weeks: one.weeks + two.weeks,
    days: one.days + two.days,
  }).toString();
};

export const lengthOf = (number: number, { duration, renewalFor }: Validity): Period | undefined =>
  duration === 'indefinite' ? undefined : number > 1 ? (renewalFor ?? duration) : duration;

/** A term that begins a row of terms counted from its own start. */
const termFrom = (number: number, starts: CivilDate, validity: Validity): Term => {
  const length = lengthOf(number, validity);
  return length
    ? { number, starts, ends: plus(starts, length), anchor: starts, span: length }
    : { number, starts, anchor: starts, span: 'P0D' };
};

export const firstTerm = (effect: CivilDate, validity: Validity): Term => termFrom(1, effect, validity);

/** A term whose end is agreed as a day; those after it are counted from that day. */
export const termUntil = (ends: CivilDate, { number, starts }: Pick<Term, 'number' | 'starts'>): Term => ({
  number,
  starts,
  ends,
  anchor: ends,
  span: 'P0D',
});

/** The same term under a text that was amended. */
export const termUnder = (validity: Validity, { number, starts }: Term): Term => termFrom(number, starts, validity);

/** The term after one that ends, as long as the text says or as agreed for this once. */
export function nextTerm(term: Term, validity: Validity, renewFor?: Period): Term {
  const length = renewFor ?? lengthOf(term.number + 1, validity);
  if (!term.ends || !length) return term;
  const span = added(term.span, length);
  return { ...term, number: term.number + 1, starts: term.ends, ends: plus(term.anchor, span), span };
}

/** The term that runs on a day, after all the tacit renewals until then. */
export function termOn(day: CivilDate, term: Term, validity: Validity): Term {
  let running = term;
  while (validity.renewal === 'tacit' && running.ends && running.ends < day) running = nextTerm(running, validity);
  return running;
}

/** The last day on which notice still ends the MOU with this term. */
export function noticeBy({ ends }: Term, { noticeModel, notice }: Validity): CivilDate | undefined {
  if (!ends) return undefined;
  let last = minus(ends, notice);
  // Six months after 31 August are 28 February: several days can have the same end.
  while (noticeModel === 'anyTime' && plus(plus(last, 'P1D'), notice) <= ends) last = plus(last, 'P1D');
  return last;
}

/** Whether the term goes another way after the last day for a notice; else the MOU lapses with it whatever is notified. */
export const hasLastNoticeDay = ({ renewal, noticeModel }: Validity): boolean =>
  renewal === 'tacit' || noticeModel === 'beforeTermEnds';

/**
 * The last working day on which a decision on this term can still be carried out: to give notice or, where the MOU
 * lapses by itself and no window closes before, to renew it. Always that of the given, hence of the current term.
 */
export function decideBy(term: Term, validity: Validity): DueRule | undefined {
  const last = hasLastNoticeDay(validity) ? noticeBy(term, validity) : term.ends;
  return last ? { on: last, roll: 'back' } : undefined;
}

/** The day on which the MOU ends after a notice; `continues`: the term would have been followed by another. */
export function endAfterNotice(on: CivilDate, { ends }: Term, validity: Validity, continues: boolean): CivilDate {
  if (validity.noticeModel === 'beforeTermEnds' && ends) return ends;
  const end = plus(on, validity.notice);
  return ends && !continues && ends < end ? ends : end;
}

const shortestTerm: Period = 'P28D';

/** What is known of the validity together with what is now said of it; what is left open keeps its usual value. */
export function validityWith(before: ValidityFields, said: ValidityFields): ValidityFields {
  const merged = { renewal: 'none', noticeModel: 'anyTime', ...present(before), ...present(said) } as const;
  if (merged.renewal !== 'none' || said.renewalFor) return merged;
  const { renewalFor: _, ...withoutRenewal } = merged;
  return withoutRenewal;
}

export const isComplete = (validity: ValidityFields): validity is Validity =>
  validity.duration !== undefined && validity.notice !== undefined;

/** Why a text cannot say this of its validity. */
export function refuseValidity({
  duration,
  renewal,
  renewalFor,
  noticeModel,
  notice,
}: ValidityFields): Refusal | undefined {
  if (renewalFor && renewal === 'none')
    return refuse('InvalidInput', 'renewalFor: a text without renewal has no renewed term; say renewal too.');
  if (duration === 'indefinite') {
    if (renewal !== 'none')
      return refuse('InvalidInput', `renewal: what is valid indefinitely is not renewed; say renewal none.`);
    return noticeModel === 'beforeTermEnds'
      ? refuse('InvalidInput', 'noticeModel: what is valid indefinitely has no term to end; say notice-model anyTime.')
      : undefined;
  }
  const terms = [duration, renewalFor].filter((term) => term !== undefined);
  const short = terms.find((term) => isLonger(shortestTerm, term));
  if (short) return refuse('InvalidInput', `duration: a term of ${short} is too short; it lasts 28 days or more.`);
  const closed = terms.find((term) => notice && !isLonger(term, notice));
  return closed && (renewal === 'tacit' || noticeModel === 'beforeTermEnds')
    ? refuse('InvalidInput', `notice: ${notice ?? ''} before the end of a term of ${closed} lies before its beginning.`)
    : undefined;
}
