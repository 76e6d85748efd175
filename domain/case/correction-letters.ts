import { partyOfPerson } from '../fields.ts';
import type { Facts, Lifecycle, Stamp } from '../lifecycle.ts';
import type { Correction, CorrectionEvent } from './correction.ts';
import type { KeyedEffect } from './effects.ts';
import { commonLetter } from './letter.ts';
import type { CaseState } from './state.ts';

/** Whoever was told wrongly hears what is right, and the coordinator which other cases still have what was wrong. */
export const lettersOfCorrection = (
  lifecycle: Lifecycle,
  state: CaseState,
  event: CorrectionEvent & Stamp,
): KeyedEffect[] => [...newsOfCorrection(lifecycle, state, event), ...whatIsHeld(lifecycle, state, event)];

/** Other cases are their coordinators': nothing is changed in them but by a command of their own. */
function whatIsHeld(
  lifecycle: Lifecycle,
  state: CaseState,
  { heldBy = [], ...event }: CorrectionEvent & Stamp,
): KeyedEffect[] {
  if (heldBy.length === 0) return [];
  const wrong = event.corrections.filter(({ was }) => was !== undefined);
  const facts = { ...whatIsWrong(wrong), cases: heldBy.map(({ case: id }) => id), number: heldBy.length };
  const summary = `${heldBy.length} other cases have what was wrong`;
  return [commonLetter(lifecycle, state, event, { name: 'heldElsewhere', facts, summary })];
}

const whatIsWrong = (wrong: readonly Correction[]): Facts => ({
  corrected: wrong.map(({ fact }) => fact),
  wrong: wrong.map(({ was }) => together(was ?? '')),
  right: wrong.map(({ is }) => together(is)),
  count: wrong.length,
});

/** Once for all that is mended together; why it was wrong is for the record. */
function newsOfCorrection(lifecycle: Lifecycle, state: CaseState, event: CorrectionEvent & Stamp): KeyedEffect[] {
  const wrong = event.corrections.filter(({ was }) => was !== undefined);
  const report = {
    name: 'corrected',
    facts: whatIsWrong(wrong),
    summary: 'what was wrong and what is right',
  };
  return event.readers
    .filter((to) => to !== partyOfPerson(state.coordinator))
    .map((to) => {
      const mail = commonLetter(lifecycle, state, event, report, to);
      const key = `${mail.key}/${to}`;
      return mail.type === 'mail' ? { ...mail, key, message: { ...mail.message, key } } : mail;
    });
}

/** Facts are lists of single values: several countries are one. */
const together = (known: string | readonly string[]): string => (typeof known === 'string' ? known : known.join(' '));
