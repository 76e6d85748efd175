import type { ScaleTime } from 'd3-scale';
import { html } from 'hono/html';
import { formatOf } from '../activities/mail/days.ts';
import { ticksOf } from '../client/ticks.ts';
import type { Html } from './pages.ts';
import type { Texts } from './texts.ts';

/** The pixels that the words of a tick may need. */
const room = 28;

interface Axis {
  readonly height: number;
  /** So many ticks at most. */
  readonly most: number;
}

/** Where days, weeks, months or years begin on a line of time, with their names at its top, as far as they fit. */
export function timeAxis({ code }: Texts, line: ScaleTime<number, number>, { height, most }: Axis): readonly Html[] {
  const ticks = ticksOf(line, most);
  const byMonths = ticks.every((tick) => tick.getUTCDate() === 1);
  const month = formatOf(code, { month: 'short', timeZone: 'UTC' });
  const day = formatOf(code, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const says = (tick: Date): string =>
    byMonths && tick.getUTCMonth() === 0 ? String(tick.getUTCFullYear()) : (byMonths ? month : day).format(tick);
  const end = Math.max(...line.range()) - room;
  return ticks.map((tick) => {
    const x = line(tick);
    return html`<line class="year" x1="${x}" y1="0" x2="${x}" y2="${height}"/>${x <= end ? html`<text x="${x + 3}" y="12">${says(tick)}</text>` : ''}`;
  });
}
