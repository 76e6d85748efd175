import { html } from 'hono/html';
import type { CivilDate } from '../../domain/dates.ts';
import { askedFor, bySoonest } from '../../domain/forecast/asked-for.ts';
import type { Occurrence } from '../../domain/forecast/occurrence.ts';
import { askedCells, askedHead, whoIsAsked } from '../commands/asked-for-text.ts';
import { table } from './page.ts';

/** Who has to decide or do something on a course, by when, and what happens by itself if they do not. */
export function askedPart(occurrences: readonly Occurrence[], until: CivilDate) {
  const all = bySoonest(askedFor(occurrences, until));
  return html`<h2>${whoIsAsked} (${all.length})</h2>
${table(askedHead, all.map(askedCells), { label: whoIsAsked, momentFits: true })}`;
}
