import { z } from 'zod';
import { isFile } from '../client/field-shape.ts';
import type { AnswerWay } from '../domain/case/answers.ts';
import { bodyOf } from '../domain/case/command.ts';
import { nomineeFields } from '../domain/nomination.ts';
import { refersTo } from '../domain/references.ts';
import type { CommandTexts, Texts } from './texts.ts';

/** How a field is asked for. */
export type Control =
  | { readonly as: 'line' | 'text' | 'lines' | 'date' | 'time' | 'number' | 'yesNo' | 'agency' }
  | { readonly as: 'file'; readonly several: boolean }
  | { readonly as: 'choice'; readonly options: readonly string[] }
  | { readonly as: 'nominees'; readonly fields: readonly Field[] };

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly required: boolean;
  readonly control: Control;
}

type Wrapped = { readonly innerType?: z.ZodType; readonly in?: z.ZodType; readonly format?: string };

/** Seen through optional, default and the like. */
function bare(schema: z.ZodType): z.ZodType {
  const { innerType } = schema.def as Wrapped;
  return innerType ? bare(innerType) : schema;
}

function controlOf(schema: z.ZodType, texts: Texts): Control {
  const inner = bare(schema);
  if (isFile(inner)) return { as: 'file', several: inner instanceof z.ZodArray };
  if (refersTo(inner) === 'agency') return { as: 'agency' };
  if (inner instanceof z.ZodEnum) return { as: 'choice', options: inner.options.map(String) };
  if (inner instanceof z.ZodBoolean) return { as: 'yesNo' };
  if (inner instanceof z.ZodNumber) return { as: 'number' };
  if (inner instanceof z.ZodArray)
    return inner.element === nomineeFields ? { as: 'nominees', fields: nomineeControls(texts) } : { as: 'lines' };
  if ((inner.def as Wrapped).format === 'date') return { as: 'date' };
  if (inner.meta()?.['timeOfDay']) return { as: 'time' };
  return { as: inner.meta()?.['lines'] === 'several' ? 'text' : 'line' };
}

const nomineeControls = (texts: Texts): readonly Field[] =>
  Object.entries(texts.nominee).map(([name, label]) => {
    const schema = nomineeFields.shape[name as keyof typeof nomineeFields.shape];
    return { name, label, required: !schema.safeParse(undefined).success, control: { as: 'line' } };
  });

/** The fields of a command that are asked for on a page: those that what is owed does not settle, and that have a name there. */
export function fieldsOf({ definition, settled }: AnswerWay, { fields }: CommandTexts, texts: Texts): readonly Field[] {
  const shape = bodyOf(definition).shape as Record<string, z.ZodType>;
  return Object.entries(fields).flatMap(([name, label]): Field[] => {
    if (name === 'reason')
      return [{ name, label, required: definition.reason === 'required', control: { as: 'text' } }];
    const schema = shape[name];
    if (!schema) return [];
    const control = controlOf(schema, texts);
    if (Object.hasOwn(settled, name) && control.as !== 'nominees') return [];
    return [{ name, label, required: !schema.safeParse(undefined).success, control }];
  });
}

/** How many can be nominated on one page. */
export const mostNominees = 5;
