import type { Transaction } from 'kysely';
import { calendarFor } from '../../database/calendars.ts';
import type { Database } from '../../database/schema.ts';
import { unplannedDeadlines } from '../../domain/case/state.ts';
import { plannedEvent, type Transition, transition } from '../../domain/case/transition.ts';
import type { Plan } from '../../domain/ladder.ts';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import { planDeadline } from '../../domain/planning.ts';

/** A transition with the instants of its new deadlines, which are an event of their own. */
export interface Planned {
  readonly plans: readonly Plan[];
  readonly complete: Transition;
}

/** Works out the instants of deadlines that have none yet: the one place where calendars and zones come in. */
export async function planned(trx: Transaction<Database>, lifecycle: Lifecycle, moved: Transition): Promise<Planned> {
  const { after, events, effects } = moved;
  const plans: Plan[] = [];
  for (const deadline of unplannedDeadlines(lifecycle, after)) {
    const before = after.deadlines[deadline.name];
    plans.push(planDeadline(await calendarFor(trx, deadline, after), deadline, before, after.lastAt));
  }
  if (plans.length === 0) return { plans, complete: moved };
  const event = plannedEvent(after, plans);
  return {
    plans,
    complete: { after: transition(lifecycle, after, [event]).after, events: [...events, event], effects },
  };
}
