import { z } from 'zod';
import { country, line, listOf } from '../fields.ts';
import type { CommandDefinition, Context, CorrectableFact, Lifecycle, Subject } from '../lifecycle.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { spaced } from './label.ts';
import type { Recipient } from './recipients.ts';
import type { CaseState, LifecycleEvent } from './state.ts';

type Known = string | readonly string[];

/** One fact that was wrong on record, and what is right. */
export interface Correction {
  readonly fact: string;
  /** Absent where nothing was on record. */
  readonly was?: Known;
  readonly is: Known;
}

export type CorrectionEvent = {
  readonly type: 'factsCorrected';
  readonly corrections: readonly Correction[];
  /** Who had been written to while it stood so; the register tells, where the event is recorded. */
  readonly readers: readonly Recipient[];
  /** Open cases that took over what was wrong, when one opened or told the other; the register tells. */
  readonly heldBy?: readonly Held[];
};

/** Another case, and the facts in which it has what was wrong. */
export interface Held {
  readonly case: string;
  readonly facts: readonly string[];
}

/** What people see of another case. */
export interface Shown {
  readonly title: string;
  readonly countries: readonly string[];
  readonly facts: Readonly<Record<string, unknown>>;
}

/** The facts in which another case still has what was wrong, by itself or within a longer text. */
export const factsWithWrong = (
  corrections: readonly Correction[],
  { title, countries, facts }: Shown,
): readonly string[] =>
  Object.entries({ ...facts, title, countries })
    .filter(([, value]) => corrections.some((correction) => hasWrong(correction, value)))
    .map(([fact]) => fact);

/** Shorter ones stand in other texts by chance. */
const shortestWithin = 4;

function hasWrong({ was, is }: Correction, value: unknown): boolean {
  if (was === undefined) return false;
  if (typeof was !== 'string' || typeof is !== 'string') return JSON.stringify(value) === JSON.stringify(was);
  if (Array.isArray(value)) return value.some((each) => hasWrong({ fact: '', was, is }, each));
  if (typeof value !== 'string') return false;
  return value === was || (was.length >= shortestWithin && value.replaceAll(is, '').includes(was));
}

const factsOfEveryCase = {
  title: line.describe('the title, as it should have been'),
  countries: listOf(country).min(1, 'needs at least one country').describe('all countries that it concerns'),
};

const ownFacts = ({ corrections }: Lifecycle): Readonly<Record<string, CorrectableFact<Subject>>> =>
  corrections?.facts ?? {};

const fieldsOf = (lifecycle: Lifecycle): Record<string, z.ZodType> =>
  Object.fromEntries(
    Object.entries({ ...factsOfEveryCase, ...fieldsOfKind(lifecycle) }).map(([name, field]) => [
      name,
      field.optional().describe(field.description ?? name),
    ]),
  );

const fieldsOfKind = (lifecycle: Lifecycle): Record<string, z.ZodType> =>
  Object.fromEntries(Object.entries(ownFacts(lifecycle)).map(([name, { field }]) => [name, field]));

/** Mends what was recorded wrongly. Taken of a case that is over, too. */
export const correctionCommand = (lifecycle: Lifecycle): CommandDefinition<Subject, LifecycleEvent> => {
  const definition: CommandDefinition<CaseState, LifecycleEvent> = {
    says: 'Correct what was recorded wrongly: both stay on record, due dates that follow are planned anew, and whoever was written to is told',
    by: ['coordinator'],
    from: Object.keys(lifecycle.stages),
    reason: 'required',
    offered: ({ closedAt }) => closedAt === undefined,
    // Facts have names of their own, which those of the command, such as `reason`, must not take from them.
    input: z.strictObject({ right: z.strictObject(fieldsOf(lifecycle)).describe('what is right of what is wrong') }),
    decide: ({ right }, state, context) => named(decideCorrection(lifecycle, right as Right, state, context)),
  };
  return definition as unknown as CommandDefinition<Subject, LifecycleEvent>;
};

type Right = Readonly<Record<string, Known | undefined>>;

