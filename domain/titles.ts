import { asLine } from './derived.ts';

/**
 * Titles that rules make of others' words. They are stored in English, and registers and lists show them so; letters
 * take them apart, and say them in their reader's language.
 */

const longest = 300;

export const committeeTitle = (subject: string): string =>
  `Joint committee: ${subject}`.slice(0, longest).toWellFormed();
export const meetingTitle = (committee: string, number: number): string =>
  `${asLine(committee, longest - 20)}, meeting ${number}`;
export const editionTitle = (programme: string, number: number, year: number): string =>
  `${asLine(programme, longest - 30)}, edition ${number} (${year})`;
export const workshopTitle = (subject: string): string => asLine(`Workshop on ${subject}`, longest);
export const signingTitle = (mou: string): string => `Signing: ${mou}`;
export const promisedAt = (subject: string): string => asLine(`Promised at: ${subject}`, longest);

/** What stands on an agenda before anybody has proposed anything. */
export const standingItems = {
  previousMinutes: 'Confirmation of the previous minutes',
  openActions: 'Open actions of earlier meetings',
} as const;

const patterns = {
  committee: /^Joint committee: (?<of>.+)$/su,
  meeting: /^(?<of>.+), meeting (?<number>\d+)$/su,
  edition: /^(?<of>.+), edition (?<number>\d+) \((?<year>\d{4})\)$/su,
  workshop: /^Workshop on (?<of>.+)$/su,
  signing: /^Signing: (?<of>.+)$/su,
  promise: /^Promised at: (?<of>.+)$/su,
} as const;

export type MadeTitle = keyof typeof patterns;

/** What a title was made of, if it is one of these. */
export function partsOfTitle(made: MadeTitle, title: string): Readonly<Record<string, string>> | undefined {
  const found = patterns[made].exec(title)?.groups;
  return found && { ...found };
}

export const isMadeTitle = (name: string): name is MadeTitle => Object.hasOwn(patterns, name);
