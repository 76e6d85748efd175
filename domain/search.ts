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

type Letters = readonly number[];

const lettersOf = (text: string): Letters => Array.from(text, (letter) => letter.codePointAt(0) ?? blank);

/** What letters that follow one another come to, without those that have a blank between them. */
const numbersOf = (letters: Letters, length: number): readonly number[] =>
  inRow(letters, length)
    .filter((some) => !some.includes(blank))
    .map(numberOf);

const inRow = (letters: Letters, length: number): readonly Letters[] =>
  letters.map((_, from) => letters.slice(from, from + length)).filter((some) => some.length === length);

/** By what a text is found: all that two and three of its letters in a row come to, and four of its digits, in order. */
export function piecesOf(text: string): readonly number[] {
  const letters = lettersOf(text);
  return inOrder([...numbersOf(letters, 2), ...numbersOf(letters, 3), ...foursOf(letters)]);
}

/**
 * What a text has to have to hold a word: three letters say more than their pairs do, most of all of digits. There are so few
 * of these that many texts have three of a long number; four say more, and of 9999 three would be one and the same.
 */
export function piecesNeededFor(word: string): readonly number[] {
  const letters = lettersOf(word);
  if (letters.length < 3) return inOrder(numbersOf(letters, 2));
  const isLongNumber = letters.length > 3 && letters.every(isDigit);
  return inOrder([...(isLongNumber ? [] : numbersOf(letters, 3)), ...foursOf(letters)]);
}

/** Of digits alone. */
const foursOf = (letters: Letters): readonly number[] =>
  inRow(letters, 4)
    .filter((some) => some.every(isDigit))
    .map(numberOf);

const isDigit = (letter: number): boolean => letter >= 48 && letter <= 57;

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
