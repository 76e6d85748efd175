import { describe, expect, it } from 'vitest';
import { shortDay } from '../../../activities/mail/days.ts';
import { factsNamedIn } from '../../../activities/mail/icu.ts';
import { renderText } from '../../../activities/mail/render.ts';
import { allLanguages, type Language } from '../../../activities/mail/texts.ts';
import { typesOfFact } from '../../../domain/kinds.ts';
import type { Facts } from '../../../domain/lifecycle.ts';
import { sampleFacts } from '../../../docs/mails/sample.ts';
import { message, names } from './samples.ts';

/** What takes place on days, in every language. */

interface Sentence {
  readonly name: string;
  readonly sentence: string;
}

const sentencesOf = ({ texts }: Language) =>
  Object.entries(texts).flatMap(([name, text]) =>
    ('ask' in text ? [text.ask, text.otherwise, text.why ?? ''] : [text.subject, ...text.body]).map((sentence) => ({
      name,
      sentence,
    })),
  );

/** A sentence of a text alone, on one line. */
const said = (language: Language, { name, sentence }: Sentence, facts: Facts): string => {
  const notice = { subject: 'News', body: [sentence] };
  const about = message({ case_id: `${name.split('.')[0]}/kr-gr-1`, tone: null }, facts);
  const { text } = renderText(notice, about, { language, zone: 'Europe/Athens', names });
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
    for (const each of both) {
      const { name } = each;
      const several = said(language, each, { [first]: '2027-01-26', [last]: '2027-01-28' });
      expect([name, several, counted(several, '2027-01-28', language)]).toEqual([name, several, 1]);
      const one = said(language, each, { [first]: '2027-01-26', [last]: '2027-01-26' });
      expect([name, one, counted(one, '2027-01-26', language)]).toEqual([name, one, 1]);
    }
  });
});

/** The first paragraph of a notice. */
const firstOf = (code: string, name: string, facts: Facts): string => {
  const language = allLanguages().find((each) => each.code === code);
  const text = language?.texts[name];
  if (!language || !text || 'ask' in text) throw new Error(`There is no notice ${name}.`);
  return said(language, { name, sentence: text.body[0] ?? '' }, facts);
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
  ['en', 'Wednesday, 24 March 2027', ', 10:30 (Eastern European Standard Time)'],
  ['ko', '2027년 3월 24일 수요일', ' 10:30 (동유럽 표준시)'],
  ['el', '24 Μαρτίου 2027 (Τετάρτη)', ', ώρα 10:30 (Χειμερινή ώρα Ανατολικής Ευρώπης)'],
  ['ro', 'miercuri, 24 martie 2027', ', ora 10:30 (Ora standard a Europei de Est)'],
])('the day of a meeting in %s', (code, day, time) => {
  it.each(['meeting.invitation', 'meeting.postponed', 'meeting.cancelled'])('has its time and zone: %s', (name) => {
    expect(firstOf(code, name, timed)).toContain(`${day}${time}, Athens`);
  });

  it('has the name that its zone has on that day, not on the day of the letter', () => {
    const inSummer = firstOf(code, 'meeting.timeSet', { ...timed, on: '2027-07-07' });
    expect(inSummer).toContain('10:30 (');
    expect(inSummer).not.toContain(time.slice(time.indexOf('10:30')));
  });

  it('has no time where none is known, and none of its zone in a message of earlier versions', () => {
    expect(firstOf(code, 'meeting.invitation', meeting)).toContain(`${day}, Athens`);
    const earlier = { ...meeting, time: '10:30' };
    expect(firstOf(code, 'meeting.invitation', earlier)).toContain(`${day}${time.replace(/ \(.*\)/, '')}, Athens`);
  });

  it('has its time in mails that are there for the calendar alone', () => {
    const entry = { ...timed, entry: 'Meeting 2', from: meeting.on, until: meeting.on, days: 1, where: 'Athens' };
    expect(firstOf(code, 'case.calendarInvitation', entry)).toContain(`${day}${time}, Athens`);
  });
});

const hours = { ...timed, endsAt: '12:30' };

