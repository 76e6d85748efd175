import { decide } from '../../domain/case/command.ts';
import { dueEvents, nextDue } from '../../domain/case/due.ts';
import { type KeyedEffect, withPlannedDays } from '../../domain/case/effects.ts';
import { type CaseEvent, type CaseState, unplannedDeadlines } from '../../domain/case/state.ts';
import type { SuspensionEvent } from '../../domain/case/suspension.ts';
import { plannedEvent, transition } from '../../domain/case/transition.ts';
import type { Instant } from '../../domain/dates.ts';
import type { Deadline } from '../../domain/ladder.ts';
import type { Lifecycle, Stamp } from '../../domain/lifecycle.ts';
import { type Calendar, planDeadline } from '../../domain/planning.ts';
import { withWorkingDays } from '../../domain/resting.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';

/** A case run in memory, step by step, as the engine runs it: decide, evolve, work out the instants, wait for what is due. */
export interface Run {
  readonly lifecycle: Lifecycle;
  readonly calendarOf: (deadline: Deadline) => Calendar;
  readonly now: Instant;
  readonly state?: CaseState;
  readonly steps: readonly Step[];
}

/** What came of one command, or of time that passed. */
export interface Step {
  readonly events: readonly CaseEvent[];
  readonly effects: readonly KeyedEffect[];
  readonly refusal?: Refusal;
}

// A case that makes up for years of outage takes far fewer rounds; more means that it never comes to rest.
const settlingLimit = 2_000;

export const began = (run: Run, opened: CaseEvent): Run => recorded(withStep(run), [opened]);

export function asked(run: Run, name: string, body: unknown): Run {
  if (!run.state) throw new Error('A case that was not opened takes no commands.');
  const decided = decide(run.lifecycle, run.state, { id: `c${run.steps.length}`, name, body }, run.now);
  return isRefusal(decided) ? withStep(run, decided) : recorded(withStep(run), decided);
}

/** Time moves on, and the case acts at each of its instants. */
export function moved(run: Run, until: Instant): Run {
  if (until < run.now) throw new Error(`Time does not go back from ${run.now} to ${until}.`);
  let next = withStep(run);
  for (let rounds = 0; rounds < settlingLimit; rounds += 1) {
    const due = next.state && nextDue(next.lifecycle, next.state)?.at;
    if (!due || due > until) return { ...next, now: until };
    next = settled({ ...next, now: due > next.now ? due : next.now });
  }
  throw new Error(`${run.state?.id} does not come to rest before ${until}.`);
}

/** Nothing runs until `until`; then the case makes up for what it missed. */
export const slept = (run: Run, until: Instant): Run => settled({ ...withStep(run), now: until });

const withStep = (run: Run, refusal?: Refusal): Run => ({
  ...run,
  steps: [...run.steps, { events: [], effects: [], ...(refusal ? { refusal } : {}) }],
});

function recorded(run: Run, decided: readonly CaseEvent[]): Run {
  const events = decided.map((event) => counted(run, event));
  const { after, effects } = transition(run.lifecycle, run.state, events);
  const plans = unplannedDeadlines(run.lifecycle, after).map((deadline) =>
    planDeadline(run.calendarOf(deadline), deadline, after.deadlines[deadline.name], after.lastAt),
  );
  const planned = plans.length > 0 ? [plannedEvent(after, plans)] : [];
  const state = planned.length > 0 ? transition(run.lifecycle, after, planned).after : after;
  const last = run.steps.at(-1);
  const grown: Step = {
    events: [...(last?.events ?? []), ...events, ...planned],
    effects: [...(last?.effects ?? []), ...effects.map((effect) => withDay(run.lifecycle, state, effect))],
  };
  return { ...run, state, steps: [...run.steps.slice(0, -1), grown] };
}

/** As the recording activity does it. */
const counted = ({ lifecycle, state, calendarOf }: Run, event: CaseEvent): CaseEvent =>
  state && (event.type === 'caseSuspended' || event.type === 'caseResumed')
    ? withWorkingDays(lifecycle, state, event as SuspensionEvent & Stamp, calendarOf)
    : event;

const withDay = (lifecycle: Lifecycle, state: CaseState, effect: KeyedEffect): KeyedEffect =>
  effect.type === 'mail' ? { ...effect, message: withPlannedDays(lifecycle, state, effect.message) } : effect;

function settled(run: Run): Run {
  let next = run;
  for (let rounds = 0; rounds < settlingLimit; rounds += 1) {
    const events = next.state ? dueEvents(next.lifecycle, next.state, next.now) : [];
    if (events.length === 0) return next;
    next = recorded(next, events);
  }
  throw new Error(`${run.state?.id} does not come to rest at ${run.now}.`);
}
