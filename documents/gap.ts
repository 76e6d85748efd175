import { Drop } from 'liquidjs';
import type { z } from 'zod';
import type { MadeTitle } from '../domain/titles.ts';
import { bare, descriptionOf, itemOf, madeAs, partsOf } from './fields.ts';

/**
 * A known field that has no value. It is false in a condition and empty in a loop; where it is shown, it says what is
 * missing. Its parts, and what a filter makes of it, are gaps too.
 */
export class Gap extends Drop {
  readonly #schema: z.ZodType;
  readonly #path: string;

  constructor(schema: z.ZodType, path: string) {
    super();
    this.#schema = schema;
    this.#path = path;
  }

  override valueOf(): null {
    return null;
  }

  override liquidMethodMissing(name: string | number): unknown {
    const item = itemOf(this.#schema);
    if (item) return name === 'size' ? 0 : new Gap(item, `${this.#path}.${name}`);
    const part = partsOf(this.#schema)?.[name];
    return part && new Gap(part, `${this.#path}.${name}`);
  }

  static says = (gap: Gap): string => descriptionOf(gap.#schema);
  static path = (gap: Gap): string => gap.#path;
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** How a title that rules may have made reads in the language of the document. */
export type TitleInWords = (made: MadeTitle | 'item', title: string) => string;

/** The values as a template sees them: every field of the schema is there, those without a value as gaps. */
export function asTemplatesSee(schema: z.ZodType, value: unknown, inWords: TitleInWords, path = ''): unknown {
  if (isEmpty(value)) return new Gap(schema, path);
  const item = itemOf(schema);
  if (item && Array.isArray(value))
    return value.map((each, index) => asTemplatesSee(item, each, inWords, `${path}[${index}]`));
  const parts = partsOf(bare(schema));
  if (!parts || typeof value !== 'object' || value === null) {
    const made = madeAs(schema);
    return made && typeof value === 'string' ? inWords(made, value) : value;
  }
  return Object.fromEntries(
    Object.entries(parts).map(([name, part]) => [
      name,
      asTemplatesSee(part, Reflect.get(value, name), inWords, path ? `${path}.${name}` : name),
    ]),
  );
}
