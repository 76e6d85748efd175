import {
  BorderStyle,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlign,
  WidthType,
} from 'docx';
import type { Tokens } from 'marked';
import type { Country } from '../../domain/fields.ts';
import { runsOf } from './runs.ts';

const thin = { style: BorderStyle.SINGLE, size: 4, color: '8C8C8C' };
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const allSides = (border: typeof thin | typeof none) => ({
  top: border,
  bottom: border,
  left: border,
  right: border,
  insideHorizontal: border,
  insideVertical: border,
});

/** About the width of a letter at the size of a table's text, and the room at the sides of a cell, in twentieths of a point. */
const letter = 105;
const padding = 100;

/** Each column at least as wide as its longest word, the rest shared by how much there is to read. */
export function widthsOf({ header, rows }: Tokens.Table, width: number): number[] {
  const texts = header.map((cell, column) => [cell.text, ...rows.map((row) => row[column]?.text ?? '')]);
  const least = texts.map(
    (column) =>
      Math.min(24, Math.max(3, ...column.flatMap((text) => text.split(/[\s/-]+/).map(({ length }) => length)))) *
        letter +
      2 * padding,
  );
  const weight = texts.map((column) => Math.sqrt(column.reduce((sum, { length }) => sum + Math.min(length, 400), 4)));
  const [leastInAll, weightInAll] = [sum(least), sum(weight)];
  const widths = least.map((each, column) =>
    leastInAll >= width
      ? (each / leastInAll) * width
      : each + ((width - leastInAll) * (weight[column] ?? 0)) / weightInAll,
  );
  return widths.map(Math.floor);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

/** A table as wide as the page; its head comes again on every page, and no row is torn apart. */
export function tableOf(token: Tokens.Table, width: number, countries: readonly Country[]): Table {
  const widths = widthsOf(token, width);
  const cellOf = (cell: Tokens.TableCell, column: number, head: boolean): TableCell =>
    new TableCell({
      width: { size: widths[column] ?? 0, type: WidthType.DXA },
      margins: { top: 50, bottom: 50, left: padding, right: padding },
      verticalAlign: VerticalAlign.TOP,
      ...(head ? { shading: { type: ShadingType.CLEAR, fill: 'E7ECF2', color: 'auto' } } : {}),
      children: [
        new Paragraph({ style: 'Cell', children: runsOf(cell.tokens, countries, head ? { bold: true } : {}) }),
      ],
    });
  const hasHead = token.header.some(({ text }) => text !== '');
  const head = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: token.header.map((cell, column) => cellOf(cell, column, true)),
  });
  const rows = token.rows.map(
    (row) => new TableRow({ cantSplit: true, children: row.map((cell, column) => cellOf(cell, column, false)) }),
  );
  return new Table({
    width: { size: sum(widths), type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: allSides(thin),
    rows: hasHead ? [head, ...rows] : rows,
  });
}

/** Where the sides sign: columns of equal width without lines around them, kept together on one page. */
export function signaturesOf({ header, rows }: Tokens.Table, width: number, countries: readonly Country[]): Table {
  const each = Math.floor(width / header.length);
  const all = [header, ...rows];
  return new Table({
    width: { size: each * header.length, type: WidthType.DXA },
    columnWidths: header.map(() => each),
    layout: TableLayoutType.FIXED,
    borders: allSides(none),
    rows: all.map(
      (row, index) =>
        new TableRow({
          cantSplit: true,
          children: row.map(
            (cell) =>
              new TableCell({
                width: { size: each, type: WidthType.DXA },
                margins: { left: padding, right: padding },
                children: [
                  new Paragraph({
                    style: 'Cell',
                    keepNext: index < all.length - 1,
                    spacing: { before: /^_{3,}/.test(cell.text) ? 900 : 40, after: 40 },
                    children: runsOf(cell.tokens, countries, index === 0 ? { bold: true } : {}),
                  }),
                ],
              }),
          ),
        }),
    ),
  });
}
