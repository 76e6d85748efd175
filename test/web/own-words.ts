import { describe, expect, it } from 'vitest';
import type { CaseState } from '../../domain/case/state.ts';
import { viewOf } from '../../domain/case/view.ts';
import { type Kind, lifecycles, typeOfFact } from '../../domain/kinds.ts';
import { factsTold } from '../../domain/story/facts.ts';
import { valueIn } from '../../web/labels.ts';
import { recordIn } from '../../activities/mail/record-sentences.ts';
import { toldIn } from '../../web/story.ts';
import { languages, textsIn } from '../../web/texts.ts';
import { inOwnWords } from '../activities/mail/leaks.ts';
import type { Run } from '../domain/run.ts';
import { strides, type Walk } from '../domain/walk.ts';
import { everybody, masked, typed } from './masked.ts';

/** A case on a walk, and the move that led there. */
export interface Strided {
  readonly run: Run;
  readonly move: Walk['moves'][number];
}

/** Lists of names, places and titles as people gave them, with nothing of ours between. */
const asGiven = new Set([
  ...typed,
  ...`attendees backgrounds briefingBook cities deferred decisions inThePresenceOf intendedHow items materialsMissing nextHow
    openActions participants programmeName signatories surviving undecided waitingList`.split(/\s+/),
]);

/** What pages say of a case that is not in their language, by the facts that it stands in. */
function foreignFacts(code: string, state: CaseState): readonly string[] {
  const texts = textsIn(code);
  const { kind, subject } = state;
  const { facts } = viewOf(lifecycles[kind as Kind], state);
  const told = factsTold(kind, subject);
  return Object.keys(facts).flatMap((name) => {
    const parts = told[name];
    const isWords = typeof facts[name] === 'string' && typeOfFact(kind, name, facts[name]) === undefined;
    if (!parts && (asGiven.has(name) || isWords)) return [];
    const said = parts?.map((each) => toldIn(texts, everybody, masked(each)) ?? `NO WORDS for ${each.text}`);
    const shown = said?.join('\n') ?? valueIn(texts, everybody, kind, facts, name);
    const foreign = inOwnWords(shown, code);
    return foreign === '' ? [] : [`${name}: ${foreign} (${shown})`];
  });
}

/** Every second case is asked for something that a walk asked elsewhere, and many refuse. */
const refusedOn = (way: readonly Strided[]): ReadonlySet<string> =>
  new Set(
    way.flatMap(({ run }, index) => {
      const { move } = way[(index * 7 + 3) % way.length] ?? {};
      if (!run.state || move?.type !== 'ask' || index % 2 === 0) return [];
      return strides(run, { ...move, patience: 1 }).after.steps.at(-1)?.refusal?.because ?? [];
    }),
  );

/** What the pages of a kind say in other languages than that of the record: no sentence of ours is left in English. */
export function describeOwnWords(way: readonly Strided[]): void {
  const others = languages.filter((code) => code !== 'en');
  const refused = refusedOn(way);

  describe.each(others)('in the words of %s', (code) => {
    it('has all that is known of a case', () => {
      const foreign = new Set(way.flatMap(({ run }) => (run.state ? foreignFacts(code, run.state) : [])));
      expect([...foreign].slice(0, 20)).toEqual([]);
    });

    it('has what a refusal is about', () => {
      expect(refused.size).toBeGreaterThan(15);
      const unsaid = [...refused].filter((because) => recordIn(textsIn(code), because) === undefined);
      expect(unsaid.slice(0, 20)).toEqual([]);
    });
  });
}
