import type { Names } from '../database/names.ts';
import { owedFacts } from '../domain/case/letter.ts';
import { type CaseState, type OpenDeadline, openRungs, plannedDeadlines } from '../domain/case/state.ts';
import { dayOf, type Instant, shift } from '../domain/dates.ts';
import { isKind, lifecycles } from '../domain/kinds.ts';
import type { Facts, Lifecycle } from '../domain/lifecycle.ts';

/** Something that is owed, in its case as it stands. */
export interface Obligation {
  readonly caseId: string;
  readonly lifecycle: Lifecycle;
  readonly state: CaseState;
  readonly deadline: OpenDeadline;
  readonly names: Names;
}

/** What a case does by itself: it reminds, or a due date passes. */
export interface Ahead extends Obligation {
  readonly at: Instant;
  readonly isReminder: boolean;
}

type Unnamed = Omit<Obligation, 'names'>;

export const daysAhead = 30;

export function obligationsIn(state: CaseState): readonly Unnamed[] {
  const { kind } = state;
  const lifecycle = isKind(kind) ? lifecycles[kind] : undefined;
  if (!lifecycle) return [];
  return plannedDeadlines(lifecycle, state).map((deadline) => ({ caseId: state.id, lifecycle, state, deadline }));
}

export const byUrgency = (one: Unnamed, other: Unnamed): number =>
  one.deadline.standing.plan.passesAt < other.deadline.standing.plan.passesAt ? -1 : 1;

/** What cases do by themselves in the days ahead, the next first. */
export function aheadOf(all: readonly Unnamed[], from: Instant): readonly Omit<Ahead, 'names'>[] {
  const until = shift(dayOf(from), daysAhead);
  return all
    .flatMap((each) => {
      const { passedAt, plan } = each.deadline.standing;
      const passing = passedAt ? [] : [{ ...each, at: plan.passesAt, isReminder: false }];
      return [...passing, ...openRungs(each.deadline).map(({ at }) => ({ ...each, at, isReminder: true }))];
    })
    .filter(({ at }) => at > from && dayOf(at) <= until)
    .sort((one, other) => (one.at < other.at ? -1 : 1));
}

/** All that texts about these may name, whatever it is called there. */
export const namedIn = (all: readonly Unnamed[]): Facts =>
  Object.fromEntries(
    all.flatMap(({ caseId, lifecycle, state, deadline }) =>
      Object.entries({ ...owedFacts(lifecycle, state, deadline), coordinator: `person/${state.coordinator}` }).map(
        ([name, fact]) => [`${caseId} ${deadline.name} ${name}`, fact],
      ),
    ),
  );
