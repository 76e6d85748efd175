import { statesInGroups } from '../../database/lists/hanging-together.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { Instant } from '../../domain/dates.ts';
import { Forecast, type Turn } from '../../domain/forecast.ts';
import type { Span } from '../../domain/forecast/concerns.ts';
import type { Known } from '../../domain/forecast/known.ts';
import { type LoadOutlook, Sums } from '../../domain/forecast/load.ts';
import type { ScenarioCourse } from '../../domain/scenario.ts';
import { knownBy } from './known.ts';
import type { Moment } from './moment.ts';
import { placesIn, posting } from './places.ts';

/** How many open cases were looked at to the end, of how many, and how much happens in them. */
export interface Reached {
  readonly cases: number;
  readonly of: number;
  readonly happened: number;
}

/** An open case was told something by one that does not name it: they have to be looked at together. */
export class OfAnotherGroupError extends Error {
  override readonly name = 'OfAnotherGroupError';
}

export interface Asked {
  readonly moment: Moment;
  readonly until: Instant;
  /** What people do in the first of the groups. */
  readonly course?: ScenarioCourse | undefined;
  readonly told: (reached: Reached) => void;
}

/** What hears of one group after the other. */
interface Listener {
  /** The open cases of a group as they stand before anything happens. */
  readonly begins: (group: readonly CaseState[]) => void;
  /** A turn of the group that has begun. */
  readonly happens: (turn: Turn) => void;
  /** All of the group has happened. */
  readonly ends?: () => void;
}

/**
 * Lets groups of open cases do what they do that have nothing to do with each other, one after the other: each is looked at
 * to the end and forgotten.
 *
 * @throws {@link OfAnotherGroupError} if they have
 */
export async function groupByGroup(
  groups: readonly (readonly string[])[],
  { moment: { ask, directory }, until, course, told }: Asked,
  { begins, happens, ends }: Listener,
): Promise<void> {
  const known = withinGroups(knownBy(directory, ask));
  const of = groups.reduce((sum, { length }) => sum + length, 0);
  let [cases, happened] = [0, 0];
  await ask(async (db) => {
    let first = course;
    for await (const group of statesInGroups(db, groups)) {
      const forecast = new Forecast(known, first);
      first = undefined;
      for (const state of group) forecast.add(state);
      begins(group.filter(({ closedAt }) => closedAt === undefined));
      for await (const turn of forecast.turnsUntil(until)) {
        happens(turn);
        happened += turn.happened.length;
        told({ cases, of, happened });
      }
      ends?.();
      cases += group.length;
    }
  });
}

/** What comes together of all that they do. */
export async function addedUp(
  groups: readonly (readonly string[])[],
  { span, ...asked }: Asked & { readonly span: Span },
): Promise<LoadOutlook> {
  const { directory } = asked.moment;
  const sums = new Sums(placesIn(directory, span), span);
  const postedOf = posting(directory);
  await groupByGroup(groups, asked, {
    begins: (group) => {
      for (const state of group) sums.begins(state);
    },
    happens: ({ happened }) => {
      for (const occurrence of happened) sums.add(occurrence, occurrence.letters.map(postedOf));
    },
  });
  return sums.outlook;
}

/** What is looked up beyond a group is over: all that are open are in a group of their own. */
export function withinGroups(known: Required<Known>): Required<Known> {
  return {
    ...known,
    caseOf: async (id) => {
      const state = await known.caseOf(id);
      if (state && state.closedAt === undefined) throw new OfAnotherGroupError(`${id} is of another group.`);
      return state;
    },
  };
}
