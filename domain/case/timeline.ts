import type { Instant } from '../dates.ts';
import type { Lifecycle } from '../lifecycle.ts';
import { evolve } from './evolve.ts';
import { type CaseEvent, type CaseState, stageOf } from './state.ts';

/** A stage that a case has stood at, and from when. */
export interface StageSince {
  readonly stage: string;
  readonly since: Instant;
}

/** Every stage a case has stood at, in order; a stage it came back to stands there again. */
export function timelineOf(lifecycle: Lifecycle, events: readonly CaseEvent[]): readonly StageSince[] {
  const timeline: StageSince[] = [];
  let state: CaseState | undefined;
  for (const event of events) {
    state = evolve(lifecycle, state, event);
    const stage = stageOf(state);
    if (timeline.at(-1)?.stage !== stage) timeline.push({ stage, since: event.at });
  }
  return timeline;
}
