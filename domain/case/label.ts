import type { CivilDate } from '../dates.ts';
import type { Party } from '../fields.ts';
import type { Level, Plan } from '../ladder.ts';

/**
 * The short sentences that label timers and activities in the Temporal UI. Histories hold them and a replay makes them
 * again, so they are worded without a locale: whatever machine it is, they come out the same.
 */

const ordinals = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Seventh', 'Eighth', 'Ninth', 'Tenth'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * `Second reminder to klid, due 14 Dec 2018 (complete)`: what is told apart first, then the name of the deadline. Short,
 * and without titles: the time line cuts off what is longer than some 80 characters.
 */
export const reminderLabel = (
  number: number,
  to: string,
  { deadline, due }: Pick<Plan, 'deadline' | 'due'>,
): string => {
  const ordinal = ordinals[number - 1];
  return `${ordinal ? `${ordinal} reminder` : `Reminder ${number}`} to ${to}, due ${dayInWords(due)} (${deadline})`;
};

/** `14 Dec 2018` */
export const dayInWords = (date: CivilDate): string => {
  const [year, month, day] = date.slice(0, 10).split('-');
  return `${Number(day)} ${months[Number(month) - 1]} ${year}`;
};

/** `klid` for `agency/klid`, `the superior of klid` for who stands above it. */
export const nameOf = (recipient: string): string =>
  recipient.startsWith('superior-of/')
    ? `the superior of ${nameOf(recipient.slice('superior-of/'.length))}`
    : recipient.replace(/^(agency|person)\//, '');

/** Whom a rung writes to: `klid and the superior`. */
export const namesAt = (levels: readonly Level[], owedBy: Party | undefined): string => {
  const names: Record<Level, string> = {
    owner: owedBy ? nameOf(owedBy) : 'the coordinator',
    superior: 'the superior',
    coordinator: 'the coordinator',
    coChairs: 'the co-chairs',
  };
  return levels.map((level) => names[level]).join(' and ');
};

/** `handedOver` as people read it: `handed over`. */
export const spaced = (name: string): string => name.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
