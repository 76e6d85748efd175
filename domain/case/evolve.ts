import { refusingUnknownEvent, sentenceOf } from './sentence.ts';
import { withCorrections } from './correction.ts';
import { keepEntries } from './calendar-entries.ts';
import { isOfExtension, withExtension, withoutIdleAsks } from './extension.ts';
import { withReply } from './invitations.ts';
import { isOfSuccession, sinceResumed, withoutSettled, withSuccession } from './succession.ts';
import { suspendedBy } from './suspension.ts';
import { dayOf, later } from '../dates.ts';
import type { Deadline, Plan } from '../ladder.ts';
import type { CaseHeader, Lifecycle, Stamp } from '../lifecycle.ts';
import {
  basisOf,
  type CaseEvent,
  type CaseState,
  type CommonEvent,
  deadlinesOf,
  isOver,
  rulesFor,
  sinceOf,
  type Standing,
  type Undelivered,
} from './state.ts';

/** How much of what happened a case itself remembers; all of it is in its events. */
export const keptLogLines = 40;

type Reminded = Extract<CommonEvent, { type: 'reminded' }>;

/** The state after one more event. */
export function evolve(lifecycle: Lifecycle, state: CaseState | undefined, event: CaseEvent): CaseState {
  const next = state ? withoutIdle(lifecycle, changed(lifecycle, state, event)) : begun(lifecycle, event);
  const line = { at: event.at, by: event.by, says: sentenceOf(lifecycle, next, event) };
  const after: CaseState = {
    ...next,
    number: event.number,
    lastAt: later(next.lastAt, event.at),
    log: [...next.log, line].slice(-keptLogLines),
  };
  return keepEntries(lifecycle, settleStandings(lifecycle, closedOrOpen(lifecycle, after, event)), event);
}

/** What nobody waits for any more: successors who are named, later dates that are there. */
const withoutIdle = (lifecycle: Lifecycle, state: CaseState): CaseState =>
  withoutIdleAsks(lifecycle, withoutSettled(lifecycle, state));

/** A case can be opened again, and has not been over then. */
function closedOrOpen(lifecycle: Lifecycle, state: CaseState, { at }: CaseEvent): CaseState {
  if (isOver(lifecycle, state)) return state.closedAt ? state : { ...state, closedAt: at };
  if (!state.closedAt) return state;
  const { closedAt: _, suspended: _suspended, ...open } = state;
  return open;
}

/** The state that a list of events, the first being `opened`, leads to. */
export function fold(lifecycle: Lifecycle, events: readonly CaseEvent[], from?: CaseState): CaseState {
  const state = events.reduce<CaseState | undefined>((before, event) => evolve(lifecycle, before, event), from);
  if (!state) throw new Error('A case without an event has no state.');
  return state;
}

function begun(lifecycle: Lifecycle, event: CaseEvent): CaseState {
  if (event.type !== 'opened') throw new Error(`The first event of a case is "opened", not "${event.type}".`);
  const { input } = event as Extract<CommonEvent, { type: 'opened' }> & Stamp;
  const { header, ...own } = input as { header: Omit<CaseHeader, 'openedAt'> } & Record<string, unknown>;
  const complete: CaseHeader = { ...header, openedAt: event.at };
  const subject = lifecycle.opening.begin(own, event, complete);
  return {
    ...complete,
    number: 0,
    lastAt: event.at,
    subject,
    deadlines: {},
    log: [],
    undelivered: [],
    cancelled: false,
  };
}

function changed(lifecycle: Lifecycle, state: CaseState, event: CaseEvent): CaseState {
  const rule = lifecycle.events[event.type];
  if (rule) return { ...state, subject: rule.evolve(state.subject, event) };
  const common = event as CommonEvent & Stamp;
  if (isOfSuccession(common)) return withSuccession(lifecycle, state, common);
  if (common.type === 'invitationAnswered') return withReply(state, common);
  if (isOfExtension(common)) return withExtension(state, common);
  switch (common.type) {
    case 'planned':
      return common.plans.reduce((before, plan) => withPlan(before, plan, event), state);
    case 'reminded':
      return withStanding(state, common.deadline, (standing) => reminded(standing, common));
    case 'deadlinePassed':
      return withStanding(state, common.deadline, (standing) => ({ ...standing, passedAt: event.at, everLate: true }));
    case 'deadlineMoved':
      return withMove(lifecycle, state, common.deadline, common.to);
    case 'replanned':
      return common.deadlines.reduce(
        (before, name) => withStanding(before, name, (standing) => ({ ...standing, open: false, toReplan: true })),
        state,
      );
    case 'caseSuspended':
      return { ...state, suspended: suspendedBy(state.suspended, common, event.at) };
    case 'caseResumed':
      return resumed(lifecycle, state, event, restedUntil(lifecycle, state, common.due));
    case 'factsCorrected':
      return withCorrections(lifecycle, state, common.corrections);
    case 'coordinatorChanged':
      return { ...state, coordinator: common.coordinator };
    case 'undelivered':
      return { ...state, undelivered: [...state.undelivered, undeliveredBy(common)] };
    case 'sentAgain':
      return { ...state, undelivered: state.undelivered.filter(({ message }) => message !== common.message) };
    case 'cancelled':
      return { ...state, cancelled: true };
    case 'noted':
    case 'inVain':
    case 'personErased':
      return state;
    case 'opened':
      throw new Error('A case is opened once.');
    default:
      return refusingUnknownEvent(common);
  }
}

