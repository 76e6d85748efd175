import { Option } from 'commander';
import type { z } from 'zod';
import type { InputFault } from '../../domain/case/faults.ts';
import { isRequired, meaningOf, type Shape, shapeOf, valueOf } from '../field-shape.ts';
import { kebab } from './words.ts';

const placeholderOf = (shape: Shape): string =>
  shape.type === 'list' ? placeholderOf(shape.of) : 'placeholder' in shape ? shape.placeholder : 'choice';

/** The options through which a field is given, with what it means. */
export function optionsFor(name: string, schema: z.ZodType): Option[] {
  const shape = shapeOf(schema);
  const means = meaningOf(schema);
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

const collected =
  (item: Shape) =>
  (text: string, before: unknown): unknown[] => [
    ...(Array.isArray(before) ? (before as unknown[]) : []),
    valueOf(item, text),
  ];

/** The fields among the options of a command. */
export const bodyFrom = (
  options: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> =>
  Object.fromEntries(names.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]));

/** A field as it is given on the command line: `--nominees (number 1), organisation`; who acts, `--as`. */
export const optionName = ([name, ...within]: InputFault['path']): string =>
  `--${name === 'by' ? 'as' : kebab(String(name))}${within.map((part) => (typeof part === 'number' ? ` (number ${part + 1})` : `, ${part}`)).join('')}`;
