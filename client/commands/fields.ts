import { Option } from 'commander';
import type { z } from 'zod';
import type { InputFault } from '../../domain/case/faults.ts';
import { refersTo } from '../../domain/references.ts';
import { kebab } from './words.ts';

/** How a field is typed on a command line. */
type Shape =
  | { readonly type: 'flag' }
  | { readonly type: 'choice'; readonly choices: readonly string[] }
  | { readonly type: 'number' | 'text' | 'json'; readonly placeholder: string }
  | { readonly type: 'list'; readonly of: Shape };

type Definition = {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly element?: z.ZodType;
  readonly entries?: Readonly<Record<string, string>>;
  readonly format?: string;
};

const definitionOf = (schema: z.ZodType): Definition => schema.def as unknown as Definition;

function shapeOf(schema: z.ZodType): Shape {
  const { type, innerType, in: from, element, entries, format } = definitionOf(schema);
  if (innerType) return shapeOf(innerType);
  switch (type) {
    case 'pipe':
      return from ? shapeOf(from) : { type: 'json', placeholder: 'json' };
    case 'boolean':
      return { type: 'flag' };
    case 'enum':
      return { type: 'choice', choices: Object.values(entries ?? {}) };
    case 'array':
      return element ? { type: 'list', of: shapeOf(element) } : { type: 'json', placeholder: 'json' };
    case 'number':
      return { type: 'number', placeholder: 'n' };
    case 'string':
      return { type: 'text', placeholder: refersTo(schema) ?? (format === 'date' ? 'yyyy-mm-dd' : 'text') };
    default:
      return unionOf(schema) ?? { type: 'json', placeholder: 'json' };
  }
}

/** Several kinds of text, such as a period or the word `indefinite`, are typed as text. */
function unionOf(schema: z.ZodType): Shape | undefined {
  const { options } = schema.def as { options?: readonly z.ZodType[] };
  const allText = options?.every((each) => ['string', 'literal', 'enum'].includes(definitionOf(each).type));
  return allText ? { type: 'text', placeholder: 'text' } : undefined;
}

const placeholderOf = (shape: Shape): string =>
  shape.type === 'list' ? placeholderOf(shape.of) : 'placeholder' in shape ? shape.placeholder : 'choice';

const isRequired = (schema: z.ZodType): boolean => !schema.safeParse(undefined).success;

/** The options through which a field is given, with what it means. */
export function optionsFor(name: string, schema: z.ZodType): Option[] {
  const shape = shapeOf(schema);
  const means = schema.description ?? schemaDescription(schema) ?? '';
  const notes = [isRequired(schema) ? 'required' : '', shape.type === 'list' ? 'may be repeated' : ''].filter(Boolean);
  const text = [means, notes.length > 0 ? `(${notes.join(', ')})` : ''].filter(Boolean).join(' ');
  const flag = kebab(name);
  if (shape.type === 'flag') return [new Option(`--${flag}`, text), new Option(`--no-${flag}`, '').hideHelp()];
  const option = new Option(`--${flag} <${placeholderOf(shape)}>`, text);
  if (shape.type === 'choice') return [option.choices([...shape.choices])];
  if (shape.type !== 'list') return [option.argParser((typed: string) => valueOf(shape, typed))];
  if (shape.of.type === 'choice') option.description += ` (of: ${shape.of.choices.join(', ')})`;
  return [option.argParser(collected(shape.of))];
}

const schemaDescription = (schema: z.ZodType): string | undefined => {
  const { innerType } = definitionOf(schema);
  return innerType && (innerType.description ?? schemaDescription(innerType));
};

const collected =
  (item: Shape) =>
  (text: string, before: unknown): unknown[] => [
    ...(Array.isArray(before) ? (before as unknown[]) : []),
    valueOf(item, text),
  ];

/** What cannot be read as a number or as JSON stays text: the rules say what is wrong with it. */
function valueOf(shape: Shape, text: string): unknown {
  if (shape.type === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (shape.type !== 'json') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** The fields among the options of a command. */
export const bodyFrom = (
  options: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> =>
  Object.fromEntries(names.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]));

/** A field as it is given on the command line: `--nominees (number 1), organisation`. */
export const optionName = ([name, ...within]: InputFault['path']): string =>
  `--${kebab(String(name))}${within.map((part) => (typeof part === 'number' ? ` (number ${part + 1})` : `, ${part}`)).join('')}`;