/** What is refused of a fact is refused of the field that says it. */
const named = (decided: readonly CorrectionEvent[] | Refusal): readonly CorrectionEvent[] | Refusal =>
  isRefusal(decided) && /^[a-zA-Z]+: /.test(decided.because)
    ? { ...decided, because: `right.${decided.because}` }
    : decided;

function decideCorrection(
  lifecycle: Lifecycle,
  right: Right,
  state: CaseState,
  context: Context,
): readonly CorrectionEvent[] | Refusal {
  const said = Object.entries(right).filter((entry): entry is [string, Known] => entry[1] !== undefined);
  if (said.length === 0)
    return refuse(
      'InvalidInput',
      `Say what is right of at least one of: ${Object.keys(fieldsOf(lifecycle))
        .map((fact) => `\`right.${fact}\``)
        .join(', ')}.`,
    );
  const corrections = said
    .map(([fact, is]): Correction => ({ fact, was: knownOf(lifecycle, state, fact, is), is: unique(is) }))
    .filter(({ was, is }) => JSON.stringify(was) !== JSON.stringify(is));
  if (corrections.length === 0) return refuse('AlreadyDone', 'That is what is on record already.');
  return (
    refuseCorrections(lifecycle, state, corrections, context) ?? [{ type: 'factsCorrected', corrections, readers: [] }]
  );
}

const unique = (is: Known): Known => (typeof is === 'string' ? is : [...new Set(is)]);

function refuseCorrections(
  lifecycle: Lifecycle,
  state: CaseState,
  corrections: readonly Correction[],
  context: Context,
): Refusal | undefined {
  const facts = ownFacts(lifecycle);
  const unrecorded = corrections.find(({ fact, was }) => was === undefined && facts[fact]?.onceRecorded);
  if (unrecorded)
    return refuse(
      'NotReady',
      `${unrecorded.fact}: nothing is on record of it yet; only what was recorded can be corrected.`,
    );
  const binding = corrections.find(({ fact }) => fact !== 'title' && !facts[fact]?.words);
  if (state.closedAt && binding) {
    const words = ['title', ...Object.keys(facts).filter((name) => facts[name]?.words)];
    return refuse(
      'CaseClosed',
      `${binding.fact}: ${state.id} is over; what can still be corrected are its words: ${words.join(', ')}.`,
    );
  }
  const mended = withCorrections(lifecycle, state, corrections);
  return lifecycle.corrections?.refuse?.(mended.subject, state.subject, { ...context, header: mended });
}

function knownOf(lifecycle: Lifecycle, state: CaseState, fact: string, is: Known): Known | undefined {
  if (fact === 'title') return state.title;
  if (fact === 'countries') return state.countries;
  const { known } = ownFacts(lifecycle)[fact] ?? {};
  return known
    ? known(state.subject, typeof is === 'string' ? is : undefined)
    : (Reflect.get(state.subject, fact) as string | undefined);
}

/** The case as if it had been recorded rightly. */
export const withCorrections = (
  lifecycle: Lifecycle,
  state: CaseState,
  corrections: readonly Correction[],
): CaseState =>
  corrections.reduce((before, { fact, is }): CaseState => {
    if (typeof is !== 'string') return { ...before, countries: is };
    if (fact === 'title') return { ...before, title: is };
    const { mend } = ownFacts(lifecycle)[fact] ?? {};
    return { ...before, subject: mend ? mend(before.subject, is) : { ...before.subject, [fact]: is } };
  }, state);

export const correctionsInWords = ({ corrections, heldBy = [] }: CorrectionEvent): string =>
  [
    ...corrections.map(
      ({ fact, was, is }) =>
        `Corrected: ${spaced(fact)} ${was === undefined ? '' : `was ${quoted(was)}, `}is ${quoted(is)}.`,
    ),
    ...(heldBy.length > 0
      ? [
          `Still as it was in ${heldBy.map(({ case: id, facts }) => `${id} (${facts.map(spaced).join(', ')})`).join(', ')}.`,
        ]
      : []),
  ].join(' ');

const quoted = (known: Known): string => `"${typeof known === 'string' ? known : known.join(', ')}"`;
