import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { InOrder } from '../../client/forecast/in-order.ts';
import { test } from '../property.ts';

/** What is listed of open cases is looked at group by group, and stands in the order in which all happens. */

interface Row {
  readonly at: string;
  readonly id: string;
  readonly nth: number;
}

/** Turns as they come in a group: at some instants, of some of its cases, the later ones also of earlier ids. */
const groups = fc
  .array(fc.array(fc.record({ at: fc.nat(6), of: fc.nat(2) }), { maxLength: 8 }), { maxLength: 8 })
  .map((all) =>
    all.map((turns, group) =>
      turns
        .toSorted((one, other) => one.at - other.at)
        .map(({ at, of }, nth): Row => ({ at: String(at), id: `${'cab'.charAt(of)}${group}`, nth })),
    ),
  );

const comesBefore = (one: Row, other: Row): boolean => one.at < other.at || (one.at === other.at && one.id < other.id);

/** As one walk through all groups has it: always the turn that comes first of those that are next in their groups. */
function inOneWalk(all: readonly (readonly Row[])[]): readonly Row[] {
  const left = all.map((rows) => [...rows]);
  const walked: Row[] = [];
  for (;;) {
    let first: Row[] | undefined;
    for (const rows of left) {
      const [row] = rows;
      if (row && (!first?.[0] || comesBefore(row, first[0]))) first = rows;
    }
    const next = first?.shift();
    if (!next) return walked;
    walked.push(next);
  }
}

async function listed(all: readonly (readonly Row[])[], most: number): Promise<readonly Row[]> {
  const order = new InOrder<Row>(most);
  for (const rows of all) {
    order.beginsGroup();
    for (const row of rows) order.add(row, row);
  }
  const found: Row[] = [];
  for await (const row of order.rows()) found.push(row);
  return found;
}

test.prop([groups, fc.integer({ min: 1, max: 20 })], { numRuns: 100, seed: 3 })(
  'rows of groups come as they would in one walk, however few are in memory',
  async (all, most) => {
    expect(await listed(all, most)).toEqual(inOneWalk(all));
  },
);

const files = (): readonly string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('entente-forecast-'));

it('leaves no file behind, also if nobody reads on', async () => {
  const before = files();
  const order = new InOrder<number>(2);
  for (const nth of [1, 2, 3, 4, 5]) order.add({ at: String(nth), id: 'a' }, nth);
  expect(files().length).toBe(before.length + 1);
  for await (const row of order.rows()) if (row === 2) break;
  expect(files()).toEqual(before);
});
