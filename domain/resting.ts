import type { SuspensionEvent } from './case/suspension.ts';
import { type CaseState, deadlinesByTheRules, plannedDeadlines } from './case/state.ts';
import { type CivilDate, dayIn, type Instant, later } from './dates.ts';
import type { Deadline } from './ladder.ts';
import type { Lifecycle } from './lifecycle.ts';
import { addWorkingDays, type Calendar, workingDaysLeft } from './planning.ts';

/**
 * Working days of a suspension, which only the calendars of those who owe can tell: counted once, in an activity, and
 * recorded with the event. Nothing in the workflow sandbox may import this file.
 */

type CalendarOf = (deadline: Deadline) => Calendar;

/** The due dates whose working days an event is about, with the days they have. */
export function countedBy(lifecycle: Lifecycle, before: CaseState, event: { readonly type: string }) {
  if (event.type === 'caseSuspended' && !before.suspended) return plannedDeadlines(lifecycle, before);
  const left = (event.type === 'caseResumed' && before.suspended?.left) || {};
  return deadlinesByTheRules(lifecycle, before).filter(({ name }) => Object.hasOwn(left, name));
}

/** The event with what the calendars say: the working days that are left, or the days that follow from them. */
export function withWorkingDays<E extends SuspensionEvent & { readonly at: Instant }>(
  lifecycle: Lifecycle,
  before: CaseState,
  event: E,
  calendarOf: CalendarOf,
): E {
  const counted = countedBy(lifecycle, before, event).map((deadline) => {
    const standing = before.deadlines[deadline.name];
    const calendar = calendarOf(deadline);
    const today = dayIn(event.at, calendar.zone);
    return { name: deadline.name, due: standing?.plan.due ?? today, calendar, today };
  });
  if (event.type === 'caseSuspended')
    return {
      ...event,
      left: Object.fromEntries(
        counted.map(({ name, due, calendar, today }) => [name, workingDaysLeft(calendar, due, today)]),
      ),
    };
  const due = counted.map(({ name, due: was, calendar, today }): [string, CivilDate] => [
    name,
    // A due day on a day off comes after all its working days: resumed at once, it stays.
    later(was, addWorkingDays(calendar, today, before.suspended?.left[name] ?? 0)),
  ]);
  return { ...event, due: Object.fromEntries(due) };
}
