import type { CivilDate, Instant } from '../dates.ts';
import type { Deadline, Level, Plan, PlannedRung } from '../ladder.ts';
import type { CorrectionEvent } from './correction.ts';
import type { KeptEntries } from './calendar-entries.ts';
import { type ExtensionEvent, extensionDeadlines, type ExtensionsAsked } from './extension.ts';
import type { InvitationEvent, Replies } from './invitations.ts';
import { lately, once } from './once.ts';
import { successorDeadlines, type SuccessionEvent, type Successions } from './succession.ts';
import { deadlineOfSuspension, type Suspension, type SuspensionEvent } from './suspension.ts';
import {
  type CaseHeader,
  type DeadlineMovedEvent,
  isEnd,
  type Lifecycle,
  type Outcome,
  type Stamp,
  type Subject,
} from '../lifecycle.ts';

export type Sent = Readonly<Partial<Record<Level, number>>>;

/** How a deadline stands: kept after it is met, so that its versions stay unique and its lateness is not forgotten. */
export interface DeadlineStanding {
  readonly plan: Plan;
  readonly open: boolean;
  readonly firstDue: CivilDate;
  /** The number of the last rung that is dealt with: sent, collapsed into a later one, or before the plan was made. */
  readonly rung: number;
  /** Rungs of this plan that an earlier version has sent already. */
  readonly spent: readonly number[];
  /** How many reminders have gone to each level. Absent where an earlier version has not counted. */
  readonly sent?: Sent;
  /** How many reminders those that went have stood for besides themselves. */
  readonly stoodFor?: number;
  readonly passedAt?: Instant;
  readonly everLate: boolean;
  readonly moved?: { readonly to: CivilDate; readonly insteadOf: string };
  /** A day that somebody named where the lifecycle keeps the date itself. */
  readonly named?: CivilDate;
  /** The next plan is of the same obligation by other calendars: what is dealt with stays so. */
  readonly toReplan?: true;
}

export interface Undelivered {
  readonly message: string;
  /** Which text it has, in the message files. */
  readonly text: string;
  readonly to: string;
  readonly state: 'refused' | 'expired' | 'inDoubt' | 'nobody';
  readonly why: string;
}

/** What happens to any case, besides what its lifecycle says. */
export type CommonEvent =
  | SuspensionEvent
  | CorrectionEvent
  | SuccessionEvent
  | ExtensionEvent
  | InvitationEvent
  | { readonly type: 'opened'; readonly input: Readonly<Record<string, unknown>> }
  | { readonly type: 'planned'; readonly plans: readonly Plan[] }
  | {
      readonly type: 'reminded';
      readonly deadline: string;
      readonly version: number;
      readonly rung: number;
      readonly missed: readonly number[];
    }
  | { readonly type: 'deadlinePassed'; readonly deadline: string }
  | DeadlineMovedEvent
  /** By the calendars of that day; their new plans follow. */
  | { readonly type: 'replanned'; readonly deadlines: readonly string[] }
  /** `together`: the cases that were handed over with this one, which tells of all; `toldBy`: the one that does. */
  | {
      readonly type: 'coordinatorChanged';
      readonly coordinator: string;
      readonly from?: string;
      readonly together?: readonly string[];
      readonly toldBy?: string;
    }
  | { readonly type: 'noted'; readonly note: string }
  | ({ readonly type: 'undelivered' } & Undelivered)
  | { readonly type: 'sentAgain'; readonly message: string; readonly to: string; readonly text: string }
  /** What this case asked of another one was refused there. */
  | {
      readonly type: 'inVain';
      readonly case: string;
      readonly command: string;
      readonly because: string;
      /** The key of what was asked; absent in events of earlier versions. */
      readonly effect?: string;
    }
  /** Somebody who stood in earlier events is another there now: whoever has read those reads them again. */
  | { readonly type: 'personErased'; readonly pseudonym: string }
  | { readonly type: 'cancelled' };

export type LifecycleEvent = { readonly type: string } & Readonly<Record<string, unknown>>;
export type CaseEvent = (CommonEvent | LifecycleEvent) & Stamp;

export interface LogLine {
  readonly at: Instant;
  readonly by: string;
  readonly says: string;
}

