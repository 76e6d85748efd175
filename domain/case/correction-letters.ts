import { partyOfPerson } from '../fields.ts';
import type { Lifecycle, Stamp } from '../lifecycle.ts';
import type { CorrectionEvent } from './correction.ts';
import type { KeyedEffect } from './effects.ts';
import { commonLetter } from './letter.ts';
import type { CaseState } from './state.ts';

/** Whoever was told wrongly hears what is right, once for all that is mended together; why it was wrong is for the record. */
export function newsOfCorrection(
  lifecycle: Lifecycle,
  state: CaseState,
  event: CorrectionEvent & Stamp,
): KeyedEffect[] {
  const wrong = event.corrections.filter(({ was }) => was !== undefined);
  const report = {
    name: 'corrected',
    facts: {
      corrected: wrong.map(({ fact }) => fact),
      wrong: wrong.map(({ was }) => together(was ?? '')),
      right: wrong.map(({ is }) => together(is)),
      count: wrong.length,
    },
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
