import { type IRunOptions, TextRun } from 'docx';
import type { Token, Tokens } from 'marked';
import type { Country } from '../../domain/fields.ts';
import { readable } from '../../domain/text.ts';
import { stretchesOf } from './scripts.ts';

type Looks = Pick<IRunOptions, 'bold' | 'italics' | 'strike'>;

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: '\u00a0',
  '#39': "'",
};
const plain = (text: string): string => text.replace(/&([a-z]+|#39);/g, (all, name: string) => entities[name] ?? all);

const gap = /(\[missing: [^\]]*\])/;

/** The words of a paragraph, a heading or a cell, as runs: bold and italic, scripts and gaps told apart. */
export function runsOf(tokens: readonly Token[] = [], countries: readonly Country[], looks: Looks = {}): TextRun[] {
  return tokens.flatMap((token) => {
    switch (token.type) {
      case 'strong':
        return runsOf(token.tokens, countries, { ...looks, bold: true });
      case 'em':
        return runsOf(token.tokens, countries, { ...looks, italics: true });
      case 'del':
        return runsOf(token.tokens, countries, { ...looks, strike: true });
      case 'br':
        return [new TextRun({ break: 1 })];
      case 'link':
        return runsOf(token.tokens, countries, looks);
      case 'html':
        return /^<br\s*\/?>$/.test(token.raw.trim()) ? [new TextRun({ break: 1 })] : [];
      default: {
        if ('tokens' in token && token.tokens) return runsOf(token.tokens, countries, looks);
        return ofText((token as Tokens.Text).text, countries, looks);
      }
    }
  });
}

const ofText = (text: string, countries: readonly Country[], looks: Looks): TextRun[] =>
  readable(plain(text.replaceAll('\n', ' ')))
    .split(gap)
    .flatMap((part) => stretchesOf(part, countries).map((stretch) => runOf(stretch, looks, gap.test(part))));

function runOf(
  { text, language, font, foreign }: ReturnType<typeof stretchesOf>[number],
  looks: Looks,
  isGap: boolean,
) {
  return new TextRun({
    ...looks,
    text,
    ...(font ? { font } : {}),
    ...(language ? { language: { value: language } } : {}),
    ...(foreign && !language ? { noProof: true } : {}),
    ...(isGap ? { highlight: 'yellow' as const } : {}),
  });
}