const undeliveredBy = ({ message, text, to, state, why }: Undelivered): Undelivered => ({
  message,
  text,
  to,
  state,
  why,
});

const withStanding = (state: CaseState, name: string, change: (standing: Standing) => Standing): CaseState => {
  const standing = state.deadlines[name];
  return standing ? { ...state, deadlines: { ...state.deadlines, [name]: change(standing) } } : state;
};

function reminded(standing: Standing, { rung: number, missed }: Reminded): Standing {
  const { sent, stoodFor = 0, plan } = standing;
  const levels = plan.rungs.find((rung) => rung.number === number)?.to ?? [];
  if (!sent) return { ...standing, rung: number };
  const counted = levels.map((level) => [level, (sent[level] ?? 0) + 1] as const);
  return {
    ...standing,
    rung: number,
    sent: { ...sent, ...Object.fromEntries(counted) },
    stoodFor: stoodFor + missed.length,
  };
}

function withMove(lifecycle: Lifecycle, state: CaseState, name: string, to: string): CaseState {
  const [what = name, item = ''] = name.split(':');
  const keepsTheDate = lifecycle.whenMoved?.[what];
  if (keepsTheDate) {
    const kept = { ...state, subject: keepsTheDate(state.subject, to, item) };
    return withStanding(kept, name, (standing) => ({ ...standing, named: to }));
  }
  const byTheRules = rulesFor(lifecycle, state).find((deadline) => deadline.name === name);
  if (!byTheRules) return state;
  return withStanding(state, name, (standing) => ({ ...standing, moved: { to, insteadOf: basisOf(byTheRules) } }));
}

type DueDays = Readonly<Record<string, string>>;

/** What was met and asked anew meanwhile is another obligation: no day that rested is its own. */
function restedUntil(lifecycle: Lifecycle, state: CaseState, due: DueDays): DueDays {
  const since = new Map(rulesFor(lifecycle, state).map((deadline) => [deadline.name, deadline.since]));
  return Object.fromEntries(
    Object.entries(due).filter(([name]) => {
      const plan = state.deadlines[name]?.plan;
      return plan !== undefined && sinceOf(plan) === since.get(name);
    }),
  );
}

const resumed = (lifecycle: Lifecycle, state: CaseState, { at }: Stamp, due: DueDays): CaseState =>
  withResumption(lifecycle, sinceResumed(state, dayOf(at), Object.keys(due)), due);

/** Each due date that rested has a new day, by the same obligation: what was sent of its ladder stays sent. */
function withResumption(lifecycle: Lifecycle, state: CaseState, due: DueDays): CaseState {
  const days = Object.entries(due);
  const subject = days.reduce((known, [name, to]) => {
    const [what = name, item = ''] = name.split(':');
    return lifecycle.suspension?.whenResumed?.[what]?.(known, to, item) ?? known;
  }, state.subject);
  const { suspended: _, ...open } = { ...state, subject };
  const rules = rulesFor(lifecycle, open);
  return days.reduce<CaseState>((before, [name, to]) => {
    const rule = rules.find((deadline) => deadline.name === name);
    if (!rule) return before;
    return withStanding(before, name, ({ moved: _moved, ...standing }) => ({
      ...standing,
      open: false,
      toReplan: true,
      ...(isDue(rule, to) ? {} : { moved: { to, insteadOf: basisOf(rule) } }),
    }));
  }, open);
}

const isDue = ({ due: { on, workingDays = 0, roll } }: Deadline, day: string): boolean =>
  on === day && workingDays === 0 && roll === undefined;

function withPlan(state: CaseState, plan: Plan, event: Stamp): CaseState {
  const old = state.deadlines[plan.deadline];
  const standing = old?.toReplan ? replanned(plan, old, event) : planned(plan, old, event);
  return { ...state, deadlines: { ...state.deadlines, [plan.deadline]: standing } };
}

function planned(plan: Plan, earlier: Standing | undefined, event: Stamp): Standing {
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
function replanned(plan: Plan, { toReplan: _, ...old }: Standing, { at }: Stamp): Standing {
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
const spentRungs = (plan: Plan, old: Standing): number[] =>
  plan.rungs
    .filter(({ number }) => number <= old.rung || old.spent.includes(number))
    .filter(({ at }) => plan.basis === old.plan.basis || at < old.plan.passesAt)
    .map(({ number }) => number);

/** A deadline that the rules no longer give is met or gone: it is kept, but no longer open. */
function settleStandings(lifecycle: Lifecycle, state: CaseState): CaseState {
  const names = new Set(deadlinesOf(lifecycle, state).map(({ name }) => name));
  const isSettled = (name: string): boolean => names.has(name) || !state.deadlines[name]?.open;
  if (Object.keys(state.deadlines).every(isSettled)) return state;
  const entries = Object.entries(state.deadlines).map(([name, standing]) => [
    name,
    names.has(name) ? standing : { ...standing, open: false },
  ]);
  return { ...state, deadlines: Object.fromEntries(entries) };
}
