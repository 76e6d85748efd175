import { html } from 'hono/html';
import { type CivilDate, dayOf } from '../../domain/dates.ts';
import { askedFor } from '../../domain/forecast/asked-for.ts';
import { readable } from '../../domain/text.ts';
import type { Rehearsed } from '../../rehearsal/rehearse.ts';
import { caseLanes } from './case-lanes.ts';
import { askedPart } from './asked-part.ts';
import { noLetter, readerIn } from './kept-letter.ts';
import { lanesPicture } from './lanes.ts';
import { pageOf, table } from './page.ts';

/** What happened in a rehearsal on one page: lanes by country and by whoever is written to, what happened day by day, every letter to be read. */
export const rehearsalPage = (
  names: string,
  { begun, occurrences, letters }: Pick<Rehearsed, 'begun' | 'occurrences' | 'letters'>,
  { from, until }: { readonly from: CivilDate; readonly until: CivilDate },
) =>
  pageOf(`What ${names} does until ${until}, rehearsed`, [
    html`<p>On the real engine, with its time skipped; nothing was sent and nothing is changed. Days and times are in UTC. Dots say
what they are when they are pointed at.</p>
${lanesPicture(
  caseLanes(
    occurrences,
    letters.map(({ to, at, subject, summary }) => ({ to, at, says: subject ?? summary })),
  ),
  from,
  until,
)}
${table(
  ['when', 'case', 'what'],
  occurrences.map(({ at, state, says }) => [`${dayOf(at)} ${at.slice(11, 16)}`, state.id, says.join(' ')]),
  { momentFits: true },
)}
${askedPart(askedFor({ begun, occurrences }, until).found)}
<h2>${letters.filter(({ body }) => body !== undefined).length} letters</h2>
${letters.map(
  (letter) =>
    html`<details><summary>${dayOf(letter.at)} to ${readerIn(letter)}: ${readable(letter.subject ?? letter.summary)} (${letter.case})</summary><pre style="white-space: pre-wrap">${readable(letter.body ?? noLetter(letter))}</pre></details>`,
)}`,
  ]);
