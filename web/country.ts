import { html } from 'hono/html';
import { shortDay } from '../activities/mail/days.ts';
import type { Listed } from '../database/lists.ts';
import { type CivilDate, dayIn, shift } from '../domain/dates.ts';
import { servingIn } from './choices.ts';
import { profileLines } from './country-profile.ts';
import type { Visitor } from './door.ts';
import { stageIn } from './labels.ts';
import { dayOffName } from './month.ts';
import { caseLink, type Html } from './pages.ts';
import type { Turn } from './replies.ts';
import { sheet } from './sheet.ts';
import type { Texts } from './texts.ts';

/** The first of each; its list has all. */
const most = 15;
/** Of what is recorded of it; `country show` has all. */
const mostRecorded = 60;
/** How far ahead holidays are shown. */
const holidayDays = 183;

/** The countries of the directory. */
export async function countriesPage(visitor: Visitor): Promise<Turn> {
  const { entente, texts } = visitor;
  const named = new Intl.DisplayNames([texts.code], { type: 'region' });
  const { countries } = await entente.directory();
  const links = countries.map(
    ({ code }) =>
      html`<li><a href="/country/${code}">${named.of(code) ?? code}</a> <span class="id">(${code})</span></li>`,
  );
  return { page: sheet(visitor, texts.say('countries'), html`<ul class="rows">${links}</ul>`), status: 200 };
}

/** What goes on with a country, of the cases that somebody reads whole, and who is there. */
export async function countryPage(visitor: Visitor): Promise<Turn | undefined> {
  const { c, entente, session, texts } = visitor;
  const code = c.req.param('code') ?? '';
  const known = await entente.directory({ country: code });
  if (!known.countries.some((each) => each.code === code)) return undefined;
  const title = new Intl.DisplayNames([texts.code], { type: 'region' }).of(code) ?? code;
  const today = dayIn(new Date().toISOString(), session.person.zone);
  const off = await entente.countries.daysOff(today, shift(today, holidayDays));
  const holidays = off
    .filter(({ country, weekly }) => country === code && !weekly)
    .map((each) => html`<li>${dayFor(texts, each.on)} <span class="quiet">${dayOffName(texts, each)}</span></li>`);
  const isInService = (await entente.desks.roles(session)).length > 0;
  const profile = Object.entries(profileLines(texts, await entente.countries.profile(code), isInService));
  const body = html`<p class="ways"><a href="/list/cases?country=${code}">${texts.say('list')}</a> <a href="/month?country=${code}">${texts.say('month')}</a> <a href="/timeline?country=${code}">${texts.say('timeline')}</a></p>
${await casesIn(visitor, code)}
${profile.map(([name, lines]) => part(texts, name, lines.slice(0, mostRecorded), name === 'countryIndicators' && lines.length > mostRecorded ? html`<p><a href="/list/indicators?country=${code}">${texts.say('listAfter')}</a></p>` : ''))}
${part(texts, 'holidays', holidays)}
${part(texts, 'countryPeople', peopleIn(visitor, known, code, isInService))}`;
  return { page: sheet(visitor, title, body), status: 200 };
}

const part = (texts: Texts, name: string, rows: readonly Html[], more: Html | '' = ''): Html =>
  html`<section aria-labelledby="${name}"><h2 id="${name}">${texts.say(name)}</h2>
${rows.length > 0 ? html`<ul class="rows">${rows}</ul>` : html`<p class="quiet">${texts.say('countryNone')}</p>`}${more}</section>`;

const dayFor = ({ code }: Texts, day: CivilDate | null): string => (day === null ? '' : shortDay(day, code));

interface Row {
  readonly id: string;
  readonly title: string;
}

/** The first rows of each list that concerns the country. */
async function casesIn({ entente, session, texts }: Visitor, code: string): Promise<readonly Html[]> {
  const here = { country: code, coordinators: await entente.desks.coordinators(session, false) };
  const page = { limit: most };
  const day = (value: CivilDate | null): string => dayFor(texts, value);
  const list = <R extends Row>(name: string, { rows, next }: Listed<R>, says: (row: R) => readonly string[]): Html =>
    part(
      texts,
      `list_of_${name}`,
      rows.map(
        (row) =>
          html`<li>${caseLink(texts, row.id, row.title)} <span class="quiet">${says(row).filter(Boolean).join(' · ')}</span></li>`,
      ),
      next === undefined ? '' : html`<p><a href="/list/${name}?country=${code}">${texts.say('listAfter')}</a></p>`,
    );
  return [
    list('mous', await entente.mous({ ...here, inEffect: true }, page), ({ stage, decideBy }) => [
      stageIn(texts, stage),
      decideBy === null ? '' : texts.say('timelineDecide', { day: day(decideBy) }),
    ]),
    list('committees', await entente.committees(here, page), (row) => [stageIn(texts, row.stage), day(row.day)]),
    list('actions', await entente.actions(here, page), ({ late, due }) => [late ? texts.say('late') : '', day(due)]),
    list('visits', await entente.visits(here, page), (row) => [`${day(row.day)} – ${day(row.until)}`]),
    list('dates', await entente.comingDates(here, page), (row) => [
      texts.say(`kind_${row.kind}`),
      day(row.day),
      row.place ?? '',
    ]),
  ];
}

/** Who serves there, by agency: to whoever has a role in the service; to others those of their own agency alone. */
function peopleIn(
  { session, texts }: Visitor,
  known: Awaited<ReturnType<Visitor['entente']['directory']>>,
  code: string,
  isInService: boolean,
): readonly Html[] {
  const serving = servingIn(known, new Date().toISOString());
  return known.agencies
    .filter(({ id, country }) => country === code && (isInService || id === session.person.agency))
    .map(({ id, name, contact }) => {
      const people = serving
        .filter(({ agency }) => agency === id)
        .map((each) => `${each.name}${each.id === contact ? ` (${texts.say('countryContact')})` : ''}`);
      return html`<li>${name} <span class="quiet">${people.join(', ')}</span></li>`;
    });
}
