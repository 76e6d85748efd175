import { type CivilDate, type Instant, later } from '../dates.ts';
import { partyOfPerson } from '../fields.ts';
import type { Facts, Lifecycle } from '../lifecycle.ts';
import { passingOf } from './due.ts';
import { fold } from './evolve.ts';
import { recipientsAt } from './recipients.ts';
import { sentenceOf } from './sentence.ts';
import { type CaseState, type OpenDeadline, openRungs, plannedDeadlines } from './state.ts';
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
export function otherwiseOf(lifecycle: Lifecycle, state: CaseState, name: string): Otherwise | undefined {
  const deadline = plannedDeadlines(lifecycle, state).find((each) => each.name === name);
  if (!deadline) return undefined;
  const told = toldAbove(lifecycle, state, deadline);
  const { byItself, goneAt } = passed(lifecycle, state, deadline, told.at(-1)?.at ?? '');
  return {
    above: told.filter(({ at }) => goneAt === undefined || at < goneAt),
    ...(byItself ? { byItself } : {}),
  };
}

function toldAbove(lifecycle: Lifecycle, state: CaseState, deadline: OpenDeadline): Otherwise['above'] {
  const { owedBy, standing } = deadline;
  const first = new Map<Above, Instant>();
  for (const { at, to } of rungsAhead(deadline, state.lastAt))
    for (const level of to) {
      if (level === 'owner' || (standing.sent?.[level] ?? 0) > 0) continue;
      const recipients = recipientsAt(lifecycle, state, deadline, level).filter((each) => each !== owedBy);
      const who = recipients[0] === partyOfPerson(state.coordinator) && recipients.length === 1 ? 'coordinator' : level;
      if (recipients.length > 0 && !first.has(who)) first.set(who, at);
    }
  return [...first].map(([who, at]) => ({ who, at }));
}

/** Of several rungs that have come by the same time only the last is sent. */
const rungsAhead = (deadline: OpenDeadline, now: Instant) =>
  openRungs(deadline)
    .map((rung) => ({ ...rung, at: later(rung.at, now) }))
    .filter(({ at }, index, all) => all[index + 1]?.at !== at);

interface Passed {
  readonly byItself?: ByItself;
  /** Since when it is owed no more, because of what the case has done. */
  readonly goneAt?: Instant;
}

/** Lets days pass on which the case does something, one by one, until what they mean for a deadline is known. Nothing is planned anew: what is, is not on record. */
function passed(lifecycle: Lifecycle, state: CaseState, deadline: OpenDeadline, until: Instant): Passed {
  let known = state;
  for (;;) {
    const ahead = plannedDeadlines(lifecycle, known).filter(
      ({ name, standing }) => !standing.passedAt && lifecycle.whenPassed?.[whatOf(name)],
    );
    const last = ahead
      .filter(({ name }) => isForetold(lifecycle, name, deadline.name))
      .reduce((latest, { standing }) => later(latest, standing.plan.passesAt), until);
    const next = ahead.reduce<OpenDeadline | undefined>(
      (soonest, each) => (soonest && soonest.standing.plan.passesAt <= each.standing.plan.passesAt ? soonest : each),
      undefined,
    );
    if (!next || next.standing.plan.passesAt > last) return {};
    const at = later(next.standing.plan.passesAt, known.lastAt);
    const events = passingOf(lifecycle, known, next.name, at);
    known = fold(lifecycle, events, known);
    const goneAt = isOwed(lifecycle, known, deadline) ? {} : { goneAt: at };
    const [, event] = events;
    if (event && isForetold(lifecycle, next.name, deadline.name)) {
      const says = sentenceOf(lifecycle, known, event);
      const facts = thenFacts(lifecycle, known, next.name);
      return { byItself: { event: event.type, on: next.standing.plan.due, at, says, facts }, ...goneAt };
    }
    if ('goneAt' in goneAt) return goneAt;
  }
}

/** Whether whoever owes `owed` is told what happens when the day of `passing` is over; of their own day alone, not of those of others who owe the same. */
function isForetold({ whenPassed }: Lifecycle, passing: string, owed: string): boolean {
  const [what, whose] = [whatOf(passing), whatOf(owed)];
  const to = whenPassed?.[what]?.foretold?.to ?? [];
  return to.includes(whose) && (what !== whose || passing === owed);
}

const isOwed = (lifecycle: Lifecycle, state: CaseState, { name, standing }: OpenDeadline): boolean =>
  plannedDeadlines(lifecycle, state).some(
    (each) => each.name === name && each.standing.plan.version === standing.plan.version,
  );

function thenFacts(lifecycle: Lifecycle, state: CaseState, passing: string): Facts {
  const names = lifecycle.whenPassed?.[whatOf(passing)]?.foretold?.facts ?? [];
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
