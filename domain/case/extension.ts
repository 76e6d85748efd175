import { z } from 'zod';
import { deadlineName, deadlineNamed, type DeadlineName, namedBy } from '../deadline-name.ts';
import { type CivilDate, dayOf, daysBetween } from '../dates.ts';
import { date, line, partyOfPerson } from '../fields.ts';
import { type Deadline, type Plan, shortLadder } from '../ladder.ts';
import type { Facts, Lifecycle, Stamp } from '../lifecycle.ts';
import { owedAmong } from './label.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { seeingTheCase } from './seeing-the-case.ts';
import type { CaseState } from './state.ts';

/** A later due date that whoever owes something asks for: the coordinator owes an answer, and the date stands until then. */
export interface ExtensionAsked {
  readonly by: string;
  /** In whose place. */
  readonly onBehalfOf?: string;
  readonly to: CivilDate;
  /** The due date instead of which it is asked for. */
  readonly due: CivilDate;
  /** The day on which it was first asked for. */
  readonly since: CivilDate;
  readonly why?: string;
}

/** By the names of the due dates. */
export type ExtensionsAsked = Readonly<Record<string, ExtensionAsked>>;

export type ExtensionEvent =
  | { readonly type: 'extensionAsked'; readonly deadline: string; readonly to: CivilDate }
  /** `deadlineMoved` follows. */
  | { readonly type: 'extensionGranted'; readonly deadline: string; readonly to: CivilDate }
  | { readonly type: 'extensionRefused'; readonly deadline: string };

const types: readonly string[] = ['extensionAsked', 'extensionGranted', 'extensionRefused'];

export const isOfExtension = <E extends { readonly type: string }>(event: E): event is Extract<E, ExtensionEvent> =>
  types.includes(event.type);

const deadline = line.describe('which due date, as `next` names it');
const isAsked = ({ extensionsAsked }: CaseState): boolean => Object.keys(extensionsAsked ?? {}).length > 0;

export const extensionCommands = {
  askExtension: seeingTheCase({
    says: 'Ask for a later due date; it stays as it is until the coordinator grants it',
    by: ['owing'],
    from: [],
    reason: 'required',
    tells: 'reason',
    offered: (state) => Object.keys(state.deadlines).some((name) => owedByOthers(state, name)),
    secondTo: ({ coordinator }) => ({ people: [coordinator], did: 'coordinates the case and would ask themselves' }),
    input: z.strictObject({ deadline, to: date.describe('the due date that is asked for') }),
    decide: ({ deadline: name, to }, state, { today }) =>
      refuseUnaskable(state, name) ??
      refuseDay(state, name, to, today) ??
      (state.extensionsAsked?.[name]?.to === to
        ? refuse('AlreadyDone', `${to} has been asked for already; the coordinator has not answered yet.`)
        : [{ type: 'extensionAsked', deadline: name, to }]),
  }),
  grantExtension: seeingTheCase({
    says: 'Grant the later due date that was asked for, or another one; reminders follow it',
    by: ['owing', 'coordinator', 'colleague'],
    from: [],
    offered: isAsked,
    input: z.strictObject({
      deadline,
      to: date.optional().describe('the new due date, if it is another than the one asked for'),
    }),
    secondTo: askers,
    decide: ({ deadline: name, to }, state, { today }) => {
      const asked = state.extensionsAsked?.[name];
      if (!asked) return refuseUnasked(state, name);
      const day = to ?? asked.to;
      return (
        refuseDay(state, name, day, today) ?? [
          { type: 'extensionGranted', deadline: name, to: day },
          { type: 'deadlineMoved', deadline: name, to: day },
        ]
      );
    },
  }),
  refuseExtension: seeingTheCase({
    says: 'Refuse the later due date that was asked for: it stays as it is',
    by: ['owing', 'coordinator', 'colleague'],
    from: [],
    reason: 'required',
    tells: 'reason',
    offered: isAsked,
    input: z.strictObject({ deadline }),
    secondTo: askers,
    decide: ({ deadline: name }, state) =>
      state.extensionsAsked?.[name] ? [{ type: 'extensionRefused', deadline: name }] : refuseUnasked(state, name),
  }),
} as const;

const extension = 'extension';

/** What the coordinator owes is theirs to move, and so is what belongs to no plan of the case. */
function owedByOthers({ deadlines, coordinator }: CaseState, name: string): boolean {
  const standing = deadlines[name];
  if (!standing?.open || isForExtension(deadlineNamed(name))) return false;
  const owedBy = owedByOf(standing.plan);
  return owedBy !== '' && owedBy !== partyOfPerson(coordinator);
}

const owedByOf = ({ basis }: Plan): string => String((JSON.parse(basis) as unknown[])[3]);

