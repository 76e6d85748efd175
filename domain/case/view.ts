import type { CivilDate, Instant } from '../dates.ts';
import type { Party } from '../fields.ts';
import type { Facts, Lifecycle, Outcome } from '../lifecycle.ts';
import { offeredCommands } from './command.ts';
import {
  type CaseState,
  isLate,
  isOver,
  type LogLine,
  outcomeOf,
  plannedDeadlines,
  remindersOf,
  stageOf,
  type Undelivered,
} from './state.ts';
import { type Otherwise, otherwiseIn } from './otherwise.ts';
import { type Attendance, attendanceIn } from './invitations.ts';
import { suspensionFacts, suspensionInWords } from './suspension.ts';
import { nextDue } from './due.ts';
import { plannedDays } from './letter.ts';
import { dayInWords, namesAt, owedInWords, reminderLabel } from './label.ts';
import { present } from '../parts.ts';

/** One thing that a case waits for. */
export interface Waiting {
  readonly deadline: string;
  readonly says: string;
  readonly owedBy?: Party;
  readonly since: CivilDate;
  readonly due: CivilDate;
  readonly firstDue: CivilDate;
  readonly zone: string;
  readonly late: boolean;
  readonly everLate: boolean;
  readonly passesAt: Instant;
  /** What happens by itself if nobody does it; in {@link viewAhead} alone. */
  readonly otherwise?: Otherwise;
}

/** A case for people: where it stands, what it waits for, and what it would accept. */
export interface CaseView {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly stage: string;
  readonly meaning: string;
  /** Once it is over. */
  readonly outcome?: Outcome;
  readonly countries: readonly string[];
  readonly coordinator: string;
  readonly owner?: Party;
  readonly opener?: string;
  readonly openedAt: Instant;
  readonly closedAt?: Instant;
  readonly number: number;
  readonly late: boolean;
  readonly facts: Facts;
  /** Who comes to what stands in calendars; absent where nobody is invited. */
  readonly attendance?: readonly Attendance[];
  readonly waitsFor: readonly Waiting[];
  /** The next thing that happens by itself. */
  readonly next?: { readonly at: Instant; readonly says: string };
  readonly accepts: readonly string[];
  readonly log: readonly LogLine[];
  readonly undelivered: readonly Undelivered[];
}

type Next = NonNullable<ReturnType<typeof nextDue>>;

export function viewOf(lifecycle: Lifecycle, state: CaseState): CaseView {
  const stage = stageOf(state);
  const owner = lifecycle.owner?.(state.subject);
  const next = nextDue(lifecycle, state);
  const outcome = outcomeOf(lifecycle, state);
  const attendance = attendanceIn(lifecycle, state);
  const { id, kind, title, coordinator, opener, openedAt, closedAt, number, log, undelivered } = state;
  return {
    id,
    kind,
    title,
    stage,
    meaning: meaningOf(lifecycle, state),
    ...(outcome ? { outcome } : {}),
    countries: [...new Set([...state.countries, ...(lifecycle.countries?.(state.subject) ?? [])])],
    coordinator,
    ...present({ owner, opener }),
    openedAt,
    ...(closedAt ? { closedAt } : {}),
    number,
    late: isLate(lifecycle, state),
    facts: { ...factsOnPlan(lifecycle, state), ...suspensionFacts(state) },
    ...(attendance.length > 0 ? { attendance } : {}),
    waitsFor: waitingFor(lifecycle, state),
    ...(next ? { next: { at: next.at, says: nextSentence(next) } } : {}),
    accepts: offeredCommands(lifecycle, state),
    log,
    undelivered,
  };
}

/** The same with what happens by itself, of each thing that somebody owes. */
export function viewAhead(lifecycle: Lifecycle, state: CaseState): CaseView {
  const view = viewOf(lifecycle, state);
  const ahead = otherwiseIn(lifecycle, state);
  const waitsFor = view.waitsFor.map((waiting) => {
    const otherwise = waiting.owedBy && ahead(waiting.deadline);
    return otherwise && (otherwise.byItself || otherwise.above.length > 0) ? { ...waiting, otherwise } : waiting;
  });
  return { ...view, waitsFor };
}

/** A day that a rule gives is shown as it was planned. */
function factsOnPlan(lifecycle: Lifecycle, state: CaseState): Facts {
  const facts = lifecycle.facts(state.subject, state);
  const planned = Object.entries(plannedDays(lifecycle, state)).filter(([name]) => facts[name] !== undefined);
  return { ...facts, ...Object.fromEntries(planned) };
}

function meaningOf(lifecycle: Lifecycle, state: CaseState): string {
  const meaning = lifecycle.stages[stageOf(state)] ?? 'The case was cancelled.';
  return state.suspended && !isOver(lifecycle, state) ? `${suspensionInWords(state.suspended)} ${meaning}` : meaning;
}

/** Soonest first. */
function waitingFor(lifecycle: Lifecycle, state: CaseState): Waiting[] {
  return plannedDeadlines(lifecycle, state)
    .map(({ name, says, owedBy, since, standing }) => ({
      deadline: name,
      says,
      ...(owedBy ? { owedBy } : {}),
      since,
      due: standing.plan.due,
      firstDue: standing.firstDue,
      zone: standing.plan.zone,
      late: standing.passedAt !== undefined,
      everLate: standing.everLate,
      passesAt: standing.plan.passesAt,
    }))
    .sort((a, b) => a.passesAt.localeCompare(b.passesAt));
}

/** What comes next by itself, as a label: `Second reminder to klid, due 14 Dec 2018: completion of "The portal"`. */
export function nextSentence({ deadline, rung }: Next): string {
  const { due } = deadline.standing.plan;
  const owed = owedInWords(deadline);
  return rung
    ? reminderLabel(remindersOf(deadline).sent + 1, namesAt(rung.to, deadline.owedBy), due, owed)
    : `Due date passes, ${dayInWords(due)}: ${owed}`;
}
