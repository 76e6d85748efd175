import type { Plan } from '../ladder.ts';
import type { Lifecycle } from '../lifecycle.ts';
import { withCalendarChanges } from './calendar-mails.ts';
import { newsToThoseOwing } from './cancelled-letters.ts';
import { system } from './due.ts';
import { effectsOf, type KeyedEffect } from './effects.ts';
import { evolve, type Teller } from './evolve.ts';
import type { CaseEvent, CaseState } from './state.ts';

/** What events lead to: the state after them, and what is to be done in the world. */
export interface Transition {
  readonly after: CaseState;
  readonly events: readonly CaseEvent[];
  readonly effects: readonly KeyedEffect[];
}

export function transition(
  lifecycle: Lifecycle,
  before: CaseState | undefined,
  events: readonly CaseEvent[],
  tell?: Teller,
): Transition {
  let after = before;
  const effects: KeyedEffect[] = [];
  for (const event of events) {
    const earlier = after;
    after = evolve(lifecycle, after, event, tell);
    const own = withCalendarChanges(lifecycle, after, event, effectsOf(lifecycle, after, event));
    effects.push(...own);
    if (event.type === 'cancelled' && earlier)
      effects.push(...newsToThoseOwing(lifecycle, earlier, after, event, own.flatMap(recipientOf)));
  }
  if (!after) throw new Error('A case begins with an event.');
  return { after, events, effects };
}

const recipientOf = (effect: KeyedEffect): string[] => (effect.type === 'mail' ? [effect.message.to] : []);

/** The event that puts worked-out instants on record; it happens at the moment of the event that asked for them. */
export const plannedEvent = (state: CaseState, plans: readonly Plan[]): CaseEvent => ({
  type: 'planned',
  plans,
  number: state.number + 1,
  at: state.lastAt,
  by: system,
});
