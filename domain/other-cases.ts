import { kindOf } from './case/opening.ts';
import type { Country } from './fields.ts';
import type { Effect } from './lifecycle.ts';

type Input = Readonly<Record<string, unknown>>;

/** A command to another case, which takes it or refuses it by its own rules. */
export const tellCase = (id: string, command: string, input: Input): Effect[] => [
  { type: 'tell', case: id, command, input },
];

/** A case that comes of this one: `id` is `KIND/SLUG`. */
export function openCase(id: string, title: string, countries: readonly Country[], input: Input): Effect[] {
  const kind = kindOf(id);
  return [{ type: 'open', kind, slug: id.slice(kind.length + 1), title, countries, input }];
}
