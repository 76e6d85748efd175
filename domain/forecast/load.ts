import type { Message } from '../case/effects.ts';
import type { CaseEvent, CaseState } from '../case/state.ts';
import { type CivilDate, dayOf, instantOf, millisecondsOf } from '../dates.ts';
import type { Party } from '../fields.ts';
import { Concerns, type Concerned, type Span } from './concerns.ts';
import type { Occurrence } from './occurrence.ts';
import type { DayOff, Places, Posted } from './places.ts';

/** What comes together: in a week, for whoever owes it, or in a country. */
export interface Load {
  /** Due days of what somebody owes. */
  readonly due: number;
  readonly letters: number;
  /** Of these, letters to superiors, coordinators and co-chairs about what somebody else owes. */
  readonly above: number;
  /** What cases do because a day has passed, besides reminding. */
  readonly byItself: number;
}

/** Something that a case does because nobody has done anything. */
export interface AutomaticStep {
  readonly on: CivilDate;
  readonly case: string;
  readonly title: string;
  readonly says: string;
}

/** What is due on a day on which whoever owes it does not work. */
export interface OnDayOff {
  readonly on: CivilDate;
  readonly case: string;
  readonly owedBy: string;
  readonly says: string;
  /** Which day that is, and where; absent: the directory does not know whoever owes it. */
  readonly dayOff?: DayOff;
}

/** A week in which much is due, and who owes how much of it, whoever owes most first. */
export interface BusyWeek {
  /** The Monday. */
  readonly week: CivilDate;
  readonly due: number;
  readonly owners: readonly { readonly owner: string; readonly due: number }[];
}

export interface LoadOutlook extends Concerned {
  readonly opened: number;
  readonly over: number;
  readonly total: Load;
  /** By the Monday of the week, in order; weeks in which nothing happens are left out. */
  readonly weeks: Loads;
  /** By `agency/ID` or `person/ID`: what is due, and the letters to them. */
  readonly owners: Loads;
  readonly countries: Loads;
  /** The weeks with most due days, the first of them first. */
  readonly busiest: readonly BusyWeek[];
  /** What is due, by week and whoever owes it. */
  readonly dueInWeek: Readonly<Record<CivilDate, Readonly<Record<string, number>>>>;
  /** The first thousand of each, by day: each thing that happens is in the list of them all. */
  readonly byItself: readonly AutomaticStep[];
  readonly onDaysOff: readonly OnDayOff[];
  /** How many there are of the latter in all; of the others, `total.byItself`. */
  readonly dueOnDaysOff: number;
}

const mostListed = 1_000;

export type Loads = Readonly<Record<string, Load>>;

/** A sum as it grows. */
type Growing = { -readonly [Each in keyof Load]: Load[Each] };

const nothingYet = (): Growing => ({ due: 0, letters: 0, above: 0, byItself: 0 });

interface Placed {
  readonly on: CivilDate;
  readonly case: string;
}

/** The earliest so many, in whatever order they come. */
class Earliest<T extends Placed> {
  private all: T[] = [];
  /** The last that is listed, once there are enough: what does not come before it never will be. */
  private last: Placed | undefined;

  add(place: Placed, made: (place: Placed) => T): void {
    if (this.last && byPlace(place, this.last) >= 0) return;
    this.all.push(made(place));
    if (this.all.length < 2 * mostListed) return;
    this.all = this.listed;
    this.last = this.all.at(-1);
  }

  get listed(): T[] {
    return this.all.toSorted(byPlace).slice(0, mostListed);
  }
}

const byPlace = (one: Placed, other: Placed): number => compared(one.on, other.on) || compared(one.case, other.case);

const compared = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/**
 * Adds up what will happen, occurrence by occurrence: it keeps sums, and not what they are of. Of each case in its order;
 * cases that have nothing to do with each other may come one after the other.
 */
export class Sums {
  private opened = 0;
  private over = 0;
  private readonly total = nothingYet();
  private readonly weeks = new Map<string, Growing>();
  private readonly owners = new Map<string, Growing>();
  private readonly countries = new Map<string, Growing>();
  private readonly dueInWeek = new Map<string, Map<string, number>>();
  private readonly mondays = new Map<CivilDate, CivilDate>();
  private readonly byItself = new Earliest<AutomaticStep>();
  private readonly onDaysOff = new Earliest<OnDayOff>();
  private dueOnDaysOff = 0;
  private readonly places: Places;
  private readonly concerns: Concerns;

  constructor(places: Places, span: Span) {
    this.places = places;
    this.concerns = new Concerns(places, span);
  }

  /** An open case as it stands before anything happens. */
  begins(state: CaseState): void {
    this.concerns.begins(state);
  }

