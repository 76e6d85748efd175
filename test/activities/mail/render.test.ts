import { describe, expect, it } from 'vitest';
import { factsNamedIn } from '../../../activities/mail/icu.ts';
import { render, renderText, type Unwritten } from '../../../activities/mail/render.ts';
import { type Notice, type Reminder, textIn } from '../../../activities/mail/texts.ts';
import type { InsteadOf } from '../../../database/addressee.ts';
import type { Facts } from '../../../domain/lifecycle.ts';
import { noticeFacts, reminderFacts } from './samples.ts';

const { language } = textIn('en', 'case.undelivered');

const names = new Map([
  ['agency/klid', { name: 'KLID 한국지역정보개발원' }],
  ['agency/mayor', { name: 'Υπουργείο Διοικητικής Ανασυγκρότησης' }],
  ['person/kim-minji', { name: 'Kim Min-ji', address: 'kim-minji@example.org' }],
  ['KR', { name: 'Republic of Korea' }],
  ['GR', { name: 'Greece' }],
  ['meeting/kr-gr-2', { name: 'Second meeting (meeting/kr-gr-2)' }],
]);

const complete: Reminder = {
  ask: 'Complete “{topic}”',
  otherwise: 'The superior is told.',
  why: '{hasMeeting, select, yes {It comes from {meeting}.} other {It comes from no meeting.}}',
  how: ['npx entente action reportDone {id} --topic {topic}'],
};

const message = (part: Partial<Unwritten>, facts: Facts = {}): Unwritten => ({
  case_id: 'action/kr-gr-1',
  text: 'action.complete',
  tone: 'before',
  level: 'owner',
  at: '2018-11-30T00:00:00.000Z',
  ...part,
  facts: { ...reminderFacts, ...facts },
});

const reminded = (part: Partial<Unwritten> = {}, facts: Facts = {}, text: Reminder | Notice = complete) =>
  renderText(text, message(part, facts), { language, zone: 'Asia/Seoul', names });

const noticed = (body: string, facts: Facts = {}) => reminded({ tone: null }, facts, { subject: 'News', body: [body] });

describe('a reminder', () => {
  it.each<[Partial<Unwritten>, string, string]>([
    [{}, 'By 14 December 2018: Complete “Documents”', 'Due in 14 days'],
    [{ at: '2018-12-13T00:00:00.000Z' }, 'By 14 December 2018: Complete “Documents”', 'Due tomorrow'],
    [{ tone: 'due', at: '2018-12-14T00:00:00.000Z' }, 'Due today, 14 December 2018: Complete “Documents”', 'Due today'],
    [
      { tone: 'overdue', at: '2018-12-17T00:00:00.000Z' },
      'Overdue since 14 December 2018: Complete “Documents”',
      'Overdue by 3 days',
    ],
    [
      { tone: 'escalation', level: 'superior', at: '2018-12-24T00:00:00.000Z' },
      'For your attention: KLID 한국지역정보개발원 has owed since 14 December 2018: Complete “Documents”',
      'For your attention: 10 days overdue',
    ],
  ])('says in its subject and first lines what, by when, and what happens otherwise: %o', (part, subject, heading) => {
    const written = reminded(part, { topic: 'Documents' });
    expect(written.subject).toBe(subject);
    expect(written.text.split('\n').slice(0, 7)).toEqual([
      heading,
      '',
      '  What:       Complete “Documents”',
      '  By:         Friday, 14 December 2018 (end of day, Korean Standard',
      '              Time)',
      '  Otherwise:  The superior is told.',
      '  Owed by:    KLID 한국지역정보개발원',
    ]);
    for (const said of [heading, 'Complete “Documents”', 'end of day, Korean Standard Time', 'The superior is told.'])
      expect(written.html).toContain(said);
  });

  it('counts the days where it is due, not where the machine stands', () => {
    expect(reminded({ at: '2018-12-13T15:30:00.000Z' }).text).toMatch(/^Due today/);
  });

  it('says which reminder it is, what it stands for, and when it was first due', () => {
    const plain = reminded();
    expect(plain.text).toContain('This is reminder 3 of 10.');
    expect(plain.text).not.toMatch(/stands for|first due/);
    const collapsed = reminded({}, { missed: 2, firstDue: '2018-11-30' }).text.replaceAll('\n', ' ');
    expect(collapsed).toContain('It stands for 3 reminders that could not go out in time.');
    expect(collapsed).toContain('This was first due on Friday, 30 November 2018.');
  });

  it.each([
    ['superior', 'You read this as the superior'],
    ['coordinator', 'You read this as the coordinator'],
    ['coChairs', 'You read this as a co-chair'],
  ])('tells the %s why they read it', (level, why) => {
    expect(reminded({ tone: 'escalation', level }).text).toContain(why);
    expect(reminded({ tone: 'overdue', level: 'owner' }).text).not.toContain('You read this');
  });
});

