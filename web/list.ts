import { html } from 'hono/html';
import type { SeenCase, SeenFilter } from '../client/desk.ts';
import { csvOf } from '../client/output/csv.ts';
import { longDay } from '../activities/mail/days.ts';
import { dayIn } from '../domain/dates.ts';
import { isKind, kinds } from '../domain/kinds.ts';
import type { Visitor } from './door.ts';
import { stageIn } from './labels.ts';
import { caseLink, type Html, notice } from './pages.ts';
import type { Turn } from './replies.ts';
import { sheet } from './sheet.ts';

const sorts = ['due', 'id', 'title'] as const;
const mostPages = 200;

/** What an address asks for; undefined if it is no list. */
export function filterIn(query: Readonly<Record<string, string>>): SeenFilter | undefined {
  const { kind = '', country = '', mine = '', late = '', sort = 'due', page = '1', ...others } = query;
  const order = sorts.find((each) => each === sort);
  const isFine =
    (kind === '' || isKind(kind)) &&
    /^(?:[A-Z]{2})?$/.test(country) &&
    [mine, late].every((each) => each === '' || each === 'yes') &&
    /^[1-9]\d{0,2}$/.test(page) &&
    Number(page) <= mostPages &&
    Object.keys(others).length === 0;
  if (!isFine || !order) return undefined;
  const narrowed = { ...(kind ? { kind } : {}), ...(country ? { country } : {}) };
  return { ...narrowed, mine: mine === 'yes', late: late === 'yes', sort: order, page: Number(page) };
}

/** The open cases that somebody may see, by what the address says. */
export async function listPage(visitor: Visitor): Promise<Turn | Response> {
  const { c, entente, session, texts } = visitor;
  const { format = '', ...query } = c.req.query();
  const filter = filterIn(query);
  if (!filter || !['', 'csv'].includes(format))
    return { page: notice(texts, texts.say('noList'), [texts.say('noListWhat')]), status: 400 };
  const { rows, isMore } = await entente.desks.list(session, filter);
  if (format === 'csv') return csv(visitor, rows);
  const address = (changed: Readonly<Record<string, string>>): string =>
    `/list/cases?${new URLSearchParams({ ...query, ...changed }).toString()}`;
  const page = sheet(
    visitor,
    texts.say('list'),
    html`${filters(visitor, filter)}
${rows.length === 0 ? html`<p class="quiet">${texts.say('listNone')}</p>` : html`<ul class="rows">${rows.map((row) => line(visitor, row))}</ul>`}
<p>${filter.page > 1 ? html`<a href="${address({ page: String(filter.page - 1) })}">${texts.say('listBefore')}</a> ` : ''}
${isMore ? html`<a href="${address({ page: String(filter.page + 1) })}">${texts.say('listAfter')}</a> ` : ''}
<a href="${address({ format: 'csv' })}">CSV</a></p>`,
  );
  return { page, status: 200 };
}

function csv({ c }: Visitor, rows: readonly SeenCase[]): Response {
  const head = ['id', 'kind', 'title', 'stage', 'countries', 'coordinator', 'nextDue', 'late'];
  const lines = rows.map(({ id, kind, title, stage, countries, coordinator, nextDue, late }) => [
    id,
    kind,
    title,
    stage,
    countries.join(' '),
    coordinator,
    nextDue ?? '',
    late ? 'yes' : 'no',
  ]);
  // Without the mark Excel reads UTF-8 in the system's code page.
  return c.body(`\ufeff${csvOf(head, lines)}`, 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="cases.csv"',
  });
}

const line = (
  { session, texts }: Visitor,
  { id, kind, title, stage, countries, coordinator, nextDue, late }: SeenCase,
): Html => {
  const day = nextDue && longDay(dayIn(nextDue, session.person.zone), texts.code);
  return html`<li>${late ? html`<strong class="late">${texts.say('late')}</strong> ` : ''}${caseLink(texts, id, title)}
<span class="quiet">${texts.say(`kind_${kind}`)} · ${stageIn(texts, stage)} · ${countries.join(' ')} · ${texts.say('coordinatedBy', { person: coordinator })}${day ? ` · ${day}` : ''} · ${id}</span></li>`;
};

function filters({ texts }: Visitor, { kind, country, mine, late, sort }: SeenFilter): Html {
  const option = (value: string, label: string, chosen: string | undefined): Html =>
    html`<option value="${value}" ${value === (chosen ?? '') ? 'selected' : ''}>${label}</option>`;
  const ticked = (name: string, isOn: boolean): Html =>
    html`<div class="ticked"><input type="checkbox" id="${name}" name="${name}" value="yes" ${isOn ? 'checked' : ''}><label for="${name}">${texts.say(`list_${name}`)}</label></div>`;
  return html`<form method="get" action="/list/cases" class="plain filters">
<div class="field"><label for="kind">${texts.say('list_kind')}</label><select id="kind" name="kind">${option('', texts.say('list_all'), kind)}${kinds.map((each) => option(each, texts.say(`kind_${each}`), kind))}</select></div>
<div class="field"><label for="country">${texts.say('list_country')}</label><input type="text" id="country" name="country" maxlength="2" value="${country ?? ''}"></div>
<div class="field"><label for="sort">${texts.say('list_sort')}</label><select id="sort" name="sort">${sorts.map((each) => option(each, texts.say(`sort_${each}`), sort))}</select></div>
${ticked('mine', mine)}${ticked('late', late)}
<button type="submit">${texts.say('list_show')}</button>
</form>`;
}
