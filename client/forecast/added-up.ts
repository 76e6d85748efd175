import { statesInGroups } from '../../database/lists/hanging-together.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { Instant } from '../../domain/dates.ts';
import { Forecast } from '../../domain/forecast.ts';
import type { Span } from '../../domain/forecast/concerns.ts';
import type { Known } from '../../domain/forecast/known.ts';
import { type Outlook, Sums } from '../../domain/forecast/load.ts';
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

interface Asked {
  readonly moment: Moment;
  readonly span: Span;
  readonly until: Instant;
  readonly told: (reached: Reached) => void;
}

/**
 * Adds up what groups of open cases do that have nothing to do with each other, one after the other.
 *
 * @throws {@link OfAnotherGroupError} if they have
 */
export async function addedUp(
  groups: readonly (readonly string[])[],
  { moment: { ask, directory }, span, until, told }: Asked,
): Promise<Outlook> {
  const sums = new Sums(placesIn(directory, span), span);
  const postedOf = posting(directory);
  const known = withinGroups(knownBy(directory, ask));
  const of = groups.reduce((sum, { length }) => sum + length, 0);
  let [cases, happened] = [0, 0];
  const add = async (group: readonly CaseState[]) => {
    const forecast = new Forecast(known);
    for (const state of group) {
      forecast.add(state);
      sums.begins(state);
    }
    for await (const occurrence of forecast.until(until)) {
      sums.add(occurrence, occurrence.letters.map(postedOf));
      happened += 1;
      told({ cases, of, happened });
    }
    cases += group.length;
  };
  await ask(async (db) => {
    for await (const group of statesInGroups(db, groups)) await add(group);
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
