import type { Kysely } from 'kysely';
import type { GivenFile } from '../database/documents/content.ts';
import type { Database } from '../database/schema.ts';
import type { CaseState } from '../domain/case/state.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { makeDocuments } from './make.ts';
import { TemplateError } from './template/template.ts';
import { TemplateFolderError } from './templates.ts';

/**
 * The paper that is circulated for comments: one text for all sides, so the first of its originals, as DOCX; of a case as
 * it stands after an event that is not on record yet.
 *
 * @param templates a folder of templates that go before Entente's own
 */
export async function circulatedPaper(
  db: Kysely<Database>,
  kind: string,
  after: CaseState,
  templates?: string,
): Promise<GivenFile | Refusal> {
  try {
    const made = await makeDocuments(db, kind, after.id, { formats: ['docx'], templates, standing: after });
    if (isRefusal(made)) return made;
    const [file] = made.documents.flatMap(({ files }) => files);
    const { draft } = after.subject as { readonly draft?: number };
    const name = [kind, after.id.split('/')[1], ...(draft ? ['draft', draft] : [])].join('-');
    return file
      ? { name: `${name}.docx`, content: file.content }
      : refuse('TextMissing', `There is nothing to write ${kind} of; give the file: --document FILE.`);
  } catch (error) {
    if (!(error instanceof TemplateError || error instanceof TemplateFolderError)) throw error;
    return refuse('TextMissing', `The ${kind} cannot be written by the templates of this worker: ${error.message}`);
  }
}
