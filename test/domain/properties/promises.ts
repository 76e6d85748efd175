import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { deadlineNamed } from '../../../domain/deadline-name.ts';
import { bodyOf, commandsOf, envelope, isTakenWhenOver, offeredCommands } from '../../../domain/case/command.ts';
import { nextDue } from '../../../domain/case/due.ts';
import type { KeyedEffect } from '../../../domain/case/effects.ts';
import { evolve, fold } from '../../../domain/case/evolve.ts';
import { kindOf, openingSchema } from '../../../domain/case/opening.ts';
import { type CaseEvent, type CaseState, deadlinesOf, isOver } from '../../../domain/case/state.ts';
import { textOf } from '../../../domain/case/succession.ts';
import { isKind, type Kind, kinds, lifecycles } from '../../../domain/kinds.ts';
import type { Lifecycle } from '../../../domain/lifecycle.ts';
import { calendarsAgree } from '../calendars.ts';
import { asked, type Run } from '../run.ts';
import { frozen, opened, type Strode, strides, type Walk, walks } from '../walk.ts';
import { test } from '../../property.ts';
import { isForeseen } from './foreseen.ts';

/**
 * Whatever is asked of a case, in whatever order, at whatever time: these hold. Inputs are generated from the schemas
 * that people's own commands go through, so a new command is tested from the moment it exists. `WALKS=2000` walks more.
 */
const walksPerKind = Number(process.env['WALKS'] ?? 150);

const textsOf = (kind: string): Readonly<Record<string, unknown>> => {
  const file = new URL(`../../../activities/mail/texts/en/${kind}.json`, import.meta.url);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : {};
};

/** In parts, so that they can be walked side by side: this is the first, second … of `parts`. */
export function keepTheirPromises(part: number, parts: number): void {
  const those = kinds.filter((_, index) => index % parts === part - 1);
  describe.each(those)('a case of kind %s', (kind) => {
    promisesOf(kind);
  });
}

function promisesOf(kind: Kind): void {
  const lifecycle: Lifecycle = lifecycles[kind];
  const seen = { commands: new Set<string>(), stages: new Set<string>(), texts: new Set<string>() };

  const see = ({ command, after }: Strode): void => {
    if (command && !isRefused(after)) seen.commands.add(command);
    const state = stateOf(after);
    seen.stages.add(state.subject.stage);
    for (const deadline of deadlinesOf(lifecycle, state))
      if (deadline.owedBy) seen.texts.add(textOf(lifecycle, deadline));
  };

  // A failure names its seed and tries shorter ways, so the way that it tells is the shortest one.
  test.prop([walks], { numRuns: walksPerKind, seed: 2018 })('keeps its promises on any walk', (walk) =>
    tellingTheWay(async (way) => {
      const run = walked(kind, walk, (stride) => {
        way.push(stride.says);
        see(stride);
        holds(lifecycle, stride);
      });
      for (const text of textsMailed(run)) seen.texts.add(text);
      holdsInTheEnd(lifecycle, run);
      await isForeseen(run);
    }),
  );

  it('was walked through nearly all of its stages and commands', () => {
    const stages = Object.keys(lifecycle.stages);
    const commands = Object.keys(commandsOf(lifecycle));
    const missed = [...stages, ...commands].filter((name) => !seen.stages.has(name) && !seen.commands.has(name));
    expect(missed.length, missed.join(', ')).toBeLessThan((stages.length + commands.length) / 4);
  });

  it('has no field whose name is taken by what every command or opening has', () => {
    const taken = (names: readonly string[], own: object) => names.filter((name) => Object.hasOwn(own, name));
    expect(taken(['id', 'by', 'title', 'countries', 'coordinator', 'opener'], lifecycle.opening.input.shape)).toEqual(
      [],
    );
    for (const [name, { input }] of Object.entries(commandsOf(lifecycle)))
      expect(taken(Object.keys(envelope), input.shape), name).toEqual([]);
  });

  it('has a text for every message', () => {
    const known = [kind, 'case'].flatMap((file) => Object.keys(textsOf(file)).map((name) => `${file}.${name}`));
    expect([...seen.texts].filter((text) => !known.includes(text))).toEqual([]);
  });
}

const stateOf = ({ state }: Run): CaseState => {
  if (!state) throw new Error('The case was not opened.');
  return state;
};

const textsMailed = ({ steps }: Run): string[] =>
  steps.flatMap(({ effects }) => effects).flatMap((effect) => (effect.type === 'mail' ? [effect.message.text] : []));

function walked(kind: Kind, { dice, moves }: Walk, check: (stride: Strode) => void): Run {
  let run = opened(kind, dice);
  for (const move of moves) {
    frozen(run.state);
    const stride = strides(run, move);
    check(stride);
    run = stride.after;
  }
  return run;
}

