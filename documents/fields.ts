import { z } from 'zod';
import type { MadeTitle } from '../domain/titles.ts';

/**
 * The fields of a document: a zod object in which everything is described. The description stands in the list of
 * fields, and where a document lacks the value: "[missing: name of the head of the delegation]".
 */
export type Fields = z.ZodObject;

/** Plain words, made safe for Markdown when they are shown. */
export const words = (says: string) => z.string().optional().describe(says);
/** A title that rules may have made, stored in English: a document has it in its own language. `item` stands on an agenda. */
export const title = (made: MadeTitle | 'item', says: string) =>
  z.string().optional().meta({ description: says, made });
export const day = (says: string) => z.iso.date().optional().describe(says);
export const number = (says: string) => z.number().optional().describe(says);
export const yesNo = (says: string) => z.boolean().describe(says);
export const listOfWords = (says: string) => z.array(z.string().describe(`one of: ${says}`)).describe(says);
export const listOf = <S extends z.ZodRawShape>(says: string, shape: S) =>
  z.array(z.object(shape).describe(`one of: ${says}`)).describe(says);
export const group = <S extends z.ZodRawShape>(says: string, shape: S) => z.object(shape).optional().describe(says);

/** What a field is, without the wrapper that says that it can be missing. */
export const bare = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodOptional ? bare(schema.unwrap() as z.ZodType) : schema;

export const descriptionOf = (schema: z.ZodType): string => schema.description ?? bare(schema).description ?? 'a value';

/** What a title is made as; nothing of what is no title. */
export const madeAs = (schema: z.ZodType): MadeTitle | 'item' | undefined =>
  schema.meta()?.['made'] as MadeTitle | 'item' | undefined;

/** The fields of a group; of a list, those of one of its items. */
export function partsOf(schema: z.ZodType): Readonly<Record<string, z.ZodType>> | undefined {
  const inner = bare(schema);
  if (inner instanceof z.ZodObject) return inner.shape as Readonly<Record<string, z.ZodType>>;
  return undefined;
}

export function itemOf(schema: z.ZodType): z.ZodType | undefined {
  const inner = bare(schema);
  return inner instanceof z.ZodArray ? (inner.element as z.ZodType) : undefined;
}

/** One field that a template may use. */
export interface ListedField {
  /** As a template spells it; `[]` stands where a loop goes over the items of a list. */
  readonly field: string;
  readonly type: 'text' | 'number' | 'day' | 'yes or no' | 'group' | 'list of texts' | 'list';
  readonly says: string;
}

function typeOf(schema: z.ZodType): ListedField['type'] {
  const inner = bare(schema);
  const item = itemOf(inner);
  if (item) return partsOf(item) ? 'list' : 'list of texts';
  if (inner instanceof z.ZodObject) return 'group';
  if (inner instanceof z.ZodNumber) return 'number';
  if (inner instanceof z.ZodBoolean) return 'yes or no';
  return inner instanceof z.ZodISODate ? 'day' : 'text';
}

/** Every field, in the order in which it is defined. */
export const fieldsOf = (schema: z.ZodType, before = ''): readonly ListedField[] =>
  Object.entries(partsOf(schema) ?? {}).flatMap(([name, field]) => {
    const path = `${before}${name}`;
    const item = itemOf(field);
    return [
      { field: path, type: typeOf(field), says: descriptionOf(field) },
      ...(item ? fieldsOf(item, `${path}[].`) : fieldsOf(field, `${path}.`)),
    ];
  });
