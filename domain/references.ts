import { z } from 'zod';
import type { RefersTo } from './fields.ts';

/** A value that names something in the directory or another case, and where in the input it stands. */
export interface Reference {
  readonly refersTo: RefersTo;
  readonly id: string;
  readonly path: string;
}

/** What a field refers to, seen through optional, default and the like. */
export function refersTo(schema: z.ZodType): RefersTo | undefined {
  const marked = schema.meta()?.['refersTo'];
  return (marked as RefersTo | undefined) ?? (hasInner(schema) ? refersTo(schema.def.innerType) : undefined);
}

type Wrapper = z.ZodType & { readonly def: { readonly innerType: z.ZodType } };
const hasInner = (schema: z.ZodType): schema is Wrapper => 'innerType' in schema.def;

/** Every reference that a value of this schema holds. */
export function referencesIn(schema: z.ZodType, value: unknown, path = ''): readonly Reference[] {
  if (value === undefined || value === null) return [];
  const marked = refersTo(schema);
  if (marked && typeof value === 'string') return [{ refersTo: marked, id: value, path }];
  if (hasInner(schema)) return referencesIn(schema.def.innerType, value, path);
  if (schema instanceof z.ZodArray && Array.isArray(value))
    return value.flatMap((item, index) => referencesIn(schema.element as z.ZodType, item, `${path}[${index}]`));
  if (schema instanceof z.ZodObject && typeof value === 'object')
    return Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([key, field]) =>
      referencesIn(field, (value as Record<string, unknown>)[key], path ? `${path}.${key}` : key),
    );
  return [];
}
