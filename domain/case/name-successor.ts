import { z } from 'zod';
import { spaced } from './label.ts';
import { partyOfPerson, person } from '../fields.ts';
import { type Holder, type Lifecycle, nameSuccessor, type Role, type Stamp } from '../lifecycle.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { KeyedEffect } from './effects.ts';
import { commonLetter } from './letter.ts';
import { seeingTheCase } from './seeing-the-case.ts';
import { type CaseState, deadlinesOf } from './state.ts';
import type { SuccessorEvent } from './succession.ts';

const heldBy = (lifecycle: Lifecycle, { subject }: CaseState): readonly Holder[] =>
  (lifecycle.roles?.(subject) ?? []).filter(({ by, who }) => by === nameSuccessor && who.startsWith('person/'));

/** Of kinds that have such roles. */
export const successorCommand = (lifecycle: Lifecycle) =>
  seeingTheCase({
    says: 'Name who follows somebody in what they are in the case: its owed work, letters and reminders pass to them',
    by: ['coordinator', 'colleague'],
    from: [],
    offered: (state) => heldBy(lifecycle, state).length > 0,
    input: z.strictObject({
      person: person.describe('who it was until now'),
      successor: person.describe('who it is from now on'),
    }),
    decide: ({ person: who, successor }, state) => {
      const held = heldBy(lifecycle, state);
      const roles = rolesOf(held, who);
      return (
        refuseNobody(state, held, who) ??
        refuseTwice(roles, rolesOf(held, successor), successor) ?? [
          { type: 'successorNamed', person: who, successor, roles } satisfies SuccessorEvent,
        ]
      );
    },
  });

const rolesOf = (held: readonly Holder[], who: string): readonly Role[] => [
  ...new Set(held.filter((each) => each.who === partyOfPerson(who)).map(({ role }) => role)),
];

function refuseNobody({ id }: CaseState, held: readonly Holder[], who: string): Refusal | undefined {
  if (held.some((each) => each.who === partyOfPerson(who))) return undefined;
  const others = [...new Set(held.map((each) => each.who.slice('person/'.length)))];
  return refuse(
    'UnknownItem',
    `${who} is nothing in ${id} in which this names another; there ${others.length > 0 ? `are: ${others.join(', ')}` : 'is nobody'}.`,
  );
}

function refuseTwice(roles: readonly Role[], successors: readonly Role[], successor: string): Refusal | undefined {
  const twice = roles.find((role) => successors.includes(role));
  return twice ? refuse('AlreadyDone', `${successor} is ${spaced(twice)} already.`) : undefined;
}

/** Whoever follows hears what they are now, and by when the first of it is due. */
export function newsOfSuccessor(lifecycle: Lifecycle, state: CaseState, event: SuccessorEvent & Stamp): KeyedEffect[] {
  const { person: who, successor, roles } = event;
  if (event.by === successor) return [];
  const to = partyOfPerson(successor);
  const [first] = deadlinesOf(lifecycle, state)
    .filter(({ owedBy }) => owedBy === to)
    .toSorted((a, b) => a.due.on.localeCompare(b.due.on));
  const report = {
    name: 'successorNamed',
    facts: { leaver: partyOfPerson(who), roles },
    summary: `follows ${who}`,
    ...(first ? { answerBy: first.name } : {}),
  };
  return [commonLetter(lifecycle, state, event, report, to)];
}
