import { type CaseState, plannedDeadlines } from '../case/state.ts';
import { viewAhead, type Waiting } from '../case/view.ts';
import type { CivilDate } from '../dates.ts';
import type { Occurrence } from './occurrence.ts';
import { lifecycleOf } from './other-case.ts';

/** Something that somebody has to decide or do, with what happens by itself if they do not. */
export interface AskedFor extends Waiting {
  readonly case: string;
  readonly title: string;
  /** Of its plan: a day that is moved is another one. */
  readonly version: number;
}

/** By `NAME VERSION`: what somebody owes in a case as it stands. */
type Owed = ReadonlyMap<string, AskedFor | undefined>;

/** Gathers what somebody is asked for on a course, as cases come to stand so: each day once. */
export class Asks {
  private readonly until: CivilDate;
  private readonly all = new Set<AskedFor>();
  private readonly owed = new Map<string, Owed>();
  private readonly known = new Set<string>();

  /** @param until the last day that is looked at */
  constructor(until: CivilDate) {
    this.until = until;
  }

  /** Takes note of how a case stands, and gives what is asked anew. */
  add(state: CaseState): readonly AskedFor[] {
    const before = this.owed.get(state.id);
    const open = plannedDeadlines(lifecycleOf(state.id), state).filter(
      ({ owedBy, standing }) => owedBy !== undefined && standing.passedAt === undefined,
    );
    const keyOf = ({ name, standing }: (typeof open)[number]) => `${name} ${standing.plan.version}`;
    const fresh = open.filter((each) => {
      const key = `${state.id} ${keyOf(each)}`;
      const isFresh = each.standing.plan.due <= this.until && !this.known.has(key);
      this.known.add(key);
      return isFresh;
    });
    const asked = this.askedIn(state, new Map(fresh.map(({ name, standing }) => [name, standing.plan.version])));
    const now = new Map(open.map((each) => [keyOf(each), undefined as AskedFor | undefined]));
    for (const [key, each] of before ?? []) if (now.has(key)) now.set(key, each);
    for (const each of asked) now.set(`${each.deadline} ${each.version}`, each);
    // One that is still owed, by another day: it was moved.
    for (const [key, each] of before ?? [])
      if (each && !now.has(key) && open.some(({ name }) => name === each.deadline)) this.all.delete(each);
    this.owed.set(state.id, now);
    for (const each of asked) this.all.add(each);
    return asked;
  }

  /** All of them, the soonest first; what was moved in between, by its latest day. */
  get found(): readonly AskedFor[] {
    return [...this.all].toSorted((one, other) => (one.passesAt < other.passesAt ? -1 : 1));
  }

  private askedIn(state: CaseState, fresh: ReadonlyMap<string, number>): readonly AskedFor[] {
    if (fresh.size === 0) return [];
    return viewAhead(lifecycleOf(state.id), state).waitsFor.flatMap((each) => {
      const version = fresh.get(each.deadline);
      return version === undefined ? [] : { ...each, case: state.id, title: state.title, version };
    });
  }
}

/** What somebody is asked for on a course: in all, and by what has them asked, or where it is first seen. */
export interface AskedOnCourse {
  readonly found: readonly AskedFor[];
  readonly at: ReadonlyMap<Occurrence, readonly AskedFor[]>;
}

/** @param begun how cases stand before anything happens */
export function askedFor(
  { begun, occurrences }: { readonly begun: readonly CaseState[]; readonly occurrences: readonly Occurrence[] },
  until: CivilDate,
): AskedOnCourse {
  const asks = new Asks(until);
  const asked = new Map(begun.map((state) => [state.id, asks.add(state)]));
  const at = new Map<Occurrence, readonly AskedFor[]>();
  for (const occurrence of occurrences) {
    const { id } = occurrence.state;
    const all = [...(asked.get(id) ?? []), ...asks.add(occurrence.state)];
    asked.delete(id);
    if (all.length > 0) at.set(occurrence, all);
  }
  return { found: asks.found, at };
}
