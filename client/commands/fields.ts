import { Option } from 'commander';
import { kebab } from '../../domain/case/label.ts';
import type { z } from 'zod';
import type { InputFault } from '../../domain/case/faults.ts';
import { isRequired, meaningOf, type Shape, shapeOf, valueOf } from '../field-shape.ts';

const placeholderOf = (shape: Shape): string => {
  if (shape.type === 'list') return placeholderOf(shape.of);
  if (shape.type === 'record') return 'json';
  return 'placeholder' in shape ? shape.placeholder : 'choice';
};

/** A field of a record has an option of its own: `--right-due`, for `right.due`. */
const within = (name: string, field: string): string => `${name}${field.charAt(0).toUpperCase()}${field.slice(1)}`;

/** The options through which a field is given, with what it means. */
export function optionsFor(name: string, schema: z.ZodType): Option[] {
  const shape = shapeOf(schema);
  if (shape.type === 'record')
    return Object.entries(shape.fields).flatMap(([field, part]) => optionsFor(within(name, field), part));
  const means = meaningOf(schema);
  const notes = [isRequired(schema) ? 'required' : '', shape.type === 'list' ? howMany(shape.of) : ''].filter(Boolean);
  const text = [means, notes.length > 0 ? `(${notes.join(', ')})` : ''].filter(Boolean).join(' ');
  const flag = kebab(name);
  if (shape.type === 'flag') return [new Option(`--${flag}`, text), new Option(`--no-${flag}`, '').hideHelp()];
  const option = new Option(`--${flag} <${placeholderOf(shape)}>`, text);
  if (shape.type === 'choice') return [option.choices([...shape.choices])];
  if (shape.type !== 'list') return [option.argParser((typed: string) => valueOf(shape, typed))];
  if (shape.of.type === 'choice') option.description += ` (of: ${shape.of.choices.join(', ')})`;
  return [option.argParser(collected(shape.of))];
}

const collected =
  (item: Shape) =>
  (text: string, before: unknown): unknown[] => [
    ...(Array.isArray(before) ? (before as unknown[]) : []),
    ...(hasNoComma(item) ? text.split(',').map((each) => each.trim()) : [text]).map((each) => valueOf(item, each)),
  ];

/** Ids, days and words to choose from: several can be typed at once, as in a cell. */
const hasNoComma = (shape: Shape): boolean =>
  shape.type === 'choice' || (shape.type === 'text' && shape.placeholder !== 'text');

const howMany = (item: Shape): string => (hasNoComma(item) ? 'several with commas' : 'may be repeated');

/** The fields among the options of a command; a record that is needed is there, whatever it lacks. */
export function bodyFrom(
  options: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, z.ZodType>>,
): Record<string, unknown> {
  const given = Object.entries(fields).map(([name, schema]) => [name, fieldFrom(options, name, schema)]);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined)) as Record<string, unknown>;
}

function fieldFrom(options: Readonly<Record<string, unknown>>, name: string, schema: z.ZodType): unknown {
  const shape = shapeOf(schema);
  if (shape.type !== 'record') return options[name];
  const parts = Object.entries(shape.fields).map(([field, part]) => [field, within(name, field), part] as const);
  const given = parts.flatMap(([field, option, part]) => {
    const value = fieldFrom(options, option, part);
    return value === undefined ? [] : [[field, value] as const];
  });
  return given.length > 0 || isRequired(schema) ? Object.fromEntries(given) : undefined;
}

/** A field as it is given on the command line: `--nominees (number 1), organisation`, `--right-due`; who acts, `--as`. */
export function optionName([name = '', ...path]: InputFault['path']): string {
  const [field] = path;
  if (typeof field === 'string') return optionName([within(String(name), field), ...path.slice(1)]);
  const item = path.map((part) => (typeof part === 'number' ? ` (number ${part + 1})` : `, ${part}`)).join('');
  return `--${name === 'by' ? 'as' : kebab(String(name))}${item}`;
}
