import type { DocumentFile } from '../../domain/document.ts';

/** A file as a command names it; another name is another file. */
export const aDocument = (name = 'draft.docx', size = 12_345): DocumentFile => ({
  name,
  type: 'docx',
  sha256: Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64),
  size,
});
