import { partyOfPerson } from '../fields.ts';
import type { Lifecycle, Stamp } from '../lifecycle.ts';
import type { KeyedEffect } from './effects.ts';
import { nameOf } from './label.ts';
import { commonLetter } from './letter.ts';
import { type CaseState, plannedDeadlines } from './state.ts';

/**
 * Whoever owed something in a case that is cancelled, and hears it by no letter of its kind. Earlier versions told them nothing.
 *
 * @param told who gets a letter because of the event anyway
 */
export function newsToThoseOwing(
  lifecycle: Lifecycle,
  before: CaseState,
  after: CaseState,
  event: Stamp,
  told: readonly string[],
): KeyedEffect[] {
  const knowing = [...told, partyOfPerson(after.coordinator), partyOfPerson(event.by)];
  const owing = plannedDeadlines(lifecycle, before).flatMap(({ owedBy, standing }) =>
    owedBy && !standing.plan.broughtIn && !knowing.includes(owedBy) ? [owedBy] : [],
  );
  return [...new Set(owing)].flatMap((to) => {
    const summary = `${nameOf(to)} owes nothing in ${after.id} any more`;
    const letter = { name: 'cancelled', facts: {}, summary, keyedBy: `cancelled/${to}` };
    const effect = commonLetter(lifecycle, after, event, letter, to);
    return effect.type === 'mail' ? [{ ...effect, message: { ...effect.message, isNew: true as const } }] : [];
  });
}
