import { courseFeed } from '../../client/forecast/feed.ts';
import type { Entente } from '../../client/client.ts';
import type { Foretold, ScenarioAsked } from '../../client/forecast/forecasts.ts';
import type { CivilDate, Instant } from '../../domain/dates.ts';
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
    courses: { foretold: foreseen, rehearsed: lived },
  };
}

/** What a calendar program would have of both. */
export async function bothCalendars(
  { foretold, rehearsed }: { readonly foretold: Foretold; readonly rehearsed: Rehearsed },
  days: { readonly from: CivilDate; readonly until: CivilDate },
  { forecasts }: Entente,
) {
  const outlook = await forecasts.outlookOf(rehearsed, days);
  return {
    foreseen: await unfolded(courseFeed('r1', foretold, days)),
    lived: await unfolded(courseFeed('r1', { ...rehearsed, outlook }, days)),
  };
}

async function unfolded(parts: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const part of parts) text += part;
  return text.replaceAll('\r\n ', '').replaceAll('\r', '');
}
