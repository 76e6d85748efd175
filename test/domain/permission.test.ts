import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answeringCommands } from '../../domain/case/answers.ts';
import { commandsOf, isOffered } from '../../domain/case/command.ts';
import { once } from '../../domain/case/once.ts';
import { offersTo } from '../../domain/case/offered.ts';
import { type Actor, holdersOf, refuseOthers } from '../../domain/case/permission.ts';
import { type CaseState, plannedDeadlines } from '../../domain/case/state.ts';
import { kinds, lifecycles } from '../../domain/kinds.ts';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import { type Position, positions } from '../../domain/position.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { permissions, saidOf } from '../kinds/said.ts';
import { opened, strides, walks } from './walk.ts';

/** `test/kinds/KIND.yaml` has a row for every command: whose it is to give. Whoever is not named there may not. */

const rowOf = (lifecycle: Lifecycle, name: string): string =>
  `${Object.hasOwn(lifecycle.commands, name) ? lifecycle.kind : 'case'}.${name}`;

/** Somebody who is nothing to a case but what is said here. */
const actor = (...rights: readonly string[]): Actor => ({
  person: 'somebody',
  rights: new Map(rights.map((right) => [right, 'somebody'])),
  above: new Set(),
});

/** Cases as they stand on the way of each random walk. */
const walkedBy = once((lifecycle: Lifecycle): readonly (readonly CaseState[])[] =>
  fc.sample(walks, { seed: 13, numRuns: 5 }).map(({ dice, moves }) => {
    let run = opened(lifecycle.kind as (typeof kinds)[number], dice);
    return moves.flatMap((move) => {
      const { state } = run;
      run = strides(run, move).after;
      return state ?? [];
    });
  }),
);

const statesOf = (lifecycle: Lifecycle, runs = 5): readonly CaseState[] => walkedBy(lifecycle).slice(0, runs).flat();

const rightsOf = (lifecycle: Lifecycle, state: CaseState, position: Position, name: string): readonly string[] => {
  const definition = commandsOf(lifecycle)[name];
  return definition ? holdersOf(lifecycle, state, position, { name, definition }) : [];
};

it.each([...kinds, 'case'])('every command of kind %s has a row in its table, and every row a command', (of) => {
  const all = kinds.flatMap((kind) =>
    Object.keys(commandsOf(lifecycles[kind])).map((name) => rowOf(lifecycles[kind], name)),
  );
  const own = (names: Iterable<string>) => [...new Set(names)].filter((name) => name.startsWith(`${of}.`)).toSorted();
  expect(own(permissions.keys()), `\`commands\` of test/kinds/${of}.yaml: \`COMMAND: [POSITION, …]\``).toEqual(
    own(all),
  );
});

it('no table is of a kind that is not there', () => {
  const tables = readdirSync('test/kinds').filter((file) => file.endsWith('.yaml'));
  expect(tables.toSorted()).toEqual([...kinds, 'case'].map((kind) => `${kind}.yaml`).toSorted());
});

/** Of a kind that does not say how much its walks leave out: of ten cells six, and of those that are named one in four. */
const usuallySeen = (cells: number, named: number): readonly [number, number] => [0.6 * cells, named / 4];

