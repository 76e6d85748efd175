import { nameOf } from '../../domain/case/label.ts';
import { dayOf, type Instant } from '../../domain/dates.ts';
import type { Occurrence } from '../../domain/forecast/occurrence.ts';
import type { Lane } from './lanes.ts';

/** A letter as a point of time. */
interface Dot {
  readonly to: string;
  readonly at: Instant;
  readonly says: string;
}

/** What happens by country, and letters by whoever is written to. */
export const caseLanes = (occurrences: readonly Occurrence[], letters: readonly Dot[]): readonly Lane[] => [
  ...lanesOfCountries(occurrences),
  ...lanesOfReaders(letters),
];

const lanesOfCountries = (occurrences: readonly Occurrence[]): readonly Lane[] =>
  [...new Set(occurrences.flatMap(({ state }) => state.countries))].sort().map((country) => ({
    name: country,
    marks: occurrences
      .filter(({ state }) => state.countries.includes(country))
      .map(({ at, state, says, askedBy, events }) => ({
        on: dayOf(at),
        says: `${state.id}: ${says.join(' ')}`,
        weighs: askedBy !== undefined || events[0]?.type === 'deadlinePassed',
      })),
  }));

const lanesOfReaders = (letters: readonly Dot[]): readonly Lane[] =>
  [...new Set(letters.map(({ to }) => to))].sort().map((reader) => ({
    name: nameOf(reader),
    marks: letters.filter(({ to }) => to === reader).map(({ at, says }) => ({ on: dayOf(at), says })),
  }));
