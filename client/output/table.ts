import { plain } from './plain.ts';
import { longestUnbroken, longestWord, widthOf, wrap } from './width.ts';

const gap = '  ';
const narrowestColumn = 7;
const narrowestTable = 40;

/** A table that is never wider than asked; long cells are wrapped. Where ids and days would not stand whole side by side, each row becomes lines. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[], width: number): string {
  const cells = [head, ...rows].map((row) => row.map(plain));
  const room = Math.max(width, narrowestTable);
  const widths = columnWidths(cells, room);
  return widths ? sideBySide(cells, widths) : oneBelowTheOther(cells, room);
}

function sideBySide([head = [], ...rows]: readonly (readonly string[])[], widths: readonly number[]): string {
  const linesOf = (row: readonly string[]): string[] => {
    const columns = widths.map((width, column) => ({ width, lines: wrap(row[column] ?? '', width) }));
    const height = Math.max(...columns.map(({ lines }) => lines.length));
    return Array.from({ length: height }, (_, n) =>
      columns
        .map(({ width, lines: { [n]: line = '' } }) => line + ' '.repeat(Math.max(0, width - widthOf(line))))
        .join(gap)
        .trimEnd(),
    );
  };
  const rule = widths.map((width) => '─'.repeat(width)).join('─'.repeat(gap.length));
  return [...linesOf(head), ...(rows.length > 0 ? [rule] : []), ...rows.flatMap(linesOf)].join('\n');
}

/** A row as a paragraph: each of its cells beside the column's name, or below it where an id would be broken. */
function oneBelowTheOther([head = [], ...rows]: readonly (readonly string[])[], width: number): string {
  const labelColumns = Math.max(...head.map(widthOf)) + gap.length;
  const lineOf = (label: string, text: string): string[] => {
    const isBeside = longestUnbroken(text) <= width - labelColumns;
    const before = isBeside ? labelColumns : gap.length;
    const [first = '', ...rest] = wrap(text, width - before);
    const padding = ' '.repeat(Math.max(0, labelColumns - widthOf(label)));
    const start = isBeside ? [`${label}${padding}${first}`] : [label, `${gap}${first}`];
    return [...start, ...rest.map((line) => `${' '.repeat(before)}${line}`)];
  };
  const paragraphOf = (row: readonly string[]) =>
    row.flatMap((cell, column) => (cell === '' ? [] : lineOf(head[column] ?? '', cell)));
  return rows.map((row) => paragraphOf(row).join('\n')).join('\n\n');
}

/** Each column as wide as its widest cell. If that is too much, the widest give way: first where no word has to be broken; none if an id would be. */
function columnWidths(cells: readonly (readonly string[])[], width: number): number[] | undefined {
  const columns = (cells[0] ?? []).map((_, column) => cells.map((row) => row[column] ?? ''));
  const natural = columns.map((texts) => Math.max(1, ...texts.flatMap((text) => text.split('\n').map(widthOf))));
  const unbroken = columns.map((texts) => Math.max(narrowestColumn, ...texts.map(longestWord)));
  const least = columns.map((texts) => Math.max(narrowestColumn, ...texts.map(longestUnbroken)));
  const room = width - gap.length * (columns.length - 1);
  const widths = shrink(shrink(natural, unbroken, room), least, room);
  return widths.reduce((sum, each) => sum + each, 0) > room ? undefined : widths;
}

function shrink(widths: readonly number[], least: readonly number[], room: number): number[] {
  const shrunk = [...widths];
  const excess = () => shrunk.reduce((sum, each) => sum + each, 0) - room;
  while (excess() > 0) {
    const slack = shrunk.map((width, column) => (width > (least[column] ?? 0) ? width : 0));
    const widest = slack.indexOf(Math.max(...slack));
    if ((slack[widest] ?? 0) === 0) break;
    shrunk[widest] = (shrunk[widest] ?? 0) - 1;
  }
  return shrunk;
}