describe.each(kinds)('a case of kind %s', (kind) => {
  const lifecycle: Lifecycle = lifecycles[kind];

  it('takes a command of whoever holds a position that the table names, and of nobody else', () => {
    const wrong = new Set<string>();
    const seen = new Set<string>();
    for (const state of statesOf(lifecycle))
      for (const [name, definition] of Object.entries(commandsOf(lifecycle))) {
        const held = definition.by.map((each) => [each, rightsOf(lifecycle, state, each, name)] as const);
        for (const position of Object.keys(positions) as Position[]) {
          const rights = rightsOf(lifecycle, state, position, name);
          const isOtherwise = held.some(
            ([each, of]) => each !== position && of.some((right) => rights.includes(right)),
          );
          if (rights.length === 0 || isOtherwise) continue;
          seen.add(`${name}: ${position}`);
          const isTaken = refuseOthers(lifecycle, state, { name, definition }, actor(...rights)) === undefined;
          if (isTaken !== permissions.get(rowOf(lifecycle, name))?.includes(position))
            wrong.add(`${name}: ${position}`);
        }
      }
    expect([...wrong], 'commands and positions where rule and test/kinds/*.yaml differ').toEqual([]);
    const skipped = Object.keys(commandsOf(lifecycle)).flatMap((name) =>
      (Object.keys(positions) as Position[])
        .filter((position) => !seen.has(`${name}: ${position}`))
        .map((position) => ({
          isNamed: permissions.get(rowOf(lifecycle, name))?.includes(position) ?? false,
        })),
    );
    const cells = Object.keys(commandsOf(lifecycle)).flatMap((name) => permissions.get(rowOf(lifecycle, name)) ?? []);
    const places = Object.keys(commandsOf(lifecycle)).length * Object.keys(positions).length;
    const [all, named] = saidOf[kind].unseen ?? usuallySeen(places, cells.length);
    const found = [skipped.length, skipped.filter(({ isNamed }) => isNamed).length] as const;
    const line = `walks leave out more than \`unseen\` of test/kinds/${kind}.yaml says, now [${found.join(', ')}]`;
    expect(found[0], line).toBeLessThanOrEqual(all);
    expect(found[1], line).toBeLessThanOrEqual(named);
  });

  it('names in each cell of the table what the definition says, also where no walk comes to', () => {
    const cells = Object.entries(commandsOf(lifecycle)).flatMap(([name, { by }]) =>
      (Object.keys(positions) as Position[]).map((position) => ({
        cell: `${name}: ${position}`,
        isDefined: by.includes(position),
        isNamed: permissions.get(rowOf(lifecycle, name))?.includes(position),
      })),
    );
    const wrong = cells.filter(({ isDefined, isNamed }) => isDefined !== isNamed);
    expect(wrong, `\`commands\` of test/kinds/${kind}.yaml, or \`case.yaml\``).toEqual([]);
  });

  it.each(['colleague', 'operator', 'administrator', 'reader', 'nobody'])(
    'takes of a role of the directory, %s, what the table names for it, wherever the case stands, and nothing else',
    (role) => {
      const wrong = new Set<string>();
      for (const state of statesOf(lifecycle, 2))
        for (const [name, definition] of Object.entries(commandsOf(lifecycle))) {
          const isTaken = refuseOthers(lifecycle, state, { name, definition }, actor(`role/${role}`)) === undefined;
          const isNamed = (permissions.get(rowOf(lifecycle, name)) ?? []).includes(role);
          if (isTaken !== isNamed) wrong.add(`${name}: ${role}`);
        }
      expect([...wrong]).toEqual([]);
    },
  );

  it('takes nothing of somebody without a position, roles or none, but what comes of a change of the directory', () => {
    const taken = new Set<string>();
    for (const state of statesOf(lifecycle, 2))
      for (const [name, definition] of Object.entries(commandsOf(lifecycle)))
        for (const isFree of [false, true])
          if (!refuseOthers(lifecycle, state, { name, definition }, { ...actor(), isFree })) taken.add(name);
    expect([...taken].toSorted()).toEqual(['messageReturned', 'personLeft', 'personStays', 'personSucceeded']);
  });

  it('takes of whoever owes something each command that answers it', () => {
    const wrong = new Set<string>();
    for (const state of statesOf(lifecycle))
      for (const deadline of plannedDeadlines(lifecycle, state))
        for (const name of answeringCommands(lifecycle, deadline.what)) {
          const definition = commandsOf(lifecycle)[name];
          if (!definition || deadline.owedBy === undefined) continue;
          if (!isOffered(lifecycle, state, { name, definition, by: 'somebody' })) continue;
          if (refuseOthers(lifecycle, state, { name, definition }, actor(deadline.owedBy)))
            wrong.add(`${deadline.name}: ${name}`);
        }
    expect([...wrong]).toEqual([]);
  });

  it('offers on pages what it takes, and nothing else', () => {
    for (const state of statesOf(lifecycle, 3)) {
      const parties = [
        ...plannedDeadlines(lifecycle, state).flatMap(({ owedBy }) => owedBy ?? []),
        `person/${state.coordinator}`,
        ...(lifecycle.coChairs?.(state.subject) ?? []),
        'person/nobody',
      ];
      for (const party of new Set(parties)) {
        const who = actor(party);
        const offered = new Set(offersTo(lifecycle, state, who).map(({ command }) => command));
        const taken = Object.entries(commandsOf(lifecycle)).filter(
          ([name, definition]) =>
            isOffered(lifecycle, state, { name, definition, by: who.person }) &&
            !isRefusal(refuseOthers(lifecycle, state, { name, definition }, who)),
        );
        expect(state.closedAt !== undefined || taken.every(([name]) => offered.has(name))).toBe(true);
        for (const name of offered) {
          const definition = commandsOf(lifecycle)[name];
          expect(definition && refuseOthers(lifecycle, state, { name, definition }, who)).toBeUndefined();
        }
      }
    }
  });
});