describe('facts', () => {
  it.each<[string, Facts, string]>([
    ['{owner} and {who}', { who: 'person/kim-minji' }, 'KLID 한국지역정보개발원 and Kim Min-ji'],
    ['to {recipient}', { recipient: 'superior-of/agency/klid' }, 'to the superior of KLID 한국지역정보개발원'],
    ['{countries}', {}, 'Republic of Korea and Greece'],
    ['{agencies}', { agencies: ['agency/klid', 'agency/mayor'] }, 'KLID 한국지역정보개발원 and Υπουργείο'],
    ['from {meeting}', { meeting: 'meeting/kr-gr-2' }, 'from Second meeting (meeting/kr-gr-2)'],
    ['{unknown}', { unknown: 'agency/not-imported' }, 'agency/not-imported'],
    ['on {due}', {}, 'on Friday, 14 December 2018'],
    [
      'at {opened}',
      { opened: '2018-09-28T06:00:00.000Z' },
      'at Friday, 28 September 2018 at 15:00 (Korean Standard Time)',
    ],
    ['every {frequency}', { frequency: 'P1Y6M' }, 'every 1 year, 6 months'],
    [
      '{plan}',
      { plan: '2018-12-10 09:00: Opening (2018-12-11), minutes-2018-12-12.pdf, 2018-12-13.' },
      '10 December 2018 09:00: Opening (11 December 2018), minutes-2018-12-12.pdf, 13 December 2018.',
    ],
    ['in {languages}', { languages: ['ko', 'el'] }, 'in Korean and Greek'],
    ['{n, plural, one {# day} other {# days}}', { n: 1 }, '1 day'],
    ['{late, select, true {late} other {in time}}', { late: true }, 'late'],
    ['[{missing}] {hasMissing} {hasTitle} {hasempty} {hasList}', { empty: '', list: [] }, '[] no yes no no'],
  ])('%s are shown as people read them', (body, facts, shown) => {
    expect(noticed(body, facts).text.replaceAll('\n', ' ')).toContain(shown);
  });

  it('say days without their weekday in a subject, where room is scarce', () => {
    const notice = { subject: 'Invitation to meeting {number} on {on}', body: ['It is on {on}.'] };
    const { subject, text } = reminded({ tone: null }, { number: 2, on: '2018-12-14' }, notice);
    expect(subject).toBe('Invitation to meeting 2 on 14 December 2018');
    expect(text).toContain('It is on Friday, 14 December 2018.');
  });

  it('leave words alone that only look like a country or a day', () => {
    expect(noticed('{topic}', { topic: 'KR' }).text).toContain('\n\nKR\n');
  });

  it('go into a command as commands take them, quoted where a shell would read more into them', () => {
    const how = (facts: Facts) => /reportDone.*/.exec(reminded({}, facts).text)?.[0];
    expect(how({ topic: '2018-12-14' })).toBe('reportDone action/kr-gr-1 --topic 2018-12-14');
    expect(how({ topic: "it's $(rm -rf /)" })).toBe(`reportDone action/kr-gr-1 --topic 'it'\\''s $(rm -rf /)'`);
  });
});

it('finds every fact that a text names, also within its branches', () => {
  const text = '{a} {b, select, yes {{c}} other {{d, plural, one {#} other {{e}}}}} {f, number}';
  expect(factsNamedIn(text, 'en')).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});

