import { analyzeSync, type Template as Parsed, type Variable } from 'liquidjs';
import type { z } from 'zod';
import { type Fields, itemOf, partsOf } from '../fields.ts';

export interface FieldFault {
  readonly line: number;
  readonly because: string;
}

/** What the names in a template stand for; `unknown` is whatever a filter has made, which is looked at when it is rendered. */
type Meaning = z.ZodType | 'unknown';
type Scope = ReadonlyMap<string, Meaning>;

/**
 * Every field that a template names and that there is not, on whatever branch it stands.
 *
 * Liquid itself says which variables stand where; what they mean follows from the fields, through loops and assignments.
 */
export function faultsIn(templates: readonly Parsed[], fields: Fields): readonly FieldFault[] {
  const faults: FieldFault[] = [];
  const visit = (all: readonly Parsed[], outer: Scope): void => {
    const scope = new Map(outer);
    for (const template of all) {
      const variables = variablesOf(template);
      for (const { segments, location } of variables) {
        const because = faultOf(scope, segments);
        if (because) faults.push({ line: location.row, because });
      }
      for (const name of template.localScope?.() ?? []) scope.set(name.content, meaningOf(scope, variables));
      const inBlock = new Map(scope);
      for (const name of template.blockScope?.() ?? [])
        inBlock.set(name, name.endsWith('loop') ? 'unknown' : itemMeaning(meaningOf(scope, variables)));
      visit(childrenOf(template), inBlock);
    }
  };
  visit(templates, new Map(Object.entries(partsOf(fields) ?? {})));
  return faults.filter(
    ({ line, because }, index) => faults.findIndex((each) => each.line === line && each.because === because) === index,
  );
}

/** Those in the tag or output itself, not in what it encloses. */
const variablesOf = (template: Parsed): readonly Variable[] => {
  const given = template.arguments?.();
  if (!given) return [];
  const alone: Parsed = { token: template.token, render: () => undefined, arguments: () => given };
  return Object.values(analyzeSync([alone]).variables).flat();
};

function childrenOf(template: Parsed): readonly Parsed[] {
  const children = template.children?.(false, true).next().value;
  return Array.isArray(children) ? children : [];
}

const root = (name: string | number | Variable | undefined): string => String(name ?? '');

/** What the one variable of a loop or an assignment means; with filters on it or several of them nobody knows. */
function meaningOf(scope: Scope, variables: readonly Variable[]): Meaning {
  const [variable, another] = variables;
  if (!variable || another) return 'unknown';
  const [first, ...rest] = variable.segments;
  return rest.reduce<Meaning>(
    (meaning, segment) => partOf(meaning, segment) ?? 'unknown',
    scope.get(root(first)) ?? 'unknown',
  );
}

const itemMeaning = (meaning: Meaning): Meaning => (meaning === 'unknown' ? meaning : (itemOf(meaning) ?? 'unknown'));

function partOf(meaning: Meaning, segment: string | number | Variable): Meaning | undefined {
  if (meaning === 'unknown' || segment === 'size') return 'unknown';
  const item = itemOf(meaning);
  if (item) return typeof segment === 'object' || /^(first|last|-?\d+)$/.test(String(segment)) ? item : undefined;
  return partsOf(meaning)?.[String(segment)];
}

function faultOf(scope: Scope, [first, ...rest]: Variable['segments']): string | undefined {
  const name = root(first);
  let meaning = scope.get(name);
  if (!meaning) return `there is no field "${name}"${nearest(name, [...scope.keys()])}.`;
  let path = name;
  for (const segment of rest) {
    const part = partOf(meaning, segment);
    const names = meaning === 'unknown' ? [] : Object.keys(partsOf(meaning) ?? {});
    const inLoop =
      meaning !== 'unknown' && itemOf(meaning)
        ? `; "${path}" is a list, go over it with {% for each in ${path} %}`
        : '';
    if (!part)
      return `there is no field "${path}.${String(segment)}"${inLoop || nearest(String(segment), names, `${path}.`)}.`;
    path = `${path}.${String(segment)}`;
    meaning = part;
  }
  return undefined;
}

function nearest(name: string, names: readonly string[], before = ''): string {
  const [best] = names.map((each) => ({ each, far: distance(name, each) })).sort((a, b) => a.far - b.far);
  return best && best.far <= Math.max(2, name.length / 2) ? `; did you mean "${before}${best.each}"?` : '';
}

/** How many letters have to be put in, left out or changed (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of a.toLowerCase().split('').entries())
    row = row.reduce<number[]>(
      (next, above, j) =>
        j === 0
          ? [i + 1]
          : [
              ...next,
              Math.min(
                above + 1,
                (next[j - 1] ?? 0) + 1,
                (row[j - 1] ?? 0) + (letter === b[j - 1]?.toLowerCase() ? 0 : 1),
              ),
            ],
      [],
    );
  return row.at(-1) ?? 0;
}
