import { type CivilDate, dayOf, type Instant } from '../dates.ts';

/** One thing that happens, as far as two courses can be held against each other by it. */
export interface Step {
  readonly at: Instant;
  readonly case: string;
  /** The case of which this one came while it was looked ahead. */
  readonly of?: string;
  /** What happens, and which letters go when to whom. */
  readonly says: readonly string[];
}

/** Something that one course has and the other has not. */
export interface OneSided {
  readonly at: Instant;
  readonly case: string;
  /** Of which rules: of today, or the others. */
  readonly by: 'today' | 'other';
  readonly says: string;
}

/** An open case that would go otherwise. */
export interface Differing {
  readonly case: string;
  readonly count: number;
  /** The earliest of them. */
  readonly first: readonly OneSided[];
}

const firstKept = 4;

/**
 * Which open cases would go otherwise in another course. Both are taken in step, day by day, so that nothing is kept of
 * cases that go the same; what a case opens counts as its own.
 */
export async function differingCases(
  today: AsyncIterator<Step>,
  other: AsyncIterator<Step>,
): Promise<readonly Differing[]> {
  const found = new Map<string, { count: number; readonly first: OneSided[] }>();
  const openedBy = new Map<string, string>();
  const [one, two] = [await grouped(today), await grouped(other)];
  for (let day = firstOf(one.day, two.day); day !== undefined; day = firstOf(one.day, two.day)) {
    const said = { today: await one.take(day, openedBy), other: await two.take(day, openedBy) };
    for (const by of ['today', 'other'] as const)
      for (const [id, lines] of said[by])
        for (const [key, { times, ...line }] of lines) {
          const more = times - (said[by === 'today' ? 'other' : 'today'].get(id)?.get(key)?.times ?? 0);
          if (more > 0) note(rootIn(openedBy, id), { ...line, case: id, by }, more);
        }
  }
  return [...found].map(([id, { count, first }]) => ({ case: id, count, first: inOrder(first) }));

  function note(root: string, difference: OneSided, times: number): void {
    const known = found.get(root) ?? { count: 0, first: [] };
    known.count += times;
    if (known.first.length < firstKept) known.first.push(difference);
    found.set(root, known);
  }
}

const rootIn = (openedBy: ReadonlyMap<string, string>, id: string): string => {
  const opener = openedBy.get(id);
  return opener === undefined ? id : rootIn(openedBy, opener);
};

const firstOf = (...days: readonly (CivilDate | undefined)[]): CivilDate | undefined =>
  days.flatMap((day) => day ?? []).sort()[0];

const inOrder = (all: readonly OneSided[]): readonly OneSided[] =>
  [...all].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));

/** By case, how often each line is said at an instant. */
type Said = Map<string, Map<string, { readonly at: Instant; readonly says: string; times: number }>>;

/** A course that is taken day by day: what is late can be told a little before what was due earlier. */
async function grouped(steps: AsyncIterator<Step>) {
  let next = await steps.next();
  return {
    get day(): CivilDate | undefined {
      return next.done === true ? undefined : dayOf(next.value.at);
    },
    async take(day: CivilDate, openedBy: Map<string, string>): Promise<Said> {
      const said: Said = new Map();
      while (next.done !== true && dayOf(next.value.at) <= day) {
        const { at, case: id, of, says: lines } = next.value;
        if (of !== undefined) openedBy.set(id, of);
        const ofCase: NonNullable<ReturnType<Said['get']>> = said.get(id) ?? new Map();
        for (const says of lines) {
          const known = ofCase.get(`${at} ${says}`) ?? { at, says, times: 0 };
          known.times += 1;
          ofCase.set(`${at} ${says}`, known);
        }
        said.set(id, ofCase);
        next = await steps.next();
      }
      return said;
    },
  };
}
