import { type CivilDate, type Instant, later } from '../dates.ts';
import { partyOfPerson } from '../fields.ts';
import type { Facts, Lifecycle } from '../lifecycle.ts';
import { passingOf } from './due.ts';
import { evolveOwed, subjectAfter } from './evolve.ts';
import { lately } from './once.ts';
import { recipientsAt } from './recipients.ts';
import { sentenceOf } from './sentence.ts';
import { withPassed } from './standings.ts';
import {
  type CaseEvent,
  type CaseState,
  deadlinesOf,
  isAlike,
  isBasisOf,
  type OpenDeadline,
  openRungs,
  plannedDeadlines,
} from './state.ts';
import type { Deadline } from '../ladder.ts';

/** Who hears of it above whoever owes something, by what they are: names are not told by this. */
export const above = ['superior', 'coordinator', 'coChairs'] as const;
export type Above = (typeof above)[number];

/** What happens by itself if nobody does what is owed, as far as instants on record say it. */
export interface Otherwise {
  /** Who is written to above whoever owes it and has not been yet, and when first; the soonest first. */
  readonly above: readonly { readonly who: Above; readonly at: Instant }[];
  /** What the case then does. */
  readonly byItself?: ByItself;
}

export interface ByItself {
  /** The type of the event. */
  readonly event: string;
  /** The day that is over then, by the zone of its deadline. */
  readonly on: CivilDate;
  readonly at: Instant;
  /** As the record will say it. */
  readonly says: string;
  /** What letters may name of the case as it stands then: `thenTermEnds`. */
  readonly facts: Facts;
}

/** Undefined when it is not owed, or rests. */
export const otherwiseOf = (lifecycle: Lifecycle, state: CaseState, name: string): Otherwise | undefined =>
  otherwiseIn(lifecycle, state)(name);

/** The same of each thing that a case waits for: its days pass once for all of them, as far as one of them asks. */
export const otherwiseIn = lately(
  (lifecycle: Lifecycle, state: CaseState): ((name: string) => Otherwise | undefined) => {
    const first = dayBefore(lifecycle, state);
    const days: Passing[] = [];
    return (name) => {
      const deadline = first.planned.find((each) => each.name === name);
      if (!deadline) return undefined;
      const told = toldAbove(lifecycle, state, deadline);
      const { byItself, goneAt } = passed(lifecycle, first, days, deadline, told.at(-1)?.at ?? '');
      return {
        above: goneAt === undefined ? told : told.filter(({ at }) => at < goneAt),
        ...(byItself ? { byItself } : {}),
      };
    };
  },
);

/** Of several rungs that have come by the same time only the last is sent. */
function toldAbove(lifecycle: Lifecycle, state: CaseState, deadline: OpenDeadline): Otherwise['above'] {
  const { owedBy, standing } = deadline;
  const told: { readonly who: Above; readonly at: Instant }[] = [];
  const rungs = openRungs(deadline);
  for (const [index, { at: planned, to }] of rungs.entries()) {
    const at = later(planned, state.lastAt);
    const next = rungs[index + 1];
    if (next && later(next.at, state.lastAt) === at) continue;
    for (const level of to) {
      if (level === 'owner' || (standing.sent?.[level] ?? 0) > 0) continue;
      const recipients = recipientsAt(lifecycle, state, deadline, level).filter((each) => each !== owedBy);
      const who = recipients[0] === partyOfPerson(state.coordinator) && recipients.length === 1 ? 'coordinator' : level;
      if (recipients.length > 0 && !told.some((each) => each.who === who)) told.push({ who, at });
    }
  }
  return told;
}

/** How the case stands before its next day passes on which it does something, and which that is. */
interface Day {
  readonly state: CaseState;
  readonly planned: readonly OpenDeadline[];
  /** Those on whose days it does something, and have not passed. */
  readonly ahead: readonly OpenDeadline[];
  /** The first of them. */
  readonly next: OpenDeadline | undefined;
}

function dayBefore(lifecycle: Lifecycle, state: CaseState): Day {
  const planned = plannedDeadlines(lifecycle, state);
  const ahead = planned.filter(({ what, standing }) => !standing.passedAt && lifecycle.whenPassed?.[what]);
  return { state, planned, ahead, next: soonest(ahead) };
}

function soonest(ahead: readonly OpenDeadline[]): OpenDeadline | undefined {
  let first: OpenDeadline | undefined;
  for (const each of ahead) if (!first || each.standing.plan.passesAt < first.standing.plan.passesAt) first = each;
  return first;
}

/** A day that has passed, with what the case has done. What it owes then is worked out when it is asked for: that takes longest. */
interface Passing {
  readonly at: Instant;
  readonly event: CaseEvent | undefined;
  /** As far as sentences, facts and rules tell of it. */
  readonly told: CaseState;
  readonly isOwed: (deadline: OpenDeadline) => boolean;
  readonly after: () => Day;
}

