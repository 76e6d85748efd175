import { plannedDeadlines } from '../case/state.ts';
import { viewAhead, type Waiting } from '../case/view.ts';
import type { CivilDate } from '../dates.ts';
import type { Occurrence } from './occurrence.ts';
import { lifecycleOf } from './other-case.ts';

/** Something that somebody has to decide or do, with what happens by itself if they do not. */
export interface AskedFor extends Waiting {
  readonly case: string;
}

/**
 * What somebody is asked for on a course, by what has them asked, or where it is first seen: each day once.
 *
 * @param until the last day that is looked at
 */
export function askedFor(
  occurrences: readonly Occurrence[],
  until: CivilDate,
): ReadonlyMap<Occurrence, readonly AskedFor[]> {
  const seen = new Set<string>();
  const found = new Map<Occurrence, readonly AskedFor[]>();
  for (const occurrence of occurrences) {
    const { state } = occurrence;
    const lifecycle = lifecycleOf(state.id);
    const fresh = new Set<string>();
    for (const { name, owedBy, standing } of plannedDeadlines(lifecycle, state)) {
      const key = `${state.id} ${name} ${standing.plan.version}`;
      if (owedBy === undefined || standing.passedAt !== undefined || standing.plan.due > until || seen.has(key))
        continue;
      seen.add(key);
      fresh.add(name);
    }
    if (fresh.size === 0) continue;
    const waiting = viewAhead(lifecycle, state).waitsFor.filter(({ deadline }) => fresh.has(deadline));
    found.set(
      occurrence,
      waiting.map((each) => ({ ...each, case: state.id })),
    );
  }
  return found;
}

/** All of them, the soonest first. */
export const bySoonest = (asked: ReadonlyMap<Occurrence, readonly AskedFor[]>): readonly AskedFor[] =>
  [...asked.values()].flat().toSorted((one, other) => (one.passesAt < other.passesAt ? -1 : 1));
