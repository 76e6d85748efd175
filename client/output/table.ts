import Table from 'cli-table3';
import { plain } from './plain.ts';
import { widthOf, wrap } from './width.ts';

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

/** Each column as wide as its widest cell; if that is too much, the widest ones give way first. */
function columnWidths(cells: readonly (readonly string[])[], width: number): number[] {
  const count = cells[0]?.length ?? 0;
  const natural = Array.from({ length: count }, (_, column) =>
    Math.max(1, ...cells.flatMap((row) => (row[column] ?? '').split('\n').map(widthOf))),
  );
  const room = width - gap.length * (count - 1);
  const widths = [...natural];
  while (widths.reduce((sum, each) => sum + each, 0) > room) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= narrowestColumn) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}
