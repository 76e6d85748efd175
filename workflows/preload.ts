import type { z } from 'zod';
import { bodyOf, commandsOf } from '../domain/case/command.ts';
import { openingSchema } from '../domain/case/opening.ts';
import { lifecycles } from '../domain/kinds.ts';
import type { Lifecycle } from '../domain/lifecycle.ts';

/**
 * Loaded once per workflow thread, not once per case: all rules and their schemas. The SDK freezes deeply what is loaded
 * here, so whatever changes when it is used is used once, or replaced by what does not change.
 */

// Each promise that a workflow makes has its stack captured, and each frame costs a look-up in the source map. One is what
// tells where something went wrong.
Error.stackTraceLimit = 1;

/** A schema works out its shape and its parser at the first use of each. */
function use(schema: z.ZodType, used: Set<z.ZodType>): void {
  if (used.has(schema)) return;
  used.add(schema);
  for (const { _zod } of [schema, ...(schema.def.checks ?? [])]) withoutMemory(_zod.def);
  for (const input of [undefined, {}, [], '', 0]) tried(schema, input);
  for (const part of Object.values(schema.def)) for (const inner of schemasIn(part)) use(inner, used);
}

/** A check sets its pattern back before each use, which a frozen one does not take; ours begin at the start anyway. */
function withoutMemory(definition: object): void {
  const pattern: unknown = Reflect.get(definition, 'pattern');
  if (!(pattern instanceof RegExp)) return;
  Reflect.set(definition, 'pattern', {
    test: (text: string) => pattern.test(text),
    toString: () => String(pattern),
    get lastIndex() {
      return 0;
    },
    set lastIndex(_) {},
  });
}

/** A transformation within a schema may not stand what the schema before it would have kept out. */
function tried(schema: z.ZodType, input: unknown): void {
  try {
    schema.safeParse(input);
  } catch {
    // Used all the same.
  }
}

/** A part of a definition is a schema, holds some, or is something else, such as a check. */
const schemasIn = (part: unknown): z.ZodType[] =>
  isSchema(part) ? [part] : typeof part === 'object' && part !== null ? Object.values(part).filter(isSchema) : [];

const isSchema = (value: unknown): value is z.ZodType =>
  typeof value === 'object' && value !== null && 'safeParse' in value;

const used = new Set<z.ZodType>();
for (const lifecycle of Object.values(lifecycles) as Lifecycle[]) {
  use(openingSchema(lifecycle), used);
  for (const definition of Object.values(commandsOf(lifecycle))) use(bodyOf(definition), used);
}
