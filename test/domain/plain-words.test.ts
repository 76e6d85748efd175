import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { caseText, waitingText } from '../../client/commands/case-text.ts';
import { bodyOf } from '../../domain/case/command.ts';
import { sentenceOf } from '../../domain/case/sentence.ts';
import { evolve } from '../../domain/case/evolve.ts';
import { stageInWords } from '../../domain/case/stage-words.ts';
import { type CaseEvent, type CaseState, deadlinesOf } from '../../domain/case/state.ts';
import { viewAhead } from '../../domain/case/view.ts';
import { Lines } from '../../domain/forecast/lines.ts';
import { type Kind, kinds, lifecycles } from '../../domain/kinds.ts';
import { stageMeant } from '../../domain/stages.ts';
import type { Run } from './run.ts';
import { opened, strides, walks } from './walk.ts';

/** What people read names nothing as the rules do: `inEffect`, `accept:klid`. */

/** A name of the rules; addresses and ids of cases have none of these. */
const name = /\b[a-z]+[A-Z][A-Za-z]*\b|\b[a-zA-Z]+:[\w-]+/;

/** What is typed is spelt as it is typed: the name of a due date, behind the option that takes it. */
const toBeTyped = (text: string): string => text.replace(/--deadline \S+/g, '');

/** The fields that a refusal is about; terminal and pages put their labels there. */
const withoutFields = (because: string): string => because.replace(/(^|; )[\w.[\]]+(, \w+)*: /g, '$1');

/** Refusals that say which names there are to choose from. */
const isToChoose = (because: string): boolean =>
  /open due date|later date for|can still be corrected|^Say what is right of/.test(because);

/** What a walk types, with words in place of what looks like a name and is none. */
function inWords(schema: z.ZodType, value: unknown, field = ''): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return inWords(schema.def.innerType as z.ZodType, value, field);
  if (schema instanceof z.ZodArray && Array.isArray(value))
    return value.map((each) => inWords(schema.element as z.ZodType, each, field));
  if (schema instanceof z.ZodObject && typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, inWords(schema.shape[key] as z.ZodType, each, key)]),
    );
  if (schema instanceof z.ZodEnum || field.startsWith('deadline')) return value;
  return typeof value === 'string' && name.test(value) ? 'words' : value;
}

const walksPerKind = 30;

/** Cases of a kind, each on a walk of its own, and all that they were refused. */
function walked(kind: Kind): { readonly runs: readonly Run[]; readonly refused: readonly string[] } {
  const runs = fc
    .sample(walks, { seed: 14, numRuns: walksPerKind })
    .map(({ dice, moves }) =>
      moves.reduce(
        (run, move) => strides(run, move, (definition, input) => inWords(bodyOf(definition), input) as object).after,
        opened(kind, dice),
      ),
    );
  const refused = runs.flatMap(({ steps }) => steps.flatMap(({ refusal }) => refusal?.because ?? []));
  return { runs, refused };
}

/** Each state that a case was in, with the event that led there. */
function statesOf({ lifecycle, steps }: Run): readonly (readonly [CaseEvent, CaseState])[] {
  let state: CaseState | undefined;
  return steps.flatMap(({ events }) =>
    events.map((event) => {
      state = evolve(lifecycle, state, event);
      return [event, state] as const;
    }),
  );
}

const namedIn = (all: readonly string[]): readonly string[] =>
  [...new Set(all.filter((each) => name.test(each)))].slice(0, 10);

describe.each(kinds)('a case of kind %s', (kind) => {
  const lifecycle = lifecycles[kind];
  const { runs, refused } = walked(kind);
  const states = runs.flatMap(statesOf);

  it('says what happened in words', () => {
    const said = states.map(([event, state]) => sentenceOf(lifecycle, state, event));
    expect(said.length).toBeGreaterThan(200);
    expect(namedIn(said)).toEqual([]);
  });

  it('says in words what is owed, and which letter is which', () => {
    const owed = states.flatMap(([, state]) => deadlinesOf(lifecycle, state).map(({ says }) => says));
    const letters = runs.flatMap(({ steps }) =>
      steps.flatMap(({ effects }) => effects.flatMap((each) => (each.type === 'mail' ? each.message.summary : []))),
    );
    expect(letters.length).toBeGreaterThan(20);
    expect(namedIn([...owed, ...letters])).toEqual([]);
  });

  it('stands at a terminal in words', () => {
    const views = runs.flatMap(({ state }) => (state ? viewAhead(lifecycle, state) : []));
    expect(
      namedIn(
        views.flatMap((view) => [caseText(view), waitingText(view)].flatMap((text) => text.split('\n'))).map(toBeTyped),
      ),
    ).toEqual([]);
  });

  it('is held against another course in words', () => {
    const lines = runs.flatMap(({ state, steps }) => {
      if (!state) return [];
      const course = new Lines();
      course.begins(state);
      const letters = steps.flatMap(({ effects }) =>
        effects.flatMap((each) => (each.type === 'mail' ? each.message : [])),
      );
      course.add({ at: state.lastAt, state, events: [], letters, tells: [], says: [] });
      return [...course.things.values(), ...[...course.letters.values()].flat()];
    });
    expect(namedIn(lines.flatMap(({ says, is }) => [says, is]))).toEqual([]);
  });

  it('refuses in words', () => {
    expect(refused.length).toBeGreaterThan(20);
    expect(namedIn(refused.filter((because) => !isToChoose(because)).map(withoutFields))).toEqual([]);
  });

  it('stands at stages that are called in words, and are meant by them', () => {
    const stages = Object.keys(lifecycle.stages);
    expect(namedIn(stages.map(stageInWords))).toEqual([]);
    expect(stages.map((stage) => stageMeant(stageInWords(stage), kind))).toEqual(stages);
  });
});
