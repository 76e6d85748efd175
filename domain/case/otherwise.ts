import { type CivilDate, type Instant, later } from '../dates.ts';
import { partyOfPerson } from '../fields.ts';
import type { Facts, Lifecycle } from '../lifecycle.ts';
import { passingOf } from './due.ts';
import { evolveOwed } from './evolve.ts';
import { recipientsAt } from './recipients.ts';
import { sentenceOf } from './sentence.ts';
import { withPassed } from './standings.ts';
import { type CaseEvent, type CaseState, type OpenDeadline, openRungs, plannedDeadlines } from './state.ts';
import { whatOf } from '../ladder.ts';

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
export function otherwiseIn(lifecycle: Lifecycle, state: CaseState): (name: string) => Otherwise | undefined {
  const days = [dayBefore(lifecycle, state)];
  return (name) => {
    const deadline = days[0]?.planned.find((each) => each.name === name);
    if (!deadline) return undefined;
    const told = toldAbove(lifecycle, state, deadline);
    const { byItself, goneAt } = passed(lifecycle, days, deadline, told.at(-1)?.at ?? '');
    return {
      above: goneAt === undefined ? told : told.filter(({ at }) => at < goneAt),
      ...(byItself ? { byItself } : {}),
    };
  };
}

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
  const ahead = planned.filter(({ name, standing }) => !standing.passedAt && lifecycle.whenPassed?.[whatOf(name)]);
  return { state, planned, ahead, next: soonest(ahead) };
}

function soonest(ahead: readonly OpenDeadline[]): OpenDeadline | undefined {
  let first: OpenDeadline | undefined;
  for (const each of ahead) if (!first || each.standing.plan.passesAt < first.standing.plan.passesAt) first = each;
  return first;
}

/** The same once a day has passed, with what the case has done. */
interface PassedDay extends Day {
  readonly at: Instant;
  readonly event: CaseEvent | undefined;
}

function dayAfter(lifecycle: Lifecycle, { state, planned, ahead }: Day, next: OpenDeadline): PassedDay {
  const at = later(next.standing.plan.passesAt, state.lastAt);
  const [, ...follows] = passingOf(lifecycle, state, next.name, at);
  const late = { ...withPassed(state, next.name, at), lastAt: at };
  const [event] = follows;
  if (event)
    return {
      ...dayBefore(
        lifecycle,
        follows.reduce((before, each) => evolveOwed(lifecycle, before, each), late),
      ),
      at,
      event,
    };
  const left = ahead.filter((each) => each !== next);
  return { state: late, planned, ahead: left, next: soonest(left), at, event };
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
 */
function passed(lifecycle: Lifecycle, days: (Day | PassedDay)[], deadline: OpenDeadline, until: Instant): Passed {
  let gone: Passed = {};
  for (let index = 0; ; index += 1) {
    const day = days[index];
    if (!day?.next) return gone;
    const { next, ahead } = day;
    let last = until;
    for (const { name, standing } of ahead)
      if (isForetold(lifecycle, name, deadline.name)) last = later(last, standing.plan.passesAt);
    if (next.standing.plan.passesAt > last) return gone;
    const then = (days[index + 1] ?? dayAfter(lifecycle, day, next)) as PassedDay;
    days[index + 1] = then;
    const { at, event } = then;
    const isGoneNow = gone.goneAt === undefined && !isOwed(then, deadline);
    if (isGoneNow) gone = { goneAt: at };
    if (event && isForetold(lifecycle, next.name, deadline.name)) {
      const says = sentenceOf(lifecycle, then.state, event);
      const facts = thenFacts(lifecycle, then.state, next.name);
      return { byItself: { event: event.type, on: next.standing.plan.due, at, says, facts }, ...gone };
    }
    // Once its own day is over nobody can do it any more, and what that leads to is still to come: the end of a term.
    if (isGoneNow && next.name !== deadline.name) return gone;
  }
}

/** Whether whoever owes `owed` is told what happens when the day of `passing` is over; of their own day alone, not of those of others who owe the same. */
function isForetold({ whenPassed }: Lifecycle, passing: string, owed: string): boolean {
  const [what, whose] = [whatOf(passing), whatOf(owed)];
  const to = whenPassed?.[what]?.foretold?.to ?? [];
  return to.includes(whose) && (what !== whose || passing === owed);
}

const isOwed = ({ planned }: Day, { name, standing }: OpenDeadline): boolean =>
  planned.some((each) => each.name === name && each.standing.plan.version === standing.plan.version);

function thenFacts(lifecycle: Lifecycle, state: CaseState, passing: string): Facts {
  const names = lifecycle.whenPassed?.[whatOf(passing)]?.foretold?.facts ?? [];
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
