import { readable } from '../domain/text.ts';

/** Text that is Markdown already, and is shown as it is. */
export class Markdown {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What could begin emphasis, code, a link, HTML, a table's next cell or a struck-out passage, and an entity. */
const inside = /[\\`*[\]<>#|~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|&(?=#?\w+;)/gu;
/** What would make a heading, a list, a quotation or a rule of the line that it begins. */
const atStart = /^([-+=]|\d+(?=[.)](?:\s|$)))/;

/** An address ends before what a sentence puts behind it. */
const address = /(https?:\/\/[^\s<>|`\\]*[^\s<>|`\\?!.,:;*_'"~()[\]&])/i;

/** Markdown would take addresses for links by itself, and every escape in them, or right behind, for a part of them. */
const escapedLine = (line: string): string =>
  line
    .split(address)
    .map((part, index) => (index % 2 === 1 ? `<${part}>` : escaped(part)))
    .join('')
    .replace(atStart, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`));

const escaped = (words: string): string => words.replace(inside, '\\$&').replaceAll(/www(?=\.)/gi, '$&\\');

/** People's words in one line: they stay the words that they are, whatever Markdown would make of them. */
export const asWords = (words: string): string => escapedLine(readable(words).replace(/\s+/gu, ' ').trim());

/** The same over several lines, as paragraphs. */
export const asParagraphs = (words: string): Markdown =>
  new Markdown(
    words
      .split(/\n+/)
      .map(asWords)
      .filter((line) => line !== '')
      .join('\n\n'),
  );
