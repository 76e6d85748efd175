import { expect } from 'vitest';
import type { CaseEvent, CaseState } from '../../../domain/case/state.ts';
import { type Instant, instantOf, millisecondsOf } from '../../../domain/dates.ts';
import { Forecast } from '../../../domain/forecast.ts';
import { moved, type Run } from '../run.ts';

/** What comes of asking other cases, which are not there, is a forecast's alone; so is when a plan is written. */
const left = new Set(['inVain', 'undelivered', 'planned']);

/** Wherever a case stands: what is foreseen of it is what it does, event by event and letter by letter. */
export async function isForeseen(run: Run): Promise<void> {
  const until = instantOf(millisecondsOf(run.now) + 366 * 86_400_000);
  expect(await foreseen(run, until), 'what is foreseen of the next year').toEqual(happens(run, until));
}

interface Course {
  readonly events: readonly string[];
  readonly letters: readonly string[];
}

async function foreseen({ state, calendarOf }: Run, until: Instant): Promise<Course> {
  const forecast = new Forecast({ caseOf: async () => undefined, calendarOf, nobodyFor: () => undefined });
  const { id } = state as CaseState;
  forecast.add(state as CaseState);
  const [events, letters]: [string[], string[]] = [[], []];
  for await (const occurrence of forecast.until(until)) {
    if (occurrence.state.id !== id || occurrence.events.some(({ type }) => left.has(type))) continue;
    events.push(...occurrence.events.map(line));
    letters.push(...occurrence.letters.map(({ to, text }) => `${to} ${text}`));
  }
  return { events, letters };
}

function happens(run: Run, until: Instant): Course {
  const { events = [], effects = [] } = moved(run, until).steps.at(-1) ?? {};
  return {
    events: events.filter(({ type }) => !left.has(type)).map(line),
    letters: effects.flatMap((effect) => (effect.type === 'mail' ? `${effect.message.to} ${effect.message.text}` : [])),
  };
}

const line = (event: CaseEvent): string => {
  const { number: _, ...said } = event;
  return JSON.stringify(said);
};
