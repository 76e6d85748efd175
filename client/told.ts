import type { Kysely } from 'kysely';
import { deadlineNamed } from '../domain/deadline-name.ts';
import { statesOf } from '../database/lists.ts';
import { readEventsThen, readEventsUpTo } from '../database/register.ts';
import type { Database } from '../database/schema.ts';
import { kindOf } from '../domain/case/opening.ts';
import { type CaseState, plannedDeadlines, type Undelivered } from '../domain/case/state.ts';
import { type CaseView, viewAhead, viewOf } from '../domain/case/view.ts';
import { lifecycleOf } from '../domain/forecast/other-case.ts';
import { storyOf, toldWithoutStory, withWhy } from '../domain/story.ts';
import { nextTold } from '../domain/story/common.ts';
import { deadlineTold, partOf, type Told } from '../domain/story/told.ts';

/** What lists and the desk say to readers of any language. */

/** A case for lists: its story is asked for with the case. */
export type ListedView = Omit<CaseView, 'log'>;

/** A case that waits for something. */
export interface WaitingCase {
  readonly view: ListedView;
  /** What it waits for, by the names of its deadlines. */
  readonly told: ReadonlyMap<string, Told>;
  /** The next thing that happens by itself. */
  readonly nextTold?: Told | undefined;
}

export function waitingCase(state: CaseState): WaitingCase {
  const lifecycle = lifecycleOf(state.id);
  return { view: viewOf(lifecycle, state), told: owedIn(state), nextTold: nextTold(lifecycle, state) };
}

/** The same with what happens by itself if nobody does what it waits for. */
export function waitingAhead(state: CaseState): ListedView {
  const { log: _, ...view } = viewAhead(lifecycleOf(state.id), state);
  return view;
}

const owedIn = (state: CaseState): ReadonlyMap<string, Told> =>
  new Map(
    plannedDeadlines(lifecycleOf(state.id), state).map((deadline) => [
      deadline.name,
      deadlineTold(state.kind, deadline, deadline.facts),
    ]),
  );

export interface Owed {
  readonly caseId: string;
  readonly deadline: string;
}

/** With what each is. Its case knows more of that than stands in its name: what is to be prepared, whose talk it is. */
export async function toldOfDue<Row extends Owed>(
  db: Kysely<Database>,
  rows: readonly Row[],
): Promise<readonly (Row & { readonly told: Told })[]> {
  const states = await statesOf(db, [...new Set(rows.map(({ caseId }) => caseId))]);
  const owed = new Map(states.map((state) => [state.id, owedIn(state)]));
  return rows.map((row) => {
    const { caseId, deadline } = row;
    return { ...row, told: owed.get(caseId)?.get(deadline) ?? deadlineTold(kindOf(caseId), deadlineNamed(deadline)) };
  });
}

/** A letter that did not arrive. */
export interface Lost extends Undelivered {
  readonly caseId: string;
  readonly title: string;
  readonly told: Told;
}

export const lostIn = ({ id, title, undelivered }: CaseState): readonly Lost[] =>
  undelivered.map((each) => ({
    ...each,
    caseId: id,
    title,
    told: partOf('lost', { to: each.to, state: each.state, why: each.why }),
  }));

/** Something that happened in a case. */
export interface InCase {
  readonly caseId: string;
  /** Of the event. */
  readonly number: number;
}

/**
 * With what each says to whoever reads its case whole, as the case stood after it. Events are read alone, whatever the age of
 * their cases; the story before them is, where they say something that it has made and more was done since.
 */
export async function toldOfEvents<Row extends InCase>(
  db: Kysely<Database>,
  rows: readonly Row[],
): Promise<readonly (Row & { readonly told?: readonly Told[] | undefined })[]> {
  const then = await readEventsThen(db, rows);
  const states = await statesOf(db, [...new Set(then.flatMap(({ caseId, isLast }) => (isLast ? caseId : [])))]);
  const now = new Map(states.map((state) => [state.id, state]));
  const told = new Map<string, readonly Told[]>();
  const inStory = new Map<string, number>();
  for (const { caseId, event, isLast } of then) {
    const said = toldWithoutStory(lifecycleOf(caseId), event, isLast ? now.get(caseId) : undefined);
    if (said) told.set(`${caseId} ${event.number}`, withWhy({ event, told: said }, true));
    else inStory.set(caseId, Math.max(event.number, inStory.get(caseId) ?? 0));
  }
  for (const [caseId, events] of await readEventsUpTo(db, inStory))
    for (const happened of storyOf(lifecycleOf(caseId), events))
      told.set(`${caseId} ${happened.event.number}`, withWhy(happened, true));
  return rows.map((row) => ({ ...row, told: told.get(`${row.caseId} ${row.number}`) }));
}
