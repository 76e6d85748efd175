import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deadlineNamed } from '../../domain/deadline-name.ts';
import { plannedDeadlines } from '../../domain/case/state.ts';
import { partyOfPerson } from '../../domain/fields.ts';
import { kinds } from '../../domain/kinds.ts';
import { asked, type Run } from './run.ts';
import { opened, strides, walks } from './walk.ts';

const reason = 'overtaken';

/** Those who owe something besides the coordinator, and what. */
const owing = ({ lifecycle, state }: Run): readonly (readonly [string, string])[] =>
  state
    ? plannedDeadlines(lifecycle, state).flatMap(({ name, owedBy, standing }) =>
        owedBy && owedBy !== partyOfPerson(state.coordinator) && !standing.plan.broughtIn
          ? [[name, owedBy] as const]
          : [],
      )
    : [];

it.each(kinds)('when a case of kind %s is cancelled, whoever owes something in it hears so', (kind) => {
  const left = fc.sample(walks, { seed: 81, numRuns: 12 }).flatMap(({ dice, moves }) => {
    const runs = [opened(kind, dice)];
    for (const move of moves.slice(0, 25)) runs.push(strides(runs.at(-1) ?? opened(kind, dice), move).after);
    return runs
      .filter((_, index) => index % 4 === 0)
      .flatMap((run) => {
        const { refusal, effects } = asked(run, 'cancel', { by: 'kim-minji', reason }).steps.at(-1) ?? {};
        if (refusal) return [];
        const told: readonly string[] = (effects ?? []).flatMap((effect) =>
          effect.type === 'mail' ? effect.message.to : [],
        );
        return owing(run).flatMap(([name, who]) =>
          told.includes(who) ? [] : [`${deadlineNamed(name).what} at ${run.state?.subject.stage}`],
        );
      });
  });
  expect([...new Set(left)]).toEqual([]);
});
