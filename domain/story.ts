import { evolve } from './case/evolve.ts';
import { whyTold } from './case/sentence.ts';
import type { CaseEvent, CaseState, CommonEvent } from './case/state.ts';
import { typeOfFact } from './kinds.ts';
import type { Lifecycle, Stamp, Subject } from './lifecycle.ts';
import { commonDetail, detailAlone, takesCase } from './story/common.ts';
import { detailsOf } from './story/kinds.ts';
import { type Detail, fieldsOf, partOf, type Told } from './story/told.ts';

/** Something that happened, with what is said of it to readers of any language. */
export interface HappenedStep {
  readonly event: CaseEvent;
  readonly told: Told;
}

/** What an event says; `state` is the case after it. */
export const toldOf = (lifecycle: Lifecycle, state: CaseState, event: CaseEvent): Told =>
  saying(lifecycle, event, detailOf(lifecycle, state, event));

const saying = ({ kind }: Lifecycle, event: CaseEvent, { facts, parts = {} }: Detail): Told => ({
  kind,
  text: `events.${event.type}`,
  facts: { ...fieldsOf(kind, event), ...facts },
  parts,
});

/**
 * What an event says by itself, or with its case as it stands if nobody has done anything since; undefined where it takes
 * the case as it stood then, which all events before it make.
 *
 * @param now the case as it stands; absent: something has been done since
 */
export function toldWithoutStory(lifecycle: Lifecycle, event: CaseEvent, now?: CaseState): Told | undefined {
  if (!lifecycle.events[event.type]) {
    const common = event as CommonEvent & Stamp;
    return takesCase(common) ? undefined : saying(lifecycle, event, detailAlone(lifecycle, common));
  }
  const detail = detailsOf(lifecycle.kind)[event.type];
  // One that takes the subject has it for a second parameter.
  if (!detail || detail.length < 2) return saying(lifecycle, event, detail?.(event, nothing) ?? {});
  return now && saying(lifecycle, event, detail(event, now.subject));
}

const nothing: Subject = { stage: '' };

function detailOf(lifecycle: Lifecycle, state: CaseState, event: CaseEvent): Detail {
  if (!lifecycle.events[event.type]) return commonDetail(lifecycle, state, event as CommonEvent & Stamp);
  return detailsOf(lifecycle.kind)[event.type]?.(event, state.subject) ?? {};
}

/** All that happened in a case, from its opening on, or after a state of it. */
export function storyOf(lifecycle: Lifecycle, events: readonly CaseEvent[], from?: CaseState): readonly HappenedStep[] {
  let state = from;
  return events.map((event) => {
    state = evolve(lifecycle, state, event);
    return { event, told: toldOf(lifecycle, state, event) };
  });
}

/** What it means that a case stands where it does. */
export function meaningOf({ kind, cancelled, suspended, subject }: CaseState): readonly Told[] {
  if (cancelled) return [{ kind, text: 'events.cancelled', facts: {}, parts: {} }];
  const stage = { kind, text: `stages.${subject.stage}`, facts: {}, parts: {} };
  if (!suspended) return [stage];
  const { until, whoWaits, forWhom } = suspended;
  return [{ kind, text: 'events.caseSuspended', facts: { until, whoWaits, forWhom }, parts: {} }, stage];
}

/** What is said of it to somebody, with what they may read of the reason. */
export function withWhy({ event, told }: HappenedStep, isWhole: boolean): readonly Told[] {
  const { reason, told: toldAs } = whyTold(event, isWhole);
  return [
    told,
    ...(reason ? [partOf('reason', { reason })] : []),
    ...(toldAs ? [partOf('toldReason', { told: toldAs })] : []),
  ];
}

/** All that these refer to: whom and what a page has to find the names of. */
export const referencesIn = (all: readonly Told[]): readonly string[] => [
  ...new Set(
    all.flatMap(({ kind, facts, parts }) => [
      ...referencesOf(kind, facts),
      ...referencesIn(Object.values(parts).flat()),
    ]),
  ),
];

const referencesOf = (kind: string, facts: Told['facts']): readonly string[] =>
  Object.entries(facts).flatMap(([name, fact]) =>
    (Array.isArray(fact) ? fact : [fact]).map(String).filter((each) => refersTo(kind, name, each)),
  );

/** Of what was wrong or is right, only its looks tell what it is. */
const refersTo = (kind: string, name: string, value: string): boolean =>
  ['party', 'case', 'country'].includes(typeOfFact(kind, name, value) ?? '') ||
  (['wrong', 'right'].includes(name) && /^([a-z]+\/\S+|[A-Z]{2})$/.test(value));
