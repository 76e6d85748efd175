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
}

export interface Lane {
  readonly name: string;
  readonly marks: readonly Mark[];
}

const width = 1_000;
const labels = 190;
const rowHeight = 30;

/** Lanes above one another on one line of time, as a picture in the page itself; each point says what it is when it is pointed at. */
export function lanesPicture(lanes: readonly Lane[], from: CivilDate, until: CivilDate) {
  const days = Math.max(1, daysFrom(from, until));
  const x = (day: CivilDate) =>
    labels + ((width - labels - 10) * Math.min(days, Math.max(0, daysFrom(from, day)))) / days;
  const height = rowHeight * (lanes.length + 1);
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="What happens in each of ${lanes.length} lanes, from ${from} until ${until}" style="width: 100%; height: auto">
${yearsBetween(from, until).map(
  ({ says, on }) =>
    html`<line x1="${x(on)}" y1="0" x2="${x(on)}" y2="${height}" stroke="currentColor" stroke-opacity=".2"/><text x="${x(on) + 3}" y="14" font-size="11" fill="currentColor">${says}</text>`,
)}
${lanes.map(({ name, marks }, index) => {
  const y = rowHeight * (index + 1) + rowHeight / 2;
  return html`<g><text x="0" y="${y + 4}" font-size="13" fill="currentColor">${shortened(name)}</text>
<line x1="${labels}" y1="${y}" x2="${width - 10}" y2="${y}" stroke="currentColor" stroke-opacity=".3"/>
${marks.map(({ on, says, weighs }) => html`<circle cx="${x(on)}" cy="${y}" r="${weighs ? 6 : 3.5}" fill="${weighs ? '#b44d12' : '#2f6f9f'}" fill-opacity=".8"><title>${on}: ${readable(says)}</title></circle>`)}</g>`;
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
