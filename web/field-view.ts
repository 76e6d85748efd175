import { html } from 'hono/html';
import { documentTypes } from '../domain/document.ts';
import type { Choice, Choices, Source } from './choices.ts';
import type { Field, Table } from './controls.ts';
import { inputName, within } from './form.ts';
import type { Html } from './pages.ts';
import { more, rowName, rowsShown } from './rows.ts';
import type { Texts } from './texts.ts';

/** What is wrong with a form that was sent, and what was typed into it. */
export interface Problems {
  readonly command: string;
  /** The obligation that the form answers, where there may be several. */
  readonly about?: string | undefined;
  readonly sentence: string | Html;
  /** False when nothing is wrong, and only something is still asked for. */
  readonly isFault?: boolean;
  /** What would follow has been shown. */
  readonly isSure?: boolean;
  /** A code is on its way. */
  readonly asksForCode?: boolean;
  readonly typed: ReadonlyMap<string, string>;
  /** By the names of inputs. */
  readonly faults: ReadonlyMap<string, string | Html>;
}

/** Where a field stands. */
export interface Place {
  readonly sight: { readonly texts: Texts; readonly choices: Choices };
  readonly command: string;
  readonly problems: Problems | undefined;
  /** What stands in the fields before anything is typed, by the names of inputs. */
  readonly known?: ReadonlyMap<string, string>;
}

export function fieldOf(place: Place, field: Field): Html {
  const { control, label, name } = field;
  if (control.as === 'table') return tableOf(place, field, control);
  if (control.as === 'record')
    return grouped(
      label,
      html`${faultOf(place, name)}${within(name, control.fields).map((each) => fieldOf(place, each))}`,
    );
  if (control.as === 'pick' && control.inOrder) return inOrderOf(place, field, control.of);
  if (control.as === 'pick' && control.several) return tickedOf(place, field, place.sight.choices(control.of));
  if (control.as === 'choice' && !control.isShort) return choiceOf(place, field, control.options);
  const id = idOf(place, name);
  const isTicked = control.as === 'yesNo';
  return html`<div class="field${isTicked ? ' ticked' : ''}">
${isTicked ? '' : html`<label for="${id}">${label}</label>`}
${inputOf(place, field, id)}
${isTicked ? html`<label for="${id}">${label}</label>` : ''}
${faultOf(place, name)}
</div>`;
}

export const idOf = ({ command }: Place, name: string): string => `${command}-${name.replaceAll('.', '-')}`;

export const faultOf = (place: Place, name: string): Html => {
  const fault = place.problems?.faults.get(name);
  return fault ? html`<p class="wrong" id="${idOf(place, name)}-wrong">${fault}</p>` : html``;
};

const typedIn = ({ problems, known }: Place): ReadonlyMap<string, string> => problems?.typed ?? known ?? new Map();

const valueOf = (place: Place, name: string): string => typedIn(place).get(name) ?? '';

/** What screen readers are told of an input. */
export const told = (place: Place, { name, required }: Pick<Field, 'name' | 'required'>): Html => {
  const isWrong = place.problems?.faults.has(name);
  return html`${required ? html` aria-required="true"` : ''}${isWrong ? html` aria-invalid="true" aria-describedby="${idOf(place, name)}-wrong"` : ''}`;
};

function inputOf(place: Place, field: Field, id: string): Html {
  const { name, control } = field;
  const value = valueOf(place, name);
  const same = html`id="${id}" name="${name}"${told(place, field)}`;
  switch (control.as) {
    case 'text':
      return html`<textarea ${same} rows="5">${value}</textarea>`;
    case 'lines':
    case 'numbers':
      return html`<textarea ${same} rows="3">${value}</textarea>`;
    case 'date':
      return html`<input type="date" ${same} value="${value}">`;
    case 'time':
      return html`<input type="time" ${same} value="${value}">`;
    case 'number':
      return html`<input type="text" inputmode="numeric" ${same} value="${value}">`;
    case 'yesNo':
      return html`<input type="checkbox" ${same} value="yes" ${value === 'yes' ? 'checked' : ''}>`;
    case 'file':
      // What was chosen cannot be shown again: browsers let no page choose a file.
      return html`<input type="file" ${same}${control.several ? ' multiple' : ''} accept="${accepted}">`;
    case 'choice':
      return html`<select ${same}>${optionsOf(place.sight.texts, optionsIn(place.sight.texts, control.options), value)}</select>`;
    case 'pick':
      return html`<select ${same}>${optionsOf(place.sight.texts, place.sight.choices(control.of), value)}</select>`;
    default:
      return html`<input type="text" ${same} value="${value}">`;
  }
}

const accepted = documentTypes.map((type) => `.${type}`).join(',');

