import { filesIn, type NamedDocument } from './document.ts';
import type { Effect } from './lifecycle.ts';

/** The same letters with the texts that they are about. */
export const carrying = (texts: readonly (NamedDocument | undefined)[], letters: readonly Effect[]): Effect[] =>
  letters.map((letter) => (letter.type === 'mail' ? { ...letter, attached: filesIn(texts) } : letter));
