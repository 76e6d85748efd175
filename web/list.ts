import { html } from 'hono/html';
import { shortDay } from '../activities/mail/days.ts';
import { aboutLetter } from '../activities/mail/render.ts';
import type { Names } from '../database/names.ts';
import { dayIn } from '../domain/dates.ts';
import type { Fact, Facts } from '../domain/lifecycle.ts';
import { referencesIn } from '../domain/story.ts';
import { columnIn, orderOf } from './columns.ts';
import type { Visitor } from './door.ts';
import { type Filter, filtersOf, narrowedBy, type Query, search } from './filters.ts';
import { stageIn } from './labels.ts';
import { pageLists } from './lists.ts';
import type { Asked, Cell, PageList } from './page-list.ts';
import { mayName } from './named.ts';
import { pagesOf } from './paging.ts';
import { caseLink, type Html, recorded } from './pages.ts';
import { asCsv, listedOr, mostRows, noList, type Turn } from './replies.ts';
import { recordIn } from '../activities/mail/record-sentences.ts';
import { sheet } from './sheet.ts';
import { toldIn } from './story.ts';
import type { Texts } from './texts.ts';

/** Those that are for whoever is signed in. */
async function listsFor({ entente, session }: Visitor): Promise<Readonly<Record<string, PageList>>> {
  const roles = await entente.desks.roles(session);
  const isAdministrator = roles.some(({ role }) => role === 'administrator');
  const theirs = Object.entries(pageLists).filter(([, list]) => isAdministrator || !list.isForAdministrators);
  return Object.assign(Object.create(null), Object.fromEntries(theirs)) as Record<string, PageList>;
}

