import type { DeadlineName } from '../deadline-name.ts';
import { dayOf, type Instant, later } from '../dates.ts';
import type { Deadline, PlannedRung } from '../ladder.ts';
import type { Context, Lifecycle } from '../lifecycle.ts';
import { rulesOfToday } from '../rules-version.ts';
import { type CaseEvent, type CaseState, type OpenDeadline, openRungs, plannedDeadlines } from './state.ts';

/** Who acts when a case acts by itself. */
export const system = 'entente';

interface Pending {
  readonly deadline: OpenDeadline;
  readonly at: Instant;
  readonly rung?: PlannedRung;
  readonly missed: readonly number[];
}

/** The rung of a deadline that comes next; none when the top is reached. */
export const nextRung = (deadline: OpenDeadline): PlannedRung | undefined => openRungs(deadline)[0];

/** The reminder that a deadline sends next: of several rungs behind `now` only the last is sent, the others collapse into it. */
function reminderOf(deadline: OpenDeadline, now: Instant): Pending | undefined {
  const { plan, rung: dealtWith, spent } = deadline.standing;
  const missed: number[] = [];
  let [behind, ahead]: (PlannedRung | undefined)[] = [];
  for (const rung of plan.rungs) {
    if (rung.number <= dealtWith || spent.includes(rung.number)) continue;
    if (rung.at > now) ahead ??= rung;
    else {
      if (behind) missed.push(behind.number);
      behind = rung;
    }
  }
  const rung = behind ?? ahead;
  return rung && { deadline, at: rung.at, rung, missed };
}

function firstPending(lifecycle: Lifecycle, state: CaseState, now: Instant): Pending | undefined {
  let first: Pending | undefined;
  for (const deadline of plannedDeadlines(lifecycle, state)) {
    const { passedAt, plan } = deadline.standing;
    if (!passedAt && !(first && first.at <= plan.passesAt)) first = { deadline, at: plan.passesAt, missed: [] };
    const reminder = reminderOf(deadline, now);
    if (reminder && !(first && first.at <= reminder.at)) first = reminder;
  }
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
        by: system,
      },
    ];
  return passingOf(lifecycle, state, deadline, at);
}

/** The events of a day that is over: that it has passed, and what the case then does by itself. */
export function passingOf(
  lifecycle: Lifecycle,
  state: CaseState,
  deadline: Deadline,
  at: Instant,
): readonly CaseEvent[] {
  const follows = passingEvents(lifecycle, state, deadline, {
    by: system,
    at,
    today: dayOf(at),
    header: state,
    rules: rulesOfToday,
  });
  return [{ type: 'deadlinePassed', deadline: deadline.name }, ...follows].map((event, index) => ({
    ...event,
    number: state.number + 1 + index,
    at,
    by: system,
  }));
}

function passingEvents(lifecycle: Lifecycle, state: CaseState, { what, item = '' }: DeadlineName, context: Context) {
  return lifecycle.whenPassed?.[what]?.decide(state.subject, item, context) ?? [];
}
