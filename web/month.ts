import { html } from 'hono/html';
import { formatOf } from '../activities/mail/days.ts';
import type { ComingDate } from '../database/lists.ts';
import { overrideKinds } from '../domain/calendar.ts';
import { type CivilDate, dayIn, dayOfWeek, minus, plus, shift } from '../domain/dates.ts';
import type { DayOff } from '../client/countries.ts';
import type { Visitor } from './door.ts';
import { country, type Filter, filtersOf, narrowedBy, type Query, tick } from './filters.ts';
import { caseLink, type Html } from './pages.ts';
import { listedOr, noList, type Turn } from './replies.ts';
import { sheet } from './sheet.ts';
import type { Texts } from './texts.ts';

const month: Filter = { name: 'month', as: 'text', form: /^(?:19|20)\d{2}-(?:0[1-9]|1[0-2])$/, most: 7 };
const filters = [month, country, tick('mine')];
const path = '/month';
const aMonth = 'P1M';
/** Of one day; the agenda has all. */
const mostOfDay = 6;
const [officeClosed] = overrideKinds;

/** What takes place, a month on a page, with the days off of the countries. */
export async function monthPage(visitor: Visitor): Promise<Turn | Response> {
  const { c, texts } = visitor;
  const asked = narrowedBy(filters, c.req.query());
  return asked ? listedOr(texts, () => shown(visitor, asked)) : noList(texts);
}

async function shown(visitor: Visitor, asked: Query): Promise<Turn> {
  const { entente, session, texts } = visitor;
  const first = `${asked.month ?? dayIn(new Date().toISOString(), session.person.zone).slice(0, 7)}-01`;
  const last = shift(plus(first, aMonth), -1);
  const coordinators = await entente.desks.coordinators(session, asked.mine === 'yes');
  const filter = { country: asked.country, coordinators, asOf: `${first}T00:00:00Z` };
  const { rows } = await entente.comingDates(filter, { limit: 1_000 });
  const off = await entente.countries.daysOff(first, last);
  const days = Array.from({ length: Number(last.slice(8)) }, (_, index) => shift(first, index));
  const cells = days.map((day) =>
    cell(texts, day, {
      takesPlace: rows.filter((row) => row.day <= day && day <= row.until),
      off: off.filter(({ on, country: code }) => on === day && (!asked.country || code === asked.country)),
    }),
  );
  const address = (begin: CivilDate): string =>
    `${path}?${new URLSearchParams({ ...asked, month: begin.slice(0, 7) }).toString()}`;
  const { month: _, ...narrowed } = asked;
  const page = sheet(
    visitor,
    formatOf(texts.code, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(first)),
    html`<p class="ways"><a href="${address(minus(first, aMonth))}">${texts.say('monthBefore')}</a> <a href="${address(plus(first, aMonth))}">${texts.say('monthAfter')}</a> <a href="/agenda?${new URLSearchParams({ ...narrowed, from: first }).toString()}">${texts.say('monthAgenda')}</a></p>
${await filtersOf(visitor, path, filters, asked)}
<table class="month"><thead><tr>${weekdays(texts).map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${weeksOf(days, cells).map((week) => html`<tr>${week}</tr>`)}</tbody></table>
<p class="quiet">${texts.say('monthOff')}</p>`,
  );
  return { page, status: 200 };
}

/** Monday to Sunday; 4 January 2027 is a Monday. */
const weekdays = ({ code }: Texts): readonly string[] =>
  Array.from({ length: 7 }, (_, index) =>
    formatOf(code, { weekday: 'short', timeZone: 'UTC' }).format(new Date(shift('2027-01-04', index))),
  );

function weeksOf(days: readonly CivilDate[], cells: readonly Html[]): readonly (readonly Html[])[] {
  const before = dayOfWeek(days[0] ?? '') - 1;
  const all = [...Array<Html>(before).fill(html`<td class="empty"></td>`), ...cells];
  while (all.length % 7 > 0) all.push(html`<td class="empty"></td>`);
  return Array.from({ length: all.length / 7 }, (_, week) => all.slice(week * 7, week * 7 + 7));
}

interface Day {
  readonly takesPlace: readonly ComingDate[];
  readonly off: readonly DayOff[];
}

function cell(texts: Texts, day: CivilDate, { takesPlace, off }: Day): Html {
  const named = formatOf(texts.code, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });
  const links = takesPlace
    .slice(0, mostOfDay)
    .map(
      ({ id, kind, title, place }) =>
        html`<li>${caseLink(texts, id, title)} <span class="quiet">${[texts.say(`kind_${kind}`), place].filter(Boolean).join(' · ')}</span></li>`,
    );
  const which = [off.length > 0 ? 'off' : '', links.length === 0 && off.every(({ weekly }) => weekly) ? 'nothing' : '']
    .join(' ')
    .trim();
  return html`<td${which ? html` class="${which}"` : ''}><time datetime="${day}" title="${named.format(new Date(day))}">${Number(day.slice(8))}</time>
${offOn(texts, off)}
${links.length > 0 ? html`<ul>${links}</ul>` : ''}${takesPlace.length > mostOfDay ? html`<span class="quiet">+ ${takesPlace.length - mostOfDay}</span>` : ''}</td>`;
}

/** Which countries do not work on a day, and why. */
export function offOn(texts: Texts, off: readonly DayOff[]): Html {
  const codes = off.filter(({ weekly }) => weekly).map((each) => each.country);
  const holidays = off.filter(({ weekly }) => !weekly);
  return html`${codes.length > 0 ? html`<span class="quiet">${texts.say('monthRest', { countries: codes.join(' ') })}</span>` : ''}
${holidays.map((each) => html`<span class="quiet">${each.country}: ${dayOffName(texts, each)}</span>`)}`;
}

/** As the country itself has it where that is its reader's language, else in English. */
export function dayOffName(texts: Texts, { name, local }: DayOff): Html | string {
  if (name === officeClosed) return texts.say('officeClosed');
  return local?.language === texts.code ? local.name : html`<span lang="en">${name}</span>`;
}
