import { html } from 'hono/html';
import { documentTypes } from '../domain/document.ts';
import type { OfferedWay } from '../client/links.ts';
import type { Choice, Choices, Source } from './choices.ts';
import { type Field, fieldsOf, mostNominees } from './controls.ts';
import { inputName, ownInputs, within } from './form.ts';
import type { Html, Sight } from './pages.ts';

/** What forms are made of. */
export type FormSight = Pick<Sight, 'token' | 'at' | 'texts' | 'choices'> & {
  readonly link: Pick<Sight['link'], 'lifecycle' | 'person'>;
  /** Told apart by these from other forms on the page: its case, and what is answered. */
  readonly key?: string;
  readonly subject?: string;
};

import { type Texts, wordsFor } from './texts.ts';

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
  readonly sight: Pick<FormSight, 'texts' | 'choices'>;
  readonly command: string;
  readonly problems: Problems | undefined;
}

/** The form of one command; `open` when there is no other, or when it was sent and has faults. */
export function formOf(sight: FormSight, way: OfferedWay, open: boolean, sent: Problems | undefined): Html {
  const { link, texts, token, at } = sight;
  const { command, about } = way;
  const words = wordsFor(texts, link.lifecycle.kind, command);
  if (!words) return html``;
  const problems = sent?.command === command && sent.about === about ? sent : undefined;
  const id = [sight.key, about, command]
    .filter(Boolean)
    .join('-')
    .replaceAll(/[^a-zA-Z0-9-]/g, '-');
  const place = { sight, command: id, problems };
  const isOpen = open || problems !== undefined;
  const fields = fieldsOf(way, words, texts);
  const carriesFiles = fields.some(({ control }) => control.as === 'file');
  // What answers nothing that is owed is looked at before it is sent; files would have to be chosen once more.
  const isSeenFirst = about === '' && !carriesFiles && !problems?.isSure && !problems?.asksForCode;
  // Pages of letters know no looking first, and take no such field.
  const isSure = about !== undefined && (problems?.isSure || problems?.asksForCode);
  return html`<details ${isOpen ? 'open' : ''}>
<summary>${words.label}</summary>
<form method="post" action="${at}"${carriesFiles ? html` enctype="multipart/form-data"` : ''} autocomplete="off" aria-label="${[words.label, sight.subject].filter(Boolean).join(': ')}" novalidate>
${ownInputs(token)}
<input type="hidden" name="command" value="${command}">
${about === undefined ? '' : html`<input type="hidden" name="about" value="${about}">`}
${fields.map((field) => fieldOf(place, field))}
${way.definition.confirms === 'code' ? codeOf(place, link.person.address) : ''}
${isSure ? html`<input type="hidden" name="sure" value="yes">` : ''}
${isSeenFirst ? '' : html`<button type="submit">${words.label}</button>`}
${about === undefined ? '' : html`<button type="submit" name="look" value="yes"${isSeenFirst ? '' : html` class="second"`}>${texts.say('look')}</button>`}
${problems?.asksForCode ? html`<button type="submit" name="again" value="yes" class="second">${texts.say('codeAgain')}</button>` : ''}
</form>
</details>`;
}

export function fieldOf(place: Place, field: Field): Html {
  const { control, label, name } = field;
  if (control.as === 'nominees')
    return html`${Array.from({ length: mostNominees }, (_, row) => nomineeRow(place, field, control.fields, row))}`;
  if (control.as === 'record')
    return grouped(
      label,
      html`${faultOf(place, name)}${within(name, control.fields).map((each) => fieldOf(place, each))}`,
    );
  if (control.as === 'pick' && control.inOrder) return inOrderOf(place, field, control.of);
  if (control.as === 'pick' && control.several) return tickedOf(place, field, place.sight.choices(control.of));
  if (control.as === 'choice') return choiceOf(place, field, control.options);
  const id = idOf(place, name);
  const isTicked = control.as === 'yesNo';
  return html`<div class="field${isTicked ? ' ticked' : ''}">
${isTicked ? '' : html`<label for="${id}">${label}</label>`}
${inputOf(place, field, id)}
${isTicked ? html`<label for="${id}">${label}</label>` : ''}
${faultOf(place, name)}
</div>`;
}

/** A code goes out when the form is sent without one. */
function codeOf(place: Place, address: string | null | undefined): Html {
  const { sight, problems } = place;
  const { texts } = sight;
  if (!problems?.asksForCode) return html`<p class="quiet">${texts.say('codeFirst', { address: address ?? '' })}</p>`;
  const id = idOf(place, 'code');
  return html`<div class="field"><label for="${id}">${texts.say('code')}</label>
<input type="text" inputmode="numeric" autocomplete="one-time-code" id="${id}" name="code" maxlength="12"${told(place, { name: 'code', required: true })}>
${faultOf(place, 'code')}</div>`;
}

const idOf = ({ command }: Place, name: string): string => `${command}-${name.replaceAll('.', '-')}`;

const faultOf = (place: Place, name: string): Html => {
  const fault = place.problems?.faults.get(name);
  return fault ? html`<p class="wrong" id="${idOf(place, name)}-wrong">${fault}</p>` : html``;
};

const valueOf = ({ problems }: Place, name: string): string => problems?.typed.get(name) ?? '';

/** What screen readers are told of an input. */
const told = (place: Place, { name, required }: Pick<Field, 'name' | 'required'>): Html => {
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

const optionIn = ({ options }: Texts, option: string): string => options[option] ?? option;

function nomineeRow(place: Place, { name, label }: Field, fields: readonly Field[], row: number): Html {
  const asked = within(`${name}.${row}`, fields);
  return grouped(
    `${label} ${row + 1}`,
    html`${row === 0 ? faultOf(place, name) : ''}
${asked.map((field) => fieldOf(place, { ...field, required: row === 0 && field.required }))}`,
  );
}
