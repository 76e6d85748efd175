import { html } from 'hono/html';
import { longDay } from '../activities/mail/days.ts';
import type { DayOff } from '../client/countries.ts';
import type { ComingDate, DueDeadline } from '../database/lists.ts';
import type { Names } from '../database/names.ts';
import { type CivilDate, dayIn, daysBetween, later, shift } from '../domain/dates.ts';
import { date } from '../domain/fields.ts';
import { referencesIn } from '../domain/story.ts';
import { owedTold, type Told } from '../domain/story/told.ts';
import type { Visitor } from './door.ts';
import { country, type Filter, filtersOf, narrowedBy, type Query, tick } from './filters.ts';
import { offOn } from './month.ts';
import { caseLink, type Html, recorded } from './pages.ts';
import { listedOr, noList, type Turn } from './replies.ts';
import { sheet } from './sheet.ts';
import { toldIn } from './story.ts';
import type { Texts } from './texts.ts';

const from: Filter = { name: 'from', as: 'text', form: /^\d{4}-\d{2}-\d{2}$/, most: 10 };
const filters = [from, country, tick('mine')];
const path = '/agenda';
const days = 28;
/** Of what takes place, and of what is due; a page ends before the day on which there are more. */
const most = 300;

/** What takes place and what is due, day by day; days without either are left out. */
export async function agendaPage(visitor: Visitor): Promise<Turn | Response> {
  const { c, texts } = visitor;
  const asked = narrowedBy(filters, c.req.query());
  const isDay = asked?.['from'] === undefined || date.safeParse(asked['from']).success;
  return asked && isDay ? listedOr(texts, () => shown(visitor, asked)) : noList(texts);
}

async function shown(visitor: Visitor, asked: Query): Promise<Turn> {
  const { entente, session, texts } = visitor;
  const first = asked['from'] ?? dayIn(new Date().toISOString(), session.person.zone);
  const { last, each } = await agendaOf(visitor, asked, first);
  const names = await entente.desks.names({ told: referencesIn(each.flatMap(({ due }) => due.map(toldOf))) });
  const address = (begin: CivilDate): string => `${path}?${new URLSearchParams({ ...asked, from: begin }).toString()}`;
  const month = new URLSearchParams({ ...asked, month: first.slice(0, 7) });
  month.delete('from');
  const page = sheet(
    visitor,
    texts.say('agenda'),
    html`<p class="ways"><a href="${address(shift(first, -days))}">${texts.say('agendaBefore')}</a> <a href="${address(shift(last, 1))}">${texts.say('agendaAfter')}</a> <a href="/month?${month.toString()}">${texts.say('agendaMonth')}</a></p>
${await filtersOf(visitor, path, filters, asked)}
<p class="quiet">${texts.say('agendaSpan', { from: longDay(first, texts.code), to: longDay(last, texts.code) })}</p>
${each.length === 0 ? html`<p>${texts.say('agendaNone')}</p>` : each.map((day) => partOf(texts, names, day))}`,
  );
  return { page, status: 200 };
}

interface Day {
  readonly on: CivilDate;
  readonly takesPlace: readonly ComingDate[];
  readonly due: readonly Owed[];
  readonly off: readonly DayOff[];
}

type Owed = DueDeadline & { readonly told: Told };

/** What is owed, and by whom. */
const toldOf = ({ told, owedBy }: Owed): Told => owedTold(told, owedBy ?? undefined);

/** What lasts longer stands at its first day, or at the first of the page. */
async function agendaOf(
  { entente, session }: Visitor,
  asked: Query,
  first: CivilDate,
): Promise<{ readonly last: CivilDate; readonly each: readonly Day[] }> {
  const coordinators = await entente.desks.coordinators(session, asked['mine'] === 'yes');
  const filter = { country: asked['country'], coordinators, asOf: `${first}T00:00:00Z` };
  const [dates, due] = await Promise.all([
    entente.comingDates(filter, { limit: most }),
    entente.due({ ...filter, days: days - 1, from: first }, { limit: most }),
  ]);
  const last = [beyond(dates.next, dates.rows.at(-1)?.day), beyond(due.next, due.rows.at(-1)?.due)].reduce<CivilDate>(
    (end, day) => (day !== undefined && day <= end ? later(first, shift(day, -1)) : end),
    shift(first, days - 1),
  );
  const off = await entente.countries.daysOff(first, last);
  const owed = await entente.toldOfDue(due.rows);
  const all = Array.from({ length: daysBetween(first, last) + 1 }, (_, index) => shift(first, index)).map((on) => ({
    on,
    takesPlace: dates.rows.filter((row) => later(row.day, first) === on),
    due: owed.filter((row) => row.due === on),
    off: off.filter((day) => day.on === on && (!asked['country'] || day.country === asked['country'])),
  }));
  return { last, each: all.filter(({ takesPlace, due: owing }) => takesPlace.length + owing.length > 0) };
}

/** The day with which a list was cut off, if it was. */
const beyond = (next: string | undefined, day: CivilDate | undefined): CivilDate | undefined =>
  next === undefined ? undefined : day;

function partOf(texts: Texts, names: Names, { on, takesPlace, due, off }: Day): Html {
  const dates = takesPlace.map(({ id, kind, title, place, until }) => {
    const more = [
      texts.say(`kind_${kind}`),
      place,
      until > on ? texts.say('agendaUntil', { day: longDay(until, texts.code) }) : '',
    ];
    return html`<li>${caseLink(texts, id, title)} <span class="quiet">${more.filter(Boolean).join(' · ')}</span></li>`;
  });
  const owed = due.map(
    (each) =>
      html`<li>${texts.say('agendaDue')} ${toldIn(texts, names, toldOf(each)) ?? recorded(texts, each.says)}${each.late ? html` <strong class="late">${texts.say('late')}</strong>` : ''} <span class="quiet">${caseLink(texts, each.caseId, each.title)}</span></li>`,
  );
  return html`<section class="day${off.length > 0 ? ' off' : ''}"><h2><time datetime="${on}">${longDay(on, texts.code)}</time></h2>
${offOn(texts, off)}
<ul class="rows">${dates}${owed}</ul></section>`;
}
