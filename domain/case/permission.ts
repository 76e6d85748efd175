import type { CommandDefinition, First, Lifecycle, Subject } from '../lifecycle.ts';
import { type Party, partyOfPerson } from '../fields.ts';
import type { Position } from '../position.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { ServiceRole } from '../service-role.ts';
import { answersOf } from './answers.ts';
import { seenBy } from './command.ts';
import type { Planned } from './ended.ts';
import { invitedAs } from './invitation-commands.ts';
import { invitationNamed } from './invitations.ts';
import { kebab } from './label.ts';
import { refuseInPlaceOf } from './second-pair.ts';
import { type CaseState, type LifecycleEvent, type OpenDeadline, plannedDeadlines } from './state.ts';

/** Somebody who gives a command, as the directory has them on that day. */
export interface Actor {
  readonly person: string;
  /**
   * Whose rights they have, and from whom: `person/ID` and `agency/ID`, and what the directory makes them in this case,
   * such as `role/colleague`. Their own, and those of people for whom they stand in.
   */
  readonly rights: ReadonlyMap<string, string>;
  /** Whose superior they are, of those who owe something about which the superior has been written to. */
  readonly above: ReadonlySet<string>;
  /** What the letter asked for by whose address they answer. */
  readonly asked?: Planned;
  /** The directory gives no roles yet, and they are at a terminal: they may change it, and so tell cases what comes of that. */
  readonly isFree?: boolean;
}

/** What is to be given, with as much of its fields as is known. */
export interface AskedCommand {
  readonly name: string;
  readonly definition: CommandDefinition<Subject, LifecycleEvent>;
  readonly input?: Readonly<Record<string, unknown>> | undefined;
}

/** By what somebody may give a command. */
interface Held {
  readonly position: Position;
  /** Whose right it is, where it is somebody else's for whom they stand in. */
  readonly insteadOf?: string;
}

/**
 * Why a command is not this person's to give: `NotYours`, with whose it is, or `SamePerson` where it is theirs only in
 * place of somebody whose own deed they would look at.
 */
export function refuseOthers(
  lifecycle: Lifecycle,
  state: CaseState,
  asked: AskedCommand,
  actor: Actor,
): Refusal | undefined {
  if ((actor.isFree && asked.definition.isPart) || held(lifecycle, state, asked, actor)) return undefined;
  const first = firstFor(lifecycle, state, asked);
  const otherwise = rightOf(lifecycle, state, asked, actor, undefined);
  return (
    (otherwise?.insteadOf === undefined ? undefined : refuseInPlaceOf(first, actor.person, otherwise.insteadOf)) ??
    notYours(lifecycle, state, asked, actor.person)
  );
}

/** In whose place somebody gives a command that is theirs to give, by no right of their own. */
export function givenFor(
  lifecycle: Lifecycle,
  state: CaseState,
  asked: AskedCommand,
  actor: Actor,
): string | undefined {
  const isOwn = asked.definition.by.some((position) =>
    holdersOf(lifecycle, state, position, asked).some(
      (party) => actor.rights.get(party) === actor.person || (position === 'owing' && actor.above.has(party)),
    ),
  );
  return isOwn ? undefined : held(lifecycle, state, asked, actor)?.insteadOf;
}

/** The agencies for which somebody is a coordinator: whose cases they open, and whose people they speak for. */
export const agenciesCoordinated = (
  roles: readonly { readonly role: ServiceRole; readonly agency: string | null }[],
): ReadonlySet<string> =>
  new Set(roles.flatMap(({ role, agency }) => (role === 'coordinator' && agency !== null ? agency : [])));

/** By what they may give it; undefined if they may not. */
const held = (lifecycle: Lifecycle, state: CaseState, asked: AskedCommand, actor: Actor): Held | undefined =>
  rightOf(lifecycle, state, asked, actor, firstFor(lifecycle, state, asked)) ??
  (isAsked(lifecycle, state, asked, actor) ? { position: 'owing' } : undefined);

const firstFor = (
  lifecycle: Lifecycle,
  state: CaseState,
  { name, definition, input = {} }: AskedCommand,
): First | undefined => definition.secondTo?.(seenBy(lifecycle, state, name), input);

function rightOf(
  lifecycle: Lifecycle,
  state: CaseState,
  asked: AskedCommand,
  { person, rights, above }: Actor,
  first: First | undefined,
): Held | undefined {
  for (const position of asked.definition.by) {
    for (const party of holdersOf(lifecycle, state, position, asked)) {
      const whose = rights.get(party);
      if (whose === person) return { position };
      if (whose !== undefined && !first?.people.includes(whose)) return { position, insteadOf: whose };
      if (position === 'owing' && above.has(party)) return { position };
    }
  }
  return undefined;
}

