import { describe, expect, it } from 'vitest';
import { renderDigest } from '../../../activities/mail/digest.ts';
import { render, renderText } from '../../../activities/mail/render.ts';
import { textIn } from '../../../activities/mail/texts.ts';
import type { Named, Names } from '../../../database/names.ts';
import { message, names as known } from './samples.ts';

/** How letters begin and end: as an office writes to an office, in words that fit whoever reads them. */

const names: Names = new Map<string, Named>([
  ...known,
  [
    'person/kim-minji',
    { name: '김민지', address: 'kim-minji@example.org', office: '국제협력과장', agency: '행정안전부' },
  ],
  ['person/no-office', { name: 'Ana Ionescu', agency: 'MCSI' }],
]);
const reader = { zone: 'Europe/Athens', person: 'papadopoulou', name: 'Ελένη Παπαδοπούλου' };

const written = (language: string, more: object = {}, facts = {}) =>
  render(message({}, facts), { ...reader, language, ...more }, names);

const partsOf = (text: string): string[] => text.split('\n\n');

describe('a letter', () => {
  it.each([
    ['en', 'Head of Unit', 'Ελένη Παπαδοπούλου, Head of Unit\nDear Ελένη Παπαδοπούλου,'],
    ['en', undefined, 'Dear Ελένη Παπαδοπούλου,'],
    ['ko', '과장', 'Ελένη Παπαδοπούλου 과장 귀하'],
    ['ko', undefined, 'Ελένη Παπαδοπούλου 귀하'],
    ['el', 'Τμηματάρχης', 'Υπόψη: Ελένη Παπαδοπούλου, Τμηματάρχης\nΑξιότιμη κυρία, αξιότιμε κύριε,'],
    ['ro', undefined, 'În atenția: Ελένη Παπαδοπούλου\nStimată doamnă, stimate domnule,'],
  ])('addresses its reader below the heading, in %s with office %s', (language, office, salutation) => {
    const { text, html } = written(language, { office });
    expect(partsOf(text)[1]).toBe(salutation);
    for (const line of salutation.split('\n')) expect(html).toContain(line);
  });

  it.each([
    ['en', 'KLID\nDear Sir or Madam,'],
    ['ko', 'KLID 귀중'],
    ['el', 'Προς: KLID\nΑξιότιμες κυρίες, αξιότιμοι κύριοι,'],
    ['ro', 'Către: KLID\nStimate doamne, stimați domni,'],
  ])('addresses an agency where its mailbox is read by several, in %s', (language, salutation) => {
    expect(partsOf(written(language, { person: undefined, name: 'KLID' }).text)[1]).toBe(salutation);
  });

  it.each([
    ['en', 'Yours sincerely,\n김민지\n국제협력과장\n행정안전부'],
    ['ko', '행정안전부 국제협력과장 김민지 드림'],
    ['el', 'Με εκτίμηση,\n김민지\n국제협력과장\n행정안전부'],
    ['ro', 'Cu stimă,\n김민지\n국제협력과장\n행정안전부'],
  ])('ends with the coordinator’s name, office and agency, in %s', (language, closing) => {
    const { text, html } = written(language);
    expect(text).toContain(`\n\n${closing}\n\n-- \n`);
    for (const line of closing.split('\n')) expect(html).toContain(line);
  });

  it('leaves out an office that nobody has put on record', () => {
    const { text } = written('en', {}, { coordinator: 'person/no-office' });
    expect(text).toContain('Yours sincerely,\nAna Ionescu\nMCSI\n\n-- ');
  });

  it('is not signed by whoever reads it', () => {
    expect(written('en', { person: 'kim-minji', name: '김민지' }).text).not.toContain('Yours sincerely');
  });

  it('says its subject in full above, however long, though a header has room for less', () => {
    const topic = `Share ${'the plan of the portal '.repeat(12)}with all sides`;
    const { subject, text } = renderText(
      { subject: 'Please accept: {topic}', body: ['Please.'] },
      message({ tone: null }, { topic }),
      { ...reader, language: textIn('en', 'action.asked').language, names },
    );
    expect(subject).toMatch(/…$/);
    expect(partsOf(text)[0]?.replaceAll('\n', ' ')).toBe(`Please accept: ${topic}`);
  });
});

describe('a gathered mail', () => {
  const gathered = (coordinators: readonly string[]) =>
    renderDigest(
      coordinators.map((coordinator, index) => message({ case_id: `action/a-${index}` }, { coordinator })),
      { ...reader, language: 'en', country: 'GR', day: '2018-11-30' },
      names,
    ).text;

  it('greets once and ends once, whatever is in it', () => {
    const text = gathered(['person/kim-minji', 'person/kim-minji']);
    expect(text.match(/^Dear /gm)).toHaveLength(1);
    expect(text.match(/^Yours sincerely,$/gm)).toHaveLength(1);
  });

  it('is signed by nobody where several coordinate', () => {
    expect(gathered(['person/kim-minji', 'person/no-office'])).not.toContain('Yours sincerely');
  });
});
