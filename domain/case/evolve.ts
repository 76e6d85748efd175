import { deadlineNamed } from '../deadline-name.ts';
import { refusingUnknownEvent, sentenceOf } from './sentence.ts';
import { withCorrections } from './correction.ts';
import { keepEntries } from './calendar-entries.ts';
import { isOfExtension, withExtension, withoutIdleAsks } from './extension.ts';
import { withReply } from './invitations.ts';
import { isOfSuccession, sinceResumed, withoutSettled, withSuccession } from './succession.ts';
import { reminded, settleStandings, withPassed, withPlan, withStanding } from './standings.ts';
import { suspendedBy } from './suspension.ts';
import { dayOf, later } from '../dates.ts';
import type { Deadline } from '../ladder.ts';
import type { CaseHeader, Lifecycle, Stamp, Subject } from '../lifecycle.ts';
import {
  basisOf,
  type CaseEvent,
  type CaseState,
  type CommonEvent,
  isOver,
  type LogLine,
  rulesFor,
  sinceOf,
  type Undelivered,
} from './state.ts';

/** How much of what happened a case itself remembers; all of it is in its events. */
export const keptLogLines = 40;

/** What an event adds to the story that a case keeps; `state` is the case after it. */
export type Teller = (lifecycle: Lifecycle, state: CaseState, event: CaseEvent) => readonly LogLine[];

const told: Teller = (lifecycle, state, event) => [
  { at: event.at, by: event.by, says: sentenceOf(lifecycle, state, event) },
];

/** The state after one more event. */
export function evolve(
  lifecycle: Lifecycle,
  state: CaseState | undefined,
  event: CaseEvent,
  tell: Teller = told,
): CaseState {
  const next = state ? withoutIdle(lifecycle, changed(lifecycle, state, event)) : begun(lifecycle, event);
  return keepEntries(lifecycle, stamped(lifecycle, next, event, tell(lifecycle, next, event)), event);
}

/** What is owed and what has become of it after one more event of an open case: without its story, or anybody's calendar. */
export const evolveOwed = (lifecycle: Lifecycle, state: CaseState, event: CaseEvent): CaseState =>
  stamped(lifecycle, withoutIdle(lifecycle, changed(lifecycle, state, event)), event, []);

function stamped(lifecycle: Lifecycle, next: CaseState, event: CaseEvent, lines: readonly LogLine[]): CaseState {
  const after: CaseState = {
    ...next,
    number: event.number,
    lastAt: later(next.lastAt, event.at),
    log: lines.length > 0 ? [...next.log, ...lines].slice(-keptLogLines) : next.log,
  };
  return settleStandings(lifecycle, closedOrOpen(lifecycle, after, event));
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
export function fold(lifecycle: Lifecycle, events: readonly CaseEvent[], from?: CaseState, tell?: Teller): CaseState {
  const state = events.reduce<CaseState | undefined>((before, event) => evolve(lifecycle, before, event, tell), from);
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

/** What a case knows of itself after an event of its kind. */
export const subjectAfter = (lifecycle: Lifecycle, subject: Subject, event: CaseEvent): Subject =>
  lifecycle.events[event.type]?.evolve(subject, event) ?? subject;

function changed(lifecycle: Lifecycle, state: CaseState, event: CaseEvent): CaseState {
  if (lifecycle.events[event.type]) return { ...state, subject: subjectAfter(lifecycle, state.subject, event) };
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
      return withPassed(state, common.deadline, event.at);
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

function withMove(lifecycle: Lifecycle, state: CaseState, name: string, to: string): CaseState {
  const { what, item = '' } = deadlineNamed(name);
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
    const { what, item = '' } = deadlineNamed(name);
    return lifecycle.whenResumed?.[what]?.(known, to, item) ?? known;
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
