import type { CaseState } from '../case/state.ts';
import type { Occurrence } from './occurrence.ts';

/** What belongs to some cases: they themselves, those that they open, and what others do because of them, or are asked by somebody. */
export function familyOf(ids: readonly string[]): (occurrence: Occurrence) => boolean {
  const family = new Set(ids);
  return ({ state, because, events, askedBy }) => {
    const isItsDoing = because !== undefined && family.has(because);
    if (isItsDoing && events[0]?.number === 1) family.add(state.id);
    return isItsDoing || askedBy !== undefined || family.has(state.id);
  };
}

/** Of cases as they came about: these, and those that they have opened. */
export function familyIn(states: readonly CaseState[], ids: readonly string[]): readonly CaseState[] {
  const family = new Set(ids);
  for (const { id, opener } of states) if (opener !== undefined && family.has(opener)) family.add(id);
  return states.filter(({ id }) => family.has(id));
}