describe('what people write', () => {
  it('is never taken for markup, in the subject, the text or the HTML', () => {
    const topic = '<script>alert(1)</script> & "quoted" <img src=x onerror=alert(1)>';
    const { html, text, subject } = reminded({}, { topic, title: topic });
    expect(html).not.toMatch(/<script|<img/);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(subject).toContain('<script>');
    expect(text.replaceAll(/\s+/g, ' ')).toContain('<script>alert(1)</script> & "quoted"');
  });

  it('is never taken for a message format', () => {
    const { subject } = reminded({}, { topic: "{owner} '{'x'}' # {n, plural, other {#}} <b>" });
    expect(subject).toBe("By 14 December 2018: Complete “{owner} '{'x'}' # {n, plural, other {#}} <b>”");
  });

  it.each(['a\r\nBcc: victim@example.net', 'a\nb', 'a\u2028b', 'a\u0000b'])(
    'makes no second line of a subject: %j',
    (topic) => {
      expect(reminded({}, { topic }).subject).toMatch(/^[^\p{Cc}\u2028\u2029]+$/u);
    },
  );

  it('keeps a subject readable, however long a title is', () => {
    const { subject } = reminded({}, { topic: '가'.repeat(300) });
    expect(Array.from(subject)).toHaveLength(160);
    expect(subject.endsWith('…')).toBe(true);
  });

  it('keeps its line breaks, and lines of at most 72 columns of which Hangul takes two', () => {
    const { text } = noticed('{report}', { report: `first\nsecond ${'행정안전부 '.repeat(30)}` });
    expect(text).toContain('\nfirst\nsecond ');
    const columns = (line: string) => Array.from(line).length + (line.match(/\p{Script=Hangul}/gu)?.length ?? 0);
    expect(Math.max(...text.split('\n').map(columns))).toBeLessThanOrEqual(72);
  });
});

/** One reminder and one notice, in a language. */
const inLanguage = (code: string, text: Reminder | Notice, facts: Facts = {}, part: Partial<Unwritten> = {}) =>
  renderText(text, message(part, facts), {
    language: textIn(code, 'case.undelivered').language,
    zone: 'Europe/Athens',
    names,
  });

const said = (code: string, body: string, facts: Facts = {}): string =>
  inLanguage(code, { subject: 'News', body: [body] }, facts, { tone: null }).text.replaceAll('\n', ' ');

describe('each language', () => {
  it.each([
    ['ko', '2018년 12월 14일 금요일 (한국 표준시 기준, 당일까지)'],
    ['el', '14 Δεκεμβρίου 2018 (Παρασκευή), έως το τέλος της ημέρας (Χειμερινή ώρα Κορέας)'],
    ['ro', 'vineri, 14 decembrie 2018, până la sfârșitul zilei (Ora standard a Coreei)'],
  ])('says in its own way by when: %s', (code, by) => {
    expect(inLanguage(code, complete).text.replaceAll(/\s+/g, ' ')).toContain(by);
  });

  it.each([
    ['ko', '대한민국 및 그리스, 1년, 한국어 및 그리스어, Kim Min-ji 님'],
    ['el', 'Δημοκρατία της Κορέας και Ελλάδα, 1 έτος, Κορεατικά και Ελληνικά, κ. Kim Min-ji'],
    ['ro', 'Republica Coreea și Grecia, 1 an, coreeană și greacă, Kim Min-ji'],
    ['en', 'Republic of Korea and Greece, 1 year, Korean and Greek, Kim Min-ji'],
  ])('names countries, periods, languages and people: %s', (code, shown) => {
    const facts = { frequency: 'P1Y', languages: ['ko', 'el'], who: 'person/kim-minji' };
    expect(said(code, '{countries}, {frequency}, {languages}, {who}', facts)).toContain(shown);
  });

  it.each([
    ['ko', 'superior-of/person/kim-minji', 'Kim Min-ji 님의 상급자'],
    ['el', 'superior-of/agency/klid', 'η προϊσταμένη αρχή του/της KLID 한국지역정보개발원'],
    ['ro', 'superior-of/agency/klid', 'superiorul ierarhic pentru KLID 한국지역정보개발원'],
  ])('names who stands above somebody: %s', (code, recipient, shown) => {
    expect(said(code, '{recipient}', { recipient })).toContain(shown);
  });

  it.each([
    ['ko', 1, '기한이 1일 지났습니다'],
    ['el', 1, 'Εκπρόθεσμο κατά 1 ημέρα'],
    ['el', 2, 'Εκπρόθεσμο κατά 2 ημέρες'],
    ['ro', 1, 'Termen depășit cu 1 zi'],
    ['ro', 2, 'Termen depășit cu 2 zile'],
    ['ro', 20, 'Termen depășit cu 20 de zile'],
    ['ro', 101, 'Termen depășit cu 101 zile'],
  ])('counts days as its grammar does: %s, %d', (code, days, heading) => {
    const at = new Date(Date.UTC(2018, 11, 14 + days)).toISOString();
    expect(inLanguage(code, complete, {}, { tone: 'overdue', at }).text.split('\n')[0]).toBe(heading);
  });

  it('keeps the accent of a word that begins a sentence, as Greek does', () => {
    expect(inLanguage('el', { ...complete, ask: 'έλεγχος' }).text).toContain('Έλεγχος');
  });

  it('keeps a line to type as it is, and gives several one below the other', () => {
    const how = ['npx entente mou takeUp {id}', 'npx entente mou abandon {id}', 'Ή {who}.'];
    const { text, html } = inLanguage('el', { ...complete, how }, { who: 'person/kim-minji' });
    expect(text).toContain(
      'Τι μπορείτε να κάνετε:\n\n    npx entente mou takeUp action/kr-gr-1\n\n    npx entente mou abandon action/kr-gr-1\n\nΉ κ. Kim Min-ji.\n',
    );
    expect(html.match(/<pre>/g)).toHaveLength(2);
  });
});

