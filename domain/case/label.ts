import type { CivilDate } from '../dates.ts';
import type { Party } from '../fields.ts';
import { asLine } from '../derived.ts';
import { deadlineNamed } from '../deadline-name.ts';
import type { Level } from '../ladder.ts';

/**
 * The short sentences that label timers and activities in the Temporal UI. Histories hold them and a replay makes them
 * again, so they are worded without a locale: whatever machine it is, they come out the same.
 */

const ordinals = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Seventh', 'Eighth', 'Ninth', 'Tenth'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * `Second reminder to klid, due 14 Dec 2018: completion of "The portal"`: what is told apart first, then what is owed.
 */
export const reminderLabel = (number: number, to: string, due: CivilDate, owed: string): string => {
  const ordinal = ordinals[number - 1];
  return `${ordinal ? `${ordinal} reminder` : `Reminder ${number}`} to ${to}, due ${dayInWords(due)}: ${owed}`;
};

/** The time line of the Temporal UI cuts off the beginning of what is longer, which tells one from another. */
export const timelineLabel = (label: string): string => asLine(label, 80);

/** What is owed can hold all that was promised. */
const longestOwed = 160;

/** What is owed, as a part of a sentence. */
export const owedInWords = ({ says }: { readonly says: string }): string => asLine(says, longestOwed);

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

/** The same of one of these, by its name. */
export const owedAmong = (all: readonly { readonly name: string; readonly says: string }[], name: string): string => {
  const owed = all.find((each) => each.name === name);
  return owed ? owedInWords(owed) : dueInWords(name);
};

/** `draft minutes 1` for `draftMinutes:1`: a due date of which nothing but its name is known. */
export function dueInWords(name: string): string {
  const { what, item = '' } = deadlineNamed(name);
  return `${spaced(what)} ${item}`.trim();
}

/** What a letter is, in words: earlier versions have put `… due 14 Dec 2018 (complete)` on record. */
export const summaryInWords = (summary: string): string =>
  summary.replace(
    /(, due \d{1,2} [A-Z][a-z]{2} \d{4}|later due date is \w+(?: for)?) \(([^()\s]+)\)$/,
    (_, before: string, name: string) => `${before}: ${dueInWords(name)}`,
  );

/** `reportDone` as people type it: `report-done`. */
export const kebab = (name: string): string => name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);

/** `handedOver` as people read it: `handed over`. */
export const spaced = (name: string): string => name.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
