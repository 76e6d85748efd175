import { nameOf } from '../case/label.ts';
import { plannedDeadlines, isOver, stageOf } from '../case/state.ts';
import { type CivilDate, dayOf } from '../dates.ts';
import type { Occurrence } from './occurrence.ts';
import { isKind, lifecycles } from '../kinds.ts';

/** What two courses are held against each other by. */
export const differing = ['case', 'meeting', 'due', 'letter'] as const;

/** Something that one course has and the other has not, or has otherwise. */
export interface Difference {
  readonly what: (typeof differing)[number];
  readonly case: string;
  readonly says: string;
  /** How it is in each course, in their order; absent: not at all. */
  readonly in: readonly [string | undefined, string | undefined];
  readonly first: CivilDate;
}

interface Line extends Pick<Difference, 'what' | 'case' | 'says'> {
  readonly is: string;
  readonly on: CivilDate;
}

/** What of two courses is not the same: cases and how they stand in the end, appointments, due days, letters; the earliest first. */
export function differences(one: readonly Occurrence[], other: readonly Occurrence[]): readonly Difference[] {
  const [ofOne, ofOther] = [linesOf(one), linesOf(other)];
  const keys = new Set([...ofOne.keys(), ...ofOther.keys()]);
  return [...keys]
    .flatMap((key): Difference[] => {
      const [a, b] = [ofOne.get(key), ofOther.get(key)];
      const known = a ?? b;
      if (!known || a?.is === b?.is) return [];
      const first = [a?.on, b?.on].flatMap((day) => day ?? []).sort()[0] ?? known.on;
      return [{ what: known.what, case: known.case, says: known.says, in: [a?.is, b?.is], first }];
    })
    .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

const placeOf = ({ first, what, case: id, says }: Difference): string =>
  [first, differing.indexOf(what), id, says].join(' ');

/** The cases that are open at the end of a course. */
export function openAtTheEnd(occurrences: readonly Occurrence[]): readonly string[] {
  const last = new Map(occurrences.map(({ state }) => [state.id, state]));
  return [...last.values()].filter((state) => !isOver(lifecycleOf(state), state)).map(({ id }) => id);
}

const lifecycleOf = ({ kind, id }: Occurrence['state']) => {
  if (!isKind(kind)) throw new Error(`${id} is of no kind of case.`);
  return lifecycles[kind];
};

function linesOf(occurrences: readonly Occurrence[]): ReadonlyMap<string, Line> {
  const lines = new Map<string, Line>();
  const letters = new Map<string, number>();
  for (const occurrence of occurrences) {
    const { state } = occurrence;
    const of = { case: state.id };
    lines.set(`case ${state.id}`, { what: 'case', ...of, says: state.title, ...standing(occurrence) });
    for (const { entry, withdrawn } of Object.values(state.calendarEntries ?? {})) {
      const is = withdrawn ? 'called off' : `on ${entry.from}${entry.starts ? ` ${entry.starts}` : ''}`;
      lines.set(`meeting ${state.id} ${entry.name}`, {
        what: 'meeting',
        ...of,
        says: entry.summary,
        is,
        on: entry.from,
      });
    }
    for (const { name, says, standing: kept, owedBy } of plannedDeadlines(lifecycleOf(state), state)) {
      const { due } = kept.plan;
      const by = owedBy ? `, owed by ${nameOf(owedBy)}` : '';
      lines.set(`due ${state.id} ${name}`, { what: 'due', ...of, says: `${says}${by}`, is: `due ${due}`, on: due });
    }
    for (const { to, text, summary, at } of occurrence.letters) {
      const same = `letter ${state.id} ${text} ${to}`;
      const nth = (letters.get(same) ?? 0) + 1;
      letters.set(same, nth);
      lines.set(`${same} ${nth}`, { what: 'letter', ...of, says: summary, is: dayOf(at), on: dayOf(at) });
    }
  }
  return lines;
}

/** How a case stands after what happened in it: it is the last that counts. */
function standing({ state }: Occurrence): Pick<Line, 'is' | 'on'> {
  const stage = stageOf(state);
  const { closedAt } = state;
  return closedAt
    ? { is: `${stage}, over on ${dayOf(closedAt)}`, on: dayOf(closedAt) }
    : { is: `open, ${stage}`, on: dayOf(state.lastAt) };
}
