import { z } from 'zod';
import { type CivilDate, dayOf } from '../dates.ts';
import { line, type Party, partyOfPerson, party, person } from '../fields.ts';
import type { CommandDefinition, Lifecycle, Subject } from '../lifecycle.ts';
import type { AnswerWay } from './answers.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { type Invitation, invitationsIn, type InvitationEvent, type Invited, type Reply } from './invitations.ts';
import { nameOf } from './label.ts';
import { once } from './once.ts';
import { seeingTheCase } from './seeing-the-case.ts';
import type { CaseState, LifecycleEvent } from './state.ts';

type Definition = CommandDefinition<Subject, LifecycleEvent>;

const asked = {
  entry: line.optional().describe('which entry, as `show` names it; may be left out where there is one'),
  who: party.optional().describe('who was invited: agency/ID or person/ID; whoever acts unless it is said'),
};

/** With what somebody names the entry that they answer to, and for whom. */
type Asked = { readonly [Name in keyof typeof asked]?: string };

/** How those who are invited to a calendar entry answer. The last answer counts. */
export const invitationCommands = once((lifecycle: Lifecycle): Readonly<Record<string, Definition>> => {
  const common = {
    by: ['invited', 'coordinator', 'colleague'],
    from: [],
    tells: 'reason',
    offered: (state: CaseState) => aheadOf(lifecycle, state, dayOf(state.lastAt)).length > 0,
  } as const;
  return {
    willAttend: seeingTheCase({
      ...common,
      says: 'Say that somebody who is invited to a calendar entry comes; the last answer counts',
      input: z.strictObject(asked),
      decide: (input, state, { by, today }) => answered(lookedUp(lifecycle, state, input, by, today), { comes: 'yes' }),
    }),
    willNotAttend: seeingTheCase({
      ...common,
      says: 'Say that somebody who is invited to a calendar entry does not come, nor anybody instead; the coordinator is told',
      input: z.strictObject(asked),
      decide: (input, state, { by, today }) => answered(lookedUp(lifecycle, state, input, by, today), { comes: 'no' }),
    }),
    sendSubstitute: seeingTheCase({
      ...common,
      says: 'Say who comes to a calendar entry instead of somebody who is invited; the coordinator is told, and whoever is in the directory gets the invitation',
      input: z.strictObject({
        ...asked,
        substitute: person.optional().describe('who comes instead: the id of a person in the directory'),
        named: line
          .optional()
          .describe('or their name and office, if they are not in the directory; the invitation is passed on to them'),
      }),
      decide: ({ substitute, named, ...input }, state, { by, today }) => {
        const found = lookedUp(lifecycle, state, input, by, today);
        if (isRefusal(found)) return found;
        if ((substitute === undefined) === (named === undefined))
          return refuse('InvalidInput', 'Say who comes instead: either by their id (substitute), or in words (named).');
        if (named !== undefined) return answered(found, { comes: 'substitute', named });
        const instead = partyOfPerson(substitute ?? '');
        return refuseInvited(found, instead) ?? answered(found, { comes: 'substitute', substitute: instead });
      },
    }),
  };
});

/** The ways to answer one of them, with what is settled by whose it is. */
export const waysToAnswer = (lifecycle: Lifecycle, entry: string, who: Party): readonly AnswerWay[] =>
  Object.entries(invitationCommands(lifecycle)).map(([command, definition]) => ({
    command,
    definition,
    settled: { entry, who },
    asksAll: false,
  }));

interface LookedUp {
  readonly invitation: Invitation;
  readonly invited: Invited;
}

const aheadOf = (lifecycle: Lifecycle, state: CaseState, today: CivilDate): readonly Invitation[] =>
  invitationsIn(lifecycle, state).filter(({ entry }) => entry.to >= today);

/** Those whom it may be for; all who are invited where it does not say. */
export const invitedAs = (lifecycle: Lifecycle, state: CaseState, { entry, who }: Asked): readonly Party[] =>
  invitationsIn(lifecycle, state)
    .filter((each) => entry === undefined || each.entry.name === entry)
    .flatMap(({ invited }) => invited.map((each) => each.who))
    .filter((each) => who === undefined || each === who);

function lookedUp(
  lifecycle: Lifecycle,
  state: CaseState,
  { entry, who }: Asked,
  by: string,
  today: CivilDate,
): LookedUp | Refusal {
  const all = invitationsIn(lifecycle, state).filter((each) => entry === undefined || each.entry.name === entry);
  const ahead = all.filter(({ entry: { to } }) => to >= today);
  if (ahead.length === 0) return refuseNone(lifecycle, state, all, entry);
  const party = who ?? partyOfPerson(by);
  const theirs = ahead.flatMap((invitation) =>
    invitation.invited.filter((each) => each.who === party).map((invited) => ({ invitation, invited })),
  );
  const [first, ...others] = theirs;
  if (!first) return refuse('UnknownItem', `who: ${party} is not invited; ${invitedInWords(ahead)}.`);
  if (others.length === 0) return first;
  const names = theirs.map(({ invitation }) => invitation.entry.name).join(', ');
  return refuse('InvalidInput', `entry: ${party} is invited to ${names}; say to which of them this answers.`);
}

const invitedInWords = (all: readonly Invitation[]): string =>
  all
    .map(({ entry, invited }) => `invited to ${entry.name} are ${invited.map(({ who }) => who).join(', ')}`)
    .join('; ');

function refuseNone(lifecycle: Lifecycle, state: CaseState, past: readonly Invitation[], entry?: string): Refusal {
  const [over] = past;
  if (over) return refuse('NotReady', `"${over.entry.name}" is over: it took place on ${over.entry.to}.`);
  const known = invitationsIn(lifecycle, state).map((each) => each.entry.name);
  return entry === undefined || known.length === 0
    ? refuse('UnknownItem', `Nobody is invited to anything of ${state.id} now.`)
    : refuse(
        'UnknownItem',
        `entry: nobody is invited to "${entry}" of ${state.id}; people are to ${known.join(', ')}.`,
      );
}

/** One seat each: whoever is invited, or has sent somebody, says so for themselves. */
const refuseInvited = ({ invitation, invited }: LookedUp, substitute: Party): Refusal | undefined =>
  invitation.invited.some(({ who }) => who === substitute) && invited.reply?.substitute !== substitute
    ? refuse('InvalidInput', `substitute: ${substitute} is invited to "${invitation.entry.name}" already.`)
    : undefined;

function answered(found: LookedUp | Refusal, reply: Reply): readonly LifecycleEvent[] | Refusal {
  if (isRefusal(found)) return found;
  const { invitation, invited } = found;
  const { name: entry, from: day } = invitation.entry;
  const event: InvitationEvent = { type: 'invitationAnswered', entry, who: invited.who, day, ...reply };
  return isSame(invited.reply, reply)
    ? refuse('AlreadyDone', `It is on record already: ${invitationInWords(event)}`)
    : [{ ...event }];
}

const isSame = (one: Reply | undefined, other: Reply): boolean =>
  one?.comes === other.comes && one.substitute === other.substitute && one.named === other.named;

/** What was answered, as a sentence. */
export function invitationInWords({ entry, who, day, comes, substitute, named }: InvitationEvent): string {
  const to = `to "${entry}" on ${day}`;
  if (comes === 'yes') return `${nameOf(who)} comes ${to}.`;
  if (comes === 'no') return `${nameOf(who)} does not come ${to}.`;
  return `${substitute ? nameOf(substitute) : named} comes ${to} instead of ${nameOf(who)}.`;
}