/** What there is to be listed, and the search over all of it. */
export async function listsPage(visitor: Visitor): Promise<Turn> {
  const { texts } = visitor;
  const lists = await listsFor(visitor);
  const page = sheet(
    visitor,
    texts.say('lists'),
    html`${await filtersOf(visitor, '/list/cases', [search], {})}
<p class="quiet">${texts.say('listsWhose')}</p>
<ul class="rows">${Object.keys(lists).map(
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
  const list = (await listsFor(visitor))[name];
  const { format = '', after, ...query } = c.req.query();
  const asked = list && narrowedBy(filtersIn(list), query);
  if (!list || !asked || !['', 'csv'].includes(format) || !(await mayName(visitor, asked))) return noList(texts);
  const coordinators = await entente.desks.coordinators(session, asked.mine === 'yes');
  const forPeople = format !== 'csv';
  const shown = { name, list, asked: { query: asked, coordinators, session, forPeople } };
  return listedOr(texts, () => (forPeople ? listed(visitor, shown, after) : csv(visitor, shown)));
}

/** How a list is narrowed, and put in order where it can be. */
const filtersIn = (list: PageList): readonly Filter[] =>
  list.sorts.length > 0 ? [...list.filters, orderOf(list.sorts)] : list.filters;

interface Shown {
  readonly name: string;
  readonly list: PageList;
  readonly asked: Asked;
}

async function listed(visitor: Visitor, { name, list, asked }: Shown, after: string | undefined): Promise<Turn> {
  const { entente, texts } = visitor;
  const { rows, next } = await list.read(entente, asked, { after, sort: asked.query.sort });
  const names = await entente.desks.names(namedIn(rows.flat()));
  const path = `/list/${name}`;
  const page = sheet(
    visitor,
    texts.say(`list_of_${name}`),
    html`<p class="quiet">${texts.say(`list_of_${name}_what`)}</p>
${filtersIn(list).length > 0 ? await filtersOf(visitor, path, filtersIn(list), asked.query) : ''}
${rows.length === 0 ? html`<p class="quiet">${texts.say('listNone')}</p>` : tableOf(visitor, names, rows, headOf(texts, path, list, asked.query))}
${pagesOf(texts, path, asked.query, { after, next })}`,
  );
  return { page, status: 200 };
}

/** Whom and what the cells name. */
function namedIn(cells: readonly Cell[]): Facts {
  const named = cells.filter(({ as, title }) => as === 'named' || (as === 'case' && title === undefined));
  return {
    ...Object.fromEntries(named.map(({ value }, index) => [String(index), value ?? undefined])),
    concerns: cells.flatMap(({ as, value }) => (as === 'concern' ? (String(value).split(', ')[0] ?? []) : [])),
    told: referencesIn(cells.flatMap(({ told = [] }) => told)),
    letters: cells.flatMap(({ letter }) =>
      Object.values(letter?.facts ?? {})
        .flat()
        .map(String),
    ),
  };
}

/** Each column that the list can be put in order by is a way there, and to the other end of it. */
const headOf =
  (texts: Texts, path: string, { sorts }: PageList, asked: Query) =>
  (name: string): Html => {
    const title = columnIn(texts, name);
    if (!sorts.includes(name)) return html`<th scope="col">${title}</th>`;
    const [isUp, isDown] = [asked.sort === name, asked.sort === `-${name}`];
    const query = new URLSearchParams({ ...asked, sort: isUp ? `-${name}` : name }).toString();
    const direction = isUp ? 'ascending' : isDown ? 'descending' : 'none';
    return html`<th scope="col" aria-sort="${direction}"><a href="${path}?${query}">${title}</a>${isUp || isDown ? html` <span aria-hidden="true">${isUp ? '▲' : '▼'}</span>` : ''}</th>`;
  };

function tableOf(
  visitor: Visitor,
  names: Names,
  rows: readonly (readonly Cell[])[],
  headFor: (name: string) => Html,
): Html {
  const { texts } = visitor;
  const columns = (rows[0] ?? []).map(({ name }) => name);
  const head = columns.map((name) => columnIn(texts, name));
  return html`<table class="list">
<thead><tr>${columns.map(headFor)}</tr></thead>
<tbody>${rows.map(
    (row) =>
      html`<tr>${row.map((cell, index) => html`<td data-title="${head[index] ?? ''}">${cellOf(visitor, names, cell)}</td>`)}</tr>`,
  )}</tbody>
</table>`;

  function cellOf(of: Visitor, known: Names, cell: Cell): Html {
    const { as, value, letter } = cell;
    const title = letter
      ? aboutLetter({ ...letter, facts: letter.facts as Facts }, texts.code, known)
      : (cell.title ?? '');
    if (value === null || value === undefined) return as === 'letter' ? html`${title}` : html``;
    if (as === 'case' && cell.title === undefined)
      return html`<a href="/case/${String(value)}">${known.get(String(value))?.name ?? String(value)}</a>`;
    if (as === 'case') return html`${caseLink(texts, String(value), title)} <span class="id">(${String(value)})</span>`;
    if (as === 'letter') return html`<a href="${String(value)}">${title}</a>`;
    if (as === 'late') return value === true ? html`<strong class="late">${texts.say('late')}</strong>` : html``;
    if (as === 'concern') return concernIn(of, known, String(value));
    return as === 'record' ? sentenceIn(texts, known, cell) : html`${wordsOf(of, known, as, value)}`;
  }
}

/** As pages of cases say it; what they have no words for, as the record does. */
function sentenceIn(texts: Texts, names: Names, { value, told }: Cell): Html {
  const said = told?.map((each) => toldIn(texts, names, each)) ?? [undefined];
  return said.every((each) => each !== undefined) ? html`${said.join(' ')}` : recorded(texts, String(value));
}

/** Somebody, and the role that they were given; or what was imported, in words. */
function concernIn(visitor: Visitor, names: Names, about: string): Html {
  const { texts } = visitor;
  const [who = '', role] = about.split(', ');
  if (role !== undefined && names.has(who))
    return html`${wordsOf(visitor, names, 'named', who)}, ${texts.say(`role_${role}`)}`;
  return html`${recordIn(texts, about) ?? wordsOf(visitor, names, 'named', about)}`;
}

function wordsOf({ texts, session }: Visitor, names: Names, as: Cell['as'], value: Fact): string {
  const regions = new Intl.DisplayNames([texts.code], { type: 'region' });
  const one = (each: string): string => {
    if (as === 'day') return shortDay(each, texts.code);
    if (as === 'moment') return shortDay(dayIn(each, session.person.zone), texts.code);
    if (as === 'stage') return stageIn(texts, each);
    if (as === 'kind' || as === 'role') return texts.say(`${as}_${each}`);
    if (as === 'standing') return texts.say(`mail_${each}`);
    if (as === 'command') return texts.say(`done_${each.replace(' ', '_')}`);
    if (as === 'key') return each === 'pages' ? texts.say('keyOfPages') : each;
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
    const page = await list.read(entente, asked, { after, sort: asked.query.sort, limit: 1_000 });
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
