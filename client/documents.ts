import { fieldsOf, type ListedField } from '../documents/fields.ts';
import { templateOf } from '../documents/kind.ts';
import {
  kindsNamed,
  type Made,
  type MadeDocument,
  type MadeFile,
  makeDocuments,
  type MakeOptions,
} from '../documents/make.ts';
import { TemplateError } from '../documents/template/template.ts';
import { TemplateFolderError } from '../documents/templates.ts';
import { OtherContentError, WriteError, writeFiles } from '../documents/write.ts';
import { isRefusal, refuse } from '../domain/refusal.ts';
import { FileFaultsError, RefusedError, UsageError } from './errors.ts';
import type { RegisterConnection } from './register.ts';

/** A document that was written, and where to. */
export interface WrittenDocument extends Omit<MadeDocument, 'files'> {
  readonly paths: readonly string[];
}

/** See `Entente.documents`. */
export async function documentsFrom(
  register: RegisterConnection,
  kind: string,
  subject: string,
  options: MakeOptions,
): Promise<Made> {
  try {
    const made = await register.ask((db) => makeDocuments(db, kind, subject, options));
    if (isRefusal(made)) throw new RefusedError(made);
    return made;
  } catch (error) {
    if (error instanceof TemplateError) throw new FileFaultsError('Nothing was written', error.faults);
    if (error instanceof TemplateFolderError) throw new UsageError(error.message);
    throw error;
  }
}

/**
 * Writes documents into a folder, all of them or none.
 *
 * @throws as {@link written} does
 */
export async function writeDocuments(
  folder: string,
  documents: readonly MadeDocument[],
  replace = false,
): Promise<readonly WrittenDocument[]> {
  const files = documents.flatMap((document) => document.files);
  const paths = await written(folder, files, replace);
  let from = 0;
  return documents.map(({ files: { length }, ...document }) => ({
    ...document,
    paths: paths.slice(from, (from += length)),
  }));
}

/**
 * Writes files into a folder, all of them or none, and gives their paths.
 *
 * @throws {@link RefusedError} if a file is there already with another content and may not be replaced
 * @throws {@link UsageError} if the folder cannot be written
 */
export async function written(folder: string, files: readonly MadeFile[], replace = false): Promise<readonly string[]> {
  try {
    return await writeFiles(folder, files, replace);
  } catch (error) {
    if (error instanceof OtherContentError) throw new RefusedError(refuse('AlreadyDone', error.message));
    if (error instanceof WriteError) throw new UsageError(error.message);
    throw error;
  }
}

/** A field of a document, and of which document of its name: `press-release.md` or `press-release-visit.md`. */
export interface TemplateField extends ListedField {
  readonly template: string;
}

/** @throws {@link RefusedError} if there is no such document */
export function fieldsOfKind(name: string): readonly TemplateField[] {
  const kinds = kindsNamed(name);
  if (isRefusal(kinds)) throw new RefusedError(kinds);
  return kinds.flatMap((kind) =>
    fieldsOf(kind.fields).map((field) => ({ template: `${templateOf(kind)}.md`, ...field })),
  );
}
