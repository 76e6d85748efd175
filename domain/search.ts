import { type Refusal, refuse } from './refusal.ts';

const longest = 200;
const mostWords = 10;

/** Letters of their own in Unicode that people type as two others, or as the one without its stroke. */
const typedAs: Readonly<Record<string, string>> = {
  đ: 'd',
  ħ: 'h',
  ł: 'l',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ς: 'σ',
};

/**
 * A text as it is searched: whatever its accents, its capitals and the way its letters are put together. A syllable of
 * Hangul becomes its letters, so that one typed in parts is found, too.
 */
export const folded = (text: string): string =>
  text
    .toUpperCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[đħłøæœς]/g, (letter) => typedAs[letter] ?? letter)
    .replaceAll(/\s+/g, ' ')
    .trim();

/**
 * Its pairs of letters that follow one another, each as a number of 16 bits, in order: a text can hold a word only if it
 * has all of the word's. Several pairs may have one number.
 */
export function pairsOf(text: string): readonly number[] {
  const letters = Array.from(text, (letter) => letter.codePointAt(0) ?? 0);
  const pairs = letters.slice(1).flatMap((letter, index) => {
    const before = letters[index] ?? blank;
    return before === blank || letter === blank ? [] : [(((before * 257) ^ letter) << 16) >> 16];
  });
  return [...new Set(pairs)].sort((a, b) => a - b);
}

const blank = 32;

/** The words that a case has to hold, all of them and folded. */
export function searchedWords(text: string): readonly string[] | Refusal {
  if (Array.from(text).length > longest)
    return refuse('InvalidInput', `search: is longer than ${longest} characters; a few words of it will do.`);
  const words = [...new Set(folded(text).split(' '))].filter(Boolean);
  if (!words.some((word) => Array.from(word).length > 1))
    return refuse('InvalidInput', 'search: name at least one word of two letters or more.');
  if (words.length > mostWords)
    return refuse('InvalidInput', `search: has ${words.length} words; name ${mostWords} at most.`);
  return words;
}
