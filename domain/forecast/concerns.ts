import { deadlineNamed } from '../deadline-name.ts';
import { type CaseState, plannedDeadlines } from '../case/state.ts';
import { type CivilDate, dayOf, plus } from '../dates.ts';
import type { Country } from '../fields.ts';
import { isKind, lifecycles } from '../kinds.ts';
import type { Lifecycle, Occasion } from '../lifecycle.ts';
import type { Occurrence } from './occurrence.ts';
import type { DayOff, Gap, Places, Posted } from './places.ts';

interface OfCase {
  readonly case: string;
  readonly title: string;
  readonly countries: readonly Country[];
}

/** A day by which somebody has to decide. */
export interface Decision extends OfCase {
  readonly by: CivilDate;
  readonly says: string;
}

/** What takes place, and the days off that are in its way: those of every week only where it has no other day. */
export interface MeetingAhead extends OfCase, Pick<Occasion, 'name' | 'from' | 'to'> {
  readonly daysOff: readonly DayOff[];
}

/** A committee that has to meet and has no date for it. */
export interface Undated extends OfCase {
  readonly by: CivilDate;
  readonly says: string;
}

/** An edition that a programme will open. */
export interface OpenedEdition extends OfCase {
  readonly on: CivilDate;
  readonly programme: string | undefined;
}

/** Somebody who is not there, and what falls to them in that time: nothing perhaps. */
export interface Missing extends Gap {
  readonly due: number;
  readonly letters: number;
  /** Who will have these letters. */
  readonly readers: readonly string[];
  /** Some of the cases, at most five. */
  readonly cases: readonly string[];
}

export interface Concerned {
  readonly decisions: readonly Decision[];
  readonly meetings: readonly MeetingAhead[];
  readonly undated: readonly Undated[];
  readonly editions: readonly OpenedEdition[];
  readonly missing: readonly Missing[];
  /** By country: the public holidays in the time that is looked at. */
  readonly holidays: Readonly<Record<Country, readonly DayOff[]>>;
}

/** The first and the last day that are looked at. */
export interface Span {
  readonly from: CivilDate;
  readonly until: CivilDate;
}

const casesNamed = 5;

/** Gathers what somebody should look at before it comes: it keeps what is ahead of each case, and not what happens. */
export class Concerns {
  private readonly places: Places;
  private readonly span: Span;
  private readonly decisions = new Map<string, Decision>();
  private readonly occasions = new Map<string, readonly Occasion[]>();
  private readonly cases = new Map<string, OfCase>();
  private readonly undated: Undated[] = [];
  private readonly editions: OpenedEdition[] = [];
  /** By programme: the day on which it opened its latest edition, where the programme is. */
  private readonly openingDays = new Map<string, CivilDate>();
  private readonly missing = new Map<string, Counted>();

  constructor(places: Places, span: Span) {
    this.places = places;
    this.span = span;
  }

  /** An open case as it stands before anything happens. */
  begins(state: CaseState): void {
    this.looksAt(state);
    if (state.kind !== 'committee') return;
    const convene = plannedDeadlines(lifecycles.committee, state).find(({ what }) => what === 'convene');
    const by = convene?.standing.plan.due;
    if (convene && by && by <= this.span.until) this.undated.push({ ...headOf(state), by, says: convene.says });
  }

  happens({ state, events, about }: Occurrence): void {
    this.looksAt(state);
    // It is opened when the day before is over there: by the clocks of the world that can be the same day.
    if (state.kind === 'programme' && about?.what === 'open')
      this.openingDays.set(state.id, plus(about.standing.plan.due, 'P1D'));
    if (state.kind !== 'edition' || events[0]?.number !== 1) return;
    const on = this.openingDays.get(state.opener ?? '') ?? dayOf(state.lastAt);
    this.editions.push({ ...headOf(state), on, programme: state.opener });
  }

  due(owedBy: string, on: CivilDate, caseId: string): void {
    const gap = this.places.gap(owedBy as `agency/${string}`, on);
    if (gap) this.countOf(gap, caseId).due += 1;
  }

  posted({ insteadOf, reader }: Posted, caseId: string): void {
    if (!insteadOf) return;
    const counted = this.countOf(insteadOf, caseId);
    counted.letters += 1;
    if (reader !== undefined) counted.readers.add(reader);
  }

