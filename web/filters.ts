import { html } from 'hono/html';
import { kinds } from '../domain/kinds.ts';
import type { Choice } from './choices.ts';
import type { Visitor } from './door.ts';
import type { CaseNamed } from './named.ts';
import { type Offered, offersFor } from './offered.ts';
import type { Html } from './pages.ts';
import type { Texts } from './texts.ts';

/** How a list can be narrowed, in its address and in its form alike. */
export type Filter =
  | { readonly name: string; readonly as: 'tick' }
  | {
      readonly name: string;
      readonly as: 'text';
      readonly form: Pick<RegExp, 'test'>;
      readonly most: number;
      /** What is suggested, as far as there is room for it; anything of that form is taken. */
      readonly offers?: Offered;
      /** Where the same name means something else than in other lists. */
      readonly says?: string;
    }
  /** One of the directory's. */
  | { readonly name: string; readonly as: 'country'; readonly form: Pick<RegExp, 'test'> }
  | {
      readonly name: string;
      readonly as: 'choice';
      readonly of: readonly string[];
      readonly says: (texts: Texts, each: string) => string;
      /** What it means to choose nothing; all, unless said. */
      readonly none?: string;
    };

export const country: Filter = { name: 'country', as: 'country', form: /^[A-Z]{2}$/ };
export const search: Filter = { name: 'search', as: 'text', form: /^[^\p{Cc}]{1,200}$/u, most: 200 };
export const tick = (name: string): Filter => ({ name, as: 'tick' });

/** By its id, with its kind before it or without. */
const named = (name: string, form: RegExp, offers: Offered): Filter => ({ name, as: 'text', form, most: 75, offers });
export const agency: Filter = named('agency', /^(agency\/)?[a-z0-9-]{1,64}$/, 'agency');
export const owner: Filter = named('owner', /^((agency|person)\/)?[a-z0-9-]{1,64}$/, 'agency');
export const coordinator: Filter = named('coordinator', /^[a-z0-9-]{1,64}$/, 'coordinator');
export const ofCase = (kind: CaseNamed): Filter => named(kind, new RegExp(`^(${kind}/)?[a-z0-9-]{1,64}$`), kind);

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
  return filter.as === 'choice' ? filter.of.includes(value) : filter.form.test(value);
}

/** The form that narrows a list, with what there is for whoever reads it. */
export async function filtersOf(
  visitor: Visitor,
  path: string,
  filters: readonly Filter[],
  asked: Query,
): Promise<Awaited<Html>> {
  const { texts } = visitor;
  const offered = await offersFor(visitor, filters.flatMap(offeredBy));
  return html`<form method="get" action="${path}" class="plain filters">
${filters.map((filter) => controlOf(texts, filter, asked[filter.name] ?? '', offeredBy(filter).flatMap(offered)))}
<button type="submit">${texts.say('list_show')}</button>
</form>`;
}

function offeredBy(filter: Filter): readonly Offered[] {
  if (filter.as === 'country') return ['country'];
  return filter.as === 'text' && filter.offers ? [filter.offers] : [];
}

function controlOf(texts: Texts, filter: Filter, value: string, offered: readonly Choice[]): Html {
  const { name } = filter;
  const label = texts.say((filter.as === 'text' ? filter.says : undefined) ?? `list_${name}`);
  if (filter.as === 'tick')
    return html`<div class="ticked"><input type="checkbox" id="${name}" name="${name}" value="yes" ${value ? 'checked' : ''}><label for="${name}">${label}</label></div>`;
  return html`<div class="field"><label for="${name}">${label}</label>${filter.as === 'text' ? typed(filter, value, offered) : chosen(texts, filter, value, offered)}</div>`;
}

function typed({ name, most }: Extract<Filter, { as: 'text' }>, value: string, offered: readonly Choice[]): Html {
  const [list, suggested] =
    offered.length === 0
      ? ['', '']
      : [
          html` list="of-${name}"`,
          html`<datalist id="of-${name}">${offered.map((each) => html`<option value="${each.value}">${each.label}</option>`)}</datalist>`,
        ];
  return html`<input type="${name === 'search' ? 'search' : 'text'}" id="${name}" name="${name}" maxlength="${most}" value="${value}"${list}>${suggested}`;
}

function chosen(
  texts: Texts,
  filter: Extract<Filter, { as: 'choice' | 'country' }>,
  value: string,
  offered: readonly Choice[],
): Html {
  const choices =
    filter.as === 'choice'
      ? filter.of.map((each) => ({
          value: each,
          label: each === '' ? texts.say(filter.none ?? 'list_all') : filter.says(texts, each),
        }))
      : [{ value: '', label: texts.say('list_all') }, ...offered];
  return html`<select id="${filter.name}" name="${filter.name}">${choices.map((each) => html`<option value="${each.value}" ${each.value === value ? 'selected' : ''}>${each.label}</option>`)}</select>`;
}
