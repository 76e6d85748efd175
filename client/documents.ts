import { fieldsOf, type ListedField } from '../documents/fields.ts';
import { documentKinds } from '../documents/kinds.ts';
import { type Made, type MadeDocument, makeDocuments, type MakeOptions, namesOfKinds } from '../documents/make.ts';
import { TemplateError } from '../documents/template/template.ts';
import { TemplateFolderError } from '../documents/templates.ts';
import { WriteError, writeFiles } from '../documents/write.ts';
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
 * @throws {@link RefusedError} if a file is there already with another content and may not be replaced
 */
export async function writeDocuments(
  folder: string,
  documents: readonly MadeDocument[],
  replace = false,
): Promise<readonly WrittenDocument[]> {
  try {
    const paths = await writeFiles(
      folder,
      documents.flatMap(({ files }) => files),
      replace,
    );
    let from = 0;
    return documents.map(({ files, ...document }) => ({
      ...document,
      paths: paths.slice(from, (from += files.length)),
    }));
  } catch (error) {
    if (error instanceof WriteError) throw new RefusedError(refuse('AlreadyDone', error.message));
    throw error;
  }
}

/** @throws {@link RefusedError} if there is no such document */
export function fieldsOfKind(name: string): readonly ListedField[] {
  const kind = documentKinds.find((each) => each.name === name);
  if (kind) return fieldsOf(kind.fields);
  throw new RefusedError(refuse('UnknownKind', `There is no document "${name}"; there are ${namesOfKinds()}.`));
}
