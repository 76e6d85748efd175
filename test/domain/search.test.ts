import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../domain/refusal.ts';
import { folded, pairsOf, searchedWords } from '../../domain/search.ts';
import { test } from '../property.ts';

describe('a text as it is searched', () => {
  it.each([
    ['Știință și învățământ', 'stiinta si invatamant'],
    ['Ştiinţă', 'stiinta'],
    ['Συνεργασία ΟΔΟΣ οδός', 'συνεργασια οδοσ οδοσ'],
    ['Straße İstanbul ısı', 'strasse istanbul isi'],
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

describe('the pairs of letters of a text', () => {
  test.prop([fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })])(
    'are there for each word within it',
    (before, word, after) => {
      const pairs = pairsOf(`${before}${word}${after}`);
      expect(pairsOf(word).filter((pair) => !pairs.includes(pair))).toEqual([]);
    },
  );

  it('are few, of two bytes each, and none goes over a blank', () => {
    expect(pairsOf('ab ba ab')).toHaveLength(2);
    expect(pairsOf('a b')).toEqual([]);
    for (const pair of pairsOf(folded('협력 😀😁 Київ'))) expect(pair).toBe((pair << 16) >> 16);
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