describe('languages', () => {
  it('come as a whole, or the whole mail is English', () => {
    const asked = { ...message({ text: 'case.undelivered', tone: null }), facts: noticeFacts };
    const english = render(asked, { language: 'en', zone: 'Europe/Athens' }, names);
    for (const absent of ['bg', 'hy', '../../../etc', '', 'constructor'])
      expect(render(asked, { language: absent, zone: 'Europe/Athens' }, names)).toEqual(english);
  });

  it('know no text that is not written, and say where it belongs', () => {
    expect(() => render(message({ text: 'action.nosuch' }), { language: 'en', zone: 'UTC' }, names)).toThrow(
      'There is no text "action.nosuch"; write it into activities/mail/texts/en.',
    );
  });
});

describe('a message that somebody reads instead of another', () => {
  const read = (code: string, insteadOf: Partial<InsteadOf>, text: Reminder | Notice = complete) =>
    renderText(text, message({}), {
      language: textIn(code, 'case.undelivered').language,
      zone: 'Europe/Athens',
      names,
      insteadOf: { person: 'lee-jiho', name: 'Lee Jiho', why: 'away', day: '2018-12-03', ...insteadOf },
    });

  it.each<[string, Partial<InsteadOf>, string]>([
    ['en', { standsIn: true }, 'For Lee Jiho, who is away until Monday, 3 December 2018: you stand in.'],
    ['en', {}, 'Nobody who stands in can be reached, so it comes to you.'],
    ['en', { why: 'left' }, 'For Lee Jiho, who is no longer in service since Monday, 3 December 2018: it comes to you'],
  ])('says for whom it is, and why it comes to them: %s %o', (code, insteadOf, line) => {
    const { text, html } = read(code, insteadOf);
    expect(text.replaceAll(/\s+/g, ' ')).toContain(line);
    expect(html).toContain(line);
  });

  it.each<[string, string, string]>([
    ['ko', 'Lee Jiho 님', '2018년 12월 3일 월요일'],
    ['el', 'κ. Lee Jiho', '3 Δεκεμβρίου 2018 (Δευτέρα)'],
    ['ro', 'Lee Jiho', 'luni, 3 decembrie 2018'],
  ])('names them and the day, and words each reason of its own: %s', (code, name, day) => {
    const lines = [{ standsIn: true } as const, {}, { why: 'left' } as const].map(
      (insteadOf) => read(code, insteadOf).text.split('\n\n')[1]?.replaceAll(/\s+/g, ' ') ?? '',
    );
    for (const line of lines) expect([line.includes(name), line.includes(day)]).toEqual([true, true]);
    expect(new Set(lines).size).toBe(3);
  });

  it('says so below the heading, before what is asked, also in a notice', () => {
    const lines = read('en', { standsIn: true }).text.split('\n\n');
    expect(lines[1]).toMatch(/^For Lee Jiho/);
    expect(read('en', {}, { subject: 'News', body: ['Something.'] }).text.split('\n\n')[1]).toMatch(/^For Lee Jiho/);
  });

  it('shows a name as a name, whatever is in it', () => {
    const { html, text } = read('en', { name: '<b>{why}</b>', standsIn: true });
    expect(html).toContain('For &lt;b&gt;{why}&lt;/b&gt;, who is away');
    expect(text).toContain('For <b>{why}</b>, who is away');
  });
});
