import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../domain/refusal.ts';
import { folded, piecesNeededFor, piecesOf, searchedWords } from '../../domain/search.ts';
import { test } from '../property.ts';

describe('a text as it is searched', () => {
  it.each([
    ['Știință și învățământ', 'stiinta si invatamant'],
    ['Ştiinţă', 'stiinta'],
    ['Συνεργασία ΟΔΟΣ οδός', 'συνεργασια οδοσ οδοσ'],
    ['Straße İstanbul ısı', 'strasse istanbul isi'],
    ['GROẞE \u{1d6a4}', 'grosse i'],
    ['Đorđević, Ćuković', 'dordevic, cukovic'],
    ['Київ Йосип', folded('КИЇВ ЙОСИП')],
    ['ＫＬＩＤ ﬁle', 'klid file'],
    ['전자정부', folded('전자정부'.normalize('NFD'))],
    [' two\n\t words ', 'two words'],
  ])('%s', (text, expected) => {
    expect(folded(text)).toBe(expected);
  });

  test.prop([fc.string({ unit: 'grapheme' })])(
    'is folded once for all, however its letters are put together',
    (text) => {
      expect(folded(folded(text))).toBe(folded(text));
      expect(folded(text.normalize('NFD'))).toBe(folded(text));
      expect(folded(text.toUpperCase())).toBe(folded(text));
    },
  );
});

describe('the pieces of a text', () => {
  test.prop([fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })])(
    'hold what each word within it needs',
    (before, word, after) => {
      const pieces = piecesOf(`${before}${word}${after}`);
      expect(piecesNeededFor(word).filter((piece) => !pieces.includes(piece))).toEqual([]);
    },
  );

  it('are few, of two bytes each, and none goes over a blank', () => {
    expect(piecesOf('ab ba ab')).toHaveLength(2);
    expect(piecesOf('a b')).toEqual([]);
    for (const piece of piecesOf(folded('협력 😀😁 Київ'))) expect(piece).toBe((piece << 16) >> 16);
  });

  it('tell a number from others with the same digits', () => {
    for (const number of ['42', '999', '9999', '99999']) expect(piecesNeededFor(number)).toHaveLength(1);
    const others = piecesOf('case 1999 of 2099, 99 and 9399');
    for (const number of ['99', '999', '1999'])
      expect(piecesNeededFor(number).filter((piece) => !others.includes(piece))).toEqual([]);
    for (const number of ['9999', '399999'])
      expect(piecesNeededFor(number).some((piece) => !others.includes(piece))).toBe(true);
  });

  test.prop([
    fc.stringMatching(/^[0-9a z-]{0,12}$/),
    fc.stringMatching(/^[0-9a-z]{0,8}$/),
    fc.stringMatching(/^[0-9 ]{0,9}$/),
  ])('hold what each number within it needs', (before, word, after) => {
    const pieces = piecesOf(`${before}${word}${after}`);
    expect(piecesNeededFor(word).filter((piece) => !pieces.includes(piece))).toEqual([]);
  });

  it('of three digits or of three letters of ASCII have hardly ever the same number', () => {
    const signs = Array.from('0123456789abcdefghijklmnopqrstuvwxyz');
    const all = signs.flatMap((a) => signs.flatMap((b) => signs.flatMap((c) => piecesNeededFor(a + b + c))));
    expect(new Set(all).size / all.length).toBeGreaterThan(0.6);
  });
});

describe('a search', () => {
  it('is of all its words, each once', () => {
    expect(searchedWords(' Egov  KOREA egov ')).toEqual(['egov', 'korea']);
    expect(searchedWords('a visit')).toEqual(['a', 'visit']);
  });

  it.each([
    ['a', 'two letters'],
    ['', 'two letters'],
    [' \u00a0\n', 'two letters'],
    ['\u0301', 'two letters'],
    ['x'.repeat(10_000), '200 characters'],
    ['a b c d e f g h i j k lm', '10 at most'],
  ])('%j is refused', (text, because) => {
    const refused = searchedWords(text);
    expect(isRefusal(refused) && refused.because).toContain(because);
  });
});
