import { html } from 'hono/html';
import type { InputFault } from '../domain/case/faults.ts';
import type { Field } from './controls.ts';
import { inputNames } from './form.ts';
import { type Html, recorded } from './pages.ts';
import type { Texts } from './texts.ts';

/** Each fault at its input; those of something that the page does not show, at the first. */
export function faultsByInput(
  fields: readonly Field[],
  faults: readonly InputFault[],
  texts: Texts,
): ReadonlyMap<string, string | Html> {
  const names = [...fields.map(({ name }) => name), ...inputNames(fields)];
  return new Map(
    faults.map(({ path, because }) => {
      const name = path.map(String).join('.');
      const at = names.includes(name) ? name : (names.find((each) => name.startsWith(each)) ?? names[0] ?? '');
      const isMissing = because === 'is missing' || because === 'must not be empty';
      return [at, isMissing ? texts.say('missing') : html`${texts.say('invalid')} ${recorded(because)}`];
    }),
  );
}
