import { createHash } from 'node:crypto';
import type { DocumentFile } from '../../domain/document.ts';

/** What stands in it, for tests that keep it. */
export const contentOf = (name: string): Buffer => Buffer.from(`The text of ${name}`);

/** A file as a command names it; another name is another file. */
export const aDocument = (name = 'draft.docx', size = 12_345): DocumentFile => ({
  name,
  type: 'docx',
  sha256: createHash('sha256').update(contentOf(name)).digest('hex'),
  size,
});
