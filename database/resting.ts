import type { Kysely } from 'kysely';
import type { CaseEvent, CaseState } from '../domain/case/state.ts';
import type { SuspensionEvent } from '../domain/case/suspension.ts';
import type { Lifecycle, Stamp } from '../domain/lifecycle.ts';
import type { Calendar } from '../domain/planning.ts';
import { countedBy, withWorkingDays } from '../domain/resting.ts';
import { calendarFor } from './calendars.ts';
import type { Database } from './schema.ts';

const isOfSuspension = (event: CaseEvent): event is SuspensionEvent & Stamp =>
  event.type === 'caseSuspended' || event.type === 'caseResumed';

/** What a command decides, with the working days that a suspension leaves, by the calendars of today. Changes nothing. */
export async function withLeftDays(
  db: Kysely<Database>,
  lifecycle: Lifecycle,
  before: CaseState | undefined,
  events: readonly CaseEvent[],
): Promise<readonly CaseEvent[]> {
  const all: CaseEvent[] = [];
  for (const event of events) {
    if (!before || !isOfSuspension(event)) {
      all.push(event);
      continue;
    }
    const calendars = new Map<string, Calendar>();
    for (const deadline of countedBy(lifecycle, before, event))
      calendars.set(deadline.name, await calendarFor(db, deadline, before));
    all.push(withWorkingDays(lifecycle, before, event, ({ name }) => calendars.get(name) as Calendar));
  }
  return all;
}
