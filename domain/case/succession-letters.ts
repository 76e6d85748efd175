import { dayOf } from '../dates.ts';
import { partyOfPerson } from '../fields.ts';
import type { Lifecycle, Stamp } from '../lifecycle.ts';
import type { KeyedEffect } from './effects.ts';
import { commonLetter } from './letter.ts';
import type { CaseState } from './state.ts';
import type { SuccessionEvent } from './succession.ts';

type News<T extends SuccessionEvent['type']> = Extract<SuccessionEvent, { type: T }> & Stamp;

/** One mail for all cases of a coordinator. Coordinators who leave themselves know of it; while they are there, their superior is told. */
export function newsOfLeaving(lifecycle: Lifecycle, state: CaseState, event: News<'personLeft'>): KeyedEffect[] {
  const { person, on, concerned, at } = event;
  if (concerned.length === 0) return [];
  const leaver = partyOfPerson(person);
  const facts = { leaver, leaverId: person, on, concerned, count: concerned.length };
  const report = { name: 'personLeft', facts, summary: `${person} leaves the service` };
  const to = person === state.coordinator && on > dayOf(at) ? (`superior-of/${leaver}` as const) : undefined;
  return [commonLetter(lifecycle, state, event, report, to)];
}

/** The same for whoever was to name others. */
export function newsOfStaying(lifecycle: Lifecycle, state: CaseState, event: News<'personStays'>): KeyedEffect[] {
  const { person, concerned } = event;
  if (concerned.length === 0) return [];
  const facts = { leaver: partyOfPerson(person), concerned, count: concerned.length };
  return [commonLetter(lifecycle, state, event, { name: 'personStays', facts, summary: `${person} stays` })];
}
