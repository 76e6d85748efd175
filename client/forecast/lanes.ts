import { type ScaleTime, scaleUtc } from 'd3-scale';
import { utcDay } from 'd3-time';
import { html } from 'hono/html';
import type { CivilDate } from '../../domain/dates.ts';
import { readable } from '../../domain/text.ts';
import { ticksOf } from '../ticks.ts';

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
  const labels = 20 + 7 * Math.max(...lanes.map(({ name }) => shortened(name).length));
  const [begin, end] = [new Date(from), new Date(until)];
  const line = scaleUtc<number>()
    .domain([begin, end > begin ? end : utcDay.offset(begin)])
    .range([labels, width - 10])
    .clamp(true);
  const x = (day: CivilDate): number => line(new Date(day));
  const height = rowHeight * (lanes.length + 1);
  const dayWidth = Math.max(1, line(utcDay.offset(begin)) - labels);
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${says}" style="width: 100%; height: auto">
${axis(line, height)}
${lanes.map(({ name, marks, shades = [] }, index) => {
  const y = rowHeight * (index + 1) + rowHeight / 2;
  return html`<g><text x="0" y="${y + 4}" font-size="13" fill="currentColor">${shortened(name)}</text>
<line x1="${labels}" y1="${y}" x2="${width - 10}" y2="${y}" stroke="currentColor" stroke-opacity=".3"/>
${shades.map(({ on, says: day }) => html`<rect x="${x(on)}" y="${y - rowHeight / 2}" width="${dayWidth}" height="${rowHeight}" style="fill: var(--shade)" fill-opacity=".35"><title>${on}: ${readable(day)}</title></rect>`)}
${marks.map(({ on, says: what, weighs, ringed }) => html`<circle cx="${x(on)}" cy="${y}" r="${weighs ? 6 : 3.5}" style="fill: var(${weighs ? '--decide' : '--meet'})" fill-opacity=".85"><title>${on}: ${readable(what)}</title></circle>${ringed ? html`<circle cx="${x(on)}" cy="${y}" r="7.5" fill="none" stroke="currentColor" stroke-width="1.5"/>` : ''}`)}</g>`;
})}
</svg>`;
}

const longestName = 26;
const shortened = (name: string): string => (name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name);

/** As many as there is room for the names of. */
const mostTicks = 13;
const nameWidth = 50;

/** Where weeks, months or years begin. */
function axis(line: ScaleTime<number, number>, height: number) {
  const ticks = ticksOf(line, mostTicks).map((tick) => ({ x: line(tick), day: tick.toISOString().slice(0, 10) }));
  const [years, months] = ['-01-01', '-01'].map((begin) => ticks.every(({ day }) => day.endsWith(begin)));
  const says = (day: CivilDate): string => (years ? day.slice(0, 4) : months ? day.slice(0, 7) : day.slice(5));
  return ticks.map(
    ({ x, day }) =>
      html`<line x1="${x}" y1="0" x2="${x}" y2="${height}" stroke="currentColor" stroke-opacity=".2"/>${x <= width - nameWidth ? html`<text x="${x + 3}" y="14" font-size="11" fill="currentColor">${says(day)}</text>` : ''}`,
  );
}
