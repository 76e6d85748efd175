import { createHash } from 'node:crypto';
import {
  type DocumentFile,
  type DocumentType,
  documentTypes,
  inMegabytes,
  largestDocument,
  nameFault,
} from '../../domain/document.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import { textFault } from '../../domain/text.ts';
import { type ZipPart, zipParts } from './zip.ts';

/** A file as somebody hands it in. */
export interface GivenFile {
  readonly name: string;
  readonly content: Buffer;
}

/**
 * What a file is, by its content; its name has to agree with that. Whatever is said of it goes to ministries, whose
 * machines open a file by its ending.
 */
export function describedFile({ name, content }: GivenFile): DocumentFile | Refusal {
  const called = name.normalize('NFC').trim();
  const fault = called === '' ? 'must not be empty' : (textFault(called, false) ?? nameFault(called));
  if (fault) return refuse('InvalidInput', `${JSON.stringify(name.slice(0, 200))}: the name of a document ${fault}.`);
  if (content.length === 0) return refuse('InvalidInput', `${called} is empty: there is nothing in it to read.`);
  if (content.length > largestDocument) return tooLarge(called, content.length);
  const ending = /\.([^.]+)$/.exec(called)?.[1]?.toLowerCase() ?? '';
  const type = isType(ending) ? ending : undefined;
  if (!type) return refuse('InvalidInput', `${called}: a document ends in ${endings}, by what it is.`);
  const found = typesOf(content);
  if (!found.includes(type))
    return refuse('InvalidInput', `${called} is no ${type.toUpperCase()}: ${contentInWords(found)}.`);
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { name: called, type, sha256, size: content.length };
}

/** Said of a file that need not be read to know it. */
export const tooLarge = (name: string, size: number): Refusal =>
  refuse(
    'TooLarge',
    `${name} has ${inMegabytes(size)}; a document that goes with letters has at most ${inMegabytes(largestDocument)}.`,
  );

const isType = (ending: string): ending is DocumentType => (documentTypes as readonly string[]).includes(ending);
const endings = `${documentTypes
  .slice(0, -1)
  .map((type) => `.${type}`)
  .join(', ')} or .${documentTypes.at(-1)}`;

const contentInWords = (found: readonly DocumentType[]): string =>
  found.length > 0
    ? `what is in it is ${found[0] === 'md' ? 'plain text' : found[0]?.toUpperCase()}`
    : `what is in it is none of ${documentTypes.map((type) => type.toUpperCase()).join(', ')}, or it is damaged`;

/** The types that a content may be called; none for anything else. */
function typesOf(content: Buffer): readonly DocumentType[] {
  if (content.subarray(0, 5).toString('latin1') === '%PDF-') return ['pdf'];
  const parts = content.subarray(0, 2).toString('latin1') === 'PK' ? zipParts(content) : undefined;
  if (parts) return officeTypeOf(parts);
  return isText(content) ? ['md', 'txt'] : [];
}

const mainParts: Readonly<Record<string, DocumentType>> = {
  'word/document.xml': 'docx',
  'xl/workbook.xml': 'xlsx',
  'ppt/presentation.xml': 'pptx',
};

const openDocuments: Readonly<Record<string, DocumentType>> = {
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/vnd.oasis.opendocument.presentation': 'odp',
  'application/hwp+zip': 'hwpx',
};

function officeTypeOf(parts: readonly ZipPart[]): readonly DocumentType[] {
  const names = parts.map(({ name }) => name);
  // Programs in it would run at whoever opens it.
  if (names.some((name) => /vbaProject\.bin$/i.test(name))) return [];
  const main = names.includes('[Content_Types].xml') ? names.flatMap((name) => mainParts[name] ?? []) : [];
  const mimetype = parts.find(({ name }) => name === 'mimetype');
  const open = mimetype && openDocuments[textIn(mimetype).trim()];
  return open ? [open] : main;
}

function textIn(part: ZipPart): string {
  try {
    return part.read().toString('utf8');
  } catch {
    return '';
  }
}

/** UTF-8 without anything that no text holds. */
function isText(content: Buffer): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    return (
      textFault(
        text
          .replaceAll(/\r\n?|\f/g, '\n')
          .replaceAll('\t', ' ')
          .trim() || ' ',
        true,
      ) === undefined
    );
  } catch {
    return false;
  }
}

/**
 * What a document says, as far as it can be read without a program for it; undefined for a PDF and for what is damaged.
 * For looking whether somebody is named in it: marks between words are of no meaning.
 */
export function wordsIn(type: DocumentType, content: Buffer): string | undefined {
  if (type === 'pdf') return undefined;
  if (type === 'md' || type === 'txt') return content.toString('utf8');
  const parts = zipParts(content)?.filter(({ name }) => name.endsWith('.xml'));
  // Inline marks cut words in two, those of paragraphs do not.
  return parts
    ?.map((part) =>
      textIn(part)
        .replaceAll(/<\/(?:w:p|a:p|text:p|text:h|si|c)>/g, ' ')
        .replaceAll(/<[^>]*>/g, ''),
    )
    .join(' ');
}
