import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyOf, commandsOf, decide } from '../../domain/case/command.ts';
import { dayOf, plus } from '../../domain/dates.ts';
import { pastDate } from '../../domain/fields.ts';
import { daysHappenedIn, refuseNotBegun } from '../../domain/happened.ts';
import { kinds, lifecycles } from '../../domain/kinds.ts';
import { isOfCases } from '../../domain/lifecycle.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { z } from 'zod';
import { opened, strides, walks } from './walk.ts';

/** Nothing is taken to have happened on a day that has not begun where it was. */

describe('a day on which something is said to have happened', () => {
  // 09:00 on Sunday, 29 November in Seoul; 02:00 in Athens.
  const at = '2026-11-29T00:00:00.000Z';

  it('has begun in one of the zones of those who are named', () => {
    expect(refuseNotBegun([['on', '2026-11-29']], at, ['Europe/Athens'])).toBeUndefined();
    expect(refuseNotBegun([['on', '2026-11-29']], '2026-11-28T16:00:00.000Z', ['Asia/Seoul', 'Europe/Athens'])).toBe(
      undefined,
    );
  });

  it.each([
    ['receivedOn', '2026-11-30', ['Asia/Seoul', 'Europe/Athens']],
    ['on', '2026-11-29', ['Europe/Athens']],
    ['on', '2026-11-29', ['America/New_York', 'UTC']],
  ] as const)('is refused as %s: %s, seen from %j', (field, day, zones) => {
    const before = field === 'receivedOn' ? at : '2026-11-28T16:00:00.000Z';
    expect(refuseNotBegun([[field, day]], before, zones)).toMatchObject({
      refused: 'DateInFuture',
      because: expect.stringContaining(`${field}: ${day} has not begun`),
    });
  });

  it('is found by the field, also where it may be left out', () => {
    const schema = z.strictObject({ on: pastDate.optional().describe('the day'), due: z.iso.date() });
    expect(daysHappenedIn(schema, { on: '2026-11-29', due: '2027-01-01' })).toEqual([['on', '2026-11-29']]);
    expect(daysHappenedIn(schema, { due: '2027-01-01' })).toEqual([]);
  });
});

/** A field that the rules refuse as lying in the future is one that `record` holds against the clock where it was. */
it.each(kinds)('every field of a case of kind %s that must not lie in the future is known as such', (kind) => {
  const lifecycle = lifecycles[kind];
  const unknown = new Set<string>();
  for (const { dice, moves } of fc.sample(walks, { seed: 7, numRuns: 25 }))
    moves.reduce(
      (run, move) => {
        const strode = strides(run, move);
        const { state, now } = run;
        const { command, input } = strode;
        const definition =
          command && Object.hasOwn(commandsOf(lifecycle), command) ? commandsOf(lifecycle)[command] : undefined;
        if (!state || !command || !definition || isOfCases(definition) || strode.after.steps.at(-1)?.refusal)
          return strode.after;
        for (const field of Object.keys(bodyOf(definition).shape)) {
          const body = { ...input, [field]: plus(dayOf(now), 'P9D') };
          const answer = decide(lifecycle, state, { id: 'c', name: command, body }, now);
          if (
            isRefusal(answer) &&
            answer.refused === 'DateInFuture' &&
            daysHappenedIn(bodyOf(definition), body).every(([name]) => name !== field)
          )
            unknown.add(`${command}: ${field}`);
        }
        return strode.after;
      },
      opened(kind, dice),
    );
  expect([...unknown]).toEqual([]);
});
