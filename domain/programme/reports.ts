import { spanOf } from '../dates.ts';
import { intentionFields, outlineChanges } from '../edition/outline.ts';
import { caseOf, date } from '../fields.ts';
import { pairsOf, refuseInvited } from '../nomination/rules.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { alive } from './course.ts';
import { command, type EditionOnRecord, editionOf, type Programme } from './state.ts';

const edition = caseOf('edition').describe('the edition');

/** What editions report to their programme. Said twice, it is refused and changes nothing. */
export const reports = {
  recordEditionFixed: command({
    says: 'The days of an edition are fixed, or others than before',
    by: ['case'],
    from: alive,
    input: { edition, from: date.describe('its first day'), to: date.describe('its last day') },
    decide: ({ edition: id, from, to }, programme) =>
      ofOpen(programme, id, (known) =>
        known.from === from && known.to === to
          ? refuse('AlreadyDone', `${id} is set for ${spanOf(from, to)} already.`)
          : [{ type: 'editionFixed', edition: id, from, to }],
      ),
  }),
  recordEditionHeld: command({
    says: 'An edition was held; what people changed in it is what the next one begins with',
    by: ['case'],
    from: alive,
    input: { edition, on: date.describe('its last day'), ...outlineChanges },
    decide: ({ edition: id, on, invited, focalPoints, ...changes }, programme) =>
      ofOpen(programme, id, ({ number }) => {
        const pairs = invited && focalPoints ? { invited: pairsOf(invited, focalPoints) } : {};
        const held = { type: 'editionHeld', edition: id, nth: number, on, changes: { ...changes, ...pairs } } as const;
        return refuseInvited(invited ?? [], focalPoints ?? []) ?? [held];
      }),
  }),
  recordIntention: command({
    says: 'An edition proposes the next one',
    by: ['case'],
    from: alive,
    input: { edition, ...intentionFields },
    decide: (intention, programme) =>
      editionOf(programme, intention.edition)
        ? [{ type: 'nextIntended', ...intention }]
        : refuseUnknown(programme, intention.edition),
  }),
  recordEditionClosed: command({
    says: 'An edition is over, with its report',
    by: ['case'],
    from: alive,
    input: { edition },
    decide: ({ edition: id }, programme) => {
      const known = editionOf(programme, id);
      if (!known) return refuseUnknown(programme, id);
      return known.outcome === 'held'
        ? [{ type: 'editionClosed', edition: id }]
        : refuse('AlreadyDone', `${id} is ${known.outcome ?? 'not held yet'}; it cannot be closed.`);
    },
  }),
  recordEditionCancelled: command({
    says: 'An edition is not held; its number goes to the next one opened',
    by: ['case'],
    from: alive,
    input: { edition },
    decide: ({ edition: id }, programme) =>
      ofOpen(programme, id, ({ number }) => [{ type: 'editionCancelled', edition: id, nth: number }]),
  }),
};

function ofOpen<T>(programme: Programme, id: string, answer: (edition: EditionOnRecord) => T): T | Refusal {
  const known = editionOf(programme, id);
  if (!known) return refuseUnknown(programme, id);
  return known.outcome ? refuse('AlreadyDone', `${id} is on record as ${known.outcome}.`) : answer(known);
}

const refuseUnknown = ({ editions }: Programme, id: string): Refusal =>
  refuse('UnknownItem', `${id} is no edition of this programme${editions.length > 0 ? '' : '; it has opened none'}.`);