/** Whose right it takes: somebody's who holds the position in the case, or a role of the directory. */
export function holdersOf(
  lifecycle: Lifecycle,
  state: CaseState,
  position: Position,
  asked: AskedCommand,
): readonly (Party | `role/${Position}`)[] {
  const { subject, coordinator } = state;
  switch (position) {
    case 'owing':
      return answered(lifecycle, state, asked).flatMap(({ owedBy }) => owedBy ?? []);
    case 'owner':
      return [lifecycle.owner?.(subject) ?? []].flat();
    case 'side':
      return sidesNamed(lifecycle, subject, asked);
    case 'coChair':
      return lifecycle.coChairs?.(subject) ?? [];
    case 'secretary':
      return lifecycle.secretaries?.(subject) ?? [];
    case 'host':
      return lifecycle.hosts?.(subject) ?? [];
    case 'invited':
      return invitedAs(lifecycle, state, asked.input ?? {});
    case 'coordinator':
      return [partyOfPerson(coordinator)];
    case 'case':
      return [];
    default:
      return [`role/${position}`];
  }
}

/** What is owed that it answers, with the fields that it is given with. */
const answered = (
  lifecycle: Lifecycle,
  state: CaseState,
  { name, input = {} }: AskedCommand,
): readonly OpenDeadline[] =>
  plannedDeadlines(lifecycle, state).filter((deadline) => {
    const settledBy = answersOf(lifecycle, deadline.what)?.[name];
    return settledBy !== undefined && isOfOne(settledBy(deadline), input);
  });

/** What is left out may be either. */
const isOfOne = (settled: unknown, given: unknown): boolean => {
  if (given === undefined) return true;
  if (typeof settled !== 'object' || settled === null || typeof given !== 'object' || given === null)
    return settled === given;
  if (Array.isArray(given)) return given.every((each) => isOfOne((settled as readonly unknown[])[0], each));
  return Object.entries(settled).every(([field, value]) => isOfOne(value, (given as Record<string, unknown>)[field]));
};

/** The sides for which it speaks; where it does not say, all that could give it. */
function sidesNamed(
  lifecycle: Lifecycle,
  subject: Subject,
  { definition, input = {} }: AskedCommand,
): readonly Party[] {
  const sides = lifecycle.sides?.(subject) ?? [];
  const nominees = Array.isArray(input['nominees']) ? (input['nominees'] as readonly unknown[]) : undefined;
  const named = [input['side'] ?? input['agency'] ?? input['country'] ?? input['from']].flatMap((each) => each ?? []);
  const all = nominees ? nominees.map((each) => (each as { readonly country?: unknown } | null)?.country) : named;
  if (all.length === 0)
    return sides.filter(({ is }) => definition.offeredFor?.(subject, is) ?? true).map(({ who }) => who);
  const speakers = all.map((each) => sides.find(({ is }) => is === each)?.who);
  const [first] = speakers;
  // For several sides at once nobody speaks but the coordinator.
  return first !== undefined && speakers.every((each) => each === first) ? [first] : [];
}

const isAsked = (lifecycle: Lifecycle, state: CaseState, asked: AskedCommand, { asked: planned }: Actor): boolean =>
  planned !== undefined &&
  ((asked.definition.by.includes('owing') &&
    answered(lifecycle, state, asked).some(
      ({ name, standing }) => name === planned.deadline && standing.plan.version === planned.version,
    )) ||
    (asked.definition.by.includes('invited') && isInvited(lifecycle, state, asked, planned)));

/** The letter has invited whom the command names to what it names. */
function isInvited(
  lifecycle: Lifecycle,
  state: CaseState,
  { input = {} }: AskedCommand,
  { deadline }: Planned,
): boolean {
  const invitation = invitationNamed(lifecycle, state, deadline);
  return (
    invitation !== undefined && invitation.entry.name === input['entry'] && invitation.invited.who === input['who']
  );
}

function notYours(lifecycle: Lifecycle, state: CaseState, asked: AskedCommand, by: string): Refusal {
  const named = new Set<string>();
  const who = asked.definition.by.flatMap((position) => {
    const holders = [...new Set(holdersOf(lifecycle, state, position, asked))];
    if (holders.length === 0) return [];
    const ids = holders.filter((each) => !each.startsWith('role/')).map((each) => each.slice(each.indexOf('/') + 1));
    if (ids.length === 0) return [words[position]];
    const isSaid = ids.every((id) => named.has(id));
    for (const id of ids) named.add(id);
    return isSaid ? [] : [`${words[position]} (${ids.join(', ')})`];
  });
  return refuse(
    'NotYours',
    `${by} may not give ${kebab(asked.name)} in ${state.id}; ${listed(who)} may, and whoever stands in for them.`,
  );
}

const words: Readonly<Record<Position, string>> = {
  owing: 'who owes it',
  owner: 'its owner',
  side: 'the side concerned',
  coChair: 'a co-chair',
  secretary: 'a secretary',
  host: 'a host',
  invited: 'who is invited',
  coordinator: 'its coordinator',
  colleague: 'a coordinator of the same agency',
  operator: 'an operator',
  administrator: 'an administrator',
  case: 'another case',
};

const listed = (all: readonly string[]): string =>
  all.length > 1 ? `${all.slice(0, -1).join(', ')} or ${all.at(-1)}` : (all[0] ?? 'nobody');
