import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyOf, commandsOf, decide } from '../../domain/case/command.ts';
import type { KeyedEffect } from '../../domain/case/effects.ts';
import { sentenceForOthers } from '../../domain/case/sentence.ts';
import { once } from '../../domain/case/once.ts';
import { type Kind, kinds, lifecycles } from '../../domain/kinds.ts';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import { opened, strides, walks } from './walk.ts';

/** Reasons are for the record. What letters give as one is said to be so, by the command. */

const walksPerKind = Number(process.env['WALKS'] ?? 60);

const inside = 'For nobody else';
const forThem = 'For those who are written to';

/** Everything that cases do while each command is given a reason that must stay inside, or one that is meant for others. */
const followingFrom = once((lifecycle: Lifecycle): readonly KeyedEffect[] =>
  fc.sample(walks, { seed: 5, numRuns: walksPerKind }).flatMap(({ dice, moves }) => {
    const end = moves.reduce(
      (run, move) =>
        strides(run, move, ({ tells }, input) => ({
          ...input,
          reason: tells === 'reason' ? forThem : inside,
          ...(tells === 'told' ? { told: forThem } : {}),
        })).after,
      opened(lifecycle.kind as Kind, dice),
    );
    return end.steps.flatMap(({ effects }) => effects);
  }),
);

describe.each(kinds)('letters of a case of kind %s', (kind) => {
  const effects = followingFrom(lifecycles[kind]);

  it('give no reason that is for the record, whatever was asked and came after', () => {
    const letters = effects.flatMap((effect) => (effect.type === 'mail' ? [effect.message] : []));
    expect(letters.length).toBeGreaterThan(0);
    const leaking = letters.filter((letter) => JSON.stringify(letter).includes(inside));
    expect(leaking.map(({ text, facts }) => ({ text, facts }))).toEqual([]);
  });

  it('pass it on to other cases as their reason alone', () => {
    const passed = effects.flatMap((effect) => {
      if (effect.type === 'mail') return [];
      const { reason: _, ...rest } = effect.input;
      return JSON.stringify(rest).includes(inside) ? [effect] : [];
    });
    expect(passed).toEqual([]);
  });
});

it('what is told in place of the reason, or with it, is told', () => {
  const told = kinds.flatMap((kind) =>
    followingFrom(lifecycles[kind]).flatMap((effect) =>
      effect.type === 'mail' && effect.message.facts['why'] === forThem ? [effect.message.text] : [],
    ),
  );
  expect([...new Set(told)].sort()).toEqual(
    expect.arrayContaining([
      'action.dropped',
      'action.returned',
      'appointment.declined',
      'meeting.objection',
      'meeting.postponed',
      'mou.notConcluded',
      'request.declined',
      'visit.legDeclined',
      'visit.postponed',
    ]),
  );
});

describe('a command', () => {
  const definitions = kinds.flatMap((kind) =>
    Object.entries(commandsOf(lifecycles[kind])).map(([name, definition]) => ({ kind, name, definition })),
  );

  it.each(definitions.map(({ kind, name, definition }) => [`${kind} ${name}`, definition] as const))(
    '%s says in its help who reads its reason',
    (_, definition) => {
      const { reason, told } = bodyOf(definition).shape;
      const read = { reason: 'told to those who are written to', record: 'stays on record' };
      expect(reason?.description).toContain(definition.tells === 'reason' ? read.reason : read.record);
      expect(told !== undefined).toBe(definition.tells === 'told');
    },
  );

  it('whose letters give no reason takes none for them', () => {
    const state = opened('action', fc.sample(walks, { seed: 7, numRuns: 1 })[0]?.dice as fc.Random).state;
    const asked = { by: 'kim-minji', told: 'A word', note: 'A note' };
    const refusal = state && decide(lifecycles.action, state, { id: 'c', name: 'note', body: asked }, state.openedAt);
    expect(refusal).toMatchObject({ refused: 'InvalidInput' });
  });
});

describe('a sentence of the record, for others', () => {
  const says = 'The committee was suspended. Reason: They did not answer';

  it('leaves out a reason that is for the record', () => {
    expect(sentenceForOthers(says, { reason: 'They did not answer' })).toBe('The committee was suspended.');
  });

  it('gives what their letters gave', () => {
    const both = `${says} Told as the reason: Elections`;
    const stamp = { reason: 'They did not answer', told: 'Elections' };
    expect(sentenceForOthers(both, stamp)).toBe('The committee was suspended. Reason: Elections');
    expect(sentenceForOthers(says, { reason: 'They did not answer', told: 'They did not answer' })).toBe(says);
  });
});
