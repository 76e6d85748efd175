import { dayOf, type Instant, later } from '../dates.ts';
import type { PlannedRung } from '../ladder.ts';
import type { Context, Lifecycle } from '../lifecycle.ts';
import { type CaseEvent, type CaseState, type OpenDeadline, openRungs, plannedDeadlines } from './state.ts';

/** Who acts when a case acts by itself. */
export const itself = 'entente';

interface Pending {
  readonly deadline: OpenDeadline;
  readonly at: Instant;
  readonly rung?: PlannedRung;
  readonly missed: readonly number[];
}

/** The rung of a deadline that comes next; none when the top is reached. */
export const nextRung = (deadline: OpenDeadline): PlannedRung | undefined => openRungs(deadline)[0];

/** What a deadline does next: of several rungs behind `now` only the last is sent, the others collapse into it. */
function pendingOf(deadline: OpenDeadline, now: Instant): Pending[] {
  const rungs = openRungs(deadline);
  const behind = rungs.filter(({ at }) => at <= now);
  const rung = behind.at(-1) ?? rungs[0];
  const { standing } = deadline;
  const passing: Pending[] = standing.passedAt ? [] : [{ deadline, at: standing.plan.passesAt, missed: [] }];
  const reminder: Pending[] = rung
    ? [{ deadline, at: rung.at, rung, missed: behind.slice(0, -1).map(({ number }) => number) }]
    : [];
  return [...passing, ...reminder];
}

function firstPending(lifecycle: Lifecycle, state: CaseState, now: Instant): Pending | undefined {
  let first: Pending | undefined;
  for (const deadline of plannedDeadlines(lifecycle, state))
    for (const each of pendingOf(deadline, now)) if (!first || each.at < first.at) first = each;
  return first;
}

/** The next instant at which the case acts by itself, and what it will do. */
export function nextDue(
  lifecycle: Lifecycle,
  state: CaseState,
): { at: Instant; deadline: OpenDeadline; rung?: PlannedRung } | undefined {
  return firstPending(lifecycle, state, '');
}

/**
 * The events of the earliest deadline that is due at `now`; none when nothing is. To be asked again after they are recorded.
 *
 * Events carry the deadline's instant, not the moment at which somebody got round to it.
 */
export function dueEvents(lifecycle: Lifecycle, state: CaseState, now: Instant): readonly CaseEvent[] {
  const pending = firstPending(lifecycle, state, now);
  if (!pending || pending.at > now) return [];
  const { deadline, rung, missed } = pending;
  const at = later(pending.at, state.lastAt);
  if (rung)
    return [
      {
        type: 'reminded',
        deadline: deadline.name,
        version: deadline.standing.plan.version,
        rung: rung.number,
        missed,
        number: state.number + 1,
        at,
        by: itself,
      },
    ];
  return passingOf(lifecycle, state, deadline.name, at);
}

/** The events of a day that is over: that it has passed, and what the case then does by itself. */
export function passingOf(lifecycle: Lifecycle, state: CaseState, name: string, at: Instant): readonly CaseEvent[] {
  const follows = passingEvents(lifecycle, state, name, { by: itself, at, today: dayOf(at), header: state });
  return [{ type: 'deadlinePassed', deadline: name }, ...follows].map((event, index) => ({
    ...event,
    number: state.number + 1 + index,
    at,
    by: itself,
  }));
}

function passingEvents(lifecycle: Lifecycle, state: CaseState, name: string, context: Context) {
  const [what = name, item = ''] = name.split(':');
  return lifecycle.whenPassed?.[what]?.decide(state.subject, item, context) ?? [];
}
