import type { Kysely } from 'kysely';
import type { FileFault } from '../database/directory.ts';
import type { Database } from '../database/schema.ts';
import type { CaseState } from '../domain/case/state.ts';
import { kindOf } from '../domain/case/opening.ts';
import type { Instant } from '../domain/dates.ts';
import { caseId, country } from '../domain/fields.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { docxOf } from './docx/docx.ts';
import { documentKinds } from './kinds.ts';
import { type DocumentKind, templateOf, type Version } from './kind.ts';
import { Register } from './register.ts';
import { type MissingField, Template, TemplateError } from './template/template.ts';
import { type TemplateFile, TemplateFolders } from './templates.ts';

export const documentFormats = ['md', 'docx'] as const;
export type DocumentFormat = (typeof documentFormats)[number];

export interface MadeFile {
  readonly name: string;
  readonly content: Buffer;
}

/** One document in the formats asked for. */
export interface MadeDocument {
  readonly kind: string;
  readonly of: string;
  readonly title: string;
  readonly language: string;
  readonly files: readonly MadeFile[];
  /** What the register does not hold; the document shows each as a gap. */
  readonly missing: readonly MissingField[];
}

export interface MakeOptions {
  readonly formats?: readonly DocumentFormat[] | undefined;
  /** A folder of templates that go before Entente's own. */
  readonly templates?: string | undefined;
  /** A case as it will stand, in place of what is on record of it. */
  readonly standing?: CaseState | undefined;
}

export interface Made {
  readonly documents: readonly MadeDocument[];
  /** Files among the templates that are the template of nothing. */
  readonly unused: readonly string[];
}

/**
 * Makes the documents of one kind of a case or a country, in memory. The same register makes the same bytes.
 *
 * @throws {@link TemplateError} with every fault of every template that is needed, or `TemplateFolderError`
 */
export async function makeDocuments(
  db: Kysely<Database>,
  kindName: string,
  subject: string,
  { formats = documentFormats, templates, standing }: MakeOptions = {},
): Promise<Made | Refusal> {
  const kind = kindFor(kindName, subject);
  if ('refused' in kind) return kind;
  const folders = await TemplateFolders.open(templates);
  const register = await Register.open(db, standing);
  const versions = await kind.gather(register, subject);
  if (isRefusal(versions)) return versions;
  const written = await Promise.all(
    versions.map(async (version) => ({
      version,
      files: await folders.of(templateOf(kind), version.languages ?? ['en']),
    })),
  );
  const ready = checked(kind, written);
  const documents: MadeDocument[] = [];
  for (const { version, file, template } of ready)
    documents.push(await document(kind, subject, version, { file, template, formats, asOf: register.asOf }));
  return { documents, unused: folders.unused };
}

/** Documents of one name can be made of different things; each has fields and a template of its own. */
function kindFor(kindName: string, subject: string): DocumentKind | Refusal {
  const kinds = kindsNamed(kindName);
  if (isRefusal(kinds)) return kinds;
  const wanted = kinds
    .flatMap(({ of }) => of)
    .map((each) => (each === 'country' ? 'a country, such as GR' : `${each}/ID`))
    .join(', or ');
  const isCountry = country.safeParse(subject).success;
  if (!isCountry && !caseId.safeParse(subject).success)
    return refuse('InvalidInput', `"${subject}" is no case; ${kindName} is made of ${wanted}.`);
  const found = kinds.find(({ of }) => of.includes(isCountry ? 'country' : kindOf(subject)));
  return found ?? refuse('WrongKind', `${subject} is not what ${kindName} is made of: ${wanted}.`);
}

/** The documents of one name; there is one for each kind of thing that they are made of. */
export function kindsNamed(kindName: string): readonly DocumentKind[] | Refusal {
  const kinds = documentKinds.filter(({ name }) => name === kindName);
  const names = [...new Set(documentKinds.map(({ name }) => name))].join(', ');
  return kinds.length > 0 ? kinds : refuse('UnknownKind', `There is no document "${kindName}"; there are ${names}.`);
}

type Values = Version<unknown>;

/** Every template that is needed, right for its fields: nothing is made while one of them is not. */
function checked(kind: DocumentKind, written: readonly { version: Values; files: readonly TemplateFile[] }[]) {
  const faults: FileFault[] = [];
  const templates = new Map<string, Template>();
  for (const { path, source, language } of written.flatMap(({ files }) => files)) {
    if (templates.has(path) || faults.some(({ file }) => file === path)) continue;
    try {
      templates.set(path, new Template(source, path, kind.fields, language));
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      faults.push(...error.faults);
    }
  }
  if (faults.length > 0) throw new TemplateError(faults);
  return written.flatMap(({ version, files }) =>
    files.flatMap((file) => {
      const template = templates.get(file.path);
      return template ? [{ version, file, template }] : [];
    }),
  );
}

/** Where a document of one name is made of several kinds of things, its file says of which. */
function subjectIn(kindName: string, subject: string): readonly string[] {
  const [first = '', slug] = subject.split('/');
  const ways = documentKinds.filter(({ name }) => name === kindName).flatMap(({ of }) => of);
  if (slug === undefined) return [first.toLowerCase()];
  return ways.length > 1 ? [first, slug] : [slug];
}

interface Making {
  readonly file: TemplateFile;
  readonly template: Template;
  readonly formats: readonly DocumentFormat[];
  readonly asOf: Instant | undefined;
}

async function document(
  { name: kind }: DocumentKind,
  subject: string,
  { suffix, title, countries, values }: Values,
  { file: { language }, template, formats, asOf }: Making,
): Promise<MadeDocument> {
  const { markdown, missing } = template.render(values);
  const parts = [kind, ...subjectIn(kind, subject), ...(suffix ? [suffix] : [])];
  const name = `${parts.join('-')}${language === 'en' ? '' : `.${language}`}`;
  const files: MadeFile[] = [];
  if (formats.includes('md')) files.push({ name: `${name}.md`, content: Buffer.from(markdown) });
  if (formats.includes('docx'))
    files.push({ name: `${name}.docx`, content: await docxOf(markdown, { title, language, countries, asOf }) });
  return { kind, of: subject, title, language, files, missing };
}
