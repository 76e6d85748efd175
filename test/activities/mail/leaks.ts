import { IntlMessageFormat } from 'intl-messageformat';
import type { Message } from '../../../domain/case/effects.ts';

/** What is looked for where a language must be by itself. */

export type Facts = Message['facts'];

type Elements = ReturnType<IntlMessageFormat['getAst']>;

/** The parser's number for a fact that is shown as it is, and not one that chooses between branches. */
const argument = 1;

/** The facts that a message shows as they are. */
export const shownIn = (message: string, language: string): readonly string[] =>
  shown(new IntlMessageFormat(message, language, undefined, { ignoreTag: true }).getAst());

const shown = (elements: Elements): string[] =>
  elements.flatMap((element) => {
    if (element.type === argument && 'value' in element) return [String(element.value)];
    return 'options' in element ? Object.values(element.options).flatMap(({ value }) => shown(value)) : [];
  });

/** Lines to type, ids of cases, and names of commands are the same in every language. */
const everywhere =
  /^ {4}\S.*$|[a-z]+\/[a-z0-9-]+|\b(Entente|plan-mou|plan-outcome|adopt-agenda|MOU)\b|--(again|sent|absent ID)\b/gm;

const words =
  'the|and|of|is|was|were|by|by|to|for|from|on|with|not|you|your|it|this|that|who|what|when|due|meeting|reminder';
const englishWords = new RegExp(`(?<!\\p{L})(${words})(?!\\p{L})`, 'giu');

/** What is left of a mail that this language has no word for: Latin letters in Korean and Greek, English words in others. */
export function inOwnWords(mail: string, language: string): string {
  const left = mail.replaceAll(everywhere, '');
  const foreign = left.match(language === 'ko' || language === 'el' ? /[A-Za-z]{2,}/g : englishWords);
  return (foreign ?? []).join(' ');
}

/** A day, a period, a country, a party. */
export const looksCoded = /^(\d{4}-\d{2}-\d{2}|P\d+[YMWD]|[A-Z]{2}|(person|agency)\/.*)$/;

/** What people type, which may look like anything, and ids that stand in lines to type. */
export const wordsOfPeople = new Set(
  `agencyId aim audience briefingBook cities contact counterpart decision details documents entry evidence function funding guests
  headFunction how inPresenceOf inThePresenceOf item lastReport leaverId materialsMissing missing nextHow note noteNumber outcome
  outcomes participants place places programmeName purpose question reason report reportDocument ruling speaker subject surviving
  title topic undecided waitsFor what where why`.split(/\s+/),
);
