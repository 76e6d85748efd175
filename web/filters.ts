import { html } from 'hono/html';
import type { Texts } from './texts.ts';
import type { Html } from './pages.ts';
import { kinds } from '../domain/kinds.ts';

/** How a list can be narrowed, in its address and in its form alike. */
export type Filter =
  | { readonly name: string; readonly as: 'tick' }
  | {
      readonly name: string;
      readonly as: 'text';
      readonly form: Pick<RegExp, 'test'>;
      readonly most: number;
      /** Where the same name means something else than in other lists. */
      readonly says?: string;
    }
  | {
      readonly name: string;
      readonly as: 'choice';
      readonly of: readonly string[];
      readonly says: (texts: Texts, each: string) => string;
      /** What it means to choose nothing; all, unless said. */
      readonly none?: string;
    };

export const country: Filter = { name: 'country', as: 'text', form: /^[A-Z]{2}$/, most: 2 };
export const search: Filter = { name: 'search', as: 'text', form: /^[^\p{Cc}]{1,200}$/u, most: 200 };
export const tick = (name: string): Filter => ({ name, as: 'tick' });

/** By its id, with its kind before it or without. */
const named = (name: string, form: RegExp): Filter => ({ name, as: 'text', form, most: 75 });
export const agency: Filter = named('agency', /^(agency\/)?[a-z0-9-]{1,64}$/);
export const owner: Filter = named('owner', /^((agency|person)\/)?[a-z0-9-]{1,64}$/);
export const coordinator: Filter = named('coordinator', /^[a-z0-9-]{1,64}$/);
export const ofCase = (kind: string): Filter => named(kind, new RegExp(`^(${kind}/)?[a-z0-9-]{1,64}$`));

export const kind: Filter = {
  name: 'kind',
  as: 'choice',
  of: ['', ...kinds],
  says: (texts, each) => texts.say(`kind_${each}`),
};

export type Query = Readonly<Record<string, string>>;

/** What an address narrows a list to, without what is left empty; undefined if it asks for what the list does not have. */
export function narrowedBy(filters: readonly Filter[], query: Query): Query | undefined {
  const given = Object.entries(query).filter(([, value]) => value !== '');
  const isFine = Object.keys(query).every((name) => filters.some((filter) => filter.name === name));
  const areTaken = given.every(([name, value]) =>
    filters.some((filter) => filter.name === name && isTaken(filter, value)),
  );
  return isFine && areTaken ? Object.fromEntries(given) : undefined;
}

function isTaken(filter: Filter, value: string): boolean {
  if (filter.as === 'tick') return value === 'yes';
  return filter.as === 'text' ? filter.form.test(value) : filter.of.includes(value);
}

/** The form that narrows a list. */
export const filtersOf = (texts: Texts, path: string, filters: readonly Filter[], asked: Query): Html =>
  html`<form method="get" action="${path}" class="plain filters">
${filters.map((filter) => controlOf(texts, filter, asked[filter.name] ?? ''))}
<button type="submit">${texts.say('list_show')}</button>
</form>`;

function controlOf(texts: Texts, filter: Filter, value: string): Html {
  const { name } = filter;
  const label = texts.say((filter.as === 'text' ? filter.says : undefined) ?? `list_${name}`);
  if (filter.as === 'tick')
    return html`<div class="ticked"><input type="checkbox" id="${name}" name="${name}" value="yes" ${value ? 'checked' : ''}><label for="${name}">${label}</label></div>`;
  if (filter.as === 'text')
    return html`<div class="field"><label for="${name}">${label}</label><input type="${name === 'search' ? 'search' : 'text'}" id="${name}" name="${name}" maxlength="${filter.most}" value="${value}"></div>`;
  const options = filter.of.map(
    (each) =>
      html`<option value="${each}" ${each === value ? 'selected' : ''}>${each === '' ? texts.say(filter.none ?? 'list_all') : filter.says(texts, each)}</option>`,
  );
  return html`<div class="field"><label for="${name}">${label}</label><select id="${name}" name="${name}">${options}</select></div>`;
}
