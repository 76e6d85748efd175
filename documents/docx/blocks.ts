import { BorderStyle, HeadingLevel, Paragraph, type Table } from 'docx';
import type { Token, Tokens } from 'marked';
import type { Country } from '../../domain/fields.ts';
import { runsOf } from './runs.ts';
import { signaturesOf, tableOf } from './tables.ts';

/** Comments in a template that say what Markdown cannot. They stand alone between empty lines. */
export const directives = ['page break', 'signatures', 'landscape'] as const;
type Directive = (typeof directives)[number];

const directive = /^<!--\s*(.*?)\s*-->\s*$/s;

export const directiveOf = (token: Token): Directive | undefined => {
  const [, words] = token.type === 'html' ? (directive.exec(token.raw) ?? []) : [];
  return directives.find((each) => each === words);
};

const headings = [
  HeadingLevel.HEADING_1,
  HeadingLevel.HEADING_2,
  HeadingLevel.HEADING_3,
  HeadingLevel.HEADING_4,
] as const;

/** How the text of a document is laid out: its width in twentieths of a point, and whose names may stand in it. */
export interface Layout {
  readonly width: number;
  readonly countries: readonly Country[];
}

/** The blocks of a Markdown document as those of a DOCX. */
export function blocksOf(tokens: readonly Token[], layout: Layout): (Paragraph | Table)[] {
  const blocks: (Paragraph | Table)[] = [];
  let lists = 0;
  let before: Directive | undefined;
  for (const token of tokens.filter(({ type }) => type !== 'space' && type !== 'def')) {
    if (before === 'page break' && token.type !== 'heading')
      blocks.push(new Paragraph({ style: 'Cell', pageBreakBefore: true }));
    if (token.type === 'list') lists += 1;
    blocks.push(...blockOf(token, layout, before, lists));
    before = directiveOf(token);
  }
  return blocks;
}

function blockOf(token: Token, layout: Layout, before: Directive | undefined, list: number): (Paragraph | Table)[] {
  const { width, countries } = layout;
  switch (token.type) {
    case 'heading': {
      const heading = headings[token.depth - 1] ?? HeadingLevel.HEADING_4;
      return [
        new Paragraph({ heading, pageBreakBefore: before === 'page break', children: runsOf(token.tokens, countries) }),
      ];
    }
    case 'table': {
      const lay = before === 'signatures' ? signaturesOf : tableOf;
      return [lay(token as Tokens.Table, width, countries), new Paragraph({ style: 'Cell' })];
    }
    case 'list':
      return itemsOf(token as Tokens.List, countries, list, 0);
    case 'blockquote':
      return blocksOf(token.tokens ?? [], layout);
    case 'hr':
      return [new Paragraph({ border: { bottom: { style: BorderStyle.SINGLE, size: 6, color: '8C8C8C', space: 1 } } })];
    case 'html':
      return [];
    case 'paragraph':
      return [new Paragraph({ children: runsOf(token.tokens, countries) })];
    default:
      return [new Paragraph({ children: runsOf([token], countries) })];
  }
}

/** The name of the numbering of a list that counts from `start` on. */
export const numberingFrom = (start: number): string => `numbers-${start}`;
export const bullets = 'bullets';

/** Each list counts from its own beginning. */
function itemsOf(
  { ordered, items, start }: Tokens.List,
  countries: readonly Country[],
  list: number,
  level: number,
): Paragraph[] {
  const reference = ordered ? numberingFrom(Number(start) || 1) : bullets;
  return items.flatMap((item) => {
    const nested = item.tokens.filter((token): token is Tokens.List => token.type === 'list');
    const own = item.tokens.filter(({ type }) => type !== 'list' && type !== 'space');
    return [
      ...own.map(
        (token, index) =>
          new Paragraph({
            style: 'Item',
            ...(index === 0
              ? { numbering: { reference, level, instance: list } }
              : { indent: { left: 400 * (level + 1) } }),
            children: runsOf('tokens' in token ? token.tokens : [token], countries),
          }),
      ),
      ...nested.flatMap((inner) => itemsOf(inner, countries, list, level + 1)),
    ];
  });
}
