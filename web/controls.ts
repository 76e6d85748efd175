import { z } from 'zod';
import { isFile } from '../client/field-shape.ts';
import type { OfferedWay } from '../client/links.ts';
import { bodyOf } from '../domain/case/command.ts';
import { nomineeFields } from '../domain/nomination.ts';
import { refersTo } from '../domain/references.ts';
import type { Source } from './choices.ts';
import type { CommandTexts, Texts } from './texts.ts';

/** How a field is asked for. */
export type Control =
  | { readonly as: 'line' | 'text' | 'lines' | 'numbers' | 'date' | 'time' | 'number' | 'yesNo' }
  | { readonly as: 'file'; readonly several: boolean }
  | { readonly as: 'choice'; readonly options: readonly string[] }
  /** One or several of what there is at the moment. */
  | { readonly as: 'pick'; readonly of: Source; readonly several: boolean; readonly inOrder?: boolean }
  | { readonly as: 'record' | 'nominees'; readonly fields: readonly Field[] };

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

/** What text names that is in the case itself, by how such fields are called. */
const withinCase: Readonly<Record<string, Source>> = {
  deadline: 'deadline',
  deadlines: 'deadline',
  message: 'message',
  nominee: 'nominee',
  nominees: 'nominee',
  absent: 'nominee',
};

const sourceOf = (schema: z.ZodType, name: string): Source | undefined => {
  const refers = refersTo(schema);
  // There are too many cases to choose from.
  return refers === 'case' ? undefined : (refers ?? withinCase[name]);
};

export function controlOf(schema: z.ZodType, name: string, texts: Texts): Control {
  const inner = bare(schema);
  if (isFile(inner)) return { as: 'file', several: inner instanceof z.ZodArray };
  if (inner instanceof z.ZodObject) return { as: 'record', fields: factControls(inner, texts) };
  if (inner instanceof z.ZodEnum) return { as: 'choice', options: inner.options.map(String) };
  if (inner instanceof z.ZodBoolean) return { as: 'yesNo' };
  if (inner instanceof z.ZodNumber) return { as: 'number' };
  if (inner instanceof z.ZodArray) return controlOfSeveral(inner.element as z.ZodType, name);
  const of = sourceOf(inner, name);
  if (of) return { as: 'pick', of, several: false };
  if ((inner.def as Wrapped).format === 'date') return { as: 'date' };
  if (inner.meta()?.['timeOfDay']) return { as: 'time' };
  return { as: inner.meta()?.['lines'] === 'several' ? 'text' : 'line' };
}

function controlOfSeveral(element: z.ZodType, name: string): Control {
  const of = sourceOf(element, name);
  if (of) return { as: 'pick', of, several: true };
  return { as: element instanceof z.ZodNumber ? 'numbers' : 'lines' };
}

export const isRequired = (schema: z.ZodType): boolean => !schema.safeParse(undefined).success;

/** What is right of the facts of a case. */
const factControls = ({ shape }: z.ZodObject, texts: Texts): readonly Field[] =>
  Object.entries(shape as Record<string, z.ZodType>).map(([name, schema]) => ({
    name,
    label: texts.facts[name] ?? name,
    required: false,
    control: controlOf(schema, name, texts),
  }));

/** @param asksState where what is owed does not say which state nominates */
const nomineeControls = (texts: Texts, asksState: boolean): readonly Field[] =>
  Object.entries({ ...(asksState ? { country: texts.fields['country'] ?? '' } : {}), ...texts.nominee }).map(
    ([name, label]) => {
      const schema = nomineeFields.shape[name as keyof typeof nomineeFields.shape];
      const control = name === 'country' ? controlOf(schema, name, texts) : ({ as: 'line' } as const);
      return { name, label, required: isRequired(schema), control };
    },
  );

/** `about` is empty where a case is given a command that answers nothing that is owed. */
type AskedWay = Pick<OfferedWay, 'definition' | 'settled'> & { readonly about?: string | undefined };

/** What is a table comes in files, at a terminal. */
export const isTable = (schema: z.ZodType): boolean => {
  const inner = bare(schema);
  return inner instanceof z.ZodArray && inner.element instanceof z.ZodObject && !isFile(inner);
};

const isNominees = (schema: z.ZodType): boolean => {
  const inner = bare(schema);
  return inner instanceof z.ZodArray && inner.element === nomineeFields;
};

/** Said by programs alone. */
const ofPrograms: ReadonlySet<string> = new Set(['by', 'together', 'toldBy']);

/**
 * The fields of a command that are asked for on a page. Of an answer those that what is owed does not settle and that have
 * a name among its words; whoever keeps the case is asked for all that there are.
 */
export function fieldsOf(way: AskedWay, words: CommandTexts, texts: Texts): readonly Field[] {
  const { definition, settled, about } = way;
  const shape = bodyOf(definition).shape as Record<string, z.ZodType>;
  const names = about === '' ? allIn(shape) : Object.keys(words.fields);
  return names.flatMap((name): Field[] => {
    const schema = shape[name];
    if (!schema) return [];
    const required = name === 'reason' ? definition.reason === 'required' : isRequired(schema);
    const label = words.fields[name] ?? labelOf(texts, name, { required, isTold: definition.tells === 'reason' });
    if (isNominees(schema)) {
      const fields = nomineeControls(texts, !Object.hasOwn(settled, name));
      return [{ name, label, required, control: { as: 'nominees', fields } }];
    }
    return Object.hasOwn(settled, name) ? [] : [{ name, label, required, control: controlOf(schema, name, texts) }];
  });
}

/** Why it is done comes last. */
const allIn = (shape: Readonly<Record<string, z.ZodType>>): readonly string[] => {
  const last = ['reason', 'told'].filter((name) => name in shape);
  return [...Object.keys(shape).filter((name) => !ofPrograms.has(name) && !last.includes(name)), ...last];
};

function labelOf(
  { fields, say }: Texts,
  name: string,
  { required, isTold }: { readonly required: boolean; readonly isTold: boolean },
): string {
  const label = fields[name === 'reason' && isTold ? 'reasonTold' : name] ?? name;
  return required ? label : say('ifAny', { label });
}

/** Whether a command can be filled in: what is a table is not. */
export const hasForm = (way: AskedWay, words: CommandTexts, texts: Texts): boolean =>
  fieldsOf(way, words, texts).every(({ name }) => {
    const schema = bare((bodyOf(way.definition).shape as Record<string, z.ZodType>)[name] ?? z.string());
    return !isTable(schema) || isNominees(schema);
  });

/** How many can be nominated on one page. */
export const mostNominees = 5;