/** A case as it stands: the fold of its events, and nothing else. */
export interface CaseState<S extends Subject = Subject> extends CaseHeader {
  readonly number: number;
  readonly lastAt: Instant;
  readonly subject: S;
  readonly deadlines: Readonly<Record<string, DeadlineStanding>>;
  readonly log: readonly LogLine[];
  readonly undelivered: readonly Undelivered[];
  /** Absent for a case that never had any, and for those begun before there were calendar entries. */
  readonly calendarEntries?: KeptEntries;
  /** What those who are invited to its entries have said. */
  readonly replies?: Replies;
  readonly cancelled: boolean;
  readonly suspended?: Suspension;
  /** Whom others have still to follow here. */
  readonly successions?: Successions;
  /** Later due dates that are asked for and not answered yet. */
  readonly extensionsAsked?: ExtensionsAsked;
  readonly closedAt?: Instant;
}

/** What these events, the last ones of a case, say in its story. */
export const sentencesOf = ({ log }: CaseState, events: readonly CaseEvent[]): readonly string[] =>
  events.length > 0 ? log.slice(-events.length).map(({ says }) => says) : [];

export const stageOf = (state: CaseState): string => (state.cancelled ? 'cancelled' : state.subject.stage);

export const isOver = (lifecycle: Lifecycle, state: CaseState): boolean =>
  state.cancelled || isEnd(lifecycle, state.subject.stage);

/** How the case ended; undefined while it is open. */
export function outcomeOf({ finalStages }: Lifecycle, { cancelled, subject }: CaseState): Outcome | undefined {
  if (cancelled) return 'cancelled';
  const outcome = Object.hasOwn(finalStages, subject.stage) ? finalStages[subject.stage] : undefined;
  return typeof outcome === 'function' ? outcome(subject) : outcome;
}

/** Whether nothing differs by which something is owed: that one more event is on record, or in the story, changes nothing of that. */
const isOwedAlike = (one: CaseState, other: CaseState): boolean =>
  one.subject === other.subject &&
  one.deadlines === other.deadlines &&
  one.cancelled === other.cancelled &&
  one.suspended === other.suspended &&
  one.successions === other.successions &&
  one.extensionsAsked === other.extensionsAsked &&
  isSameHeader(one, other);

/** The deadlines that the case keeps now, with a moved date in place of the one the rules give. */
export const deadlinesOf = lately((lifecycle: Lifecycle, state: CaseState): readonly Deadline[] => {
  if (isOver(lifecycle, state)) return [];
  if (state.suspended) return [deadlineOfSuspension(state.suspended)];
  return deadlinesByTheRules(lifecycle, state);
}, isOwedAlike);

/** What is owed whether the case is suspended or not. */
export function deadlinesByTheRules(lifecycle: Lifecycle, state: CaseState): readonly Deadline[] {
  const rules = rulesFor(lifecycle, state);
  // The very same list where nobody has moved anything: what is known of it is not found out anew.
  return rules.some(({ name }) => state.deadlines[name]?.moved || state.deadlines[name]?.named !== undefined)
    ? rules.map((deadline) => onDaySaid(deadline, state.deadlines[deadline.name]))
    : rules;
}

function onDaySaid(deadline: Deadline, { moved, named }: Partial<DeadlineStanding> = {}): Deadline {
  if (moved && isBasisOf(deadline, moved.insteadOf)) return onDay(deadline, moved.to);
  // A day that somebody named is kept, day off or not.
  return named !== undefined && named === deadline.due.on ? onDay(deadline, named) : deadline;
}

/** What the lifecycle and the core ask for, before anybody has moved a day of it. */
export function rulesFor(lifecycle: Lifecycle, state: CaseState): readonly Deadline[] {
  const rules = rulesBy(lifecycle)(state.subject).of(state);
  if (!state.successions && !state.extensionsAsked) return rules;
  return [...rules, ...successorDeadlines(lifecycle, state), ...extensionDeadlines(state, rules)];
}

// Some rules go through many days, and a reminder changes nothing of what they go by: once is enough until then.
const rulesBy = once((lifecycle: Lifecycle) =>
  once((subject: Subject) => {
    let last: { readonly header: CaseHeader; readonly deadlines: readonly Deadline[] } | undefined;
    const of = (state: CaseState): readonly Deadline[] => {
      if (!last || !isSameHeader(last.header, state))
        last = { header: headerOf(state), deadlines: lifecycle.deadlines(subject, state) };
      return last.deadlines;
    };
    return { of };
  }),
);