  /** @param posted when its letters reach whom */
  add(occurrence: Occurrence, posted: readonly Posted[]): void {
    const { state, events, letters } = occurrence;
    this.concerns.happens(occurrence);
    const passed = passedIn(occurrence);
    const own = actsByItself(events);
    const on = passed?.on ?? dayOf(state.lastAt);
    const load = {
      due: passed?.owedBy ? 1 : 0,
      letters: letters.length,
      above: aboveIn(letters),
      byItself: own ? 1 : 0,
    };
    grow(this.total, load);
    for (const country of new Set(state.countries)) grow(growing(this.countries, country), load);
    const week = this.weekOf(on);
    const inWeek = growing(this.weeks, week);
    inWeek.due += load.due;
    inWeek.byItself += load.byItself;
    if (passed?.owedBy) this.addDue(occurrence, passed, passed.owedBy, week);
    this.addLetters(occurrence, posted);
    if (own)
      this.byItself.add({ on, case: state.id }, (place) => {
        return { ...place, title: state.title, says: occurrence.says.slice(1).join(' ') };
      });
    if (events[0]?.number === 1) this.opened += 1;
    if (state.closedAt === state.lastAt) this.over += 1;
  }

  private addDue({ state, onDayOff }: Occurrence, { on, says }: PassedDay, owedBy: Party, week: CivilDate): void {
    growing(this.owners, owedBy).due += 1;
    const inWeek = this.dueInWeek.get(week) ?? new Map<string, number>();
    this.dueInWeek.set(week, inWeek.set(owedBy, (inWeek.get(owedBy) ?? 0) + 1));
    this.concerns.due(owedBy, on, state.id);
    if (!onDayOff) return;
    this.dueOnDaysOff += 1;
    this.onDaysOff.add({ on, case: state.id }, (place) => {
      return { ...place, owedBy, says, dayOff: this.places.dayOff(owedBy, on) };
    });
  }

  /** A letter belongs to the week in which it reaches its reader. */
  private addLetters({ state, letters }: Occurrence, posted: readonly Posted[]): void {
    for (const [index, each] of posted.entries()) {
      const week = growing(this.weeks, this.weekOf(dayOf(each.at)));
      week.letters += 1;
      if (isAbove(letters[index])) week.above += 1;
      this.concerns.posted(each, state.id);
    }
    for (const { to } of letters) growing(this.owners, to.startsWith(above) ? to.slice(above.length) : to).letters += 1;
  }

  /** Worked out once for each day. */
  private weekOf(on: CivilDate): CivilDate {
    const monday = this.mondays.get(on) ?? mondayOf(on);
    this.mondays.set(on, monday);
    return monday;
  }

  get outlook(): LoadOutlook {
    const { opened, over, total, byItself, onDaysOff, dueOnDaysOff } = this;
    return {
      opened,
      over,
      total,
      weeks: inOrder(this.weeks),
      owners: inOrder(this.owners),
      countries: inOrder(this.countries),
      busiest: busiestOf(this.dueInWeek),
      dueInWeek: Object.fromEntries(
        Object.entries(inOrder(this.dueInWeek)).map(([week, owners]) => [week, inOrder(owners)]),
      ),
      byItself: byItself.listed,
      onDaysOff: onDaysOff.listed,
      dueOnDaysOff,
      ...this.concerns.found,
    };
  }
}

const busiestWeeks = 5;
const mostOwners = 3;

function busiestOf(dueInWeek: ReadonlyMap<CivilDate, ReadonlyMap<string, number>>): readonly BusyWeek[] {
  const weeks = [...dueInWeek].map(([week, owing]): BusyWeek => {
    const owners = [...owing].map(([owner, due]) => ({ owner, due }));
    owners.sort((one, other) => other.due - one.due || compared(one.owner, other.owner));
    return { week, due: owners.reduce((sum, { due }) => sum + due, 0), owners: owners.slice(0, mostOwners) };
  });
  return weeks.sort((one, other) => other.due - one.due || compared(one.week, other.week)).slice(0, busiestWeeks);
}

const above = 'superior-of/';

const isAbove = (letter: Message | undefined): boolean => letter?.level !== undefined && letter.level !== 'owner';

const aboveIn = (letters: readonly Message[]): number =>
  letters.reduce((sum, each) => sum + (isAbove(each) ? 1 : 0), 0);

const passes = (events: readonly CaseEvent[]): boolean => events[0]?.type === 'deadlinePassed';

/** Whether a day that passed has led to anything. */
const actsByItself = (events: readonly CaseEvent[]): boolean => passes(events) && events.length > 1;

const passedIn = ({ about, events }: Occurrence) =>
  about && passes(events) ? { on: about.standing.plan.due, owedBy: about.owedBy, says: about.says } : undefined;

type PassedDay = NonNullable<ReturnType<typeof passedIn>>;

function grow(sum: Growing, load: Load): void {
  sum.due += load.due;
  sum.letters += load.letters;
  sum.above += load.above;
  sum.byItself += load.byItself;
}

/** What it has come to for one of these. */
function growing(sums: Map<string, Growing>, key: string): Growing {
  const known = sums.get(key);
  if (known) return known;
  const sum = nothingYet();
  sums.set(key, sum);
  return sum;
}

const inOrder = <T>(map: ReadonlyMap<string, T>): Record<string, T> =>
  Object.fromEntries([...map].sort(([one], [other]) => (one < other ? -1 : 1)));

const day = 86_400_000;

/** The Monday on or before a day. */
export function mondayOf(date: CivilDate): CivilDate {
  const days = millisecondsOf(date) / day;
  // The first day that is counted, in 1970, was a Thursday.
  return dayOf(instantOf((days - ((days + 3) % 7)) * day));
}
