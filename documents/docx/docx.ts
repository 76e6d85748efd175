import {
  AlignmentType,
  Document,
  Footer,
  type INumberingOptions,
  type IStylesOptions,
  LevelFormat,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  TextRun,
} from 'docx';
import { lexer, type Token, type Tokens, walkTokens } from 'marked';
import type { Instant } from '../../domain/dates.ts';
import type { Country } from '../../domain/fields.ts';
import { blocksOf, bullets, directiveOf, numberingFrom } from './blocks.ts';
import { coreProperties, withoutClock } from './package.ts';
import { fonts, localeOf } from './scripts.ts';

/** What a DOCX says of itself, besides its text. */
export interface About {
  readonly title: string;
  /** A language code such as `en`. */
  readonly language: string;
  /** Whose names may stand in it: their languages are marked. */
  readonly countries: readonly Country[];
  /** When what it tells last changed; in place of the machine's clock, so that the same text makes the same bytes. */
  readonly asOf: Instant | undefined;
}

/** A4 and its margins, in twentieths of a point. */
const page = { width: 11_906, height: 16_838, margin: 1304 };

/** A DOCX of the same text as the Markdown. */
export async function docxOf(markdown: string, about: About): Promise<Buffer> {
  const tokens = lexer(markdown);
  const landscape = tokens.some((token) => directiveOf(token) === 'landscape');
  const width = (landscape ? page.height : page.width) - 2 * page.margin;
  const { margin } = page;
  const document = new Document({
    title: about.title,
    creator: 'Entente',
    styles: stylesIn(localeOf(about.language)),
    numbering: numberingOf(tokens),
    sections: [
      {
        properties: {
          page: {
            size: {
              width: page.width,
              height: page.height,
              orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
            },
            margin: { top: margin, bottom: margin, left: margin, right: margin },
          },
        },
        footers: { default: pageNumbers() },
        children: blocksOf(tokens, { width, countries: about.countries }),
      },
    ],
  });
  return withoutClock(await Packer.toBuffer(document, undefined, [coreProperties(about)]));
}

const pageNumbers = (): Footer =>
  new Footer({
    children: [
      new Paragraph({
        style: 'Cell',
        alignment: AlignmentType.CENTER,
        children: [new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] })],
      }),
    ],
  });

const heading = (size: number, before: number) => ({
  run: { size, bold: true, color: '1F2D3D' },
  paragraph: { spacing: { before, after: 120 }, keepNext: true, keepLines: true },
});

/** Sizes are in half points. */
const stylesIn = (locale: string): IStylesOptions => ({
  default: {
    document: {
      run: {
        size: 21,
        font: { ascii: fonts.latin, hAnsi: fonts.latin, cs: fonts.latin, eastAsia: fonts.hangul },
        language: { value: locale, eastAsia: 'ko-KR' },
      },
      paragraph: { spacing: { after: 120, line: 276 } },
    },
    heading1: heading(30, 0),
    heading2: heading(24, 280),
    heading3: heading(21, 200),
    heading4: heading(21, 160),
  },
  paragraphStyles: [
    { id: 'Cell', name: 'Cell', basedOn: 'Normal', run: { size: 19 }, paragraph: { spacing: { after: 0, line: 252 } } },
    { id: 'Item', name: 'Item', basedOn: 'Normal', paragraph: { spacing: { after: 60 } } },
  ],
});

const levels = [0, 1, 2, 3];
const indentAt = (level: number) => ({ paragraph: { indent: { left: 400 * (level + 1), hanging: 400 } } });

/** A list that counts from a number other than one needs a numbering of its own. */
function numberingOf(tokens: Token[]): INumberingOptions {
  const starts = new Set<number>();
  const look = (token: Token): void => {
    if (token.type === 'list' && (token as Tokens.List).ordered) starts.add(Number(token.start) || 1);
  };
  void walkTokens(tokens, look);
  return {
    config: [
      {
        reference: bullets,
        levels: levels.map((level) => ({
          level,
          format: LevelFormat.BULLET,
          text: level % 2 === 0 ? '•' : '–',
          alignment: AlignmentType.LEFT,
          style: indentAt(level),
        })),
      },
      ...[...starts].map((start) => ({
        reference: numberingFrom(start),
        levels: levels.map((level) => ({
          level,
          start: level === 0 ? start : 1,
          format: level % 2 === 0 ? LevelFormat.DECIMAL : LevelFormat.LOWER_LETTER,
          text: `%${level + 1}.`,
          alignment: AlignmentType.LEFT,
          style: indentAt(level),
        })),
      })),
    ],
  };
}
