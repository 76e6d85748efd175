import fc from 'fast-check';
import type { Message } from '../../../domain/case/effects.ts';
import { deadlinesOf } from '../../../domain/case/state.ts';
import { textOf } from '../../../domain/case/succession.ts';
import { type kinds, lifecycles } from '../../../domain/kinds.ts';
import { opened, strides, walks } from '../../domain/walk.ts';
import { typedFields } from '../../kinds/typed.ts';

const walksPerKind = 24;

export interface Sent {
  readonly messages: Map<string, Message[]>;
  /** Every text that a deadline met on the way would be chased with. */
  readonly chased: Set<string>;
  /** What somebody typed as words under the name that a fact has, whatever it looks like: `expert: 2018-11-10`. */
  readonly typed: Set<string>;
}

/** On random walks through the lives of a kind. */
export function sentBy(kind: (typeof kinds)[number]): Sent {
  const messages = new Map<string, Message[]>();
  const chased = new Set<string>();
  const typed = new Set<string>();
  for (const { dice, moves } of fc.sample(walks, { seed: 2018, numRuns: walksPerKind })) {
    let run = opened(kind, dice);
    for (const { events } of run.steps) for (const each of events) if ('input' in each) addTyped(each.input, typed);
    for (const move of moves) {
      const strode = strides(run, move);
      addTyped(strode.input, typed);
      run = strode.after;
      for (const deadline of run.state ? deadlinesOf(lifecycles[kind], run.state) : [])
        if (deadline.ladder.length > 0) chased.add(textOf(lifecycles[kind], deadline));
    }
    // What is sent once more was written before.
    for (const effect of run.steps.flatMap((step) => step.effects))
      if (effect.type === 'mail' && !effect.message.again)
        messages.set(effect.message.text, [...(messages.get(effect.message.text) ?? []), effect.message]);
  }
  return { messages, chased, typed };
}

function addTyped(input: unknown, to: Set<string>): void {
  if (typeof input !== 'object' || input === null) return;
  for (const [name, value] of Object.entries(input)) {
    if (typedFields.includes(name)) for (const each of [value].flat()) to.add(`${name}: ${String(each)}`);
    addTyped(value, to);
  }
}
