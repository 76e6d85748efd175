import type { Instant } from '../dates.ts';
import type { Lifecycle } from '../lifecycle.ts';
import { evolve } from './evolve.ts';
import { type CaseEvent, type CaseState, stageOf } from './state.ts';

/** A stage that a case has been at, and since when. */
export interface Stay {
  readonly stage: string;
  readonly since: Instant;
}

/** The way that a case took through its stages, the present one last. */
export function staysOf(lifecycle: Lifecycle, events: readonly CaseEvent[]): readonly Stay[] {
  const stays: Stay[] = [];
  let state: CaseState | undefined;
  for (const event of events) {
    state = evolve(lifecycle, state, event);
    const stage = stageOf(state);
    if (stays.at(-1)?.stage !== stage) stays.push({ stage, since: event.at });
  }
  return stays;
}
