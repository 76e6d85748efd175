import { html } from 'hono/html';
import { shortDay } from '../activities/mail/days.ts';
import type { Names } from '../database/names.ts';
import { dayIn } from '../domain/dates.ts';
import type { Fact } from '../domain/lifecycle.ts';
import type { Visitor } from './door.ts';
import { filtersOf, narrowedBy, search } from './filters.ts';
import { factIn, stageIn } from './labels.ts';
import { type Asked, type Cell, pageLists, type PageList } from './lists.ts';
import { mayName } from './named.ts';
import { pagesOf } from './paging.ts';
import { caseLink, type Html, recorded } from './pages.ts';
import { asCsv, listedOr, mostRows, noList, type Turn } from './replies.ts';
import { sheet } from './sheet.ts';

/** What there is to be listed, and the search over all of it. */
export async function listsPage(visitor: Visitor): Promise<Turn> {
  const { texts } = visitor;
  const page = sheet(
    visitor,
    texts.say('lists'),
    html`${filtersOf(texts, '/list/cases', [search], {})}
<p class="quiet">${texts.say('listsWhose')}</p>
<ul class="rows">${Object.keys(pageLists).map(
      (name) =>
        html`<li><a href="/list/${name}">${texts.say(`list_of_${name}`)}</a> <span class="quiet">${texts.say(`list_of_${name}_what`)}</span></li>`,
    )}</ul>
<h2>${texts.say('listsElse')}</h2>
<ul class="rows">${['month', 'agenda', 'timeline', 'country'].map((name) => html`<li><a href="/${name}">${texts.say(name === 'country' ? 'countries' : name)}</a></li>`)}</ul>`,
  );
  return { page, status: 200 };
}

/** A list of the cases that somebody reads whole, by what the address says. */
export async function listPage(visitor: Visitor): Promise<Turn | Response> {
  const { c, entente, session, texts } = visitor;
  const name = c.req.param('name') ?? '';
  const list = Object.hasOwn(pageLists, name) ? pageLists[name] : undefined;
  const { format = '', after, ...query } = c.req.query();
  const asked = list && narrowedBy(list.filters, query);
  if (!list || !asked || !['', 'csv'].includes(format) || !(await mayName(visitor, asked))) return noList(texts);
  const coordinators = await entente.desks.coordinators(session, asked.mine === 'yes');
  const shown = { name, list, asked: { query: asked, coordinators } };
  return listedOr(texts, () => (format === 'csv' ? csv(visitor, shown) : listed(visitor, shown, after)));
}

interface Shown {
  readonly name: string;
  readonly list: PageList;
  readonly asked: Asked;
}

async function listed(visitor: Visitor, { name, list, asked }: Shown, after: string | undefined): Promise<Turn> {
  const { entente, texts } = visitor;
  const { rows, next } = await list.read(entente, asked, { after });
  const cells = rows.flat().filter(({ as }) => as === 'named');
  const names = await entente.desks.names(
    Object.fromEntries(cells.map(({ value }, index) => [String(index), value ?? undefined])),
  );
  const path = `/list/${name}`;
  const page = sheet(
    visitor,
    texts.say(`list_of_${name}`),
    html`<p class="quiet">${texts.say(`list_of_${name}_what`)}</p>
${filtersOf(texts, path, list.filters, asked.query)}
${rows.length === 0 ? html`<p class="quiet">${texts.say('listNone')}</p>` : tableOf(visitor, names, rows)}
${pagesOf(texts, path, asked.query, { after, next })}`,
  );
  return { page, status: 200 };
}

function tableOf(visitor: Visitor, names: Names, rows: readonly (readonly Cell[])[]): Html {
  const { texts } = visitor;
  const head = (rows[0] ?? []).map(({ name }) => titleOf(visitor, name));
  return html`<table class="list">
<thead><tr>${head.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) =>
      html`<tr>${row.map((cell, index) => html`<td data-title="${head[index] ?? ''}">${cellOf(visitor, names, cell)}</td>`)}</tr>`,
  )}</tbody>
</table>`;

  function cellOf(of: Visitor, known: Names, cell: Cell): Html {
    const { as, value, title = '' } = cell;
    if (value === null || value === undefined) return html``;
    if (as === 'case') return html`${caseLink(texts, String(value), title)} <span class="id">(${String(value)})</span>`;
    if (as === 'late') return value === true ? html`<strong class="late">${texts.say('late')}</strong>` : html``;
    return as === 'record' ? recorded(String(value)) : html`${wordsOf(of, known, as, value)}`;
  }
}

/** As letters and pages of cases call it; what only lists have is called so here. */
const titleOf = ({ texts }: Visitor, name: string): string =>
  texts.facts[name] === undefined ? texts.say(`column_${name}`) : factIn(texts, name);

function wordsOf({ texts, session }: Visitor, names: Names, as: Cell['as'], value: Fact): string {
  const regions = new Intl.DisplayNames([texts.code], { type: 'region' });
  const one = (each: string): string => {
    if (as === 'day') return shortDay(each, texts.code);
    if (as === 'moment') return shortDay(dayIn(each, session.person.zone), texts.code);
    if (as === 'stage') return stageIn(texts, each);
    if (as === 'kind') return texts.say(`kind_${each}`);
    if (as === 'option') return texts.options[each] ?? each;
    if (as !== 'named') return each;
    return /^[A-Z]{2}$/.test(each) ? (regions.of(each) ?? each) : (names.get(each)?.name ?? each);
  };
  return Array.isArray(value) ? value.map(String).map(one).join('; ') : one(String(value));
}

async function csv({ c, entente }: Visitor, { name, list, asked }: Shown): Promise<Response> {
  const rows: (readonly Cell[])[] = [];
  let after: string | undefined;
  do {
    const page = await list.read(entente, asked, { after, limit: 1_000 });
    rows.push(...page.rows);
    after = page.next;
  } while (after !== undefined && rows.length < mostRows);
  const head = (rows[0] ?? []).map((cell) => cell.name);
  return asCsv(
    c,
    name,
    head,
    rows.map((row) => row.map(plainly)),
  );
}

/** For a program or a spreadsheet: ids, and days as ISO 8601 has them. */
function plainly({ value }: Cell): string | number {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return Array.isArray(value) ? value.join('; ') : typeof value === 'number' ? value : String(value);
}
