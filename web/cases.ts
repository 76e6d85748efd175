import { html } from 'hono/html';
import type { SeenCase, SeenFilter } from '../client/desk.ts';
import { longDay } from '../activities/mail/days.ts';
import { dayIn } from '../domain/dates.ts';
import { kinds } from '../domain/kinds.ts';
import type { Visitor } from './door.ts';
import { country, type Filter, filtersOf, narrowedBy, type Query, search, tick } from './filters.ts';
import { stageIn } from './labels.ts';
import { caseLink, type Html } from './pages.ts';
import { asCsv, listedOr, mostRows, noList, type Turn } from './replies.ts';
import { sheet } from './sheet.ts';

const sorts = ['due', 'id', 'title'] as const;
const filters: readonly Filter[] = [
  search,
  { name: 'kind', as: 'choice', of: ['', ...kinds], says: 'kind_' },
  country,
  { name: 'sort', as: 'choice', of: sorts, says: 'sort_' },
  tick('mine'),
  tick('late'),
  tick('over'),
];

const filterIn = ({ kind, country: code, search: words, sort = 'due', ...ticked }: Query): SeenFilter => ({
  kind,
  country: code,
  search: words,
  mine: ticked.mine === 'yes',
  late: ticked.late === 'yes',
  over: ticked.over === 'yes',
  sort: sorts.find((each) => each === sort) ?? 'due',
});

const path = '/list/cases';

/** The cases that somebody may see, by what the address says. */
export async function casesPage(visitor: Visitor): Promise<Turn | Response> {
  const { c, texts } = visitor;
  const { format = '', after, ...query } = c.req.query();
  const asked = narrowedBy(filters, query);
  if (!asked || !['', 'csv'].includes(format)) return noList(texts);
  const filter = filterIn(asked);
  return listedOr(texts, () => (format === 'csv' ? csv(visitor, filter) : listed(visitor, { filter, asked, after })));
}

interface Shown {
  readonly filter: SeenFilter;
  readonly asked: Query;
  readonly after: string | undefined;
}

async function listed(visitor: Visitor, { filter, asked, after }: Shown): Promise<Turn> {
  const { entente, session, texts } = visitor;
  const { rows, next } = await entente.desks.list(session, filter, { after });
  const address = (changed: Query): string => `${path}?${new URLSearchParams({ ...asked, ...changed }).toString()}`;
  const page = sheet(
    visitor,
    texts.say('list'),
    html`${filtersOf(texts, path, filters, asked)}
${rows.length === 0 ? html`<p class="quiet">${texts.say('listNone')}</p>` : html`<ul class="rows">${rows.map((row) => line(visitor, row))}</ul>`}
<p>${next === undefined ? '' : html`<a href="${address({ after: next })}">${texts.say('listAfter')}</a> `}<a href="${address({ format: 'csv' })}">CSV</a></p>`,
  );
  return { page, status: 200 };
}

async function csv({ c, entente, session }: Visitor, filter: SeenFilter): Promise<Response> {
  const rows: SeenCase[] = [];
  let after: string | undefined;
  do {
    const page = await entente.desks.list(session, filter, { after, limit: 1_000 });
    rows.push(...page.rows);
    after = page.next;
  } while (after !== undefined && rows.length < mostRows);
  const head = ['id', 'kind', 'title', 'stage', 'countries', 'coordinator', 'nextDue', 'late', 'closedAt'];
  const lines = rows.map(({ id, kind, title, stage, countries, coordinator, nextDue, late, closedAt }) => [
    id,
    kind,
    title,
    stage,
    countries.join(' '),
    coordinator,
    nextDue ?? '',
    late ? 'yes' : 'no',
    closedAt ?? '',
  ]);
  return asCsv(c, 'cases', head, lines);
}

const line = (
  { session, texts }: Visitor,
  { id, kind, title, stage, countries, coordinator, nextDue, late }: SeenCase,
): Html => {
  const day = nextDue && longDay(dayIn(nextDue, session.person.zone), texts.code);
  return html`<li>${late ? html`<strong class="late">${texts.say('late')}</strong> ` : ''}${caseLink(texts, id, title)}
<span class="quiet">${texts.say(`kind_${kind}`)} · ${stageIn(texts, stage)} · ${countries.join(' ')} · ${texts.say('coordinatedBy', { person: coordinator })}${day ? ` · ${day}` : ''} · ${id}</span></li>`;
};
