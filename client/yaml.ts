import { isAlias, isNode, LineCounter, parseAllDocuments, visit, type Document } from 'yaml';
import type { FileFault } from '../database/directory.ts';

/** A name that stands for another place is handy; by the thousand it is an attack. */
const mostAliases = 100;

type Path = readonly (string | number)[];

/** One YAML document, and on which line its parts stand. */
export interface YamlDocument {
  readonly value: unknown;
  /** The line of what stands at a path; of what is missing, that of whatever should hold it. */
  readonly lineAt: (path: Path) => number;
  /** The same with its column, both from 1. */
  readonly placeAt: (path: Path) => Place;
}

export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Every document of a YAML text, with all its faults by line. */
export function readYaml(file: string, text: string): { documents: YamlDocument[]; faults: FileFault[] } {
  const lineCounter = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter, prettyErrors: false, uniqueKeys: true });
  if ('empty' in parsed) return { documents: [], faults: [{ file, line: 1, because: 'is empty' }] };
  const faults = parsed.flatMap((document) => documentFaults(file, document, lineCounter));
  if (faults.length > 0) return { documents: [], faults };
  return {
    documents: parsed.map((document) => ({
      value: document.toJS({ maxAliasCount: mostAliases }) as unknown,
      lineAt: (path) => placeOf(document, path, lineCounter).line,
      placeAt: (path) => placeOf(document, path, lineCounter),
    })),
    faults,
  };
}

function documentFaults(file: string, document: Document.Parsed, lineCounter: LineCounter): FileFault[] {
  const faults = [...document.errors, ...document.warnings].map(({ pos, message }) => ({
    file,
    line: lineCounter.linePos(pos[0]).line,
    because: message,
  }));
  let aliases = 0;
  visit(document, (_, node) => {
    if (isAlias(node)) aliases += 1;
  });
  if (aliases > mostAliases)
    faults.push({ file, line: 1, because: `has ${aliases} aliases; at most ${mostAliases} are taken` });
  else if (faults.length === 0) faults.push(...expansionFaults(file, document));
  return faults;
}

/** A few aliases, each of the one before, can still grow without bound. */
function expansionFaults(file: string, document: Document.Parsed): FileFault[] {
  try {
    document.toJS({ maxAliasCount: mostAliases });
    return [];
  } catch (error) {
    return [{ file, line: 1, because: `cannot be read: ${(error as Error).message}` }];
  }
}

function placeOf(document: Document.Parsed, path: Path, lineCounter: LineCounter): Place {
  for (let length = path.length; length >= 0; length -= 1) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) {
      const { line, col } = lineCounter.linePos(node.range[0]);
      return { line, column: col };
    }
  }
  return { line: 1, column: 1 };
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
