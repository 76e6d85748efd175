import type { Instant } from '../dates.ts';
import type { Deadline, Plan } from '../ladder.ts';
import type { Lifecycle, Stamp } from '../lifecycle.ts';
import { once } from './once.ts';
import { type CaseState, type CommonEvent, deadlinesOf, type Sent, type DeadlineStanding } from './state.ts';

/** The case with one deadline that stands otherwise. */
export const withStanding = (
  state: CaseState,
  name: string,
  change: (standing: DeadlineStanding) => DeadlineStanding,
): CaseState => {
  const standing = state.deadlines[name];
  return standing ? { ...state, deadlines: { ...state.deadlines, [name]: change(standing) } } : state;
};

/** The case once a day is over: what is owed then was late, and nothing else has changed. */
export const withPassed = (state: CaseState, name: string, at: Instant): CaseState =>
  withStanding(state, name, (standing) => ({ ...standing, passedAt: at, everLate: true }));

type Reminded = Extract<CommonEvent, { type: 'reminded' }>;

export function reminded(standing: DeadlineStanding, { rung: number, missed }: Reminded): DeadlineStanding {
  const { sent, stoodFor = 0, plan } = standing;
  if (!sent) return { ...standing, rung: number };
  const counted: { -readonly [Each in keyof Sent]: Sent[Each] } = { ...sent };
  for (const level of plan.rungs.find((rung) => rung.number === number)?.to ?? [])
    counted[level] = (sent[level] ?? 0) + 1;
  return { ...standing, rung: number, sent: counted, stoodFor: stoodFor + missed.length };
}

export function withPlan(state: CaseState, plan: Plan, event: Stamp): CaseState {
  const old = state.deadlines[plan.deadline];
  const standing = old?.toReplan ? replanned(plan, old, event) : planned(plan, old, event);
  return { ...state, deadlines: { ...state.deadlines, [plan.deadline]: standing } };
}

function planned(plan: Plan, earlier: DeadlineStanding | undefined, event: Stamp): DeadlineStanding {
  const old = plan.askedAnew ? undefined : earlier;
  const spent = old ? spentRungs(plan, old) : [];
  return {
    plan,
    open: true,
    firstDue: plan.firstDue ?? old?.firstDue ?? plan.due,
    rung: lastRungBehind(plan, event),
    spent,
    // A ladder that starts anew counts anew.
    ...(spent.length === 0 ? { sent: {} } : old?.sent ? { sent: old.sent, stoodFor: old.stoodFor ?? 0 } : {}),
    everLate: old?.everLate ?? false,
    ...(old?.moved ? { moved: old.moved } : {}),
    ...(old?.named ? { named: old.named } : {}),
  };
}

/**
 * The same ladder on other days: what was dealt with stays so, and a rung that has come to lie behind is due now, not
 * lost. Where rungs have fallen onto one morning, or apart, their instants tell which are dealt with.
 */
function replanned(plan: Plan, { toReplan: _, ...old }: DeadlineStanding, { at }: Stamp): DeadlineStanding {
  const isSameLadder = plan.rungs.length === old.plan.rungs.length;
  const dealtWith = old.plan.rungs.find(({ number }) => number === old.rung)?.at ?? '';
  const { passedAt, ...kept } = old;
  return {
    ...kept,
    plan,
    open: true,
    rung: isSameLadder ? old.rung : plan.rungs.filter((rung) => rung.at <= dealtWith).length,
    spent: isSameLadder ? old.spent : [],
    ...(passedAt && plan.passesAt <= at ? { passedAt } : {}),
  };
}

/**
 * Rungs that lay behind when the plan was made are not sent. Only of something already overdue the last one is:
 * whoever owes it would otherwise never hear of it. What was brought in with its day behind is its coordinator's to look at.
 */
function lastRungBehind(plan: Plan, { at }: Stamp): number {
  const behind = plan.rungs.filter((rung) => rung.at <= at);
  const last = behind.at(-1);
  if (!last) return 0;
  return plan.passesAt <= at && last.tone === 'overdue' && !plan.broughtIn ? last.number - 1 : last.number;
}

/**
 * What an earlier version has sent is not sent again, unless the rung now lies after the old due day: there the ladder
 * starts anew. The same obligation, open again (a report that was returned), goes on where it stopped.
 */
const spentRungs = (plan: Plan, old: DeadlineStanding): number[] =>
  plan.rungs
    .filter(({ number }) => number <= old.rung || old.spent.includes(number))
    .filter(({ at }) => plan.basis === old.plan.basis || at < old.plan.passesAt)
    .map(({ number }) => number);

const namesOf = once(
  (deadlines: readonly Deadline[]): ReadonlySet<string> => new Set(deadlines.map(({ name }) => name)),
);

/** A deadline that the rules no longer give is met or gone: it is kept, but no longer open. */
export function settleStandings(lifecycle: Lifecycle, state: CaseState): CaseState {
  const names = namesOf(deadlinesOf(lifecycle, state));
  const isSettled = (name: string): boolean => names.has(name) || !state.deadlines[name]?.open;
  if (Object.keys(state.deadlines).every(isSettled)) return state;
  const entries = Object.entries(state.deadlines).map(([name, standing]) => [
    name,
    names.has(name) ? standing : { ...standing, open: false },
  ]);
  return { ...state, deadlines: Object.fromEntries(entries) };
}
