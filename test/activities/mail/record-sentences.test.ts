import { describe, expect, it } from 'vitest';
import { recordIn, sentencesIn } from '../../../activities/mail/record-sentences.ts';
import { languages, textsIn } from '../../../web/texts.ts';
import { inOwnWords } from './leaks.ts';

describe('sentences of the record, on pages in other languages', () => {
  it.each(languages.filter((code) => code !== 'en'))(
    'are said in %s, with all that such a sentence holds in its place',
    (code) => {
      const english = Object.keys(sentencesIn('ko'));
      expect(Object.keys(sentencesIn(code))).toEqual(english);
      const said = Object.entries(sentencesIn(code));
      const holes = (text: string): readonly string[] => [...text.matchAll(/\{(\d)/g)].map(([, hole = '']) => hole);
      expect(said.filter(([key, says]) => holes(says).some((hole) => !holes(key).includes(hole)))).toEqual([]);
      // Examples and what has to be typed are the same in every language.
      const foreign = said.flatMap(([key, says]) =>
        inOwnWords(says, code)
          .split(' ')
          .filter((word) => !key.includes(word)),
      );
      expect(foreign).toEqual([]);
    },
  );

  it('leave what people typed as they typed it', () => {
    const texts = textsIn('ko');
    expect(recordIn(texts, '"2018-12-14" stands on the agenda already.')).toBe('“2018-12-14”: 이미 의제에 있습니다.');
    expect(recordIn(texts, 'title: "none. is missing" stands on the programme already.')).toContain(
      '“none. is missing”',
    );
    expect(recordIn(texts, 'to: 2018-10-01 lies before the first day of the visit, 2018-10-16.')).toBe(
      '종료일: 2018년 10월 1일은 2018년 10월 16일보다 앞섭니다(방문 첫날).',
    );
    expect(recordIn(texts, 'What nobody has words for.')).toBeUndefined();
    expect(recordIn(textsIn('en'), 'That was decided already.')).toBeUndefined();
  });

  it('keep the cell of a sheet, and say hours with their day and clocks', () => {
    const texts = textsIn('el');
    expect(recordIn(texts, 'C (title): is missing')).toBe('C (title): λείπει');
    expect(recordIn(texts, 'D4: holds a formula; paste its value in its place')).toContain('D4: ');
    expect(recordIn(texts, 'Leg 2 is set for 22:00 to 2030-01-02, 01:30 (Europe/Athens) already.')).toBe(
      'Το σκέλος 2 έχει ήδη οριστεί έτσι (22:00–2 Ιανουαρίου 2030, 01:30 (Europe/Athens)).',
    );
    expect(recordIn(texts, 'The meeting is set for 09:30 without a known end already.')).toBe(
      'Έχει ήδη οριστεί έτσι: 09:30 χωρίς γνωστή λήξη.',
    );
  });

  it('say what a mail server means, with its own words behind', () => {
    const said = recordIn(textsIn('ko'), '550 5.1.1 <park@klid.example.org> User unknown');
    expect(said).toBe('그런 편지함이 없습니다. (550 5.1.1 <park@klid.example.org> User unknown)');
    expect(recordIn(textsIn('ko'), '452 4.2.2 Over quota')).toContain('가득');
  });
});
