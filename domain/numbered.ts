import { type Refusal, refuse } from './refusal.ts';

/** What has a number in its case: an item of an agenda, a talk, an activity. */
interface Numbered {
  readonly number: number;
}

export const numberAfter = (all: readonly Numbered[]): number => Math.max(0, ...all.map(({ number }) => number)) + 1;

/**
 * What is answered of the one that is meant by its number.
 *
 * @param unknown where there is none: a sentence that goes on with the numbers that there are
 */
export function ofNumber<I extends Numbered, T>(
  all: readonly I[],
  number: number,
  unknown: string,
  answer: (found: I) => T,
): T | Refusal {
  const found = all.find((each) => each.number === number);
  return found
    ? answer(found)
    : refuse('UnknownItem', `${unknown} ${all.map((each) => each.number).join(', ') || 'none'}.`);
}

export const changedIn = <I extends Numbered>(all: readonly I[], number: number, change: (found: I) => I) =>
  all.map((each) => (each.number === number ? change(each) : each));
