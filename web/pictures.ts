import { scaleUtc } from 'd3-scale';
import { html } from 'hono/html';
import { arrowsOf } from '../domain/case/arrows.ts';
import type { StageSince } from '../domain/case/timeline.ts';
import { type Instant, millisecondsOf } from '../domain/dates.ts';
import type { Lifecycle } from '../domain/lifecycle.ts';
import { offsetAt } from '../domain/zones.ts';
import { timeAxis } from './axis.ts';
import { stageIn } from './labels.ts';
import type { Html } from './pages.ts';
import type { Texts } from './texts.ts';

/** Drawn for the width of a telephone, in which they have to be read. */
const width = 340;
const rowHeight = 42;
const box = { left: 55, right: 285, height: 26 };
const middle = (row: number): number => row * rowHeight + rowHeight / 2;

/** The stages of a kind one below the other, with the way that a case took through them. */
export function stagesPicture(texts: Texts, lifecycle: Lifecycle, stays: readonly StageSince[]): Html {
  const way = stays.map(({ stage }) => stage);
  const stages = [...new Set([...Object.keys(lifecycle.stages), ...way])];
  const taken = way.slice(1).map((to, index) => edgeOf(way[index] ?? '', to));
  const edges = [...new Set([...arrowsOf(lifecycle).map(({ from, to }) => edgeOf(from, to)), ...taken])];
  const drawn = edges.toSorted((one, other) => Number(taken.includes(one)) - Number(taken.includes(other)));
  const rows = new Map(stages.map((stage, row) => [stage, row]));
  const says = texts.say('stagesWay', { way: way.map((stage) => stageIn(texts, stage)).join(', ') });
  return html`<svg viewBox="0 0 ${width} ${stages.length * rowHeight}" role="img" aria-label="${says}" class="picture">
${drawn.map((edge) => {
  const [from = '', to = ''] = edge.split(' ');
  return arrow(rows.get(from) ?? 0, rows.get(to) ?? 0, taken.includes(edge));
})}
${stages.map((stage, row) => stageBox(texts, stage, row, way))}
</svg>`;
}

const edgeOf = (from: string, to: string): string => `${from} ${to}`;

/** Onwards at the right, back at the left, to the next one straight down. */
function arrow(from: number, to: number, isTaken: boolean): Html {
  const style = html`class="way${isTaken ? ' taken' : ''}"`;
  const centre = (box.left + box.right) / 2;
  if (to === from + 1) {
    const [start, end] = [middle(from) + box.height / 2, middle(to) - box.height / 2];
    return html`<path ${style} d="M${centre},${start} V${end} m-4,-6 l4,6 l4,-6"/>`;
  }
  const isOnwards = to > from;
  const [side, outwards] = isOnwards ? [box.right, 1] : [box.left, -1];
  const bulge = side + outwards * Math.min(48, 14 + 6 * Math.abs(to - from));
  const [start, end] = [middle(from) + 5, middle(to) - 5];
  return html`<path ${style} d="M${side},${start} C${bulge},${start} ${bulge},${end} ${side},${end} m${outwards * 7},-4 l${-outwards * 7},4 l${outwards * 7},4"/>`;
}

/** When it was there stands before its name, so that colour is not all that tells it. */
function stageBox(texts: Texts, stage: string, row: number, way: readonly string[]): Html {
  const turns = way.flatMap((each, index) => (each === stage ? [index + 1] : []));
  const isNow = way.at(-1) === stage;
  const which = isNow ? ' now' : turns.length > 0 ? ' been' : '';
  const name = `${turns.length > 0 ? `${turns.slice(-3).join(', ')}. ` : ''}${stageIn(texts, stage)}`;
  return html`<g class="stage${which}"><rect x="${box.left}" y="${middle(row) - box.height / 2}" width="${box.right - box.left}" height="${box.height}" rx="5"/><text x="${(box.left + box.right) / 2}" y="${middle(row) + 4}" text-anchor="middle">${name}</text></g>`;
}

/** Something on a line of time: a stretch of it, or one moment. */
export interface Stretch {
  readonly from: Instant;
  readonly until?: Instant;
  readonly says: string;
  readonly isLate?: boolean;
}

/** Above the first of them, for the names of days, months or years. */
const axisHeight = 16;
const mostTicks = 5;
/** So that a mark at the first or the last moment is whole. */
const edge = 6;

interface Reckoned {
  readonly now: Instant;
  /** Whose days, months and years they are. */
  readonly zone: string;
}

/** One below the other on the same line of time, each under its words; today stands through all. */
export function timePicture(texts: Texts, stretches: readonly Stretch[], { now, zone }: Reckoned): Html {
  const there = (at: Instant): number => millisecondsOf(at) + offsetAt(zone, millisecondsOf(at));
  const all = [now, ...stretches.flatMap(({ from, until }) => [from, until ?? from])].map(there);
  const line = scaleUtc<number>()
    .domain([Math.min(...all), Math.max(...all)])
    .rangeRound([edge, width - edge]);
  const x = (at: Instant): number => line(there(at));
  const height = axisHeight + stretches.length * rowHeight;
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${texts.say('timeSays', { says: stretches.map(({ says }) => says).join('; ') })}" class="picture">
${timeAxis(texts, line, { height, most: mostTicks })}
<line class="today" x1="${x(now)}" y1="0" x2="${x(now)}" y2="${height}"/>
${stretches.map(({ from, until, says, isLate }, row) => {
  const top = axisHeight + row * rowHeight;
  const mark =
    until === undefined
      ? html`<circle class="moment${isLate ? ' late' : ''}" cx="${x(from)}" cy="${top + 28}" r="5"/>`
      : html`<rect class="stretch" x="${x(from)}" y="${top + 22}" width="${Math.max(2, x(until) - x(from))}" height="12" rx="2"/>`;
  return html`<text x="4" y="${top + 15}">${says}</text>${mark}`;
})}
</svg>`;
}
