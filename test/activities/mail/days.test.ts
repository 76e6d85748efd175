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

/** The first paragraph of a notice. */
const firstOf = (code: string, name: string, facts: Facts): string => {
  const language = allLanguages().find((each) => each.code === code);
  const text = language?.texts[name];
  if (!language || !text || 'ask' in text) throw new Error(`There is no notice ${name}.`);
  return said(language, text.body[0] ?? '', facts);
};

it.each([
  ['en', 'The delegation is in Greece on Tuesday, 26 January 2027 now.'],
  ['ko', '대표단은 이제 2027년 1월 26일 화요일에 그리스에 체류합니다.'],
  ['el', 'Η αντιπροσωπεία βρίσκεται τώρα εκεί (Ελλάδα) στις 26 Ιανουαρίου 2027 (Τρίτη).'],
  ['ro', 'Delegația se află acum acolo (Grecia) marți, 26 ianuarie 2027.'],
])('a leg of one day is moved to that day: %s', (code, sentence) => {
  const facts = { country: 'GR', legFrom: '2027-01-26', legTo: '2027-01-26' };
  expect(firstOf(code, 'visit.legMoved', facts)).toContain(sentence);
});

const meeting = { number: 2, on: '2027-03-24', from: '2027-03-17', place: 'Athens', host: 'agency/mayor' };
const timed = { ...meeting, time: '10:30', timeZone: 'Europe/Athens' };

describe.each([
  ['en', 'Wednesday, 24 March 2027', ', 10:30 (Europe/Athens)'],
  ['ko', '2027년 3월 24일 수요일', ' 10:30 (Europe/Athens)'],
  ['el', '24 Μαρτίου 2027 (Τετάρτη)', ', ώρα 10:30 (Europe/Athens)'],
  ['ro', 'miercuri, 24 martie 2027', ', ora 10:30 (Europe/Athens)'],
])('the day of a meeting in %s', (code, day, time) => {
  it.each(['meeting.invitation', 'meeting.postponed', 'meeting.cancelled'])('has its time and zone: %s', (name) => {
    expect(firstOf(code, name, timed)).toContain(`${day}${time}, Athens`);
  });

  it('has no time where none is known, and none of its zone in a message of earlier versions', () => {
    expect(firstOf(code, 'meeting.invitation', meeting)).toContain(`${day}, Athens`);
    const earlier = { ...meeting, time: '10:30' };
    expect(firstOf(code, 'meeting.invitation', earlier)).toContain(
      `${day}${time.replace(' (Europe/Athens)', '')}, Athens`,
    );
  });

  it('has its time in mails that are there for the calendar alone', () => {
    const entry = { ...timed, entry: 'Meeting 2', from: meeting.on, until: meeting.on, days: 1, where: 'Athens' };
    expect(firstOf(code, 'case.calendarInvitation', entry)).toContain(`${day}${time}, Athens`);
  });
});

it.each(allLanguages())('every day of a meeting comes with its time wherever its place does: $code', (language) => {
  const placed = sentencesOf(language).filter(
    ({ name, sentence }) => name.startsWith('meeting.') && sentence.includes('{on}') && sentence.includes('{place}'),
  );
  expect(placed.length).toBeGreaterThan(5);
  expect(placed.filter(({ sentence }) => !sentence.includes('{hastime, '))).toEqual([]);
});

it.each(['hosting', 'announcement', 'callForNominations', 'changed', 'postponed', 'replaced'])(
  'a workshop begins at a time of its zone, in every language: %s',
  (name) => {
    for (const { code } of allLanguages()) {
      const facts = { from: '2027-03-24', startsAt: '09:30', timeZone: 'Asia/Seoul' };
      expect([code, firstOf(code, `workshop.${name}`, facts)]).toEqual([
        code,
        expect.stringContaining('09:30 (Asia/Seoul)'),
      ]);
      expect(firstOf(code, `workshop.${name}`, { from: '2027-03-24' })).not.toMatch(/\d:\d\d|Asia/);
    }
  },
);
