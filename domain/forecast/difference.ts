import { isOver } from '../case/state.ts';
import type { CivilDate } from '../dates.ts';
import { differing, type Line, Lines } from './lines.ts';
import type { Occurrence } from './occurrence.ts';
import { lifecycleOf } from './other-case.ts';

/** What becomes of something from one course to the other. */
export const turns = [
  'opened',
  'not opened',
  'closed',
  'stays open',
  'stands otherwise',
  'in calendars',
  'not in calendars',
  'called off',
  'owed',
  'no longer owed',
  'sent',
  'no longer sent',
  'moved',
  'other reader',
  'in the past',
] as const;
export type HowItDiffers = (typeof turns)[number];

/** Something that one course has and the other has not, or has otherwise. */
export interface Difference {
  readonly what: (typeof differing)[number];
  readonly case: string;
  readonly says: string;
  readonly turn: HowItDiffers;
  /** How it is in each course, in their order; absent: not at all. */
  readonly in: readonly [string | undefined, string | undefined];
  readonly first: CivilDate;
  /** The same for readers of any language, where lines tell that. */
  readonly lines?: Pair;
}

/** What of two courses is not the same: cases and how they stand in the end, appointments, due days, letters; the earliest first. */
export const differences = (one: readonly Occurrence[], other: readonly Occurrence[]): readonly Difference[] =>
  differencesBetween(linesOf(one), linesOf(other));

function linesOf(occurrences: readonly Occurrence[]): Lines {
  const lines = new Lines();
  for (const occurrence of occurrences) lines.add(occurrence);
  return lines;
}

/** The same of courses that nobody keeps. */
export function differencesBetween(one: Lines, other: Lines): readonly Difference[] {
  const things = [...new Set([...one.things.keys(), ...other.things.keys()])].map(
    (key): Pair => [one.things.get(key), other.things.get(key)],
  );
  const letters = [...new Set([...one.letters.keys(), ...other.letters.keys()])].flatMap((key) =>
    paired(one.letters.get(key) ?? [], other.letters.get(key) ?? []),
  );
  return [...things, ...letters].flatMap(differenceOf).sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

export type Pair = readonly [Line | undefined, Line | undefined];

/** What is the same in both goes together; of what is left, the first with the first. */
function paired(one: readonly Line[], other: readonly Line[]): readonly Pair[] {
  const left = [...other];
  const moved = one.filter(({ is }) => {
    const same = left.findIndex((line) => line.is === is);
    if (same >= 0) left.splice(same, 1);
    return same < 0;
  });
  return Array.from({ length: Math.max(moved.length, left.length) }, (_, index): Pair => [moved[index], left[index]]);
}

function differenceOf([a, b]: Pair): readonly Difference[] {
  const known = a ?? b;
  if (!known || a?.is === b?.is) return [];
  const days = a ? [a.on, b?.on] : [known.since ?? known.on];
  const first = days.flatMap((day) => day ?? []).sort()[0] ?? known.on;
  const { what, says } = known;
  const lines = known.tells ? { lines: [a, b] as const } : {};
  return [{ what, case: known.case, says, turn: turnOf(a, b), in: [a?.is, b?.is], first, ...lines }];
}

const begins = {
  case: 'opened',
  meeting: 'in calendars',
  due: 'owed',
  reminder: 'in the past',
  letter: 'sent',
} as const;
const ends = {
  case: 'not opened',
  meeting: 'not in calendars',
  due: 'no longer owed',
  reminder: 'moved',
  letter: 'no longer sent',
} as const;

function turnOf(a: Line | undefined, b: Line | undefined): HowItDiffers {
  if (!b) return ends[a?.what ?? 'case'];
  if (b.what === 'due' && b.isPast) return 'in the past';
  if (!a) return begins[b.what];
  if (b.what === 'case') return a.isPast === b.isPast ? 'stands otherwise' : b.isPast ? 'closed' : 'stays open';
  if (b.what === 'meeting' && b.isPast) return 'called off';
  return b.what === 'letter' && a.on === b.on ? 'other reader' : 'moved';
}

const placeOf = ({ first, what, case: id, says }: Difference): string =>
  [first, differing.indexOf(what), id, says].join(' ');

/** The cases that are open at the end of a course. */
export function openAtTheEnd(occurrences: readonly Occurrence[]): readonly string[] {
  const last = new Map(occurrences.map(({ state }) => [state.id, state]));
  return [...last.values()].filter((state) => !isOver(lifecycleOf(state.id), state)).map(({ id }) => id);
}
