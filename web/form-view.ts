import { html } from 'hono/html';
import type { OfferedWay } from '../client/opened-link.ts';
import { type Field, fieldsOf } from './controls.ts';
import { fieldOf, idOf, faultOf, type Place, pressedByEnter, type Problems, told } from './field-view.ts';
import { ownInputs, typedFrom } from './form.ts';
import type { Html, Sight } from './pages.ts';
import { wordsFor } from './texts.ts';

/** What forms are made of. */
export type FormSight = Pick<Sight, 'token' | 'at' | 'texts' | 'choices'> & {
  readonly link: Pick<Sight['link'], 'lifecycle' | 'person' | 'state'>;
  /** Told apart by these from other forms on the page: its case, and what is answered. */
  readonly key?: string;
  readonly subject?: string;
};

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
  const fields = fieldsOf(way, words, texts);
  const place = { sight, command: id, problems, known: thereIn(fields, link.state.subject) };
  const isOpen = open || problems !== undefined;
  const carriesFiles = fields.some(({ control }) => control.as === 'file');
  // What answers nothing that is owed is looked at before it is sent; files would have to be chosen once more.
  const isSeenFirst = about === '' && !carriesFiles && !problems?.isSure && !problems?.asksForCode;
  // Pages of letters know no looking first, and take no such field.
  const isSure = about !== undefined && (problems?.isSure || problems?.asksForCode);
  return html`<details ${isOpen ? 'open' : ''}>
<summary>${words.label}</summary>
<form method="post" action="${at}"${carriesFiles ? html` enctype="multipart/form-data"` : ''} autocomplete="off" aria-label="${[words.label, sight.subject].filter(Boolean).join(': ')}" novalidate>
${pressedByEnter(fields, isSeenFirst)}
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

/** What is replaced stands there to be changed. */
const thereIn = (fields: readonly Field[], subject: object): ReadonlyMap<string, string> =>
  new Map(
    typedFrom(
      fields.filter(({ control }) => control.as === 'table' && control.replaces),
      { ...subject },
    ),
  );

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
