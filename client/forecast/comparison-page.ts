import { html } from 'hono/html';
import { nameOf } from '../../domain/case/label.ts';
import { type CivilDate, dayOf } from '../../domain/dates.ts';
import { counted } from '../../domain/derived.ts';
import type { Occurrence } from '../../domain/forecast/occurrence.ts';
import type { Difference } from '../../domain/forecast/difference.ts';
import { type Lane, lanesPicture } from './lanes.ts';
import { pageOf, table } from './page.ts';

/** One of the futures that are compared. */
export interface Future {
  readonly name: string;
  readonly occurrences: readonly Occurrence[];
  /** How many cases are open in the end. */
  readonly open: readonly string[];
}

/** Two futures as two lanes of one picture, and below it what differs. */
export const comparisonPage = (
  names: string,
  futures: readonly [Future, Future],
  differences: readonly Difference[],
  { from, until }: { readonly from: CivilDate; readonly until: CivilDate },
) => {
  const [one, other] = futures;
  return pageOf(`${names}: ${one.name} and ${other.name}`, [
    html`<p>What happens until ${until} in each of the two, as dots; pointed at, each says what it is. The large ones are what people
do, and what a case does because a day has passed. Below is what differs.</p>
${lanesPicture(futures.map(laneOf), from, until)}
<p>${futures.map(({ name, occurrences, open }) => html`${name}: ${counted(lettersIn(occurrences), 'letter')}, ${counted(open.length, 'case')} open in the end. `)}</p>
${table(
  ['what', 'case', 'which', one.name, other.name],
  differences.map((each) => [each.what, each.case, each.says, each.in[0] ?? '–', each.in[1] ?? '–']),
)}`,
  ]);
};

export const lettersIn = (occurrences: readonly Occurrence[]): number =>
  occurrences.reduce((sum, { letters }) => sum + letters.length, 0);

const laneOf = ({ name, occurrences }: Future): Lane => ({
  name,
  marks: occurrences.map(({ at, state, says, letters, askedBy, events }) => ({
    on: dayOf(at),
    says: `${state.id}: ${says.join(' ')}${letters.length > 0 ? ` (letters to ${letters.map(({ to }) => nameOf(to)).join(', ')})` : ''}`,
    weighs: askedBy !== undefined || (events[0]?.type === 'deadlinePassed' && events.length > 1),
  })),
});