const optionsOf = (texts: Texts, choices: readonly Choice[], chosen: string): Html =>
  html`<option value="">${texts.say('choose')}</option>${choices.map(
    ({ value, label }) => html`<option value="${value}" ${value === chosen ? 'selected' : ''}>${label}</option>`,
  )}`;

const grouped = (legend: string, body: Html): Html => html`<fieldset><legend>${legend}</legend>${body}</fieldset>`;

/** What can be typed of a source; once on a page, for all fields that are in order. */
export const suggestionsOf = (choices: Choices, of: Source): Html =>
  html`<datalist id="of-${of}">${choices(of).map(({ value, label }) => html`<option value="${value}">${label}</option>`)}</datalist>`;

const fewestRows = 3;

/** Of several, whose order says something, one to a row. */
function inOrderOf(place: Place, field: Field, of: Source): Html {
  const name = inputName(field);
  const typed = valueOf(place, name)
    .split('\n')
    .filter((each) => each !== '');
  const rows = Array.from({ length: Math.max(fewestRows, typed.length + 2) }, (_, row) => {
    const id = row === 0 ? idOf(place, field.name) : `${idOf(place, field.name)}-${row + 1}`;
    const says = told(place, { ...field, required: row === 0 && field.required });
    return html`<input type="text" list="of-${of}" id="${id}" name="${name}" value="${typed[row] ?? ''}" aria-label="${field.label}, ${row + 1}"${says}>`;
  });
  return grouped(field.label, html`<div class="inOrder">${rows}</div>${faultOf(place, field.name)}`);
}

/** Of several, those that are ticked. */
function tickedOf(place: Place, field: Field, choices: readonly Choice[]): Html {
  const name = inputName(field);
  const chosen = new Set(valueOf(place, name).split('\n'));
  const boxes = choices.map(({ value, label }) => {
    const id = `${idOf(place, field.name)}-${value.replaceAll(/[^a-zA-Z0-9-]/g, '-')}`;
    return html`<div class="ticked"><input type="checkbox" id="${id}" name="${name}" value="${value}" ${chosen.has(value) ? 'checked' : ''}><label for="${id}">${label}</label></div>`;
  });
  return grouped(field.label, html`<div class="many">${boxes}</div>${faultOf(place, field.name)}`);
}

function choiceOf(place: Place, field: Field, options: readonly string[]): Html {
  const { name, label } = field;
  const { texts } = place.sight;
  return html`<fieldset${told(place, { ...field, required: false })}>
<legend>${label}</legend>
${options.map((option) => {
  const id = `${idOf(place, name)}-${option}`;
  const isChosen = valueOf(place, name) === option;
  return html`<div class="ticked"><input type="radio" id="${id}" name="${name}" value="${option}" ${isChosen ? 'checked' : ''}>
<label for="${id}">${optionIn(texts, option)}</label></div>`;
})}
${faultOf(place, name)}
</fieldset>`;
}

const optionsIn = (texts: Texts, options: readonly string[]): readonly Choice[] =>
  options.map((value) => ({ value, label: optionIn(texts, value) }));

const optionIn = ({ options }: Texts, option: string): string => options[option] ?? option;

/** What Enter presses: the button that ends the form, not the first one for more rows. */
export const pressedByEnter = (fields: readonly Field[], isLook: boolean): Html =>
  fields.some(({ control }) => control.as === 'table')
    ? html`<button type="submit" hidden${isLook ? html` name="look" value="yes"` : ''}></button>`
    : html``;

/** Rows, some of them empty, and a button for more, which changes nothing. */
function tableOf(place: Place, { name, label, required }: Field, table: Table): Html {
  const { texts } = place.sight;
  const id = idOf(place, name);
  const rows = rowsShown(name, table, typedIn(place), place.problems !== undefined);
  const one = (row: number): Html => {
    const asked = within(rowName(name, row), table.fields);
    return html`<fieldset id="${id}-${row}"><legend>${texts.say('row', { row: row + 1 })}</legend>${faultOf(place, rowName(name, row))}
<div class="row">${asked.map((field) => fieldOf(place, { ...field, required: row === 0 && required && field.required }))}</div></fieldset>`;
  };
  const moreRows = texts.say('rowsMore');
  // Behind the button stands the first of the new rows, where one goes on typing.
  const button = html`<button type="submit" name="${more}" value="${name}" formaction="#${id}-${rows}" class="second small" aria-label="${moreRows}: ${label}">${moreRows}</button>`;
  return grouped(
    label,
    html`${faultOf(place, name)}
<p class="quiet">${texts.say(table.replaces ? 'rowsInstead' : 'rowsHow')}</p>
${Array.from({ length: rows }, (_, row) => one(row))}
${rows < table.most ? button : ''}`,
  );
}
