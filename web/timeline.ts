import { scaleUtc } from 'd3-scale';
import { utcYear } from 'd3-time';
import { html } from 'hono/html';
import { shortDay } from '../activities/mail/days.ts';
import { titleFor } from '../activities/mail/render.ts';
import type { RegisteredMou } from '../database/lists.ts';
import { type CivilDate, dayIn, later } from '../domain/dates.ts';
import { timeAxis } from './axis.ts';
import { orderOf } from './columns.ts';
import type { Visitor } from './door.ts';
import { country, filtersOf, narrowedBy, type Query, tick } from './filters.ts';
import { caseLink, type Html } from './pages.ts';
import { pagesOf } from './paging.ts';
import { listedOr, noList, type Turn } from './replies.ts';
import { sheet } from './sheet.ts';
import type { Texts } from './texts.ts';

const filters = [country, tick('mine'), orderOf(['case', 'decideBy', 'termEnds'])];
const path = '/timeline';
/** On one picture; the others are on further pages. */
const mostDrawn = 40;

/** The MOU register as a line of time: until when each runs, and by when it has to be decided on. */
export async function timelinePage(visitor: Visitor): Promise<Turn | Response> {
  const { c, texts } = visitor;
  const { after, ...query } = c.req.query();
  const asked = narrowedBy(filters, query);
  return asked ? listedOr(texts, () => shown(visitor, asked, after)) : noList(texts);
}

async function shown(visitor: Visitor, asked: Query, after: string | undefined): Promise<Turn> {
  const { entente, session, texts } = visitor;
  const coordinators = await entente.desks.coordinators(session, asked.mine === 'yes');
  const filter = { country: asked.country, coordinators, inEffect: true };
  const { rows, next } = await entente.mous(filter, { limit: mostDrawn, after, sort: asked.sort });
  const today = dayIn(new Date().toISOString(), session.person.zone);
  const lines = rows.map(
    (row) =>
      html`<li>${caseLink(texts, row.id, row.title)} <span class="quiet">${inWords(texts, row, today)}</span></li>`,
  );
  const page = sheet(
    visitor,
    texts.say('timeline'),
    html`${await filtersOf(visitor, path, filters, asked)}
<p class="quiet">${texts.say('timelineWhat')}</p>
${rows.length > 0 ? html`${registerPicture(texts, rows, today)}<ul class="rows">${lines}</ul>` : html`<p class="quiet">${texts.say('listNone')}</p>`}
${pagesOf(texts, path, asked, { after, next, hasFile: false })}
<p><a href="/list/mous?${new URLSearchParams(asked).toString()}">${texts.say('list_of_mous')}</a></p>`,
  );
  return { page, status: 200 };
}

function inWords(texts: Texts, { decideBy, termEnds }: RegisteredMou, today: CivilDate): string {
  if (decideBy === null) return texts.say('timelineOpen');
  const day = shortDay(decideBy, texts.code);
  const decide = texts.say(decideBy < today ? 'timelineLate' : 'timelineDecide', { day });
  return termEnds === null ? decide : `${decide} ${texts.say('timelineEnds', { day: shortDay(termEnds, texts.code) })}`;
}

const width = 340;
const rowHeight = 34;
const top = 22;
const mostTicks = 8;
/** So that a mark at the first or the last day is whole. */
const edge = 6;

/** A bar until the term ends, and on it a mark where it has to be decided by; whole years, whose names stand above. */
export function registerPicture(
  texts: Texts,
  rows: readonly Pick<RegisteredMou, 'id' | 'title' | 'decideBy' | 'termEnds'>[],
  today: CivilDate,
): Html {
  const ends = rows.flatMap(({ decideBy, termEnds }) => [decideBy, termEnds].flatMap((day) => day ?? []));
  const [first, last] = [[today, ...ends].toSorted()[0] ?? today, ends.reduce(later, today)];
  const whole = [utcYear.floor(new Date(first)), utcYear.offset(utcYear.floor(new Date(last)))];
  const line = scaleUtc<number>()
    .domain(whole)
    .rangeRound([edge, width - edge]);
  const x = (day: CivilDate): number => line(new Date(day));
  const height = top + rows.length * rowHeight;
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${texts.say('timelineSays', { count: rows.length, from: first.slice(0, 4), to: last.slice(0, 4) })}" class="picture">
${timeAxis(texts, line, { height, most: mostTicks })}
<line class="today" x1="${x(today)}" y1="0" x2="${x(today)}" y2="${height}"/>
${rows.map(({ id, title, decideBy, termEnds }, row) => {
  const y = top + row * rowHeight;
  const until = termEnds ?? last;
  const bar =
    until > today
      ? html`<rect class="bar" x="${x(today)}" y="${y + 18}" width="${Math.max(2, x(until) - x(today))}" height="8" rx="2"/>`
      : '';
  const mark = decideBy
    ? html`<circle class="moment${decideBy < today ? ' late' : ''}" cx="${x(decideBy)}" cy="${y + 22}" r="5"/>`
    : '';
  return html`<text x="4" y="${y + 12}">${shortened(titleFor(texts.code, id, title))}</text>${bar}${mark}`;
})}
</svg>`;
}

/** As much as fits; the list below has it whole. */
const shortened = (title: string): string => (title.length > 52 ? `${title.slice(0, 50)}…` : title);
