import { describe, expect, it } from 'vitest';
import { type Step, differingCases } from '../../domain/forecast/course-difference.ts';

async function* course(...steps: readonly Step[]): AsyncGenerator<Step> {
  yield* steps;
}

const step = (id: string, at: string, ...says: string[]): Step => ({ case: id, at: `${at}T00:00:00.000Z`, says });

describe('cases that would go otherwise', () => {
  it('are none of two courses that are the same, in whatever order one instant is told', async () => {
    const [one, two] = [step('action/a', '2027-03-01', 'reminded'), step('action/b', '2027-03-01', 'reminded')];
    expect(await differingCases(course(one, two), course(two, one))).toEqual([]);
  });

  it('are those alone of which one has something that the other has not, each with how often and the earliest', async () => {
    const same = step('action/a', '2027-03-01', 'reminded');
    const today = course(same, step('action/b', '2027-03-08', 'reminded', 'letter'));
    const other = course(step('action/b', '2027-02-27', 'reminded', 'letter'), same);
    const [first, ...others] = await differingCases(today, other);
    expect(others).toEqual([]);
    expect(first).toMatchObject({ case: 'action/b', count: 4 });
    expect(first?.first.map(({ at, by, says }) => [at.slice(0, 10), by, says])).toEqual([
      ['2027-02-27', 'other', 'reminded'],
      ['2027-02-27', 'other', 'letter'],
      ['2027-03-08', 'today', 'reminded'],
      ['2027-03-08', 'today', 'letter'],
    ]);
  });

  it('are told by the open case, where what it opens differs', async () => {
    const opened = { ...step('edition/e-1', '2027-03-01', 'opened'), of: 'programme/e' };
    const differing = await differingCases(
      course(opened),
      course(opened, step('edition/e-1', '2027-04-01', 'reminded')),
    );
    expect(differing).toMatchObject([{ case: 'programme/e', count: 1, first: [{ case: 'edition/e-1' }] }]);
  });
});
