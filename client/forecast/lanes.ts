import { html } from 'hono/html';
import { Temporal } from 'temporal-polyfill';
import type { CivilDate } from '../../domain/dates.ts';
import { readable } from '../../domain/text.ts';

/** A point in time in a lane. */
export interface Mark {
  readonly on: CivilDate;
  readonly says: string;
  /** What stands out: something that is decided, begins or ends. */
  readonly weighs?: boolean;
  /** Something is in its way. */
  readonly ringed?: boolean;
}

export interface Lane {
  readonly name: string;
  readonly marks: readonly Mark[];
  /** Days that are shaded, each with what it is. */
  readonly shades?: readonly Mark[];
}

const width = 1_000;
const rowHeight = 30;

/** Lanes above one another on one line of time, as a picture in the page itself; each point says what it is when it is pointed at. */
export function lanesPicture(
  lanes: readonly Lane[],
  from: CivilDate,
  until: CivilDate,
  says = `What happens in each of ${lanes.length} lanes, from ${from} until ${until}`,
) {
  const days = Math.max(1, daysFrom(from, until));
  const labels = 20 + 7 * Math.max(...lanes.map(({ name }) => shortened(name).length));
  const x = (day: CivilDate) =>
    labels + ((width - labels - 10) * Math.min(days, Math.max(0, daysFrom(from, day)))) / days;
  const height = rowHeight * (lanes.length + 1);
  const dayWidth = Math.max(1, (width - labels - 10) / days);
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${says}" style="width: 100%; height: auto">
${yearsBetween(from, until).map(
  ({ says, on }) =>
    html`<line x1="${x(on)}" y1="0" x2="${x(on)}" y2="${height}" stroke="currentColor" stroke-opacity=".2"/><text x="${x(on) + 3}" y="14" font-size="11" fill="currentColor">${says}</text>`,
)}
${lanes.map(({ name, marks, shades = [] }, index) => {
  const y = rowHeight * (index + 1) + rowHeight / 2;
  return html`<g><text x="0" y="${y + 4}" font-size="13" fill="currentColor">${shortened(name)}</text>
<line x1="${labels}" y1="${y}" x2="${width - 10}" y2="${y}" stroke="currentColor" stroke-opacity=".3"/>
${shades.map(({ on, says: day }) => html`<rect x="${x(on)}" y="${y - rowHeight / 2}" width="${dayWidth}" height="${rowHeight}" style="fill: var(--shade)" fill-opacity=".35"><title>${on}: ${readable(day)}</title></rect>`)}
${marks.map(({ on, says: what, weighs, ringed }) => html`<circle cx="${x(on)}" cy="${y}" r="${weighs ? 6 : 3.5}" style="fill: var(${weighs ? '--decide' : '--meet'})" fill-opacity=".85"><title>${on}: ${readable(what)}</title></circle>${ringed ? html`<circle cx="${x(on)}" cy="${y}" r="7.5" fill="none" stroke="currentColor" stroke-width="1.5"/>` : ''}`)}</g>`;
})}
</svg>`;
}

const daysFrom = (from: CivilDate, day: CivilDate): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(day), { largestUnit: 'day' }).days;

const longestName = 26;
const shortened = (name: string): string => (name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name);

/** Beginnings of years, or of months where there are few of them. */
function yearsBetween(from: CivilDate, until: CivilDate): readonly { says: string; on: CivilDate }[] {
  const months = daysFrom(from, until) <= 400;
  const first = Temporal.PlainDate.from(from).with(months ? { day: 1 } : { month: 1, day: 1 });
  const found: { says: string; on: CivilDate }[] = [];
  for (
    let day = first.add(months ? { months: 1 } : { years: 1 });
    day.toString() <= until;
    day = day.add(months ? { months: 1 } : { years: 1 })
  )
    found.push({ says: day.toString().slice(0, months ? 7 : 4), on: day.toString() });
  return found;
}
