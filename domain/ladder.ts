import type { CivilDate, Instant, Period } from './dates.ts';
import type { DeadlineName } from './deadline-name.ts';
import type { DocumentFile } from './document.ts';
import type { Party } from './fields.ts';
import type { Facts } from './lifecycle.ts';

/** Who is written to on a rung, from the one who owes upwards. */
export type Level = 'owner' | 'superior' | 'coordinator' | 'coChairs';

/**
 * One step of a ladder: so many calendar days or working days of the owner from the due date (negative: before), or a
 * portion of the time given.
 */
export interface Rung {
  readonly when: { readonly days: number } | { readonly workingDays: number } | { readonly portion: number };
  readonly to: readonly Level[];
}

export type Ladder = readonly Rung[];

/**
 * The day something is due: `on`, or so many working days after it (negative: before). `back`: rolled back to a working
 * day; `eve`: to the day before that one, since what a case does by itself comes when its day is over.
 */
export interface DueRule {
  readonly on: CivilDate;
  readonly workingDays?: number;
  readonly roll?: 'back' | 'eve';
}

/** Something that is owed, or that the case does by itself, by a day. `name` is `WHAT` or `WHAT:ITEM`, unique in the case. */
export interface Deadline extends DeadlineName {
  /** By which it is on record. */
  readonly name: string;
  /** What is waited for, as a noun phrase: "opinion of MOFA on draft 2". */
  readonly says: string;
  readonly since: CivilDate;
  readonly due: DueRule;
  /** Absent: nobody is reminded, the case acts by itself when the day is over. */
  readonly owedBy?: Party;
  /** Whose working week and zone count when nobody owes it; a country code. */
  readonly inCountry?: string;
  readonly ladder: Ladder;
  /** The ladder of earlier versions: a plan on record that was made of it stays as it is. */
  readonly earlierLadder?: Ladder;
  /** The same of its due day. */
  readonly earlierDue?: DueRule;
  /** The fact that says its day, where a rule gives it: letters say the working day that was planned. */
  readonly saidAs?: string;
  /** The fact that tells which one is meant, where a case owes several that are said so: `leg`. */
  readonly saidOf?: string;
  /** Whoever is silent until then has answered: their days are counted from when they could hear of it, however late that is put on record. */
  readonly lapses?: true;
  /** The text that is to be answered: the first reminder carries it once more. */
  readonly attached?: readonly DocumentFile[];
  /** What its reminders say besides the facts of the case, where several of one kind are owed. */
  readonly facts?: Facts;
}

/** Due by a rule and by nobody's word: on a working day of whoever owes it. Earlier versions took the day as it fell. */
export const byRule = (on: CivilDate): Pick<Deadline, 'due' | 'earlierDue'> => ({
  due: { on, roll: 'back' },
  earlierDue: { on },
});

/** By a day that somebody named, or that a rule gives. */
export const byDay = (on: CivilDate, isByRule: boolean | undefined): Pick<Deadline, 'due' | 'earlierDue'> =>
  isByRule ? byRule(on) : { due: { on } };

export interface PlannedRung {
  readonly number: number;
  readonly at: Instant;
  readonly tone: 'before' | 'due' | 'overdue';
  readonly to: readonly Level[];
}

/** A deadline with its instants worked out once, in an activity, and recorded: they never move by themselves. */
export interface Plan {
  readonly deadline: string;
  readonly version: number;
  /** What it was worked out from; another basis asks for another plan. */
  readonly basis: string;
  readonly due: CivilDate;
  readonly zone: string;
  /** The first instant after the due day, in its zone. */
  readonly passesAt: Instant;
  readonly rungs: readonly PlannedRung[];
  /** Another obligation than that which bore the name before: nothing is spent of its ladder, and it was never late. */
  readonly askedAnew?: true;
  /** Where the first due day on record lies before this obligation began. */
  readonly firstDue?: CivilDate;
  /** From when its days are counted, where it was put on record after they had begun. */
  readonly countedFrom?: CivilDate;
  /** Its day was over when the case heard of it: nobody is chased for that, its coordinator is shown it once. */
  readonly broughtIn?: true;
  /** The day on which it heard of it; absent where earlier versions planned it, with the opening. */
  readonly broughtInOn?: CivilDate;
}

/** What the distance of a rung is counted in. */
export const countedIn = ['days', 'workingDays'] as const;

const daysFrom = (n: number, unit: (typeof countedIn)[number]): Rung['when'] =>
  unit === 'days' ? { days: n } : { workingDays: n };
const before = (...days: number[]): Rung[] => days.map((n) => ({ when: { days: -n }, to: ['owner'] }));
const onTheDay: Rung = { when: { days: 0 }, to: ['owner'] };

/** So many days before, each once; the day; 3 days after; then each week, level by level. */
export const ladderFrom = (daysBefore: readonly number[], unit: (typeof countedIn)[number]): Ladder => [
  ...[...new Set(daysBefore)].sort((a, b) => b - a).map((n): Rung => ({ when: daysFrom(-n, unit), to: ['owner'] })),
  onTheDay,
  { when: { days: 3 }, to: ['owner'] },
  { when: { days: 10 }, to: ['owner', 'superior'] },
  { when: { days: 17 }, to: ['owner', 'superior'] },
  { when: { days: 24 }, to: ['owner', 'coordinator'] },
  { when: { days: 31 }, to: ['owner', 'coChairs'] },
];

/** The default ladder of an action: 30, 14, 7, 1 days before; the day; 3 days after; then each week, level by level. */
export const actionLadder: Ladder = ladderFrom([30, 14, 7, 1], 'days');

/** For what is short: one reminder on the day, one after, then the superior and the coordinator. */
export const shortLadder: Ladder = [
  ...before(2),
  onTheDay,
  { when: { days: 3 }, to: ['owner'] },
  { when: { days: 10 }, to: ['owner', 'superior'] },
  { when: { days: 17 }, to: ['owner', 'coordinator'] },
];

/** For opinions and replies that lapse by themselves: a warning at two thirds of the time given, and the last day. */
export const twoThirdsLadder: Ladder = [{ when: { portion: 2 / 3 }, to: ['owner'] }, onTheDay];

/** For dates that have no consequence if nobody acts on them before: warnings ahead, in days. */
export const warningLadder = (...days: number[]): Ladder => [...before(...days), onTheDay];

/** The same for a decision that somebody has to take: it climbs while there is still time to take it. */
export const decisionLadder = (...days: number[]): Ladder => [
  ...before(...days),
  { when: { days: -14 }, to: ['owner', 'superior'] },
  { when: { days: -7 }, to: ['owner', 'coChairs'] },
  { when: { days: 0 }, to: ['owner', 'coChairs'] },
];

/** For what the case does by itself: nobody is reminded. */
export const noLadder: Ladder = [];

/** The default periods of the field; each can be set per case where its opening takes it. */
export const defaults = {
  acknowledgeWorkingDays: 5,
  agencyOpinionWorkingDays: 10,
  legalOpinionWorkingDays: 15,
  itemsBefore: 'P21D' as Period,
  agendaBefore: 'P15D' as Period,
  invitationsBefore: 'P30D' as Period,
  draftMinutesWorkingDays: 5,
  commentsWorkingDays: 10,
  committeeEvery: 'P1Y' as Period,
  postingAfter: 'P10D' as Period,
  warnBeforeDecideBy: [180, 90, 30],
} as const;
