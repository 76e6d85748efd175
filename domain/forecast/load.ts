import type { Message } from '../case/effects.ts';
import type { CaseEvent, CaseState } from '../case/state.ts';
import { type CivilDate, dayOf, instantOf, millisecondsOf } from '../dates.ts';
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
export interface ByItself {
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
  readonly dayOff?: DayOff | undefined;
}

export interface Outlook extends Concerned {
  readonly opened: number;
  readonly over: number;
  readonly total: Load;
  /** By the Monday of the week, in order; weeks in which nothing happens are left out. */
  readonly weeks: Loads;
  /** By `agency/ID` or `person/ID`: what is due, and the letters to them. */
  readonly owners: Loads;
  readonly countries: Loads;
  /** What is due, by week and whoever owes it. */
  readonly dueInWeek: Readonly<Record<CivilDate, Readonly<Record<string, number>>>>;
  /** The first thousand of each, by day: each thing that happens is in the list of them all. */
  readonly byItself: readonly ByItself[];
  readonly onDaysOff: readonly OnDayOff[];
  /** How many there are of the latter in all; of the others, `total.byItself`. */
  readonly dueOnDaysOff: number;
}

const mostListed = 1_000;

export type Loads = Readonly<Record<string, Load>>;

const none: Load = { due: 0, letters: 0, above: 0, byItself: 0 };

/** The earliest so many, in whatever order they come. */
class Earliest<T extends { readonly on: CivilDate; readonly case: string }> {
  private all: T[] = [];

  add(each: T): void {
    this.all.push(each);
    if (this.all.length > 2 * mostListed) this.all = this.listed;
  }

  get listed(): T[] {
    const order = (one: T, other: T) => compared(one.on, other.on) || compared(one.case, other.case);
    return this.all.toSorted(order).slice(0, mostListed);
  }
}

const compared = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/**
 * Adds up what will happen, occurrence by occurrence: it keeps sums, and not what they are of. Of each case in its order;
 * cases that have nothing to do with each other may come one after the other.
 */
export class Sums {
  private opened = 0;
  private over = 0;
  private total = none;
  private readonly weeks = new Map<string, Load>();
  private readonly owners = new Map<string, Load>();
  private readonly countries = new Map<string, Load>();
  private readonly dueInWeek = new Map<string, Map<string, number>>();
  private readonly mondays = new Map<CivilDate, CivilDate>();
  private readonly byItself = new Earliest<ByItself>();
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
    const { state, events, letters, onDayOff } = occurrence;
    this.concerns.happens(occurrence);
    const passed = passedIn(occurrence);
    const [own, owed] = [actsByItself(events), passed?.owedBy];
    const on = passed?.on ?? dayOf(state.lastAt);
    const above = letters.filter(isAbove).length;
    const load = { due: owed ? 1 : 0, letters: letters.length, above, byItself: own ? 1 : 0 };
    const week = this.weekOf(on);
    this.total = sum(this.total, load);
    // A letter belongs to the week in which it reaches its reader.
    grow(this.weeks, week, { ...load, letters: 0, above: 0 });
    for (const [index, { at }] of posted.entries())
      grow(this.weeks, this.weekOf(dayOf(at)), { ...none, letters: 1, above: isAbove(letters[index]) ? 1 : 0 });
    for (const country of new Set(state.countries)) grow(this.countries, country, load);
    if (passed && owed) {
      grow(this.owners, owed, { ...none, due: 1 });
      const inWeek = this.dueInWeek.get(week) ?? new Map<string, number>();
      this.dueInWeek.set(week, inWeek.set(owed, (inWeek.get(owed) ?? 0) + 1));
      this.concerns.due(owed, on, state.id);
      if (onDayOff) this.dueOnDaysOff += 1;
      if (onDayOff) {
        const dayOff = this.places.dayOff(owed, on);
        this.onDaysOff.add({ on, case: state.id, owedBy: owed, says: passed.says, dayOff });
      }
    }
    for (const each of posted) this.concerns.posted(each, state.id);
    for (const { to } of letters) grow(this.owners, to.replace(/^superior-of\//, ''), { ...none, letters: 1 });
    if (own) this.byItself.add({ on, case: state.id, title: state.title, says: occurrence.says.slice(1).join(' ') });
    if (events[0]?.number === 1) this.opened += 1;
    if (state.closedAt === state.lastAt) this.over += 1;
  }

  /** Worked out once for each day. */
  private weekOf(on: CivilDate): CivilDate {
    const monday = this.mondays.get(on) ?? mondayOf(on);
    this.mondays.set(on, monday);
    return monday;
  }

  get outlook(): Outlook {
    const { opened, over, total, byItself, onDaysOff, dueOnDaysOff } = this;
    return {
      opened,
      over,
      total,
      weeks: inOrder(this.weeks),
      owners: inOrder(this.owners),
      countries: inOrder(this.countries),
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

const isAbove = (letter: Message | undefined): boolean => letter?.level !== undefined && letter.level !== 'owner';

const passes = (events: readonly CaseEvent[]): boolean => events[0]?.type === 'deadlinePassed';

/** Whether a day that passed has led to anything. */
const actsByItself = (events: readonly CaseEvent[]): boolean => passes(events) && events.length > 1;

const passedIn = ({ about, events }: Occurrence) =>
  about && passes(events) ? { on: about.standing.plan.due, owedBy: about.owedBy, says: about.says } : undefined;

const sum = (one: Load, other: Load): Load => ({
  due: one.due + other.due,
  letters: one.letters + other.letters,
  above: one.above + other.above,
  byItself: one.byItself + other.byItself,
});

const grow = (loads: Map<string, Load>, key: string, load: Load) => loads.set(key, sum(loads.get(key) ?? none, load));

const inOrder = <T>(map: ReadonlyMap<string, T>): Record<string, T> =>
  Object.fromEntries([...map].sort(([one], [other]) => (one < other ? -1 : 1)));

const day = 86_400_000;

/** The Monday on or before a day. */
export function mondayOf(date: CivilDate): CivilDate {
  const days = millisecondsOf(date) / day;
  // The first day that is counted, in 1970, was a Thursday.
  return dayOf(instantOf((days - ((days + 3) % 7)) * day));
}
