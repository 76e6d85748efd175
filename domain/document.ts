import { z } from 'zod';
import { line } from './fields.ts';
import type { Context } from './lifecycle.ts';
import { type Refusal, refuse } from './refusal.ts';
import { asksForTexts } from './rules-version.ts';

/**
 * A file that goes with a letter. Cases know it by name, type and hash alone; its bytes are in the register, put there
 * before the command that names it.
 */

export const documentTypes = ['pdf', 'docx', 'odt', 'xlsx', 'ods', 'pptx', 'odp', 'hwpx', 'md', 'txt'] as const;
export type DocumentType = (typeof documentTypes)[number];

/** In bytes: of one file, and of all that one letter carries. Relays take some 25 MB, of which the encoding is a quarter. */
export const largestDocument = 10_000_000;

const maxName = 120;

/** Why nothing can be a file's name; it is written under it on other people's machines. */
export function nameFault(name: string): string | undefined {
  if (/[/\\]/.test(name)) return 'must be the name of a file, without a path';
  if (/^\.|[<>:"|?*]/.test(name))
    return 'must be a name that every machine takes: no dot at its beginning, none of < > : " | ? *';
  return Array.from(name).length > maxName ? `is longer than ${maxName} characters` : undefined;
}

const fileName = line.superRefine((name, context) => {
  const fault = nameFault(name);
  if (fault) context.addIssue({ code: 'custom', message: fault });
});

const filed = z.strictObject({
  name: fileName,
  type: z.enum(documentTypes),
  /** As 64 hexadecimal digits. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256, as 64 hexadecimal digits'),
  /** In bytes. */
  size: z.int().min(1).max(largestDocument),
});

export type DocumentFile = z.output<typeof filed>;

/** Earlier versions took a name or an address alone, and running cases know of such. */
export const documentFile = z.union([filed, line]).meta({ file: true });

export type NamedDocument = DocumentFile | string;

export const nameOf = (document: NamedDocument): string => (typeof document === 'string' ? document : document.name);

/** Those of which there is more than a name. */
export const filesIn = (documents: readonly (NamedDocument | undefined)[]): readonly DocumentFile[] =>
  documents.filter((document) => document !== undefined && typeof document !== 'string');

/**
 * Refuses to begin what counts on silence, or asks for a reply to a text, where nobody would get that text.
 *
 * @param what the text, as a sentence begins with it: "The draft"
 * @param option how it is given: `--document FILE`
 */
export function refuseTextMissing(
  { what, option }: { readonly what: string; readonly option: string },
  documents: readonly (NamedDocument | undefined)[],
  { rules }: Pick<Context, 'rules'>,
): Refusal | undefined {
  if (!asksForTexts(rules)) return undefined;
  const named = documents.find((document) => typeof document === 'string');
  if (named !== undefined)
    return refuse('TextMissing', `${what} goes with the letter: "${named}" is a name alone. Give the file: ${option}.`);
  return documents.includes(undefined)
    ? refuse(
        'TextMissing',
        `${what} goes with the letter, so that whoever is asked can read it. Give the file: ${option}.`,
      )
    : undefined;
}

/** What one letter carries has to fit into it. */
export function refuseTooMuch(documents: readonly NamedDocument[]): Refusal | undefined {
  const size = filesIn(documents).reduce((sum, each) => sum + each.size, 0);
  return size > largestDocument
    ? refuse(
        'TooLarge',
        `These files have ${inMegabytes(size)} together; one letter carries ${inMegabytes(largestDocument)}.`,
      )
    : undefined;
}

export const inMegabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1).replace(/\.0$/, '')} MB`;

/** Every file that is named in a command or an event, wherever it stands in it. */
export function documentsIn(value: unknown): readonly DocumentFile[] {
  const parsed = filed.safeParse(value);
  if (parsed.success) return [parsed.data];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(documentsIn) : [];
}
