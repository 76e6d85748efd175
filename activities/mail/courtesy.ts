import type { Named } from '../../database/names.ts';
import type { Language } from './texts.ts';
import { formatted } from './icu.ts';

/** Who reads a letter, as the directory has them. */
export interface Addressed {
  /** Absent: nobody is addressed. */
  readonly name?: string | undefined;
  /** The id of a person; absent: a mailbox that an agency shares. */
  readonly person?: string | undefined;
  readonly office?: string | undefined;
}

/** Who coordinates the case, and what the directory knows of them. */
interface Signing extends Partial<Named> {
  /** Such as `person/kim-minji`. */
  readonly is: string;
}

/** How a letter begins and ends. */
export interface Courtesy {
  readonly salutation: readonly string[];
  readonly closing: readonly string[];
}

const yesOrNo = (value: string | undefined): string => (value ? 'yes' : 'no');

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Neither sex nor marriage is in the directory: the words fit whoever reads them. */
function salutationFor({ name, person, office }: Addressed, { frame, code }: Language): readonly string[] {
  if (!name) return [];
  const facts: Readonly<Record<string, string>> = {
    name,
    office: office ?? '',
    hasoffice: yesOrNo(office),
    isperson: yesOrNo(person),
  };
  return linesOf(formatted(frame.salutation, code, (fact) => facts[fact] ?? ''));
}

/** With whoever coordinates the case; nobody writes to themselves. */
function closingFor(
  { name: reader, person }: Addressed,
  { is, name, office = '', agency = '' }: Signing,
  { frame, code }: Language,
): readonly string[] {
  if (!name || !reader || is === `person/${person}`) return [];
  const facts: Readonly<Record<string, string>> = {
    name,
    office,
    agency,
    hasoffice: yesOrNo(office),
    hasagency: yesOrNo(agency),
  };
  return linesOf(formatted(frame.closing, code, (fact) => facts[fact] ?? ''));
}

export const courtesyFor = (reader: Addressed, coordinator: Signing, language: Language): Courtesy => ({
  salutation: salutationFor(reader, language),
  closing: closingFor(reader, coordinator, language),
});
