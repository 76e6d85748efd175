import type { z } from 'zod';
import type { Entry, FileFault } from '../database/directory.ts';
import { type Parsed, parseEntries } from '../database/directory/entry.ts';
import { readEntryFiles } from './entry-files.ts';

/** What a file adds to a list of a case, and everything that is wrong with it. */
export interface ListedFile {
  /** What is not on record yet, as the command takes it. */
  readonly fresh: readonly object[];
  /** How many stand on record already, just so. */
  readonly unchanged: number;
  readonly faults: readonly FileFault[];
}

interface Listing<T> {
  /** What the file holds, in the plural. */
  readonly says: string;
  readonly columns: { readonly all: readonly string[]; readonly required: readonly string[] };
  readonly schema: z.ZodType<T>;
  /** As the schema takes it, from the columns. */
  readonly fieldsOf?: (fields: Entry['fields']) => Entry['fields'];
  /** What tells one from another. */
  readonly idOf: (value: T) => string;
  /** What to do where one stands in the file twice and is not the same. */
  readonly ifTwice?: string;
  readonly isOnRecord: (value: T) => boolean;
  /** What is wrong with one that cannot be read as a whole, besides what the schema says. */
  readonly alsoWrong?: (fields: Entry['fields']) => string | undefined;
  /** What is wrong with those that are new, by their place in the list. */
  readonly faultsOf: (values: readonly T[]) => readonly { readonly index: number; readonly because: string }[];
}

const mostLines = 500;

/**
 * Reads a list for a case from a CSV (or YAML) file, and holds it against what the case has on record.
 *
 * @throws {@link UsageError} if the file cannot be opened, or is neither CSV nor YAML by its name
 */
export async function readListedFile<T extends object>(file: string, listing: Listing<T>): Promise<ListedFile> {
  const { says, columns, schema, fieldsOf = (fields) => fields } = listing;
  const { entries, faults } = await readEntryFiles([file], {
    says: `a list of ${says}`,
    tables: [says],
    columnsOf: () => columns,
    tableOfColumns: () => says,
  });
  const listed = entries[says] ?? [];
  const given = listed.map((entry) => ({ ...entry, fields: fieldsOf(entry.fields) }));
  const read = parseEntries(schema, given);
  const { once, twice } = apart(read.parsed, listing);
  const fresh = once.filter(({ value }) => !listing.isOnRecord(value));
  const known = listing.faultsOf(fresh.map(({ value }) => value)).flatMap(({ index, because }) => {
    const entry = fresh[index]?.entry;
    return entry ? { file, line: entry.line, because } : [];
  });
  const also = given
    .filter((entry) => read.parsed.every((each) => each.entry !== entry))
    .flatMap(({ fields, line }) => {
      const because = listing.alsoWrong?.(fields);
      return because ? { file, line, because } : [];
    });
  const all = [...faults, ...read.faults, ...also, ...twice, ...known, ...tooMany(file, says, listed)];
  return {
    fresh: fresh.map(({ value }) => value),
    unchanged: once.length - fresh.length,
    faults: all.sort((a, b) => a.line - b.line),
  };
}

function apart<T>(parsed: readonly Parsed<T>[], { idOf, ifTwice }: Listing<T>) {
  const lines = new Map<string, number>();
  const once: Parsed<T>[] = [];
  const twice: FileFault[] = [];
  for (const each of parsed) {
    const { file, line } = each.entry;
    const id = idOf(each.value);
    const first = lines.get(id);
    if (first === undefined) once.push(each);
    else twice.push({ file, line, because: `${id} stands on line ${first} already${ifTwice ? `. ${ifTwice}` : ''}` });
    lines.set(id, first ?? line);
  }
  return { once, twice };
}

function tooMany(file: string, says: string, listed: readonly Entry[]): FileFault[] {
  const first = listed[mostLines];
  const because = `these are more than ${mostLines} ${says}; give them in several files`;
  return first ? [{ file, line: first.line, because }] : [];
}
