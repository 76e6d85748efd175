import { describe, expect, it } from 'vitest';
import { render, renderText } from '../../../activities/mail/render.ts';
import type { Unwritten } from '../../../activities/mail/writer.ts';
import { type Notice, type Reminder, textIn } from '../../../activities/mail/texts.ts';
import type { InsteadOf } from '../../../database/addressee.ts';
import type { Facts } from '../../../domain/lifecycle.ts';
import { message, names, noticeFacts } from './samples.ts';

const complete: Reminder = {
  ask: 'Complete “{topic}”',
  otherwise: 'The superior is told.',
};

/** One reminder and one notice, in a language. */
const inLanguage = (code: string, text: Reminder | Notice, facts: Facts = {}, part: Partial<Unwritten> = {}) =>
  renderText(text, message(part, facts), {
    language: textIn(code, 'case.undelivered').language,
    zone: 'Europe/Athens',
    names,
  });

const said = (code: string, body: string, facts: Facts = {}, case_id = 'action/kr-gr-1'): string =>
  inLanguage(code, { subject: 'News', body: [body] }, facts, { case_id, tone: null }).text.replaceAll('\n', ' ');

describe('each language', () => {
  it.each([
    ['ko', '2018년 12월 14일 금요일 (한국 표준시 기준, 당일까지)'],
    ['el', '14 Δεκεμβρίου 2018 (Παρασκευή), έως το τέλος της ημέρας (Ώρα Κορέας)'],
    ['ro', 'vineri, 14 decembrie 2018, până la sfârșitul zilei (Ora standard a Coreei)'],
  ])('says in its own way by when: %s', (code, by) => {
    expect(inLanguage(code, complete).text.replaceAll(/\s+/g, ' ')).toContain(by);
  });

  it.each([
    ['ko', '대한민국 및 그리스, 1년, 한국어 및 그리스어, Kim Min-ji 님'],
    ['el', 'Δημοκρατία της Κορέας και Ελλάδα, 1 έτος, κορεατικά και ελληνικά, κ. Kim Min-ji'],
    ['ro', 'Republica Coreea și Grecia, 1 an, coreeană și greacă, Kim Min-ji'],
    ['en', 'Republic of Korea and Greece, 1 year, Korean and Greek, Kim Min-ji'],
  ])('names countries, periods, languages and people: %s', (code, shown) => {
    const facts = { duration: 'P1Y', languages: ['ko', 'el'] };
    expect(said(code, '{countries}, {duration}, {languages}, {coordinator}', facts, 'mou/kr-gr')).toContain(shown);
  });

  it.each([
    ['ko', 'superior-of/person/kim-minji', 'Kim Min-ji 님의 상급자'],
    ['el', 'superior-of/agency/klid', 'προϊσταμένη αρχή (KLID 한국지역정보개발원)'],
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
    const how = ['./entente mou takeUp {id}', './entente mou abandon {id}', 'Ή {reportedBy}.'];
    const { text, html } = inLanguage('el', { ...complete, how }, { reportedBy: 'person/kim-minji' });
    expect(text).toContain(
      'Τι μπορείτε να κάνετε:\n\n    ./entente mou takeUp action/kr-gr-1\n\n    ./entente mou abandon action/kr-gr-1\n\nΉ κ. Kim Min-ji.\n',
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

  it('say what rules and mail servers said, and leave what people wrote', () => {
    const why = 'That was decided already.';
    const written = (text: string, says: string, facts: Facts = {}) => {
      const letter = { ...message({ text, tone: null }), facts: { ...noticeFacts, ...facts, why: says } };
      return render(letter, { language: 'el', zone: 'Europe/Athens' }, names).text.replaceAll('\n', ' ');
    };
    expect(written('case.notOpened', why, { asked: 'action/kr-gr-9' })).toContain('απορρίφθηκε: Έχει ήδη αποφασιστεί.');
    expect(written('case.undelivered', '550 5.1.1 no such user')).toMatch(
      /Δεν υπάρχει τέτοιο\s+γραμματοκιβώτιο\.\s+\(550/,
    );
    expect(written('action.returned', why)).toContain(why);
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
    ['en', { why: 'left' }, 'For Lee Jiho, no longer in service as of Monday, 3 December 2018: it comes to you'],
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
