import { documentFile, filesIn, type NamedDocument } from '../document.ts';
import type { Mou } from './state.ts';

/** The text that is discussed before it is agreed. */

export const underDiscussion = ['underNegotiation', 'underReview'] as const;

export const theDraft = { what: 'The draft', option: '--document FILE' };
export const presentDraft = documentFile
  .optional()
  .describe('the present draft, which goes with the letter; without it, the one that is on record');

/** With the text of the present draft, where it is given. */
export function withDraft(mou: Mou, given: NamedDocument | undefined): Mou {
  const [document] = filesIn([given]);
  return document ? { ...mou, document } : mou;
}
