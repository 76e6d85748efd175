import { html } from 'hono/html';
import { nameOf } from '../../domain/case/label.ts';
import { spanOf } from '../../domain/dates.ts';
import { counted } from '../../domain/derived.ts';
import type { Span } from '../../domain/forecast/concerns.ts';
import type { LoadOutlook } from '../../domain/forecast/load.ts';
import { absenceInWords, dayOffInWords, daysOffInWords, fallsTo, owedMostBy } from '../commands/forecast-text.ts';
import { heatMap } from './heat-map.ts';
import { type Lane, lanesPicture, type Mark } from './lanes.ts';
import { pageOf, table, wide } from './page.ts';

type Page = ReturnType<typeof html>;

interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Page;
}

/**
 * All open cases on one page, which needs no network: where the load is, what has to be decided and what takes place, what to look at.
 *
 * @param unless with what somebody does: "If nobody does anything"
 */
export const outlookPage = (outlook: LoadOutlook, span: Span, unless: string): Page => {
  const { total, opened, over } = outlook;
  const sections = sectionsOf(outlook, span);
  return pageOf(`What is to come, ${span.from} to ${span.until}`, [
    html`<p>${unless} and every letter arrives: ${counted(total.due, 'due day')}, ${counted(total.letters, 'letter')},
${total.above} of them to superiors, coordinators and co-chairs; ${counted(opened, 'case')} opened, ${over} at an end.</p>
<nav aria-label="On this page"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
${sections.map(({ id, title, body }) => html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${body}</section>`)}`,
  ]);
};

const sectionsOf = (outlook: LoadOutlook, span: Span): readonly Section[] => [
  ...whatComes(outlook, span),
  ...whatToLookAt(outlook),
];

const whatComes = (outlook: LoadOutlook, span: Span): readonly Section[] => [
  { id: 'due', title: 'What is due, by week and whoever owes it', body: heatMap(outlook, span) },
  { id: 'time-line', title: 'Decisions and meetings, by country', body: timeLine(outlook, span) },
  listed('busiest', 'Weeks with most due days', ['week of', 'due', 'most of it owed by'], outlook.busiest, (each) => [
    each.week,
    String(each.due),
    owedMostBy(each),
  ]),
  listed('decisions', 'To be decided', ['by', 'case', 'title', 'what'], outlook.decisions, (each) => [
    each.by,
    each.case,
    each.title,
    each.says,
  ]),
  listed(
    'meetings',
    'What takes place',
    ['when', 'case', 'title', 'what', 'on a day off'],
    outlook.meetings,
    (each) => [spanOf(each.from, each.to), each.case, each.title, each.name, daysOffInWords(each)],
  ),
  listed('undated', 'Committees without a date', ['to meet by', 'case', 'title'], outlook.undated, (each) => [
    each.by,
    each.case,
    each.title,
  ]),
  listed('editions', 'Editions that will open', ['opens on', 'case', 'title', 'of'], outlook.editions, (each) => [
    each.on,
    each.case,
    each.title,
    each.programme ?? '',
  ]),
];

const whatToLookAt = (outlook: LoadOutlook): readonly Section[] => [
  listed(
    'missing',
    'Who is not there, and what falls to them',
    ['who', 'when', 'stands in', 'what falls to them', 'some of the cases'],
    outlook.missing,
    (each) => [each.name, absenceInWords(each), each.standIn ?? '', fallsTo(each), each.cases.join(', ')],
  ),
  listed(
    'days-off',
    'Due on a day off of whoever owes it',
    ['day', 'which is', 'case', 'owed by', 'what'],
    outlook.onDaysOff,
    (each) => [each.on, each.dayOff ? dayOffInWords(each.dayOff) : '', each.case, nameOf(each.owedBy), each.says],
  ),
  listed('by-itself', 'What happens by itself', ['day over', 'case', 'title', 'what'], outlook.byItself, (each) => [
    each.on,
    each.case,
    each.title,
    each.says,
  ]),
  listed(
    'countries',
    'By country',
    ['country', 'due', 'letters', 'above', 'by itself'],
    Object.entries(outlook.countries),
    ([country, { due, letters, above, byItself }]) => [country, ...[due, letters, above, byItself].map(String)],
  ),
];

/** More than anybody reads on a page. */
const rowsShown = 200;

function listed<Row>(
  id: string,
  title: string,
  head: readonly string[],
  rows: readonly Row[],
  cells: (row: Row) => readonly string[],
): Section {
  const rest = rows.length - rowsShown;
  return {
    id,
    title: `${title} (${rows.length})`,
    body: html`${table(head, rows.slice(0, rowsShown).map(cells), { label: title, momentFits: true })}
${rest > 0 ? html`<p>And ${rest} more.</p>` : ''}`,
  };
}

/** A lane for each country: its holidays as shades, what has to be decided and what takes place as marks. */
function timeLine({ decisions, meetings, holidays }: LoadOutlook, { from, until }: Span): Page {
  const countries = [...new Set([...decisions, ...meetings].flatMap((each) => each.countries))].sort();
  if (countries.length === 0) return html`<p>Nothing.</p>`;
  const lanes = countries.map((country): Lane => {
    const ofCountry = <T extends { readonly countries: readonly string[] }>(all: readonly T[]): readonly T[] =>
      all.filter((each) => each.countries.includes(country));
    const marks = [
      ...ofCountry(decisions).map(
        ({ by, says, case: id }): Mark => ({ on: by, says: `${says} (${id})`, weighs: true }),
      ),
      ...ofCountry(meetings).map((each): Mark => {
        const off = each.daysOff.length > 0 ? `, on a day off: ${daysOffInWords(each)}` : '';
        return { on: each.from, says: `${each.name} of ${each.title} (${each.case})${off}`, ringed: off !== '' };
      }),
    ];
    const shades = (holidays[country] ?? []).map(({ on, name }) => ({ on, says: name }));
    return { name: country, marks, shades };
  });
  const says = `Decisions and meetings of ${countries.join(', ')} from ${from} until ${until}; the tables below have each of them`;
  return html`${wide('Time line', lanesPicture(lanes, from, until, says))}
<p class="legend">Large and orange: a day by which somebody has to decide. Small and blue: something takes place; with a ring, on a day off
of somebody who comes. Shaded: public holidays of the country. The next two tables say the same.</p>`;
}
