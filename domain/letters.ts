import { deadlineName, type DeadlineName } from './deadline-name.ts';
import { filesIn, type NamedDocument } from './document.ts';
import type { Declared, FactTypes } from './fact-types.ts';
import type { Effect, Facts } from './lifecycle.ts';

type Reader = Extract<Effect, { type: 'mail' }>['to'];

/**
 * Letters of a kind: one of its texts, by name, to each reader once; `answerBy` names the deadline by which it asks for
 * something. `T` is what its facts are, which tell nothing else.
 */
export const lettersOf =
  <T extends FactTypes = Record<never, never>>(kind: string) =>
  <F extends Declared<T, F>>(name: string, to: readonly Reader[], facts?: F, answerBy?: DeadlineName): Effect[] =>
    [...new Set(to)].map((each) => ({
      type: 'mail',
      text: `${kind}.${name}`,
      to: each,
      facts: (facts ?? {}) as Facts,
      ...(answerBy ? { answerBy: deadlineName(answerBy) } : {}),
    }));

/** Letters that an earlier version did not write: its runs replay without them. */
export const asNew = (letters: readonly Effect[]): Effect[] =>
  letters.map((letter) => (letter.type === 'mail' ? { ...letter, isNew: true } : letter));

/** The same letters with the texts that they are about. */
export const carrying = (texts: readonly (NamedDocument | undefined)[], letters: readonly Effect[]): Effect[] =>
  letters.map((letter) => (letter.type === 'mail' ? { ...letter, attached: filesIn(texts) } : letter));
