import type { Names } from '../database/names.ts';
import type { AnswerLinkRow } from '../database/schema.ts';
import { hasLeft, type Person } from '../database/surroundings.ts';
import type { AnswerWay } from '../domain/case/answers.ts';
import { nextDue } from '../domain/case/due.ts';
import { type Ending, endingOf, stillOwed } from '../domain/case/ended.ts';
import { invitationNamed, isOfInvitation } from '../domain/case/invitations.ts';
import { owedFacts } from '../domain/case/letter.ts';
import { answersOffered, repliesOffered } from '../domain/case/offered.ts';
import type { Actor } from '../domain/case/permission.ts';
import { type CaseEvent, type CaseState, type OpenDeadline, plannedDeadlines } from '../domain/case/state.ts';
import { type CivilDate, dayOf } from '../domain/dates.ts';
import type { Facts, Lifecycle } from '../domain/lifecycle.ts';
import { type HappenedStep, storyOf } from '../domain/story.ts';
import { lifecycleOfCase } from './input.ts';

/** Of several things that are owed, the one that it answers; of none, when a case takes it anyhow. */
export type OfferedWay = AnswerWay & { readonly about?: string };

/** The address of an answer page, opened: for whom it is, what it is about, and what can be done there now. */
export interface OpenedLink {
  readonly hash: string;
  readonly caseId: string;
  readonly person: Person;
  /** Where the letter with it went. */
  readonly address: string;
  /** As what its person was written to: who owes it, a superior …; null where the letter was no reminder. */
  readonly level: string | null;
  readonly lifecycle: Lifecycle;
  readonly state: CaseState;
  readonly events: readonly CaseEvent[];
  /** The same events, each with what is said of it to readers of any language. */
  readonly story: readonly HappenedStep[];
  /** What is owed; absent when that is over. */
  readonly deadline?: OpenDeadline;
  /** To what somebody is invited; absent when that is over. */
  readonly invitation?: ReturnType<typeof invitationNamed>;
  /** How it can be answered from here, now. */
  readonly ways: readonly OfferedWay[];
  /** Why nothing can be answered from here any more. */
  readonly over?: LinkOver;
  /** What texts about it may name. */
  readonly facts: Facts;
  readonly names: Names;
}

export type LinkOver =
  | {
      readonly why: 'ended';
      readonly ending: Ending | undefined;
      /** It is owed still, by a plan of another day. */
      readonly dueNow?: CivilDate;
    }
  | { readonly why: 'left' }
  | { readonly why: 'revoked'; readonly because: string };

/** What comes next is said by name as well. */
export function nextFacts({ lifecycle, state }: Pick<OpenedLink, 'lifecycle' | 'state'>): Facts {
  const next = nextDue(lifecycle, state);
  const facts = next ? Object.entries(owedFacts(lifecycle, state, next.deadline)) : [];
  return Object.fromEntries(facts.map(([name, fact]) => [`next ${name}`, fact]));
}

/** What can be done by a link, and what it is about, as its case stands. */
export function openedLink(
  link: AnswerLinkRow,
  person: Person,
  { state, events, actor }: Pick<OpenedLink, 'state' | 'events'> & { readonly actor: Actor },
): Omit<OpenedLink, 'names'> {
  const lifecycle = lifecycleOfCase(link.case_id);
  const { hash, case_id: caseId, address, level } = link;
  const deadline = stillOwed(lifecycle, state, link);
  const invitation = aheadIn(lifecycle, state, link);
  const over = whyOver(link, person) ?? (deadline || invitation ? undefined : ended(lifecycle, state, events, link));
  const facts = deadline
    ? owedFacts(lifecycle, state, deadline)
    : { title: state.title, invitee: invitation?.invited.who, substitute: invitation?.invited.reply?.substitute };
  const coordinator = `person/${state.coordinator}`;
  const known = {
    hash,
    caseId,
    person,
    address,
    level,
    lifecycle,
    state,
    events,
    story: storyOf(lifecycle, events),
    ways: over ? [] : waysFrom(link, { lifecycle, state, actor, deadline, invitation }),
    facts: { ...facts, coordinator },
  };
  return {
    ...known,
    ...(deadline ? { deadline } : {}),
    ...(invitation ? { invitation } : {}),
    ...(over ? { over } : {}),
  };
}

/** An invitation that is still to come. */
function aheadIn(lifecycle: Lifecycle, state: CaseState, { deadline }: AnswerLinkRow): OpenedLink['invitation'] {
  const found = isOfInvitation(deadline) ? invitationNamed(lifecycle, state, deadline) : undefined;
  return found && found.entry.to >= dayOf(new Date().toISOString()) ? found : undefined;
}

type Opened = Pick<OpenedLink, 'lifecycle' | 'state'> & {
  readonly actor: Actor;
  readonly deadline: OpenDeadline | undefined;
  readonly invitation: OpenedLink['invitation'];
};

function waysFrom({ level }: AnswerLinkRow, { lifecycle, state, actor, deadline, invitation }: Opened) {
  // Co-chairs hear of it and are not asked.
  if (deadline) return level === 'coChairs' ? [] : answersOffered(lifecycle, state, deadline, actor);
  return invitation ? repliesOffered(lifecycle, state, invitation, actor) : [];
}

function whyOver({ revoked_at, revoked_because }: AnswerLinkRow, person: Person): LinkOver | undefined {
  if (revoked_at) return { why: 'revoked', because: revoked_because ?? '' };
  return hasLeft(person, new Date().toISOString()) ? { why: 'left' } : undefined;
}

function ended(lifecycle: Lifecycle, state: CaseState, events: readonly CaseEvent[], link: AnswerLinkRow): LinkOver {
  const now = plannedDeadlines(lifecycle, state).find(({ name }) => name === link.deadline);
  const dueNow = now ? { dueNow: now.standing.plan.due } : {};
  return { why: 'ended', ending: endingOf(lifecycle, events, link), ...dueNow };
}
