import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type OpenDeadline, plannedDeadlines } from '../../domain/case/state.ts';
import { plus } from '../../domain/dates.ts';
import { kinds, lifecycles } from '../../domain/kinds.ts';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import { asked, type Run } from './run.ts';
import { opened, strides, walks } from './walk.ts';

/** Its states share their last day: moving it for one moves it for all. */
const shared = 'nominate';
/** What walks hardly ever ask for, and test/domain/mou-negotiation.test.ts moves. */
const rare = ['opinion', 'reply'];

const plannedIn = ({ lifecycle, state }: Run): readonly OpenDeadline[] =>
  state ? plannedDeadlines(lifecycle, state) : [];

/** The days of all that is owed by the same rule, by name. */
const daysOf = (run: Run, what: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    plannedIn(run).flatMap((each) => (each.what === what ? [[each.name, each.standing.plan.due]] : [])),
  );

/** A case for each thing whose day the case keeps itself, in which several of it are owed if that was met. */
function casesWith(kind: (typeof kinds)[number]): ReadonlyMap<string, readonly [OpenDeadline, Run]> {
  const found = new Map<string, readonly [OpenDeadline, Run]>();
  const kept = (lifecycles[kind] as Lifecycle).whenMoved ?? {};
  const severalOf = (run: Run, what: string) => Object.keys(daysOf(run, what)).length;
  for (const { dice, moves } of fc.sample(walks, { seed: 57, numRuns: 30 })) {
    let run = opened(kind, dice);
    for (const move of moves.slice(0, 40)) {
      run = strides(run, move).after;
      for (const deadline of plannedIn(run)) {
        const [, before] = found.get(deadline.what) ?? [];
        if (kept[deadline.what] && (!before || severalOf(run, deadline.what) > severalOf(before, deadline.what)))
          found.set(deadline.what, [deadline, run]);
      }
    }
  }
  return found;
}

it.each(kinds)(
  'in a case of kind %s, what is moved is due on that day from then on, and the others of its sort when they were',
  (kind) => {
    const wrong: string[] = [];
    const moved: string[] = [];
    for (const [what, [{ name, standing }, run]] of casesWith(kind)) {
      const to = plus(standing.plan.due, 'P20D');
      const after = asked(run, 'moveDeadline', { by: run.state?.coordinator, deadline: name, to, reason: 'agreed' });
      if (after.steps.at(-1)?.refusal) continue;
      moved.push(what);
      const before = what === shared ? {} : daysOf(run, what);
      for (const [each, due] of Object.entries({ ...before, [name]: to }))
        if (daysOf(after, what)[each] !== due)
          wrong.push(`${each} is due on ${daysOf(after, what)[each]}, not ${due}, since ${name} was moved to ${to}`);
    }
    expect(wrong).toEqual([]);
    const kept = Object.keys((lifecycles[kind] as Lifecycle).whenMoved ?? {});
    expect(kept.filter((what) => !moved.includes(what) && !(kind === 'mou' && rare.includes(what)))).toEqual([]);
  },
);
