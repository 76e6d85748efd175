import type { Names } from '../../database/names.ts';
import type { Told } from '../../domain/story/told.ts';
import { wordsOfPeople } from '../activities/mail/leaks.ts';
import { typedFields } from '../kinds/typed.ts';

/** What is told with no name but one, and without what people typed: what is left is ours. */

/** Everybody and everything is called so, whatever its id. */
const called = '◆';
class Everybody extends Map<string, { readonly name: string }> {
  override get(reference: string): { readonly name: string } | undefined {
    return /^([a-z]+\/.|[A-Z]{2}$)/.test(reference) ? { name: called } : undefined;
  }
}
export const everybody: Names = new Everybody();

/** What people typed, and what rules made of that. */
export const typed = new Set([
  ...wordsOfPeople,
  ...typedFields,
  ...`agenda because contactOf dropped nominees opinionDetails papers preparation replacement right told wrong`.split(
    ' ',
  ),
]);

export const masked = (told: Told): Told => ({
  ...told,
  facts: Object.fromEntries(
    Object.entries(told.facts).map(([name, fact]) => {
      if (!typed.has(name)) return [name, fact];
      return [name, Array.isArray(fact) ? fact.map(() => '◇') : typeof fact === 'string' ? '◇' : fact];
    }),
  ),
  parts: Object.fromEntries(Object.entries(told.parts).map(([name, parts]) => [name, parts.map(masked)])),
});
