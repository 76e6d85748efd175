import type { Entente } from '../../client/client.ts';
import type { ScenarioAsked } from '../../client/forecast/forecasts.ts';
import type { Instant } from '../../domain/dates.ts';
import type { Rehearsed } from '../../rehearsal/rehearse.ts';
import { line } from './foreseen.ts';

interface BothWays {
  readonly entente: Entente;
  readonly rehearsed: (asked: ScenarioAsked, until: Instant) => Promise<Rehearsed>;
}

/** What one sees of both: events, letters, and what was refused. What several cases refuse at one instant has no order. */
export async function bothWays(asked: ScenarioAsked, until: Instant, { entente, rehearsed }: BothWays) {
  const foreseen = await entente.forecasts.withScenario(asked, until);
  const lived = await rehearsed(asked, until);
  const events = (each: typeof lived.occurrences) =>
    each.flatMap(({ state, events: all }) => all.map((event) => line(state.id, event))).sort();
  const letters = foreseen.occurrences.flatMap((each) => each.letters.map(({ key, text }) => `${key} ${text}`)).sort();
  const refusals = (each: typeof foreseen.refused) =>
    each.map(({ step: { index }, refusal }) => `${index} ${refusal.refused}`).sort();
  return {
    foreseen: { events: events(foreseen.occurrences), letters, refused: refusals(foreseen.refused) },
    lived: {
      events: events(lived.occurrences),
      letters: lived.letters.map(({ key, text }) => `${key} ${text}`).sort(),
      refused: refusals(lived.refused),
    },
    kept: lived.letters,
    occurrences: lived.occurrences,
  };
}