const headerOf = ({ id, kind, title, countries, coordinator, openedAt, opener }: CaseHeader): CaseHeader => ({
  id,
  kind,
  title,
  countries,
  coordinator,
  openedAt,
  ...(opener ? { opener } : {}),
});

const isSameHeader = (one: CaseHeader, other: CaseHeader): boolean =>
  one.coordinator === other.coordinator &&
  one.title === other.title &&
  one.countries === other.countries &&
  one.id === other.id &&
  one.openedAt === other.openedAt &&
  one.opener === other.opener;

const onDay = ({ earlierDue: _, ...deadline }: Deadline, on: CivilDate): Deadline => ({ ...deadline, due: { on } });

/** Two deadlines with the same basis get the same plan. Plans on record hold it: in another form, running cases would lose theirs. */
export const basisOf = once(({ due, owedBy, inCountry, ladder, since }: Deadline): string =>
  JSON.stringify([due.on, due.workingDays ?? 0, due.roll ?? '', owedBy ?? '', inCountry ?? '', ladder.length, since]),
);

/** Whether two deadlines have the same basis, and none of earlier rules: to put it in words takes longer. */
export const isAlike = (one: Deadline, other: Deadline): boolean =>
  !other.earlierDue &&
  !other.earlierLadder &&
  one.due.on === other.due.on &&
  (one.due.workingDays ?? 0) === (other.due.workingDays ?? 0) &&
  one.due.roll === other.due.roll &&
  one.owedBy === other.owedBy &&
  one.inCountry === other.inCountry &&
  one.ladder.length === other.ladder.length &&
  one.since === other.since;

/** Whether a plan on record was made of this deadline, by its rules of today or of before. */
export const isBasisOf = (deadline: Deadline, basis: string): boolean =>
  basis === basisOf(deadline) ||
  [deadline.due, deadline.earlierDue ?? deadline.due].some((due) =>
    [deadline.ladder, deadline.earlierLadder ?? deadline.ladder].some(
      (ladder) => basis === basisOf({ ...deadline, due, ladder }),
    ),
  );

/** The day on which the obligation of a plan began. */
export const sinceOf = ({ basis }: Plan): CivilDate => String((JSON.parse(basis) as unknown[]).at(-1));

export interface OpenDeadline extends Deadline {
  readonly standing: DeadlineStanding;
}

/** The deadlines that have their instants. */
export const plannedDeadlines = lately((lifecycle: Lifecycle, state: CaseState): readonly OpenDeadline[] => {
  const planned: OpenDeadline[] = [];
  for (const deadline of deadlinesOf(lifecycle, state)) {
    const standing = state.deadlines[deadline.name];
    if (standing?.open && isBasisOf(deadline, standing.plan.basis)) planned.push({ ...deadline, standing });
  }
  return planned;
}, isOwedAlike);

/** What is left of a ladder. */
export const openRungs = ({ standing }: OpenDeadline): readonly PlannedRung[] =>
  standing.plan.rungs.filter(({ number }) => number > standing.rung && !standing.spent.includes(number));

/** How many reminders have gone, and how many go on if nothing is done. Of what an earlier version planned, the rungs count. */
export function remindersOf(deadline: OpenDeadline): { readonly sent: number; readonly inAll: number } {
  const { sent, stoodFor = 0, rung, plan } = deadline.standing;
  if (!sent) return { sent: rung, inAll: plan.rungs.length };
  const gone = Math.max(0, ...Object.values(sent)) + stoodFor;
  return { sent: gone, inAll: gone + openRungs(deadline).length };
}

/** The deadlines whose instants are still to be worked out. */
export const unplannedDeadlines = (lifecycle: Lifecycle, state: CaseState): readonly Deadline[] => {
  const [all, planned] = [deadlinesOf(lifecycle, state), plannedDeadlines(lifecycle, state)];
  if (planned.length === all.length) return [];
  const names = new Set(planned.map(({ name }) => name));
  return all.filter(({ name }) => !names.has(name));
};

export const isLate = (lifecycle: Lifecycle, state: CaseState): boolean =>
  plannedDeadlines(lifecycle, state).some(
    ({ standing, owedBy }) => owedBy !== undefined && standing.passedAt !== undefined,
  );
