import { describe, expect, it } from 'vitest';
import { shortDay } from '../../../activities/mail/facts.ts';
import { renderText } from '../../../activities/mail/render.ts';
import { allLanguages, type Language } from '../../../activities/mail/texts.ts';
import type { Facts } from '../../../domain/lifecycle.ts';
import { message, names } from './samples.ts';

/** What takes place on days, in every language. */

const sentencesOf = ({ texts }: Language) =>
  Object.entries(texts).flatMap(([name, text]) =>
    ('ask' in text ? [text.ask, text.otherwise, text.why ?? ''] : [text.subject, ...text.body]).map((sentence) => ({
      name,
      sentence,
    })),
  );

/** A sentence alone, on one line. */
const said = (language: Language, sentence: string, facts: Facts): string => {
  const notice = { subject: 'News', body: [sentence] };
  const { text } = renderText(notice, message({ tone: null }, facts), { language, zone: 'Europe/Athens', names });
  return text.replaceAll(/\s+/g, ' ');
};

const counted = (text: string, day: string, { code }: Language): number => text.split(shortDay(day, code)).length - 1;

describe.each(allLanguages())('sentences on days in $code', (language) => {
  const ranges = sentencesOf(language).filter(({ sentence }) => /\{(to|legTo)\}/.test(sentence));

  it.each([
    ['from', 'to'],
    ['legFrom', 'legTo'],
  ])('name the first and the last one of several, and one day once: %s, %s', (first, last) => {
    const both = ranges.filter(({ sentence }) => sentence.includes(`{${first}}`) && sentence.includes(`{${last}}`));
    expect(both.length).toBeGreaterThan(15);
    for (const { name, sentence } of both) {
      const several = said(language, sentence, { [first]: '2027-01-26', [last]: '2027-01-28' });
      expect([name, several, counted(several, '2027-01-28', language)]).toEqual([name, several, 1]);
      const one = said(language, sentence, { [first]: '2027-01-26', [last]: '2027-01-26' });
      expect([name, one, counted(one, '2027-01-26', language)]).toEqual([name, one, 1]);
    }
  });
});

it.each([
  ['en', 'The delegation is in Greece on Tuesday, 26 January 2027 now.'],
  ['ko', '대표단은 이제 2027년 1월 26일 화요일에 그리스에 머뭅니다.'],
  ['el', 'Η αντιπροσωπεία βρίσκεται τώρα εκεί (Ελλάδα) στις 26 Ιανουαρίου 2027 (Τρίτη).'],
  ['ro', 'Delegația se află acum acolo (Grecia) marți, 26 ianuarie 2027.'],
])('a leg of one day is moved to that day: %s', (code, sentence) => {
  const language = allLanguages().find((each) => each.code === code);
  const text = language?.texts['visit.legMoved'];
  if (!language || !text || 'ask' in text) throw new Error('There is no such text.');
  const facts = { country: 'GR', legFrom: '2027-01-26', legTo: '2027-01-26' };
  expect(said(language, text.body[0] ?? '', facts)).toContain(sentence);
});
