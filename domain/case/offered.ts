import { type CalendarEntry, isOfPeople, type Lifecycle } from '../lifecycle.ts';
import { answersTo, type AnswerWay } from './answers.ts';
import { commandsOf, isOffered, isTakenWhenOver } from './command.ts';
import { waysToAnswer } from './invitation-commands.ts';
import { invitationName, invitationsIn, type Invited } from './invitations.ts';
import { type Actor, type AskedCommand, refuseOthers } from './permission.ts';
import { type CaseState, type OpenDeadline, plannedDeadlines } from './state.ts';

/** What somebody can do; `about` names the deadline or the invitation that it answers, and is empty for what they may do besides. */
export interface Offer extends AnswerWay {
  readonly about: string;
}

/** What somebody can do in a case as it stands, as far as that can be said without the fields of it. */
export function offersTo(lifecycle: Lifecycle, state: CaseState, actor: Actor): readonly Offer[] {
  const owed = plannedDeadlines(lifecycle, state).filter(
    ({ owedBy }) => owedBy !== undefined && isTheirs(actor, owedBy),
  );
  const answers = owed.flatMap((deadline) =>
    answersOffered(lifecycle, state, deadline, actor).map((way) => ({ ...way, about: deadline.name })),
  );
  const replies = invitationsIn(lifecycle, state).flatMap(({ entry, invited }) =>
    invited
      .filter(({ who }) => actor.rights.has(who))
      .flatMap((each) =>
        repliesOffered(lifecycle, state, { entry, invited: each }, actor).map((way) => ({
          ...way,
          about: invitationName(entry, each.who),
        })),
      ),
  );
  const settled = answers.filter((each) => Object.keys(each.settled).length === 0);
  const isThere = (name: string): boolean => settled.some(({ command }) => command === name);
  const others = Object.entries(commandsOf(lifecycle))
    .filter(([name, definition]) => !isThere(name) && isOfferedTo(lifecycle, state, { name, definition }, actor))
    .map(([command, definition]) => ({ command, definition, settled: {}, about: '', asksAll: true }));
  return [...answers, ...replies, ...others];
}

/** How somebody can answer one thing that is owed. */
export const answersOffered = (
  lifecycle: Lifecycle,
  state: CaseState,
  deadline: OpenDeadline,
  actor: Actor,
): readonly AnswerWay[] => allowed(lifecycle, state, answersTo(lifecycle, state, deadline, actor.person), actor);

/** How somebody can answer an invitation. */
export const repliesOffered = (
  lifecycle: Lifecycle,
  state: CaseState,
  { entry, invited }: { readonly entry: CalendarEntry; readonly invited: Invited },
  actor: Actor,
): readonly AnswerWay[] =>
  allowed(
    lifecycle,
    state,
    waysToAnswer(lifecycle, entry.name, invited.who).filter(({ command: name, definition }) =>
      isOffered(lifecycle, state, { name, definition, by: actor.person }),
    ),
    actor,
  );

const allowed = (
  lifecycle: Lifecycle,
  state: CaseState,
  ways: readonly AnswerWay[],
  actor: Actor,
): readonly AnswerWay[] =>
  ways.filter(({ command, definition, settled }) =>
    isAllowed(lifecycle, state, { name: command, definition, input: settled }, actor),
  );

/** Whether a command is worth offering to somebody: the case takes it, and it is theirs. */
export function isOfferedTo(
  lifecycle: Lifecycle,
  state: CaseState,
  { name, definition }: AskedCommand,
  actor: Actor,
): boolean {
  const isTaken =
    isOffered(lifecycle, state, { name, definition, by: actor.person }) ||
    // Lists do not offer to mend what is over; whoever has opened the case may want to.
    (state.closedAt !== undefined && isOfPeople(definition) && isTakenWhenOver(lifecycle, state, name));
  return isTaken && isAllowed(lifecycle, state, { name, definition }, actor);
}

const isAllowed = (lifecycle: Lifecycle, state: CaseState, asked: AskedCommand, actor: Actor): boolean =>
  refuseOthers(lifecycle, state, asked, actor) === undefined;

const isTheirs = ({ rights, above }: Actor, party: string): boolean => rights.has(party) || above.has(party);
