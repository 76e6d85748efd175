import { html } from 'hono/html';
import { nameOf } from '../../domain/case/label.ts';
import { type CivilDate, dayOf, type Instant } from '../../domain/dates.ts';
import type { Posted } from '../../domain/forecast/places.ts';
import { askedFor } from '../../domain/forecast/asked-for.ts';
import { askedPart } from './asked-part.ts';
import { caseLanes } from './case-lanes.ts';
import type { Foretold, PostedOccurrence } from './forecasts.ts';
import { lanesPicture } from './lanes.ts';
import { pageOf, table } from './page.ts';

/** One case, with all that it would open: lanes by country and by reader, each thing that happens, and who is written to. */
export const casePage = (
  id: string,
  course: Pick<Foretold, 'begun' | 'occurrences'>,
  { from, until, scenario }: { readonly from: CivilDate; readonly until: CivilDate; readonly scenario: boolean },
) =>
  pageOf(`What ${id} does ${scenario ? 'with this scenario' : 'by itself'} until ${until}`, [
    html`<p>If nobody does anything${scenario ? ' but what the scenario says' : ''} and every letter arrives. Days and times are in UTC.
Dots say what they are when they are pointed at; the large ones are what people do, and days that are over.</p>
${lanesPicture(caseLanes(course.occurrences, course.occurrences.flatMap(dotsOf)), from, until)}
${table(
  ['when', 'case', 'what', 'letters'],
  course.occurrences.map(({ at, state, says, letters, posted }) => [
    minuteOf(at),
    state.id,
    says.join(' '),
    letters.map(({ to, summary }, index) => `${sentTo(to, at, posted[index])}: ${summary}`).join('; '),
  ]),
  { momentFits: true },
)}
${askedPart(askedFor(course, until).found)}`,
  ]);

const dotsOf = ({ letters, posted }: PostedOccurrence) =>
  letters.map(({ to, at, summary }, index) => ({ to, at: posted[index]?.at ?? at, says: summary }));

const minuteOf = (at: Instant): string => `${dayOf(at)} ${at.slice(11, 16)}`;

/** Whom a letter reaches, and when, where that is not at once. */
const sentTo = (to: string, at: Instant, posted: Posted | undefined): string => {
  const reader = posted?.reader === undefined || posted.reader === to ? '' : ` (read by ${nameOf(posted.reader)})`;
  return `${nameOf(to)}${reader}${posted && posted.at > at ? `, ${minuteOf(posted.at)}` : ''}`;
};
