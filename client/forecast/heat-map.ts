import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { type CountableTimeInterval, utcDay, utcMonday, utcMonth, utcYear } from 'd3-time';
import { html } from 'hono/html';
import { nameOf } from '../../domain/case/label.ts';
import { type CivilDate, later } from '../../domain/dates.ts';
import type { Span } from '../../domain/forecast/concerns.ts';
import type { LoadOutlook } from '../../domain/forecast/load.ts';
import { wide } from './page.ts';

type Page = ReturnType<typeof html>;

/** As many as one can compare at a glance. */
const ownersShown = 25;

/** What is due, whoever owes most first; each week a column, in longer spans each month or year. */
export function heatMap({ owners, dueInWeek }: Pick<LoadOutlook, 'owners' | 'dueInWeek'>, span: Span): Page {
  const owing = Object.entries(owners).filter(([, { due }]) => due > 0);
  if (owing.length === 0) return html`<p>Nothing.</p>`;
  const busiest = owing.sort(([, one], [, other]) => other.due - one.due).slice(0, ownersShown);
  const columns = columnsOf(span, Object.keys(dueInWeek));
  const due = new Map<string, number>();
  for (const [week, inWeek] of Object.entries(dueInWeek))
    for (const [owner, count] of Object.entries(inWeek)) {
      const key = `${columns.of(week)} ${owner}`;
      due.set(key, (due.get(key) ?? 0) + count);
    }
  const shade = scaleLinear([0, Math.max(...due.values())], [0.2, 1]);
  const cells = (owner: string) => columns.all.map((column) => cell(due.get(`${column} ${owner}`) ?? 0, shade));
  const rest = owing.length - busiest.length;
  return html`${wide(
    'What is due',
    html`<table class="heat"><thead>
${columns.groups.length > 0 ? html`<tr><td></td>${columns.groups.map(([title, width]) => html`<th scope="colgroup" colspan="${width}">${title}</th>`)}</tr>` : ''}
<tr><th scope="col">${columns.each}</th>${columns.all.map((column) => html`<th scope="col">${columns.says(column)}</th>`)}</tr></thead>
<tbody>${busiest.map(([owner, load]) => html`<tr><th scope="row">${nameOf(owner)} (${load.due})</th>${cells(owner)}</tr>`)}</tbody></table>`,
  )}
${rest > 0 ? html`<p>And ${rest} more who owe less.</p>` : ''}`;
}

/** The number is there for whoever cannot tell the shades apart. */
const cell = (due: number, shade: ScaleLinear<number, number>): Page =>
  due === 0 ? html`<td></td>` : html`<td class="some" style="--n: ${shade(due).toFixed(2)}">${due}</td>`;

interface Columns {
  readonly each: string;
  readonly all: readonly string[];
  /** Title and number of columns of what stands above several. */
  readonly groups: readonly (readonly [string, number])[];
  /** The column of a week. */
  of(week: CivilDate): string;
  says(column: string): string;
}

const mostWeeks = 60;
const mostMonths = 72;

/** What has happened before the first day, or goes on after the last, has its columns, too. */
function columnsOf({ from, until }: Span, busy: readonly CivilDate[]): Columns {
  const [first, last] = [new Date([from, ...busy].sort()[0] ?? from), new Date(busy.reduce(later, until))];
  const { each, length, interval } = unitOf(first, last);
  const of = (day: CivilDate): string => day.slice(0, length);
  const all = interval.range(interval.floor(first), utcDay.offset(last)).map((begin) => of(begin.toISOString()));
  const above = (column: string): string => (length === 10 ? column.slice(0, 7) : column.slice(0, 4));
  const groups = new Map<string, number>();
  if (length > 4) for (const column of all) groups.set(above(column), (groups.get(above(column)) ?? 0) + 1);
  return { each, all, groups: [...groups], of, says: (column) => (length === 4 ? column : column.slice(length - 2)) };
}

interface Unit {
  readonly each: string;
  /** Of its first day, as far as that names it. */
  readonly length: number;
  readonly interval: CountableTimeInterval;
}

function unitOf(first: Date, last: Date): Unit {
  if (utcMonday.count(first, last) <= mostWeeks) return { each: 'week of', length: 10, interval: utcMonday };
  return utcMonth.count(first, last) <= mostMonths
    ? { each: 'month', length: 7, interval: utcMonth }
    : { each: 'year', length: 4, interval: utcYear };
}
