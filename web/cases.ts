import { html } from 'hono/html';
import type { SeenCase, SeenFilter } from '../client/desk.ts';
import { longDay } from '../activities/mail/days.ts';
import type { Names } from '../database/names.ts';
import { stagesOf } from '../domain/stages.ts';
import { partyNamed, partyOfPerson } from '../domain/fields.ts';
import type { Visitor } from './door.ts';
import {
  coordinator,
  country,
  type Filter,
  filtersOf,
  kind,
  narrowedBy,
  owner,
  type Query,
  search,
  tick,
} from './filters.ts';
import { stageIn, valueIn } from './labels.ts';
import { mayName } from './named.ts';
import { pagesOf } from './paging.ts';
import { caseLink, type Html } from './pages.ts';
import { asCsv, listedOr, mostRows, noList, type Turn } from './replies.ts';
import { sheet } from './sheet.ts';
import type { Texts } from './texts.ts';

const sorts = ['due', 'id', 'title', 'stage', 'coordinator'] as const;
const filters: readonly Filter[] = [
  search,
  kind,
  { name: 'stage', as: 'choice', of: ['', ...stagesOf()], says: stageIn },
  country,
  owner,
  coordinator,
  { name: 'sort', as: 'choice', of: sorts, says: (texts, each) => texts.say(`sort_${each}`) },
  tick('mine'),
  tick('late'),
  tick('over'),
];

const filterIn = (asked: Query): SeenFilter => ({
  kind: asked.kind,
  stage: asked.stage,
  country: asked.country,
  owner: asked.owner && partyNamed(asked.owner),
  coordinator: asked.coordinator,
  search: asked.search,
  mine: asked.mine === 'yes',
  late: asked.late === 'yes',
  over: asked.over === 'yes',
  sort: sorts.find((each) => each === asked.sort) ?? 'due',
});

const path = '/list/cases';

/** The cases that somebody may see, by what the address says. */
export async function casesPage(visitor: Visitor): Promise<Turn | Response> {
  const { c, texts } = visitor;
  const { format = '', after, ...query } = c.req.query();
  const asked = narrowedBy(filters, query);
  if (!asked || !['', 'csv'].includes(format) || !(await mayName(visitor, asked))) return noList(texts);
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
  const { rows, next, isBrokenOff } = await entente.desks.list(session, filter, { after });
  const names = await entente.desks.names({
    countries: rows.flatMap(({ countries }) => countries),
    coordinators: rows.map((row) => partyOfPerson(row.coordinator)),
  });
  const page = sheet(
    visitor,
    texts.say('list'),
    html`${await filtersOf(visitor, path, filters, asked)}
${rows.length === 0 && !isBrokenOff ? html`<p class="quiet">${texts.say('listNone')}</p>` : html`<ul class="rows">${rows.map((row) => line(texts, names, row))}</ul>`}
${isBrokenOff ? html`<p class="notice" role="status">${texts.say('listBrokenOff')}</p>` : ''}
${pagesOf(texts, path, asked, { after, next, isBrokenOff })}`,
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
  const head = ['id', 'kind', 'title', 'stage', 'countries', 'coordinator', 'due', 'nextDue', 'late', 'closedAt'];
  const lines = rows.map(({ id, kind, title, stage, countries, coordinator, due, nextDue, late, closedAt }) => [
    id,
    kind,
    title,
    stage,
    countries.join(' '),
    coordinator,
    due ?? '',
    nextDue ?? '',
    late ? 'yes' : 'no',
    closedAt ?? '',
  ]);
  return asCsv(c, 'cases', head, lines);
}

function line(texts: Texts, names: Names, row: SeenCase): Html {
  const { id, kind, title, stage, countries, coordinator: who, due, late } = row;
  const facts = { countries, coordinator: partyOfPerson(who) };
  const said = [
    texts.say(`kind_${kind}`),
    stageIn(texts, stage),
    valueIn(texts, names, kind, facts, 'countries').replaceAll('\n', ', '),
    texts.say('coordinatedBy', { person: valueIn(texts, names, kind, facts, 'coordinator') }),
    ...(due ? [texts.say('dueOn', { day: longDay(due, texts.code) })] : []),
    id,
  ];
  return html`<li>${late ? html`<strong class="late">${texts.say('late')}</strong> ` : ''}${caseLink(texts, id, title)}
<span class="quiet">${said.join(' · ')}</span></li>`;
}
