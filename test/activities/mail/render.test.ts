import { describe, expect, it } from 'vitest';
import { factsNamedIn } from '../../../activities/mail/icu.ts';
import { render, renderText } from '../../../activities/mail/render.ts';
import type { Unwritten } from '../../../activities/mail/writer.ts';
import { type Notice, type Reminder, textIn } from '../../../activities/mail/texts.ts';
import type { Facts } from '../../../domain/lifecycle.ts';
import { message, names } from './samples.ts';

const { language } = textIn('en', 'case.undelivered');

const complete: Reminder = {
  ask: 'Complete “{topic}”',
  otherwise: 'The superior is told.',
  why: '{hasMeeting, select, yes {It comes from {meeting}.} other {It comes from no meeting.}}',
  how: ['./entente action reportDone {id} --topic {topic}'],
};

const reminded = (part: Partial<Unwritten> = {}, facts: Facts = {}, text: Reminder | Notice = complete) =>
  renderText(text, message(part, facts), { language, zone: 'Asia/Seoul', names });

const noticed = (body: string, facts: Facts = {}, case_id = 'action/kr-gr-1') =>
  reminded({ case_id, tone: null }, facts, { subject: 'News', body: [body] });

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

  it.each<[string, Partial<Unwritten>, string, string]>([
    [
      'the day after, when mail was held up',
      { tone: 'due', at: '2018-12-16T00:00:00.000Z' },
      'Overdue since 14 December 2018: Complete “Documents”',
      'Overdue by 2 days',
    ],
    [
      'the day after, though it was to come before',
      { tone: 'before', at: '2018-12-15T00:00:00.000Z' },
      'Overdue since 14 December 2018: Complete “Documents”',
      'Overdue by 1 day',
    ],
    [
      'before the day, which has been moved meanwhile',
      { tone: 'due', at: '2018-12-12T00:00:00.000Z' },
      'By 14 December 2018: Complete “Documents”',
      'Due in 2 days',
    ],
    [
      'on the day, for which it was late by another calendar',
      { tone: 'overdue', at: '2018-12-14T00:00:00.000Z' },
      'Due today, 14 December 2018: Complete “Documents”',
      'Due today',
    ],
  ])('says by the day on which it goes whether that is today: %s', (_, part, subject, heading) => {
    const written = reminded(part, { topic: 'Documents' });
    expect([written.subject, written.text.split('\n')[0]]).toEqual([subject, heading]);
    expect(written.text.match(/\btoday\b/gi) ?? []).toHaveLength(heading === 'Due today' ? 1 : 0);
  });

  it('counts the days where it is due, not where the machine stands', () => {
    expect(reminded({ at: '2018-12-13T15:30:00.000Z' }).text).toMatch(/^Due today/);
  });

  it('says which reminder it is, what it stands for, and when it was first due', () => {
    const plain = reminded();
    expect(plain.text).toContain('This is reminder 3 of 10.');
    expect(plain.text).not.toMatch(/stands for|first due/);
    const collapsed = reminded({}, { missed: 2, firstDue: '2018-11-30' }).text.replaceAll('\n', ' ');
    expect(collapsed).toContain('This mail stands for 3 reminders that could not go out in time.');
    expect(collapsed).toContain('This was first due on Friday, 30 November 2018.');
  });

  it('does not say to those above that they have had as many reminders as whoever owes it', () => {
    const above = reminded({ tone: 'escalation', level: 'superior' }, { rung: 7 }).text.replaceAll('\n', ' ');
    expect(above).toContain('7 of 10 reminders in this matter have gone out so far.');
    expect(above).not.toContain('This is reminder');
  });

  it.each([
    ['en', 'say what became of “The second meeting”, whose day has passed, or set another day'],
    ['ko', '날짜가 지난 “The second meeting”의 경과 기록 또는 새 날짜 지정'],
    ['el', 'Καταχώριση της έκβασης ή ορισμός νέας ημέρας'],
    ['ro', 'Consemnarea rezultatului sau stabilirea altei zile'],
  ])('asks nothing for a meeting that is over but what became of it: %s', (language, ask) => {
    const meeting = { title: 'The second meeting', on: '2018-12-01', place: 'Athens', number: 2, host: 'agency/klid' };
    const letter = (facts: Facts) =>
      render(
        message({ text: 'meeting.agenda', tone: 'overdue', at: '2018-12-17T03:00:00.000Z' }, { ...meeting, ...facts }),
        { language, zone: 'Asia/Seoul' },
        names,
      ).subject;
    expect(letter({})).toContain(ask);
    expect(letter({ on: '2018-12-20' })).not.toContain(ask);
  });

  it.each([
    ['en', 0, 'Nothing is owed by the coordinator at present.'],
    ['en', 2, '2 things are owed by the coordinator at present; the first is due on Friday, 14 December 2018.'],
    ['ko', 2, '현재 총괄담당자가 처리할 사항은 2건이며, 가장 이른 기한은 2018년 12월 14일 금요일입니다.'],
  ])('says to a new coordinator how much comes to them, and by when: %s, %d', (language, count, says) => {
    const asked = message({ text: 'case.coordinating', tone: null }, { handedBy: 'person/kim-minji', count });
    const { text } = render(asked, { language, zone: 'Asia/Seoul' }, names);
    expect(text.replaceAll(/\s+/g, ' ')).toContain(says);
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
  it.each<[body: string, facts: Facts, shown: string, id?: string]>([
    ['{owner} and {reportedBy}', { reportedBy: 'person/kim-minji' }, 'KLID 한국지역정보개발원 and Kim Min-ji'],
    ['to {recipient}', { recipient: 'superior-of/agency/klid' }, 'to the superior of KLID 한국지역정보개발원'],
    ['{countries}', {}, 'Republic of Korea and Greece'],
    ['{agencies}', { agencies: ['agency/klid', 'agency/mayor'] }, 'KLID 한국지역정보개발원 and Υπουργείο', 'visit/kr'],
    ['from {meeting}', { meeting: 'meeting/kr-gr-2' }, 'from Second meeting (meeting/kr-gr-2)'],
    ['{unknown}', { unknown: 'agency/not-imported' }, 'agency/not-imported'],
    ['on {due}', {}, 'on Friday, 14 December 2018'],
    ['every {frequency}', { frequency: 'P1Y6M' }, 'every 1 year, 6 months', 'committee/kr-gr'],
    [
      '{plan}',
      { plan: '2018-12-10 09:00: Opening (2018-12-11), minutes-2018-12-12.pdf, 2018-12-13.' },
      '10 December 2018 09:00: Opening (11 December 2018), minutes-2018-12-12.pdf, 13 December 2018.',
      'edition/kr-3',
    ],
    ['for {audience}', { audience: 'GR' }, 'for GR', 'edition/kr-3'],
    ['paid by {funding}', { funding: 'P30D' }, 'paid by P30D', 'edition/kr-3'],
    ['in {languages}', { languages: ['ko', 'el'] }, 'in Korean and Greek', 'mou/kr-gr'],
    ['{n, plural, one {# day} other {# days}}', { n: 1 }, '1 day'],
    ['{late, select, true {late} other {in time}}', { late: true }, 'late'],
    ['[{missing}] {hasMissing} {hasTitle} {hasempty} {hasList}', { empty: '', list: [] }, '[] no yes no no'],
  ])('%s are shown as people read them', (body, facts, shown, id) => {
    expect(noticed(body, facts, id).text.replaceAll('\n', ' ')).toContain(shown);
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
