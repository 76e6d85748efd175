import { type Kysely, sql } from 'kysely';
import type { DocumentFile, DocumentType } from '../domain/document.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { describedFile, type GivenFile } from './documents/content.ts';
import type { Database } from './schema.ts';

type Db = Kysely<Database>;

/**
 * Puts a file into the register, for a command that is about to name it. Its hash is its key: asked twice, it is there once.
 */
export async function keepDocument(db: Db, file: GivenFile): Promise<DocumentFile | Refusal> {
  const document = describedFile(file);
  if (isRefusal(document)) return document;
  const { sha256, type } = document;
  await db
    .insertInto('documents')
    .values({ sha256, type, content: file.content })
    .onConflict((conflict) => conflict.column('sha256').doNothing())
    .execute();
  return document;
}

/** Refuses a command that names what is not there, or is something else than it says. */
export async function refuseUnkept(db: Db, documents: readonly DocumentFile[]): Promise<Refusal | undefined> {
  if (documents.length === 0) return undefined;
  const kept = await db
    .selectFrom('documents')
    .select(['sha256', 'type', sql<number>`octet_length(content)`.as('size')])
    .where('sha256', 'in', [...new Set(documents.map(({ sha256 }) => sha256))])
    .execute();
  for (const { name, sha256, type, size } of documents) {
    const found = kept.find((each) => each.sha256 === sha256);
    if (!found)
      return refuse(
        'UnknownDocument',
        `The register has no document ${sha256} (${name}); hand the file in again, and then give the command.`,
      );
    if (found.size !== size || (found.type !== type && !(isText(found.type) && isText(type))))
      return refuse(
        'InvalidInput',
        `${name} is on record as ${found.type.toUpperCase()} of ${found.size} bytes, not as ${type.toUpperCase()} of ${size}.`,
      );
  }
  return undefined;
}

/** The same bytes may be called the one and the other. */
const isText = (type: DocumentType): boolean => type === 'md' || type === 'txt';

/** The bytes of files, by their hashes. */
export async function contentsOf(db: Db, hashes: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
  if (hashes.length === 0) return new Map();
  const rows = await db
    .selectFrom('documents')
    .select(['sha256', 'content'])
    .where('sha256', 'in', [...new Set(hashes)])
    .execute();
  return new Map(rows.map(({ sha256, content }) => [sha256, content]));
}

/** A file that a case names, and since which event. */
export interface CaseDocument extends DocumentFile {
  readonly event: number;
  readonly at: string;
  readonly by: string;
  /** What happened, as the case says it. */
  readonly says: string;
}

/** What a case has circulated, in the order in which it did. */
export const listCaseDocuments = (db: Db, caseId: string): Promise<readonly CaseDocument[]> =>
  db
    .selectFrom('case_documents as named')
    .innerJoin('documents', 'documents.sha256', 'named.sha256')
    .innerJoin('events', (join) =>
      join.onRef('events.case_id', '=', 'named.case_id').onRef('events.number', '=', 'named.event_number'),
    )
    .select(['named.event_number as event', 'named.name', 'documents.type', 'named.sha256', 'at', 'by', 'says'])
    .select(sql<number>`octet_length(content)`.as('size'))
    .where('named.case_id', '=', caseId)
    .orderBy('named.event_number')
    .orderBy('position')
    .execute();