async function tellingTheWay(walk: (way: (() => string)[]) => Promise<void>): Promise<void> {
  const way: (() => string)[] = [];
  try {
    await walk(way);
  } catch (error) {
    const { message } = error as Error;
    throw new Error([message, 'The way there:', ...way.map((says) => says())].join('\n'), { cause: error });
  }
}

const isRefused = ({ steps }: Run): boolean => steps.at(-1)?.refusal !== undefined;

function holds(lifecycle: Lifecycle, { before, after, command }: Strode): void {
  const state = stateOf(after);
  if (isRefused(after)) expect(after.state).toBe(before.state);
  const events = after.steps.at(-1)?.events ?? [];
  const isTaken = command !== undefined && isTakenWhenOver(lifecycle, stateOf(before), command);
  if (isOver(lifecycle, stateOf(before)) && !isTaken) expect(events).toEqual([]);
  transitionsAreDeclared(lifecycle, stateOf(before), events, command);
  if (isOver(lifecycle, state)) {
    expect(deadlinesOf(lifecycle, state)).toEqual([]);
    expect(offeredCommands(lifecycle, state).filter((name) => name !== 'reopen')).toEqual([]);
  }
  after.steps.at(-1)?.effects.forEach(isWellAsked);
  for (const { name, since } of deadlinesOf(lifecycle, state)) {
    const { firstDue = since, plan } = state.deadlines[name] ?? {};
    // What is due before it began (it was brought in late) was first due then.
    if (firstDue < since) expect(firstDue, `first due day of ${name}, which began on ${since}`).toBe(plan?.due);
  }
  const next = nextDue(lifecycle, state);
  if (!command && next) expect(next.at > after.now, `${next.deadline.name} is due at ${next.at}`).toBe(true);
}

/** What a case asks of another is written as that other's rules want it. */
function isWellAsked(effect: KeyedEffect): void {
  if (effect.type === 'mail') return;
  const kind = effect.type === 'open' ? effect.kind : kindOf(effect.case);
  if (!isKind(kind)) return expect.fail(`There is no kind ${kind}.`);
  const header = { id: 'a', title: 'A', countries: ['KR'], coordinator: 'kim-minji' };
  const by = 'kim-minji';
  const definition = effect.type === 'tell' ? commandsOf(lifecycles[kind])[effect.command] : undefined;
  const schema = definition ? bodyOf(definition) : openingSchema(lifecycles[kind]);
  const body =
    effect.type === 'tell'
      ? { by, ...effect.input }
      : { ...header, id: effect.slug, title: effect.title, countries: effect.countries ?? ['KR'], by, ...effect.input };
  const { error } = schema.safeParse(body);
  if (error) expect.fail(`${effect.type} ${kind} ${JSON.stringify(effect)}: ${error.message}`);
}

/** The state diagrams are drawn from `leads`. */
function transitionsAreDeclared(
  lifecycle: Lifecycle,
  from: CaseState,
  events: readonly CaseEvent[],
  command?: string,
): void {
  let state = from;
  let leads = command ? commandsOf(lifecycle)[command]?.to : undefined;
  let cause = command;
  for (const event of events) {
    if (event.type === 'deadlinePassed') {
      cause = String((event as unknown as { deadline: string }).deadline);
      leads = lifecycle.whenPassed?.[deadlineNamed(cause).what]?.to;
    }
    const next = evolve(lifecycle, state, event);
    const [was, is] = [state.subject.stage, next.subject.stage];
    if (was !== is) expect(leads ?? [], `${cause} led from ${was} to ${is}`).toContain(is);
    state = next;
  }
}

function holdsInTheEnd(lifecycle: Lifecycle, run: Run): void {
  const state = stateOf(run);
  const events = run.steps.flatMap((step) => step.events);
  const asStored = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
  expect(fold(lifecycle, asStored(events)), 'the fold of the stored events').toEqual(state);
  expect(asStored(state), 'the state after a round trip').toEqual(state);
  expect(events.map(({ number }) => number)).toEqual(events.map((_, index) => index + 1));
  expect(events.every(({ at }, index) => at >= (events[index - 1]?.at ?? ''))).toBe(true);
  const keys = run.steps.flatMap((step) => step.effects.map(({ key }) => key));
  expect(keys.length).toBe(new Set(keys).size);
  calendarsAgree(run);
  if (isOver(lifecycle, state)) takesNothing(lifecycle, run);
}

function takesNothing(lifecycle: Lifecycle, run: Run): void {
  for (const name of Object.keys(commandsOf(lifecycle))) {
    if (isTakenWhenOver(lifecycle, stateOf(run), name)) continue;
    const refusal = asked(run, name, { by: 'kim-minji', reason: 'r' }).steps.at(-1)?.refusal;
    expect(refusal, `${name} after the end`).toBeDefined();
  }
}
