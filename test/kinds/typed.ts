import type { z } from 'zod';
import { commandsOf } from '../../domain/case/command.ts';
import { openingSchema } from '../../domain/case/opening.ts';
import { type Kind, kinds, lifecycles } from '../../domain/kinds.ts';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import { shapeOf } from '../../client/field-shape.ts';

function fieldsOf(kind: Kind): readonly (readonly [name: string, schema: z.ZodType])[] {
  const lifecycle: Lifecycle = lifecycles[kind];
  const inputs = [openingSchema(lifecycle), ...Object.values(commandsOf(lifecycle)).map(({ input }) => input)];
  return inputs.flatMap(({ shape }) => Object.entries(shape as Record<string, z.ZodType>));
}

const free = { type: 'text', placeholder: 'text' };

/** Any words are taken. */
const isFree = (schema: z.ZodType): boolean => {
  const shape = shapeOf(schema);
  const words = 'What people say';
  return (
    JSON.stringify(shape.type === 'list' ? shape.of : shape) === JSON.stringify(free) &&
    schema.safeParse(shape.type === 'list' ? [words] : words).success
  );
};

/** The names of fields of a kind in which people type words, whatever these look like. */
export const typedFieldsOf = (kind: Kind): readonly string[] =>
  [...new Set(fieldsOf(kind).flatMap(([name, schema]) => (isFree(schema) ? name : [])))].sort();

/** Those of all kinds. */
export const typedFields: readonly string[] = [...new Set(kinds.flatMap(typedFieldsOf))].sort();
