import { zipParts } from '../../database/documents/zip.ts';

/** A part of a DOCX, as text. */
export function partOf(docx: Buffer, name: string): string {
  const part = zipParts(docx)?.find((each) => each.name === name);
  if (!part) throw new Error(`There is no ${name} in it.`);
  return part.read().toString('utf8');
}
