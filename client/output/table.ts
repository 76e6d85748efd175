import Table from 'cli-table3';
import { plain } from './plain.ts';
import { longestWord, widthOf, wrap } from './width.ts';

const gap = '  ';
const narrowestColumn = 7;
const narrowestTable = 40;

// biome-ignore format: sides of a table, one a line
const noBorders = {
  top: '', 'top-mid': '', 'top-left': '', 'top-right': '',
  bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '',
  left: '', 'left-mid': '', right: '', 'right-mid': '',
  mid: '─', 'mid-mid': '──', middle: gap,
};

/** A table that is never wider than asked; long cells are wrapped. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[], width: number): string {
  const cells = [head, ...rows].map((row) => row.map(plain));
  const widths = columnWidths(cells, Math.max(width, narrowestTable));
  const [wrappedHead = [], ...wrapped] = cells.map((row) =>
    row.map((cell, column) => wrap(cell, widths[column] ?? 1).join('\n')),
  );
  const table = new Table({
    head: wrappedHead,
    colWidths: widths,
    chars: noBorders,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
  });
  table.push(...wrapped);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Each column as wide as its widest cell. If that is too much, the widest give way: first where no word has to be broken. */
function columnWidths(cells: readonly (readonly string[])[], width: number): number[] {
  const columns = (cells[0] ?? []).map((_, column) => cells.map((row) => row[column] ?? ''));
  const natural = columns.map((texts) => Math.max(1, ...texts.flatMap((text) => text.split('\n').map(widthOf))));
  const unbroken = columns.map((texts) => Math.max(narrowestColumn, ...texts.map(longestWord)));
  const room = width - gap.length * (columns.length - 1);
  const shrunk = shrink(natural, unbroken, room);
  return shrink(
    shrunk,
    natural.map(() => narrowestColumn),
    room,
  );
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
