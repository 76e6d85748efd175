import { html } from 'hono/html';
import type { InputFault } from '../domain/case/faults.ts';
import type { Field } from './controls.ts';
import { rowsTyped, within } from './form.ts';
import { type Html, recorded } from './pages.ts';
import type { Sent } from './sent.ts';
import type { Texts } from './texts.ts';

/** Each fault at its input, or at the row or the record that it is of; those of something that the page does not show, at the first. */
export function faultsByInput(
  fields: readonly Field[],
  faults: readonly InputFault[],
  typed: Sent['typed'],
  texts: Texts,
): ReadonlyMap<string, string | Html> {
  const first = fields[0]?.name ?? '';
  return new Map(
    faults.map(({ path, because }) => {
      const isMissing = because === 'is missing' || because === 'must not be empty';
      return [
        placeOf(fields, path.map(String), typed) ?? first,
        isMissing ? texts.say('missing') : html`${texts.say('invalid')} ${recorded(texts, because)}`,
      ];
    }),
  );
}

/** Rows that were left empty are not sent: those behind them stand elsewhere on the page. */
function placeOf(
  fields: readonly Field[],
  [name, ...rest]: readonly string[],
  typed: Sent['typed'],
): string | undefined {
  const field = fields.find((each) => each.name === name || each.name.endsWith(`.${name}`));
  if (!field) return undefined;
  const { control } = field;
  if (control.as === 'record') return placeOf(within(field.name, control.fields), rest, typed) ?? field.name;
  if (control.as !== 'table') return field.name;
  const [index, ...inRow] = rest;
  const row = rowsTyped(field.name, control, typed)[Number(index)]?.row;
  return row === undefined ? field.name : (placeOf(within(row, control.fields), inRow, typed) ?? row);
}
