import type { z } from 'zod';
import { refersTo } from '../domain/references.ts';

/** How a field is typed, on a command line or in a cell. */
export type Shape =
  | { readonly type: 'flag' }
  | { readonly type: 'choice'; readonly choices: readonly string[] }
  | { readonly type: 'number' | 'text' | 'json' | 'file'; readonly placeholder: string }
  | { readonly type: 'list'; readonly of: Shape }
  | { readonly type: 'record'; readonly fields: Readonly<Record<string, z.ZodType>> };

type Definition = {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly element?: z.ZodType;
  readonly entries?: Readonly<Record<string, string>>;
  readonly format?: string;
};

const definitionOf = (schema: z.ZodType): Definition => schema.def as unknown as Definition;

export function shapeOf(schema: z.ZodType): Shape {
  const { type, innerType, in: from, element, entries, format } = definitionOf(schema);
  if (schema.meta()?.['file'] === true) return { type: 'file', placeholder: 'file' };
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
    case 'object':
      return { type: 'record', fields: (schema as z.ZodObject).shape as Record<string, z.ZodType> };
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

/** Whether a field takes a file, or several. */
export function isFile(schema: z.ZodType): boolean {
  const shape = shapeOf(schema);
  return (shape.type === 'list' ? shape.of : shape).type === 'file';
}

export const isRequired = (schema: z.ZodType): boolean => !schema.safeParse(undefined).success;

/** What a field means, in words. */
export function meaningOf(schema: z.ZodType): string {
  const { innerType } = definitionOf(schema);
  return schema.description ?? (innerType ? meaningOf(innerType) : '');
}

/** What cannot be read as a number or as JSON stays text: the rules say what is wrong with it. */
export function valueOf(shape: Shape, text: string): unknown {
  if (shape.type === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (shape.type !== 'json' && shape.type !== 'record') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
