import { z } from 'zod';
import { isFile } from '../client/field-shape.ts';
import type { OfferedWay } from '../client/opened-link.ts';
import { bodyOf } from '../domain/case/command.ts';
import { refersTo } from '../domain/references.ts';
import type { Source } from './choices.ts';
import type { CommandTexts, Texts } from './texts.ts';

/** How a field is asked for. */
export type Control =
  | { readonly as: 'line' | 'text' | 'lines' | 'numbers' | 'date' | 'time' | 'number' }
  | { readonly as: 'file'; readonly several: boolean }
  /** Where it is meant unless somebody says otherwise, the box is ticked. */
  | { readonly as: 'yesNo'; readonly isUsual?: true }
  | { readonly as: 'choice'; readonly options: readonly string[]; readonly isShort?: boolean }
  /** One or several of what there is at the moment. */
  | { readonly as: 'pick'; readonly of: Source; readonly several: boolean; readonly inOrder?: boolean }
  | { readonly as: 'record'; readonly fields: readonly Field[] }
  | Table;

/** Rows of these fields. */
export interface Table {
  readonly as: 'table';
  readonly fields: readonly Field[];
  /** How many rows one page takes. */
  readonly most: number;
  /** Whether they take the place of those that there are. */
  readonly replaces: boolean;
}

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
  if (inner instanceof z.ZodObject) return { as: 'record', fields: fieldsWithin(inner, name, texts) };
  if (inner instanceof z.ZodEnum) return { as: 'choice', options: inner.options.map(String) };
  if (inner instanceof z.ZodBoolean)
    return { as: 'yesNo', ...(schema.safeParse(undefined).data ? { isUsual: true } : {}) };
  if (inner instanceof z.ZodNumber) return { as: 'number' };
  if (inner instanceof z.ZodArray) return controlOfSeveral(inner, name, texts);
  const of = sourceOf(inner, name);
  if (of) return { as: 'pick', of, several: false };
  if ((inner.def as Wrapped).format === 'date') return { as: 'date' };
  if (inner.meta()?.['timeOfDay']) return { as: 'time' };
  return { as: inner.meta()?.['lines'] === 'several' ? 'text' : 'line' };
}

function controlOfSeveral(several: z.ZodArray, name: string, texts: Texts): Control {
  const element = bare(several.element as z.ZodType);
  if (element instanceof z.ZodObject) return tableOf(several, fieldsWithin(element, name, texts).map(inRow));
  const of = sourceOf(element, name);
  if (of) return { as: 'pick', of, several: true };
  return { as: element instanceof z.ZodNumber ? 'numbers' : 'lines' };
}

const [mostRows, mostInTable] = [60, 420];

const tableOf = (schema: z.ZodType, fields: readonly Field[]): Table => ({
  as: 'table',
  fields,
  most: Math.min(mostRows, Math.floor(mostInTable / fields.length)),
  replaces: schema.meta()?.['replaces'] === true,
});

/** A choice takes a line. */
const inRow = (field: Field): Field =>
  field.control.as === 'choice' ? { ...field, control: { ...field.control, isShort: true } } : field;

export const isRequired = (schema: z.ZodType): boolean => !schema.safeParse(undefined).success;

/** The fields of a record or a row; where it has no words of its own, they are facts of a case, of which some are corrected. */
function fieldsWithin({ shape }: z.ZodObject, name: string, texts: Texts): readonly Field[] {
  const words = texts.within[name];
  return Object.entries(shape as Record<string, z.ZodType>).map(([each, schema]) => {
    const required = isRequired(schema);
    const label = words?.[each] ?? texts.facts[each] ?? each;
    const isOptional = words !== undefined && !required;
    return {
      name: each,
      label: isOptional ? texts.say('ifAny', { label }) : label,
      required,
      control: controlOf(schema, each, texts),
    };
  });
}

type AskedWay = Pick<OfferedWay, 'definition' | 'settled' | 'asksAll' | 'about'>;

/** Said by programs alone. */
const ofPrograms: ReadonlySet<string> = new Set(['by', 'together', 'toldBy']);

/**
 * The fields of a command that are asked for on a page: those that what is owed does not settle, and, unless all are asked
 * for, that have a name among its words. What somebody does without owing it may have a reason, too.
 */
export function fieldsOf(way: AskedWay, words: CommandTexts, texts: Texts): readonly Field[] {
  const { definition, settled, asksAll, about } = way;
  const shape = bodyOf(definition).shape as Record<string, z.ZodType>;
  const names = asksAll ? allIn(shape) : Object.keys(words.fields);
  return names.flatMap((name): Field[] => {
    const schema = shape[name];
    if (!schema) return [];
    const required = name === 'reason' ? definition.reason === 'required' : isRequired(schema);
    // What is owed is done for no reason but that.
    if (name === 'reason' && !required && about !== '' && words.fields['reason'] === undefined) return [];
    const label = words.fields[name] ?? labelOf(texts, name, { required, isTold: definition.tells === 'reason' });
    const control = controlOf(schema, name, texts);
    if (control.as === 'table') return [{ name, label, required, control: besides(control, settled[name]) }];
    return Object.hasOwn(settled, name) ? [] : [{ name, label, required, control }];
  });
}

/** Of rows of which something is settled, the rest is asked for. */
function besides(table: Table, settled: unknown): Control {
  const [known = {}] = (settled as readonly object[] | undefined) ?? [];
  return { ...table, fields: table.fields.filter(({ name }) => !Object.hasOwn(known, name)) };
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
