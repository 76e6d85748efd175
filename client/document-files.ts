import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { z } from 'zod';
import { describedFile, type GivenFile, tooLarge } from '../database/documents/content.ts';
import { type DocumentFile, largestDocument } from '../domain/document.ts';
import { RefusedError, unlessRefused } from './errors.ts';
import { isFile } from './field-shape.ts';
import { readBytes } from './files.ts';

export { describedFile, type GivenFile } from '../database/documents/content.ts';

/** A command's fields with its files as cases know them, and the files themselves, to be kept before it is given. */
export interface WithFiles {
  readonly body: Readonly<Record<string, unknown>>;
  readonly files: readonly GivenFile[];
}

/**
 * Reads the files whose paths stand in the fields that take files.
 *
 * @param pathOf where a file is that is named in a field; as it is named unless said otherwise
 * @throws {@link RefusedError} if one is empty, too large, or something else than its name says; `UsageError` if one
 * cannot be read
 */
export async function withFiles(
  schema: z.ZodObject,
  fields: Readonly<Record<string, unknown>>,
  pathOf: (named: string) => string = (named) => named,
): Promise<WithFiles> {
  const body: Record<string, unknown> = { ...fields };
  const files: GivenFile[] = [];
  const read = async (named: unknown): Promise<unknown> => {
    if (typeof named !== 'string') return named;
    const { file, document } = await documentAt(pathOf(named));
    files.push(file);
    return document;
  };
  for (const [name, field] of Object.entries(schema.shape as Record<string, z.ZodType>)) {
    const given = fields[name];
    if (given === undefined || !isFile(field)) continue;
    body[name] = Array.isArray(given) ? await Promise.all(given.map(read)) : await read(given);
  }
  return { body, files };
}

async function documentAt(path: string): Promise<{ readonly file: GivenFile; readonly document: DocumentFile }> {
  const name = basename(path);
  // What is too large need not be read to know it.
  const size = await stat(path).then(
    (found) => (found.isFile() ? found.size : 0),
    () => 0,
  );
  if (size > largestDocument) throw new RefusedError(tooLarge(name, size));
  const file = { name, content: await readBytes(path, largestDocument) };
  return { file, document: unlessRefused(describedFile(file)) };
}
