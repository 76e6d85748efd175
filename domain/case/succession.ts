import { z } from 'zod';
import { deadlineName, type DeadlineName, namedBy } from '../deadline-name.ts';
import { type CivilDate, dayOf, daysBetween, minus } from '../dates.ts';
import { agency, caseId, date, listOf, partyOfPerson, person } from '../fields.ts';
import { type Deadline, type DueRule, shortLadder } from '../ladder.ts';
import { type Holder, type Lifecycle, nameSuccessor, type Role, type Stamp } from '../lifecycle.ts';
import { refuse } from '../refusal.ts';
import { isForExtension } from './extension.ts';
import { spaced } from './label.ts';
import { seeingTheCase } from './seeing-the-case.ts';
import type { CaseState } from './state.ts';

/** Somebody leaves the service, and others have to follow them in what they were: the coordinator owes who that is. */
export interface Succession {
  /** The first day on which they no longer serve. */
  readonly on: CivilDate;
  /** The day on which the case was told. */
  readonly since: CivilDate;
  /** What they still are in the directory, where this case is to see to it. */
  readonly contactOf: readonly string[];
  readonly superiorOf: readonly string[];
}

/** By whom they are. */
export type Successions = Readonly<Record<string, Succession>>;

type InDirectory = Pick<Succession, 'contactOf' | 'superiorOf'>;

export type SuccessionEvent =
  /** `concerned`: the cases of this coordinator, told with the first of them. Without what they are in the directory, as earlier versions wrote it, nobody owes a successor. */
  | ({
      readonly type: 'personLeft';
      readonly person: string;
      readonly on: CivilDate;
      readonly concerned: readonly string[];
    } & Partial<InDirectory>)
  | { readonly type: 'personStays'; readonly person: string; readonly concerned: readonly string[] }
  /** The directory names others by now. */
  | ({ readonly type: 'personSucceeded'; readonly person: string } & InDirectory)
  | { readonly type: 'roleLeftVacant'; readonly person: string }
  | SuccessorEvent;

/** Somebody else takes over what a person is in a case, where its kind has no command of its own for that. */
export interface SuccessorEvent {
  readonly type: 'successorNamed';
  readonly person: string;
  readonly successor: string;
  readonly roles: readonly Role[];
}

const types: readonly string[] = ['personLeft', 'personStays', 'personSucceeded', 'roleLeftVacant', 'successorNamed'];

export const isOfSuccession = <E extends { readonly type: string }>(event: E): event is Extract<E, SuccessionEvent> =>
  types.includes(event.type);

const concerned = listOf(caseId).default([]).describe('all cases of this coordinator, where this case tells of them');
const contactOf = listOf(agency);
const superiorOf = listOf(person);
const notAwaited = ({ id }: CaseState, who: string) =>
  refuse('AlreadyDone', `${id} waits for nobody to follow ${who}.`);

export const successionCommands = {
  personLeft: seeingTheCase({
    says: 'Hear that somebody who is concerned leaves the service, tell the coordinator, and wait for others in their place',
    by: ['coordinator', 'administrator'],
    from: [],
    isPart: true,
    input: z.strictObject({
      person: person.describe('who leaves'),
      on: date.describe('the first day on which they no longer serve'),
      concerned,
      contactOf: contactOf.optional().describe('the agencies whose contact they are, where this case sees to another'),
      superiorOf: superiorOf.optional().describe('whose superior they are, where this case sees to another'),
    }),
    decide: ({ person: who, on, concerned: cases, ...inDirectory }) => [
      { type: 'personLeft', person: who, on, concerned: cases, ...inDirectory },
    ],
  }),
  personStays: seeingTheCase({
    says: 'Hear that somebody does not leave after all: nobody has to follow them',
    by: ['coordinator', 'administrator'],
    from: [],
    isPart: true,
    input: z.strictObject({ person: person.describe('who stays'), concerned }),
    decide: ({ person: who, concerned: cases }, state) =>
      state.successions?.[who] ? [{ type: 'personStays', person: who, concerned: cases }] : notAwaited(state, who),
  }),
  personSucceeded: seeingTheCase({
    says: 'Hear that the directory names others in the place of somebody who has left',
    by: ['coordinator', 'administrator'],
    from: [],
    isPart: true,
    input: z.strictObject({
      person: person.describe('who has left'),
      contactOf: contactOf.describe('the agencies that have another contact'),
      superiorOf: superiorOf.describe('who has another superior'),
    }),
    decide: ({ person: who, ...filled }, state) =>
      isAmong(filled, state.successions?.[who])
        ? [{ type: 'personSucceeded', person: who, ...filled }]
        : notAwaited(state, who),
  }),
  leaveVacant: seeingTheCase({
    says: 'Record that nobody follows somebody who has left: no successor is owed any more',
    by: ['coordinator', 'colleague'],
    from: [],
    reason: 'required',
    offered: ({ successions }) => Object.keys(successions ?? {}).length > 0,
    input: z.strictObject({ person: person.describe('who has left') }),
    decide: ({ person: who }, state) =>
      state.successions?.[who] ? [{ type: 'roleLeftVacant', person: who }] : notAwaited(state, who),
  }),
} as const;

const isAmong = (filled: InDirectory, awaited: Succession | undefined): boolean =>
  filled.contactOf.some((each) => awaited?.contactOf.includes(each)) ||
  filled.superiorOf.some((each) => awaited?.superiorOf.includes(each));

/** The case as it waits for successors after such an event. */
export function withSuccession(
  lifecycle: Lifecycle,
  state: CaseState,
  event: SuccessionEvent & Pick<Stamp, 'at'>,
): CaseState {
  if (event.type === 'successorNamed') return succeeded(lifecycle, state, event);
  const { [event.person]: known, ...others } = state.successions ?? {};
  const next = successionBy(event, known);
  if (next === known) return state;
  return { ...state, successions: next ? { ...others, [event.person]: next } : others };
}