function passing(lifecycle: Lifecycle, day: Day, next: OpenDeadline): Passing {
  const { state } = day;
  const at = later(next.standing.plan.passesAt, state.lastAt);
  const [, ...follows] = passingOf(lifecycle, state, next, at);
  const subject = follows.reduce((known, event) => subjectAfter(lifecycle, known, event), state.subject);
  let known: Day | undefined;
  const after = () => (known ??= dayAfter(lifecycle, day, { next, at, follows }));
  const told = { ...state, subject };
  // Where one thing alone follows, and nobody waits for what ends by itself, the rules say it of the case without its standings.
  const isPlain = follows.length === 1 && !state.successions && !state.extensionsAsked;
  const isOwed = (deadline: OpenDeadline): boolean =>
    isPlain ? isStillGiven(lifecycle, told, deadline) : isAmong(after().planned, deadline);
  return { at, event: follows[0], told, isOwed, after };
}

function isStillGiven(lifecycle: Lifecycle, then: CaseState, deadline: OpenDeadline): boolean {
  const given = deadlinesOf(lifecycle, then).find(({ name }) => name === deadline.name);
  return given !== undefined && (isAlike(given, deadline) || isBasisOf(given, deadline.standing.plan.basis));
}

type WhatPasses = { readonly next: OpenDeadline; readonly at: Instant; readonly follows: readonly CaseEvent[] };

function dayAfter(lifecycle: Lifecycle, { state, planned, ahead }: Day, { next, at, follows }: WhatPasses): Day {
  const late: CaseState = { ...withPassed(state, next.name, at), lastAt: at };
  if (follows.length > 0)
    return dayBefore(
      lifecycle,
      follows.reduce((before, event) => evolveOwed(lifecycle, before, event), late),
    );
  const left = ahead.filter((each) => each !== next);
  return { state: late, planned, ahead: left, next: soonest(left) };
}

interface Passed {
  readonly byItself?: ByItself;
  /** Since when it is owed no more, because of what the case has done. */
  readonly goneAt?: Instant;
}

/**
 * Lets days pass on which the case does something, one by one, until what they mean for a deadline is known. Nothing is
 * planned anew: what is, is not on record.
 *
 * @param days those that have passed for others, which those that pass for this one join
 * @param until what it would be owed later for does not matter
 */
function passed(lifecycle: Lifecycle, first: Day, days: Passing[], deadline: OpenDeadline, until: Instant): Passed {
  let gone: Passed = {};
  let day = first;
  for (let index = 0; ; index += 1) {
    const { next, ahead } = day;
    if (!next) return gone;
    let last = until;
    for (const each of ahead)
      if (isForetold(lifecycle, each, deadline)) last = later(last, each.standing.plan.passesAt);
    if (next.standing.plan.passesAt > last) return gone;
    const then = (days[index] ??= passing(lifecycle, day, next));
    const { at, event, told } = then;
    const isAnswer = event && isForetold(lifecycle, next, deadline);
    // Whether it is still owed then is not asked where nobody would hear of it later.
    const isGoneNow = gone.goneAt === undefined && (!isAnswer || at <= until) && !then.isOwed(deadline);
    if (isGoneNow) gone = { goneAt: at };
    if (isAnswer) {
      const says = sentenceOf(lifecycle, told, event);
      const facts = thenFacts(lifecycle, told, next);
      return { byItself: { event: event.type, on: next.standing.plan.due, at, says, facts }, ...gone };
    }
    // Once its own day is over nobody can do it any more, and what that leads to is still to come: the end of a term.
    if (isGoneNow && next.name !== deadline.name) return gone;
    day = then.after();
  }
}

/** Whether whoever owes `owed` is told what happens when the day of `passing` is over; of their own day alone, not of those of others who owe the same. */
function isForetold({ whenPassed }: Lifecycle, passing: Deadline, owed: Deadline): boolean {
  const to = whenPassed?.[passing.what]?.foretold?.to ?? [];
  return to.includes(owed.what) && (passing.what !== owed.what || passing.name === owed.name);
}

const isAmong = (planned: readonly OpenDeadline[], { name, standing }: OpenDeadline): boolean =>
  planned.some((each) => each.name === name && each.standing.plan.version === standing.plan.version);

function thenFacts(lifecycle: Lifecycle, state: CaseState, { what }: Deadline): Facts {
  const names = lifecycle.whenPassed?.[what]?.foretold?.facts ?? [];
  if (names.length === 0) return {};
  const facts = lifecycle.facts(state.subject, state);
  return Object.fromEntries(
    names.flatMap((name) => (facts[name] === undefined ? [] : [[thenName(name), facts[name]] as const])),
  );
}

const thenName = (fact: string): string => `then${fact.charAt(0).toUpperCase()}${fact.slice(1)}`;

/**
 * What a letter says of it, as facts: an instant for each above who will be written to, `superiorAt`; the event's type
 * as `byItself`, and the day as `byItselfOn`. Roles, no names.
 */
export function otherwiseFacts({ above: told, byItself }: Otherwise): Facts {
  return {
    ...Object.fromEntries(told.map(({ who, at }) => [`${who}At`, at])),
    ...(byItself ? { byItself: byItself.event, byItselfOn: byItself.on, ...byItself.facts } : {}),
  };
}

/** The deadlines that somebody owes, the soonest first. */
export const owedBy = (lifecycle: Lifecycle, state: CaseState, party: string): readonly OpenDeadline[] =>
  plannedDeadlines(lifecycle, state)
    .filter((deadline) => deadline.owedBy === party)
    .toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));

const placeOf = ({ name, standing }: OpenDeadline): string => `${standing.plan.passesAt} ${name}`;