describe('two pairs of eyes', () => {
  const lifecycle: Lifecycle = lifecycles.action;
  const { verify } = lifecycle.commands;
  const reported = (reportedBy: string): CaseState => {
    const { state } = opened('action', fc.sample(walks, { seed: 1, numRuns: 1 })[0]!.dice);
    return { ...state!, subject: { ...state!.subject, stage: 'reportedDone', reportedBy } as CaseState['subject'] };
  };
  const asked = { name: 'verify', definition: verify! };

  it('whoever stands in for the coordinator who reported it done does not verify it', () => {
    const state = reported('kim-minji');
    const standIn: Actor = { ...actor(), rights: new Map([[`person/${state.coordinator}`, 'kim-minji']]) };
    expect(
      refuseOthers(lifecycle, { ...state, coordinator: 'kim-minji' }, asked, {
        ...standIn,
        rights: new Map([['person/kim-minji', 'kim-minji']]),
      }),
    ).toMatchObject({ refused: 'SamePerson' });
  });

  it('but verifies it as what they are themselves, a coordinator of the same agency', () => {
    const state = { ...reported('kim-minji'), coordinator: 'kim-minji' };
    const rights = new Map([
      ['person/kim-minji', 'kim-minji'],
      ['role/colleague', 'somebody'],
    ]);
    expect(refuseOthers(lifecycle, state, asked, { ...actor(), rights })).toBeUndefined();
  });
});

it('a superior answers what is owed once the reminders have reached them, by being above, and not before', () => {
  const lifecycle: Lifecycle = lifecycles.action;
  const state = [...statesOf(lifecycle)].find((each) =>
    plannedDeadlines(lifecycle, each).some(({ name }) => name === 'complete'),
  )!;
  const definition = lifecycle.commands['reportDone']!;
  const owner = lifecycle.owner?.(state.subject) ?? '';
  expect(refuseOthers(lifecycle, state, { name: 'reportDone', definition }, actor())).toMatchObject({
    refused: 'NotYours',
  });
  expect(
    refuseOthers(lifecycle, state, { name: 'reportDone', definition }, { ...actor(), above: new Set([owner]) }),
  ).toBeUndefined();
});

it('says once who somebody is whose right it is twice, and the command as it is typed', () => {
  const { state } = opened('action', fc.sample(walks, { seed: 1, numRuns: 1 })[0]!.dice);
  const { definition, ...asked } = { name: 'moveDeadline', definition: commandsOf(lifecycles.action)['moveDeadline']! };
  const twice = { ...definition, by: ['coordinator', 'coordinator'] as const };
  expect(refuseOthers(lifecycles.action, state!, { ...asked, definition: twice }, actor())?.because).toBe(
    `somebody may not give move-deadline in ${state!.id}; its coordinator (${state!.coordinator}) may, and whoever stands in for them.`,
  );
});

it('says whose it is', () => {
  const lifecycle: Lifecycle = lifecycles.action;
  const { state } = opened('action', fc.sample(walks, { seed: 1, numRuns: 1 })[0]!.dice);
  const definition = lifecycle.commands['extend']!;
  const refused = refuseOthers(lifecycle, state!, { name: 'extend', definition }, actor());
  expect(refused).toEqual({
    refused: 'NotYours',
    because: `somebody may not give extend in ${state!.id}; its coordinator (${state!.coordinator}) may, and whoever stands in for them.`,
  });
});