const succeeded = (lifecycle: Lifecycle, state: CaseState, { person: who, successor }: SuccessorEvent): CaseState => ({
  ...state,
  subject: lifecycle.whenSucceeded?.(state.subject, who, successor) ?? state.subject,
});

function successionBy(
  event: Exclude<SuccessionEvent, SuccessorEvent> & Pick<Stamp, 'at'>,
  known: Succession | undefined,
): Succession | undefined {
  if (event.type === 'personLeft') {
    const { on, contactOf: of, superiorOf: above, at } = event;
    if (!of && !above) return known;
    return { on, since: known?.since ?? dayOf(at), contactOf: of ?? [], superiorOf: above ?? [] };
  }
  if (event.type !== 'personSucceeded' || !known) return undefined;
  const left = (all: readonly string[], filled: readonly string[]) => all.filter((each) => !filled.includes(each));
  return {
    ...known,
    contactOf: left(known.contactOf, event.contactOf),
    superiorOf: left(known.superiorOf, event.superiorOf),
  };
}

/** Whoever has followed in all that somebody was has ended the waiting: it does not begin again by itself. */
export function withoutSettled(lifecycle: Lifecycle, state: CaseState): CaseState {
  if (!state.successions) return state;
  const all = Object.entries(state.successions);
  const open = all.filter(
    ([who, { contactOf: of, superiorOf: above }]) =>
      of.length + above.length + rolesOf(lifecycle, state, who).length > 0,
  );
  if (open.length === all.length) return state;
  const { successions: _, ...rest } = state;
  return open.length === 0 ? rest : { ...state, successions: Object.fromEntries(open) };
}

/** What nobody was named for while the case was suspended is owed from when it goes on. */
export const sinceResumed = (state: CaseState, day: CivilDate, names: readonly string[]): CaseState => ({
  ...state,
  ...(state.successions && {
    successions: Object.fromEntries(
      Object.entries(state.successions).map(([who, succession]) => [
        who,
        names.includes(deadlineName({ what: successor, item: who })) ? succession : { ...succession, since: day },
      ]),
    ),
  }),
});

/** What somebody is in a case, of that in which others can follow them. */
const rolesOf = (lifecycle: Lifecycle, { coordinator, subject }: CaseState, who: string): readonly Holder[] =>
  [
    { role: 'coordinator' as const, who: partyOfPerson(coordinator), by: 'changeCoordinator' },
    ...(lifecycle.roles?.(subject) ?? []),
  ].filter((each) => each.who === partyOfPerson(who));

/** At some stages nobody is named: it is not owed then. */
const isTaken = ({ commands }: Lifecycle, { subject }: CaseState, { by }: Holder): boolean =>
  commands[by]?.from.includes(subject.stage) ?? true;

const successor = 'successor';

/** The text of a deadline's letters; what the core asks for has one for all kinds. */
export const textOf = ({ kind }: Lifecycle, deadline: DeadlineName): string =>
  `${isForSuccessor(deadline) || isForExtension(deadline) ? 'case' : kind}.${deadline.what}`;

/** They come in one mail, since whoever leaves is somebody in many cases. */
export const isForSuccessor = ({ what }: DeadlineName): boolean => what === successor;

/** The coordinator names them by the last day of whoever leaves; at short notice within ten working days. */
export const successorDeadlines = (lifecycle: Lifecycle, state: CaseState): readonly Deadline[] =>
  Object.entries(state.successions ?? {}).flatMap(([who, { on, since, ...inDirectory }]) => {
    const held = rolesOf(lifecycle, state, who).filter((each) => isTaken(lifecycle, state, each));
    const contactOf = inDirectory.contactOf.map((each) => `agency/${each}`);
    const superiorOf = inDirectory.superiorOf.map((each) => `person/${each}`);
    if (held.length + contactOf.length + superiorOf.length === 0) return [];
    const roles = [...new Set(held.map(({ role }) => role))];
    return {
      ...namedBy({ what: successor, item: who }),
      says: `who follows ${who}, no longer in service from ${on}`,
      since,
      due: dueOf(since, on),
      owedBy: partyOfPerson(state.coordinator),
      ladder: shortLadder,
      facts: {
        kind: lifecycle.kind,
        leaver: partyOfPerson(who),
        leaverId: who,
        leavesOn: on,
        roles,
        contactOf,
        superiorOf,
        first: held[0]?.by === nameSuccessor ? 'named' : (roles[0] ?? 'directory'),
      },
    };
  });

const dueOf = (since: CivilDate, on: CivilDate): DueRule =>
  daysBetween(since, on) > 14 ? { on: minus(on, 'P1D'), roll: 'back' } : { on: since, workingDays: 10 };

export function successionInWords(event: SuccessionEvent): string {
  const { person: who } = event;
  switch (event.type) {
    case 'personLeft':
      return `${who} leaves the service on ${event.on}.`;
    case 'personStays':
      return `${who} does not leave the service after all.`;
    case 'roleLeftVacant':
      return `Nobody follows ${who} here.`;
    case 'successorNamed':
      return `${event.successor} follows ${who} here as ${event.roles.map(spaced).join(', ')}.`;
    default: {
      const contacts = event.contactOf.map((id) => `contact of agency/${id}`);
      const superiors = event.superiorOf.map((id) => `superior of person/${id}`);
      return `Others follow ${who} in the directory: ${[...contacts, ...superiors].join(', ')}.`;
    }
  }
}
