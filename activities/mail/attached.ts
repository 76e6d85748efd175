import type { Kysely } from 'kysely';
import { contentsOf } from '../../database/documents.ts';
import type { Database } from '../../database/schema.ts';
import { type DocumentFile, type DocumentType, largestDocument } from '../../domain/document.ts';

/** A file as it goes with a mail. */
export interface Attachment {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Buffer;
}

const office = 'application/vnd.openxmlformats-officedocument';
const open = 'application/vnd.oasis.opendocument';

const contentTypes: Readonly<Record<DocumentType, string>> = {
  pdf: 'application/pdf',
  docx: `${office}.wordprocessingml.document`,
  xlsx: `${office}.spreadsheetml.sheet`,
  pptx: `${office}.presentationml.presentation`,
  odt: `${open}.text`,
  ods: `${open}.spreadsheet`,
  odp: `${open}.presentation`,
  hwpx: 'application/hwp+zip',
  md: 'text/markdown; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
};

/**
 * The files with their bytes.
 *
 * @throws if the register does not have one any more: a letter that says it is attached must not go without it
 */
export async function attachmentsOf(
  db: Kysely<Database>,
  files: readonly DocumentFile[],
): Promise<readonly Attachment[]> {
  const contents = await contentsOf(
    db,
    files.map(({ sha256 }) => sha256),
  );
  return files.map(({ name, type, sha256 }) => {
    const content = contents.get(sha256);
    if (!content) throw new Error(`the register does not have ${name} (${sha256}) any more.`);
    return { filename: name, contentType: contentTypes[type], content };
  });
}

interface Carrying {
  readonly attached: readonly DocumentFile[] | null;
}

/**
 * The files that each of several letters can carry in one mail, the first before the others: together they have the size
 * that one letter may have. What does not fit is not said to be attached; the letter that asked carried it.
 */
export function fitting<T extends Carrying>(letters: readonly T[]): readonly (readonly DocumentFile[])[] {
  const going = new Set<string>();
  let room = largestDocument;
  return letters.map(({ attached }) =>
    (attached ?? []).filter(({ sha256, size }) => {
      if (going.has(sha256)) return true;
      if (size > room) return false;
      going.add(sha256);
      room -= size;
      return true;
    }),
  );
}

/** Each file once, whatever it is called in the one letter and in the other. */
export const eachOnce = (files: readonly DocumentFile[]): readonly DocumentFile[] => [
  ...new Map(files.map((file) => [file.sha256, file])).values(),
];

/** What a letter says of its files: their names, each on its own, since they are no list in a sentence. */
export const sayingAttached = (
  files: readonly DocumentFile[] | null = [],
  say: (more: { readonly names: string; readonly count: number }) => string,
): { readonly attached?: string } =>
  files && files.length > 0
    ? { attached: say({ names: files.map(({ name }) => name).join('; '), count: files.length }) }
    : {};