it.each([
  ['en', '10:30–12:30 (Eastern European Standard Time)', ' – Thursday, 25 March 2027, 12:30 ('],
  ['ko', '10:30~12:30 (동유럽 표준시)', ' ~ 2027년 3월 25일 목요일, 12:30 ('],
  ['el', '10:30–12:30 (Χειμερινή ώρα Ανατολικής Ευρώπης)', ' – 25 Μαρτίου 2027 (Πέμπτη), 12:30 ('],
  ['ro', '10:30–12:30 (Ora standard a Europei de Est)', ' – joi, 25 martie 2027, 12:30 ('],
])(
  'a meeting whose end is known is said from when to when, on another day if it ends there: %s',
  (code, both, over) => {
    for (const name of ['meeting.invitation', 'meeting.postponed', 'meeting.timeSet', 'meeting.cancelled']) {
      expect(firstOf(code, name, hours)).toContain(both);
      expect(firstOf(code, name, { ...hours, endsOn: '2027-03-25' })).toContain(`10:30${over}`);
    }
    const overTheChange = { ...hours, on: '2027-03-27', endsOn: '2027-03-28' };
    expect(firstOf(code, 'meeting.invitation', overTheChange).match(/\(/gu)?.length).toBeGreaterThan(
      firstOf(code, 'meeting.invitation', hours).match(/\(/gu)?.length ?? 0,
    );
  },
);

it.each([
  ['en', 'Kim Min-ji before the invitations go', 'Its hour is not set yet'],
  ['ko', '초청장이 발송되기 전에', '시작 시각은 아직 정해지지 않았으며'],
  ['el', 'πριν από την αποστολή των προσκλήσεων', 'Η ώρα έναρξης δεν έχει οριστεί ακόμη· θα'],
  ['ro', 'înainte de trimiterea invitațiilor', 'Ora de începere nu este încă stabilită; o veți'],
])('where nobody has said the hour of a meeting, its host is asked, and who is invited knows: %s', (code, by, open) => {
  const language = allLanguages().find((each) => each.code === code);
  const letter = (text: string, facts: Facts): string =>
    language
      ? sentencesOf(language)
          .filter(({ name }) => name === text)
          .map((each) => said(language, each, { ...facts, coordinator: 'person/kim-minji' }))
          .join(' ')
      : '';
  expect(letter('meeting.callForItems', meeting)).toContain(by);
  expect(letter('meeting.callForItems', timed)).not.toContain(by);
  for (const text of ['meeting.invitation', 'meeting.agendaCirculated']) {
    expect(letter(text, meeting)).toContain(open);
    expect(letter(text, timed)).not.toContain(open);
  }
  expect(letter('meeting.agenda', meeting).length).toBeGreaterThan(letter('meeting.agenda', timed).length);
});

const hoursOfDays: readonly (readonly [string, Facts, readonly string[], readonly string[]])[] = [
  [
    'appointment.confirmed',
    { ...hours, subject: 'Θέμα', hoursOn: ['on'] },
    [
      'Wednesday, 24 March 2027, 10:30–12:30 (Eastern European Standard Time)',
      '2027년 3월 24일 수요일 10:30~12:30 (동유럽 표준시)',
      '24 Μαρτίου 2027 (Τετάρτη), ώρα 10:30–12:30 (Χειμερινή ώρα Ανατολικής Ευρώπης)',
      'miercuri, 24 martie 2027, ora 10:30–12:30 (Ora standard a Europei de Est)',
    ],
    [],
  ],
  [
    'mou.signingArranged',
    { ...timed, subject: 'e-government', signingOn: '2027-07-07', hoursOn: ['signingOn'] },
    [
      'Wednesday, 7 July 2027, 10:30 (Eastern European Summer Time), Athens',
      '2027년 7월 7일 수요일 10:30 (동유럽 하계 표준시), Athens',
      '7 Ιουλίου 2027 (Τετάρτη), ώρα 10:30 (Θερινή ώρα Ανατολικής Ευρώπης), Athens',
      'miercuri, 7 iulie 2027, ora 10:30 (Ora de vară a Europei de Est), Athens',
    ],
    [],
  ],
  [
    'visit.legMoved',
    { ...hours, country: 'GR', legFrom: '2027-03-24', legTo: '2027-03-28', hoursOn: ['legFrom', 'legTo'] },
    [
      ', 10:30 (Eastern European Standard Time)',
      '10:30 (동유럽 표준시)',
      ', ώρα 10:30 (Χειμερινή',
      ', ora 10:30 (Ora standard',
    ],
    [
      ', 12:30 (Eastern European Summer Time)',
      '12:30 (동유럽 하계 표준시)',
      ', ώρα 12:30 (Θερινή',
      ', ora 12:30 (Ora de vară',
    ],
  ],
];

it.each(hoursOfDays)(
  'a day that has hours is said with them, with its zone as it is called then: %s',
  (name, facts, first, last) => {
    for (const [index, code] of ['en', 'ko', 'el', 'ro'].entries()) {
      expect(firstOf(code, name, facts)).toContain(first[index]);
      expect(firstOf(code, name, facts)).toContain(last[index] ?? '');
      const { time: _, endsAt: __, ...without } = facts;
      expect(firstOf(code, name, without)).not.toMatch(/\d:\d\d/);
    }
  },
);

it.each(allLanguages())('every day of a meeting comes with its time wherever its place does: $code', (language) => {
  const placed = sentencesOf(language).filter(
    ({ name, sentence }) => name.startsWith('meeting.') && sentence.includes('{on}') && sentence.includes('{place}'),
  );
  expect(placed.length).toBeGreaterThan(5);
  expect(placed.filter(({ sentence }) => !/\{hastime, |\{time\}/.test(sentence))).toEqual([]);
});

it.each(['hosting', 'announcement', 'callForNominations', 'changed', 'postponed', 'replaced'])(
  'a workshop begins at a time of its zone, in every language: %s',
  (name) => {
    for (const { code } of allLanguages()) {
      const facts = { from: '2027-03-24', startsAt: '09:30', timeZone: 'Asia/Seoul' };
      expect([code, firstOf(code, `workshop.${name}`, facts)]).toEqual([
        code,
        expect.stringMatching(/09:30 \((?:Korean Standard Time|한국 표준시|Ώρα Κορέας|Ora standard a Coreei)\)/),
      ]);
      expect(firstOf(code, `workshop.${name}`, { from: '2027-03-24' })).not.toMatch(/\d:\d\d/);
    }
  },
);

const inLanguage = (code: string): Language => {
  const language = allLanguages().find((each) => each.code === code);
  if (!language) throw new Error(`There is no language ${code}.`);
  return language;
};

/** With every day in it on the first of a month, which is a Monday. */
const onTheFirst = (language: Language, text: Sentence): string => {
  const named = factsNamedIn(text.sentence, language.code);
  const [kind = ''] = text.name.split('.');
  const days = named.filter((name) => typesOfFact(kind, name).includes('day'));
  const facts = { ...sampleFacts(kind, named), ...Object.fromEntries(days.map((name) => [name, '2027-02-01'])) };
  return said(language, text, { ...facts, to: '2027-03-01', legTo: '2027-03-01', until: '2027-03-01' });
};

describe('in Greek', () => {
  it('the first of a month has its own article', () => {
    const confirmed = firstOf('el', 'appointment.confirmed', {
      on: '2027-02-01',
      subject: 'Θέμα',
      host: 'agency/mayor',
    });
    expect(confirmed).toContain('για την 1η Φεβρουαρίου 2027 (Δευτέρα)');
    expect(firstOf('el', 'appointment.confirmed', { on: '2027-02-02', subject: 'Θέμα' })).toContain(
      'για τις 2 Φεβρουαρίου',
    );
    expect(said(inLanguage('el'), { name: 'case', sentence: '{why}' }, { why: 'στις 1 Φεβρουαρίου' })).toContain(
      'στις 1 Φεβρουαρίου',
    );
  });

  it('and has it in every sentence', () => {
    const language = inLanguage('el');
    const written = sentencesOf(language).map((each) => onTheFirst(language, each));
    expect(written.filter((each) => each.includes('1η Φεβρουαρίου')).length).toBeGreaterThan(100);
    expect(written.filter((each) => /τις 1|(?<!\d)1 (Φεβρ|Μαρτ)/.test(each))).toEqual([]);
  });
});

it('in Romanian no preposition stands before a weekday that does not take one', () => {
  const language = inLanguage('ro');
  const whole = Object.entries(language.texts).flatMap(([name, text]) =>
    ('ask' in text ? [text.otherwise, text.why ?? ''] : text.body).map((sentence) => ({ name, sentence })),
  );
  const shared = Object.values(language.frame).filter((each) => typeof each === 'string');
  const ofAll = [...shared, language.ladder.brought, language.ladder.moved];
  const written = [...whole, ...ofAll.map((sentence) => ({ name: 'case', sentence }))].map((each) =>
    onTheFirst(language, each),
  );
  expect(written.filter((each) => each.includes('luni, 1 februarie 2027')).length).toBeGreaterThan(100);
  expect(written.filter((each) => /(?<!\p{L})(din|la|între|după) luni,/u.test(each))).toEqual([]);
});