function refuseUnaskable(state: CaseState, name: string): Refusal | undefined {
  if (owedByOthers(state, name)) return undefined;
  const known = Object.keys(state.deadlines).filter((each) => owedByOthers(state, each));
  return refuse(
    'UnknownDeadline',
    `${state.id} has no open due date "${name}" that somebody else than its coordinator owes; it has ${known.join(', ') || 'none'}.`,
  );
}

function refuseDay({ deadlines }: CaseState, name: string, to: CivilDate, today: CivilDate): Refusal | undefined {
  const due = deadlines[name]?.plan.due ?? '';
  if (to <= due)
    return refuse('DateOutOfOrder', `to: ${to} is not after ${due}, on which it is due; there is nothing to ask for.`);
  if (to < today) return refuse('DateOutOfOrder', `to: ${to} lies in the past: it is ${today}.`);
  return daysBetween(today, to) > 7306 ? refuse('DateTooFar', `to: ${to} is more than 20 years ahead.`) : undefined;
}

function refuseUnasked({ id, extensionsAsked = {} }: CaseState, name: string): Refusal {
  const known = Object.keys(extensionsAsked).join(', ') || 'none';
  return refuse('UnknownDeadline', `${id} was asked for no later date for "${name}"; it was asked for ${known}.`);
}

/** Whoever asked for this one; where it is not said which, whoever alone has asked. */
function askers({ extensionsAsked = {} }: CaseState, { deadline: name }: { readonly deadline?: string }) {
  const asked = name === undefined ? Object.values(extensionsAsked) : [extensionsAsked[name]].filter((each) => each);
  const [one, ...others] = new Set(asked.map((each) => each?.by));
  const people = [one, ...asked.map((each) => each?.onBehalfOf)].filter((each) => each !== undefined);
  return one === undefined || others.length > 0 ? undefined : { people, did: 'has asked for it' };
}

/** The case as it waits for an answer after such an event. */
export function withExtension(state: CaseState, event: ExtensionEvent & Stamp): CaseState {
  const { [event.deadline]: before, ...others } = state.extensionsAsked ?? {};
  if (event.type !== 'extensionAsked') return keeping(state, others);
  const { by, to, at, told, onBehalfOf } = event;
  const due = state.deadlines[event.deadline]?.plan.due ?? to;
  const asked = { by, to, due, since: before?.since ?? dayOf(at), ...(told ? { why: told } : {}) };
  const inPlaceOf = onBehalfOf ? { onBehalfOf } : {};
  return keeping(state, { ...others, [event.deadline]: { ...asked, ...inPlaceOf } });
}

function keeping({ extensionsAsked: _, ...state }: CaseState, asked: ExtensionsAsked): CaseState {
  return Object.keys(asked).length > 0 ? { ...state, extensionsAsked: asked } : state;
}

/** What is no longer owed, or has a later date by now, needs no answer. */
export function withoutIdleAsks(lifecycle: Lifecycle, state: CaseState): CaseState {
  if (!state.extensionsAsked) return state;
  const owed = new Set(lifecycle.deadlines(state.subject, state).map(({ name }) => name));
  const all = Object.entries(state.extensionsAsked);
  const left = all.filter(([name, { due }]) => owed.has(name) && (state.deadlines[name]?.plan.due ?? '') <= due);
  return left.length === all.length ? state : keeping(state, Object.fromEntries(left));
}

const nameFor = (name: string): string => deadlineName({ what: extension, item: name });

export const isForExtension = ({ what }: DeadlineName): boolean => what === extension;

/** The coordinator answers within five working days. */
export const extensionDeadlines = (
  { extensionsAsked, coordinator, kind }: CaseState,
  rules: readonly Deadline[],
): readonly Deadline[] =>
  Object.entries(extensionsAsked ?? {}).map(([name, asked]) => ({
    ...namedBy({ what: extension, item: name }),
    says: `an answer to ${asked.by}, who asks for ${asked.to} in place of ${asked.due}: ${owedAmong(rules, name)}`,
    since: asked.since,
    due: { on: asked.since, workingDays: 5 },
    owedBy: partyOfPerson(coordinator),
    ladder: shortLadder,
    facts: { kind, ...factsOfAsked(name, asked) },
  }));

/** What letters and pages say of it. */
export const factsOfAsked = (name: string, { by, to, due, why }: ExtensionAsked): Facts => ({
  deadline: name,
  askedBy: partyOfPerson(by),
  askedFor: to,
  insteadOf: due,
  why,
});

export const answerTo = nameFor;

/** @param owed what the date is of */
export function extensionInWords(event: ExtensionEvent & Stamp, owed: string): string {
  switch (event.type) {
    case 'extensionAsked':
      return `${event.by} asks for a later due date, ${event.to}: ${owed}.`;
    case 'extensionGranted':
      return `A later due date is granted, ${event.to}: ${owed}.`;
    default:
      return `The due date stays as it is: ${owed}.`;
  }
}
