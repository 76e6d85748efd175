import { z } from 'zod';
import { namedBy } from '../deadline-name.ts';
import { type CivilDate, dayOf, daysBetween, type Instant, later } from '../dates.ts';
import { date, type Party, party } from '../fields.ts';
import { type Deadline, noLadder } from '../ladder.ts';
import { type CommandDefinition, type Facts, isEnd, isOfCases, type Lifecycle, type Subject } from '../lifecycle.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { seeingTheCase } from './seeing-the-case.ts';
import type { CaseState, LifecycleEvent } from './state.ts';

/** A time in which nothing is owed, since somebody waits for somebody else. */
export interface Suspension {
  readonly since: Instant;
  readonly until: CivilDate;
  readonly whoWaits: Party;
  readonly forWhom: Party;
  /** The working days that were left of what was owed, by the names of the due dates; below 0 of what was late. */
  readonly left: Readonly<Record<string, number>>;
}

export type SuspensionEvent =
  /** `left` is worked out where it is recorded, by the calendars of those who owe. */
  | ({ readonly type: 'caseSuspended' } & Omit<Suspension, 'since'>)
  /** `due` likewise: the new due days by name. */
  | { readonly type: 'caseResumed'; readonly due: Readonly<Record<string, CivilDate>> };

type Definition = CommandDefinition<Subject, LifecycleEvent>;

/** What can be said of a case that may be suspended at these stages. */
export const suspensionCommands = (stages: readonly string[]): Readonly<Record<'suspend' | 'resume', Definition>> => ({
  suspend: seeingTheCase({
    says: 'Suspend the case while somebody waits for somebody else: nothing is owed or late meanwhile; given again it moves the end',
    by: ['coordinator'],
    from: stages,
    reason: 'required',
    input: z.strictObject({
      until: date.describe('the day by which it is expected to go on; the coordinator is told when it has passed'),
      whoWaits: party.describe('who waits: agency/ID or person/ID'),
      forWhom: party.describe('for whom: agency/ID or person/ID'),
    }),
    decide: ({ until, whoWaits, forWhom }, { suspended }, { today }) =>
      refuseEnd(until, today) ??
      (whoWaits === forWhom
        ? refuse('InvalidInput', `forWhom: ${whoWaits} cannot wait for itself; name whom it waits for.`)
        : (refuseSame({ until, whoWaits, forWhom }, suspended) ?? [
            { type: 'caseSuspended', until, whoWaits, forWhom, left: {} },
          ])),
  }),
  resume: seeingTheCase({
    says: 'Go on with a suspended case: the working days that were left of each due date are left',
    by: ['coordinator'],
    from: stages,
    offered: ({ suspended }) => suspended !== undefined,
    input: z.strictObject({}),
    decide: (_, { id, suspended }) =>
      suspended ? [{ type: 'caseResumed', due: {} }] : refuse('AlreadyDone', `${id} is not suspended.`),
  }),
});

function refuseEnd(until: CivilDate, today: CivilDate): Refusal | undefined {
  if (until <= today) return refuse('DateOutOfOrder', `A suspension ends after today: ${until} is not after ${today}.`);
  return daysBetween(today, until) > 7306 ? refuse('DateTooFar', `${until} is more than 20 years ahead.`) : undefined;
}

const refuseSame = (asked: { until: CivilDate; whoWaits: string; forWhom: string }, now: Suspension | undefined) =>
  now && now.until === asked.until && now.whoWaits === asked.whoWaits && now.forWhom === asked.forWhom
    ? refuse('AlreadyDone', `It is suspended until ${now.until} already.`)
    : undefined;

/** What rests has no day that could be another. */
const movingDays: readonly string[] = ['moveDeadline', 'askExtension', 'grantExtension'];

/** What is taken of a suspended case: what every case takes, what other cases say, and what ends it. */
export function refuseWhileSuspended(
  lifecycle: Lifecycle,
  { id, suspended }: CaseState,
  name: string,
): Refusal | undefined {
  const own = lifecycle.commands[name];
  const isTaken = own
    ? isOfCases(own) || (own.to?.every((stage) => isEnd(lifecycle, stage)) ?? false)
    : !movingDays.includes(name);
  return !suspended || isTaken
    ? undefined
    : refuse('NotReady', `${id} is suspended until ${suspended.until}; go on with \`./entente resume\` first.`);
}

export const suspensionDeadline = 'suspension';

/** All that a suspended case keeps: the day on which it should go on. Nobody owes it. */
export const deadlineOfSuspension = ({ since, until }: Suspension): Deadline => ({
  ...namedBy({ what: suspensionDeadline }),
  says: 'the end of the suspension',
  since: dayOf(since),
  due: { on: until },
  ladder: noLadder,
});

/** Given again it moves the end: what was left when it began stays left. */
export const suspendedBy = (
  before: Suspension | undefined,
  { until, whoWaits, forWhom, left }: Omit<Suspension, 'since'>,
  at: Instant,
): Suspension => ({
  since: before?.since ?? at,
  until,
  whoWaits,
  forWhom,
  left: before?.left ?? left,
});

/** What people see of a suspension, beside what they see of the case. */
export const suspensionFacts = ({ suspended }: CaseState): Facts =>
  suspended
    ? {
        suspendedSince: dayOf(suspended.since),
        suspendedUntil: suspended.until,
        whoWaits: suspended.whoWaits,
        forWhom: suspended.forWhom,
      }
    : {};

export const suspensionInWords = ({ until, whoWaits, forWhom }: Omit<Suspension, 'since' | 'left'>): string =>
  `Suspended until ${until}: ${whoWaits} waits for ${forWhom}.`;

export const resumedInWords = (
  { due }: { readonly due: Readonly<Record<string, CivilDate>> },
  owed: (name: string) => string,
): string => ['It goes on.', ...Object.entries(due).map(([name, day]) => `Due on ${day}: ${owed(name)}.`)].join(' ');

/** The earliest of the days; undefined when there are none. */
export const earliest = (days: readonly CivilDate[]): CivilDate | undefined =>
  days.reduce<CivilDate | undefined>((first, day) => (first && later(first, day) === day ? first : day), undefined);
