import { partyOfPerson } from '../fields.ts';
import type { Facts, Lifecycle, Stamp } from '../lifecycle.ts';
import type { KeyedEffect } from './effects.ts';
import { commonLetter } from './letter.ts';
import { type CaseState, type CommonEvent, plannedDeadlines } from './state.ts';

type HandOver = Extract<CommonEvent, { type: 'coordinatorChanged' }> & Stamp;

/** Of many cases that change hands together, one tells both coordinators of all; whoever does it knows of it. */
export function newsOfHandOver(lifecycle: Lifecycle, state: CaseState, event: HandOver): KeyedEffect[] {
  if (event.toldBy !== undefined) return [];
  return event.together ? newsOfMany(lifecycle, state, event) : newsOfOne(lifecycle, state, event);
}

function newsOfOne(lifecycle: Lifecycle, state: CaseState, event: HandOver): KeyedEffect[] {
  if (event.by === state.coordinator) return [];
  const report = {
    name: 'coordinating',
    facts: { handedBy: `person/${event.by}`, ...owedByCoordinator(lifecycle, state) },
    summary: `coordinates ${state.id}`,
  };
  const effect = commonLetter(lifecycle, state, event, report);
  return effect.type === 'mail' ? [{ ...effect, message: { ...effect.message, isNew: true } }] : [];
}

/** What comes to them with the case: how much is owed, and by when the first. */
function owedByCoordinator(lifecycle: Lifecycle, state: CaseState): Facts {
  const coordinator = partyOfPerson(state.coordinator);
  const owed = plannedDeadlines(lifecycle, state).filter(({ owedBy }) => owedBy === coordinator);
  const [due] = owed.map(({ standing }) => standing.plan.due).toSorted();
  return { count: owed.length, ...(due ? { due } : {}) };
}

function newsOfMany(
  lifecycle: Lifecycle,
  state: CaseState,
  { from = state.coordinator, coordinator, together = [], ...event }: HandOver,
): KeyedEffect[] {
  const facts = { cases: together, count: together.length, from: partyOfPerson(from), to: partyOfPerson(coordinator) };
  const told = [
    { name: 'handedToYou', person: coordinator, summary: `coordinates ${together.length} cases` },
    { name: 'handedFromYou', person: from, summary: `${together.length} cases went to ${coordinator}` },
  ];
  return told
    .filter(({ person }) => person !== event.by)
    .map(({ name, person, summary }) =>
      commonLetter(lifecycle, state, event, { name, facts, summary }, partyOfPerson(person)),
    );
}