  get found(): Concerned {
    const meetings = [...this.occasions].flatMap(([id, occasions]) => occasions.map((each) => this.meeting(id, each)));
    for (const gap of this.places.gaps) this.counted(gap);
    const missing = [...this.missing.values()].map(({ gap, due, letters, readers, cases }) => {
      return { ...gap, due, letters, readers: [...readers].sort(), cases: [...cases].sort() };
    });
    const countries = [...new Set([...this.cases.values()].flatMap((each) => each.countries))].sort();
    return {
      decisions: inOrder([...this.decisions.values()], (each) => `${each.by} ${each.case}`),
      meetings: inOrder(meetings, (each) => `${each.from} ${each.case}`),
      undated: inOrder(this.undated, (each) => `${each.by} ${each.case}`),
      editions: inOrder(this.editions, (each) => `${each.on} ${each.case}`),
      missing: inOrder(missing, ({ from, person }) => `${from} ${person}`),
      holidays: Object.fromEntries(countries.map((country) => [country, this.places.holidays(country)])),
    };
  }

  private looksAt(state: CaseState): void {
    const lifecycle = lifecycleOf(state);
    if (lifecycle.occasions) this.keepOccasions(state, lifecycle.occasions(state.subject));
    if (!Object.keys(state.deadlines).some((name) => deadlineNamed(name).what === 'decide')) return;
    for (const { name, what, says, standing } of plannedDeadlines(lifecycle, state)) {
      const by = standing.plan.due;
      if (what !== 'decide' || !this.isWithin(by, by)) continue;
      this.decisions.set(`${state.id} ${name}`, { ...this.headOf(state), by, says });
    }
  }

  /** What has taken place by itself stays: the case has gone on to another stage. */
  private keepOccasions(state: CaseState, occasions: readonly Occasion[]): void {
    const today = dayOf(state.lastAt);
    const kept = (this.occasions.get(state.id) ?? []).filter(
      ({ name, from }) => from <= today && !occasions.some((each) => each.name === name),
    );
    const ahead = occasions.filter(({ from, to }) => this.isWithin(from, to));
    if (kept.length + ahead.length === 0) return void this.occasions.delete(state.id);
    this.headOf(state);
    this.occasions.set(state.id, [...kept, ...ahead]);
  }

  private meeting(id: string, { name, from, to, places }: Occasion): MeetingAhead {
    const days = daysIn(from, to);
    const found = new Map<string, DayOff>();
    for (const on of days)
      for (const place of places) {
        const dayOff = this.places.dayOff(place, on);
        if (dayOff && (!dayOff.weekly || days.length === 1)) found.set(`${on} ${dayOff.country}`, dayOff);
      }
    const head = this.cases.get(id) ?? { case: id, title: id, countries: [] };
    return { ...head, name, from, to, daysOff: [...found.values()] };
  }

  private isWithin(first: CivilDate, last: CivilDate): boolean {
    return last >= this.span.from && first <= this.span.until;
  }

  private headOf(state: CaseState): OfCase {
    const head = headOf(state);
    this.cases.set(state.id, head);
    return head;
  }

  private countOf(gap: Gap, caseId: string): Counted {
    const counted = this.counted(gap);
    if (counted.cases.size < casesNamed) counted.cases.add(caseId);
    return counted;
  }

  private counted(gap: Gap): Counted {
    const key = `${gap.person} ${gap.why} ${gap.from}`;
    const counted = this.missing.get(key) ?? { gap, due: 0, letters: 0, readers: new Set(), cases: new Set() };
    this.missing.set(key, counted);
    return counted;
  }
}

interface Counted {
  readonly gap: Gap;
  due: number;
  letters: number;
  readonly readers: Set<string>;
  readonly cases: Set<string>;
}

function lifecycleOf({ id, kind }: CaseState): Lifecycle {
  if (!isKind(kind)) throw new Error(`${id} is of no kind of case.`);
  return lifecycles[kind];
}

function headOf(state: CaseState): OfCase {
  const { id, title, countries, subject } = state;
  const more = lifecycleOf(state).countries?.(subject) ?? [];
  return { case: id, title, countries: [...new Set([...countries, ...more])] };
}

/** As many as somebody stays away on one journey: of what takes longer, the rest is not looked at. */
const mostDays = 60;

function daysIn(from: CivilDate, to: CivilDate): readonly CivilDate[] {
  const days = [from];
  for (let day = plus(from, 'P1D'); day <= to && days.length < mostDays; day = plus(day, 'P1D')) days.push(day);
  return days;
}

const inOrder = <T>(all: readonly T[], key: (each: T) => string): readonly T[] =>
  [...all].sort((one, other) => (key(one) < key(other) ? -1 : 1));
