import fc from 'fast-check';
import { namedBy } from '../../domain/deadline-name.ts';
import { answersOf, answersTo } from '../../domain/case/answers.ts';
import { commandsOf } from '../../domain/case/command.ts';
import { plannedDeadlines } from '../../domain/case/state.ts';
import { kinds, lifecycles } from '../../domain/kinds.ts';
import type { Deadline } from '../../domain/ladder.ts';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import { opened, strides, walks } from '../domain/walk.ts';

/** Cases of all kinds as they stand on ways taken by chance. */
export const walked = kinds.flatMap((kind) =>
  fc.sample(walks, { seed: 131, numRuns: 16 }).flatMap(({ dice, moves }) => {
    const start = opened(kind, dice);
    const runs = moves.reduce((all, move) => [...all, strides(all.at(-1) ?? start, move).after], [start]);
    return runs.flatMap(({ state }) => (state ? [{ kind, state }] : []));
  }),
);

/** What is owed, by kind, and whether all of an answer to it is asked for, as it is of the coordinator. */
const owed = new Map(
  walked.flatMap(({ kind, state }) =>
    plannedDeadlines(lifecycles[kind], state).flatMap((deadline) =>
      answersTo(lifecycles[kind], state, deadline, 'somebody').map(({ command, asksAll }) => [
        `${kind}.${deadline.what}: ${command}`,
        asksAll,
      ]),
    ),
  ) as [string, boolean][],
);

/** Every command that answers something, with the fields that a deadline of its kind settles. */
export const ways = Object.values(lifecycles as Readonly<Record<string, Lifecycle>>).flatMap((lifecycle) =>
  [...Object.keys(lifecycle.answers ?? {}), 'extension'].flatMap((what) =>
    Object.entries(answersOf(lifecycle, what) ?? {}).map(([command, settledBy]) => {
      const facts = { leg: 1, agencyId: 'klid', preparation: 'Itinerary', deadline: 'complete', act: 'meeting/m' };
      const deadline = { ...namedBy({ what, item: itemOf(command) }), owedBy: 'agency/klid', facts };
      const definition = commandsOf(lifecycle)[command];
      const settled = settledBy(deadline as unknown as Deadline);
      const name = `${lifecycle.kind}.${what}: ${command}`;
      // No walk comes to each of them.
      const asksAll = owed.get(name) ?? !definition?.by.includes('owing');
      return { name, lifecycle, what, command, definition, settled, asksAll };
    }),
  ),
);

function itemOf(command: string): string {
  if (command === 'nominate' || command === 'declineInvitation') return 'RO';
  return command === 'receiveMaterials' ? '2' : 'klid';
}
