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
    .normalize('NFKD')
    // ẞ has no capital of its own, and becomes SS from its small letter alone.
    .toLowerCase()
    .toUpperCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[đħłøæœς]/g, (letter) => typedAs[letter] ?? letter)
    .replaceAll(/\s+/g, ' ')
    .trim();

/** A number of 16 bits for some letters that follow one another. Others may have the same: the golden ratio spreads them. */
const numberOf = (letters: readonly number[]): number =>
  letters.reduce((before, letter) => (((before * 40_503) ^ letter) << 16) >> 16, 0);

const inOrder = (numbers: Iterable<number>): readonly number[] => [...new Set(numbers)].sort((a, b) => a - b);

/** What two or three letters that follow one another come to, without those that have a blank between them. */
function numbersOf(text: string, length: number): readonly number[] {
  const letters = Array.from(text, (letter) => letter.codePointAt(0) ?? blank);
  return letters
    .map((_, from) => letters.slice(from, from + length))
    .filter((some) => some.length === length && !some.includes(blank))
    .map(numberOf);
}

/** By what a text is found: all that two and three of its letters in a row come to, in order. */
export const piecesOf = (text: string): readonly number[] => inOrder([...numbersOf(text, 2), ...numbersOf(text, 3)]);

/** What a text has to have to hold a word: three letters say more than their pairs do, most of all of digits. */
export const piecesNeededFor = (word: string): readonly number[] =>
  inOrder(numbersOf(word, Array.from(word).length > 2 ? 3 : 2));

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
