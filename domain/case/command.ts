import { z } from 'zod';
import { dayOf, type Instant } from '../dates.ts';
import { person, text } from '../fields.ts';
import {
  type CommandDefinition,
  type Context,
  isEnd,
  isOfPeople,
  type Lifecycle,
  nameSuccessor,
  type Stamp,
  type Subject,
} from '../lifecycle.ts';
import { daysHappenedIn, toldLate } from '../happened.ts';
import { refuseOversized } from '../limits.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { type RulesVersion, rulesOfToday } from '../rules-version.ts';
import { commonCommands } from './common-commands.ts';
import { correctionCommand } from './correction.ts';
import { faultsOf, inWords, sentenceOfFaults } from './faults.ts';
import { invitationCommands } from './invitation-commands.ts';
import { successorCommand } from './name-successor.ts';
import { kebab } from './label.ts';
import { once } from './once.ts';
import { refuseSamePerson } from './second-pair.ts';
import { stageInWords } from './stage-words.ts';
import { refuseWhileSuspended, suspensionCommands } from './suspension.ts';
import { type CaseEvent, type CaseState, isOver, type LifecycleEvent, stageOf } from './state.ts';

/** What somebody asks of a case. `id` is chosen by the caller: the same id with the same content is done once. */
export interface Command {
  readonly id: string;
  readonly name: string;
  /** Who acts, who gives what reason, and what the command itself takes, in one record as an operator would type it. */
  readonly body: unknown;
  /** Signed by whoever gives it, or by the pages for them: a JWS. Absent: nothing proves who gives it. */
  readonly proof?: string;
}

/** What every command takes besides its own fields. */
export const envelope = {
  by: person.describe('who acts: the id of a person in the directory'),
  reason: text.optional().describe('why'),
};

type CommonDefinition = CommandDefinition<Subject, LifecycleEvent>;

const isCommon = (lifecycle: Lifecycle, name: string): boolean => !Object.hasOwn(lifecycle.commands, name);

/** Every command that cases of this kind take, by name. */
export const commandsOf: (lifecycle: Lifecycle) => Readonly<Record<string, CommonDefinition>> = once((lifecycle) => ({
  ...lifecycle.commands,
  ...commonCommands,
  correct: correctionCommand(lifecycle),
  ...(lifecycle.suspension ? suspensionCommands(lifecycle.suspension.from) : {}),
  ...(lifecycle.calendarEntries ? invitationCommands(lifecycle) : {}),
  ...(lifecycle.whenSucceeded ? { [nameSuccessor]: successorCommand(lifecycle) } : {}),
}));

const told = text.optional().describe('what those who are written to read as the reason; nothing unless it is said');

/** The whole body that a command takes, as a schema: for the door, for help and for forms. */
export const bodyOf: (definition: CommonDefinition) => z.ZodObject = once((definition) =>
  z.strictObject({
    ...envelope,
    reason: reasonOf(definition),
    ...(definition.tells === 'told' ? { told } : {}),
    ...definition.input.shape,
  }),
);

function reasonOf({ reason, tells }: CommonDefinition): z.ZodType {
  const where = tells === 'reason' ? 'told to those who are written to' : 'stays on record, and is told to nobody';
  return reason === 'required' ? text.describe(`why (required): ${where}`) : text.optional().describe(`why: ${where}`);
}

/** The stages at which a command is taken; a common one at every stage that is not an end. */
export const stagesFor = (
  lifecycle: Lifecycle,
  definition: CommandDefinition<Subject, LifecycleEvent>,
): readonly string[] => (definition.from.length > 0 ? definition.from : stagesBeforeTheEnd(lifecycle));

const stagesBeforeTheEnd = once((lifecycle: Lifecycle): readonly string[] =>
  Object.keys(lifecycle.stages).filter((stage) => !isEnd(lifecycle, stage)),
);

/** Whether a command is taken of the case as it stands, open or over, as far as the stage goes. */
const isTakenAt = (lifecycle: Lifecycle, state: CaseState, definition: CommonDefinition): boolean =>
  !state.cancelled && stagesFor(lifecycle, definition).includes(state.subject.stage);

/** Whether a case takes a command although it is over: what opens it again, or corrects it. */
export function isTakenWhenOver(lifecycle: Lifecycle, state: CaseState, name: string): boolean {
  const commands = commandsOf(lifecycle);
  const definition = Object.hasOwn(commands, name) ? commands[name] : undefined;
  return definition !== undefined && isTakenAt(lifecycle, state, definition);
}

/** The names of the commands that the case would take at its stage, of whomever. */
export const offeredCommands = (lifecycle: Lifecycle, state: CaseState): readonly string[] =>
  state.cancelled
    ? []
    : Object.entries(commandsOf(lifecycle))
        .filter(([name, definition]) => isOffered(lifecycle, state, { name, definition }))
        .map(([name]) => name);

/** Whether a case would take a command as it stands, as far as that can be said without its fields: of `by`, or of whomever. */
export function isOffered(
  lifecycle: Lifecycle,
  state: CaseState,
  { name, definition, by }: { readonly name: string; readonly definition: CommonDefinition; readonly by?: string },
): boolean {
  if (!isOfPeople(definition) || !stagesFor(lifecycle, definition).includes(state.subject.stage)) return false;
  if (refuseWhileSuspended(lifecycle, state, name)) return false;
  const seen = seenBy(lifecycle, state, name);
  if (by !== undefined && refuseSamePerson(definition.secondTo?.(seen, {}), by)) return false;
  return definition.offered?.(seen) ?? true;
}

/** Common commands see the whole case, those of the kind what their lifecycle knows. */
export const seenBy = (lifecycle: Lifecycle, state: CaseState, name: string): Subject =>
  isCommon(lifecycle, name) ? (state as unknown as Subject) : state.subject;

/**
 * The events that follow from a command, or why it is refused. Changes nothing.
 *
 * @param at case time
 */
export function decide(
  lifecycle: Lifecycle,
  state: CaseState,
  command: Command,
  at: Instant,
  rules: RulesVersion = rulesOfToday,
): readonly CaseEvent[] | Refusal {
  const definition = commandsOf(lifecycle)[command.name];
  if (!definition || !Object.hasOwn(commandsOf(lifecycle), command.name))
    return unknownCommand(lifecycle, state, command.name);
  const stages = stagesFor(lifecycle, definition);
  const isTaken = isTakenAt(lifecycle, state, definition);
  // First, as where nothing runs that would look at what was given.
  if (isOver(lifecycle, state) && !isTaken)
    return refuse(
      'CaseClosed',
      `${state.id} is over (${stageInWords(stageOf(state))}, since ${dayOf(state.closedAt ?? state.lastAt)}); it takes no more commands.`,
    );
  const body = parseBody(definition, command.body);
  if (isRefusal(body)) return body;
  if (!isTaken)
    return refuse(
      'WrongStage',
      `${kebab(command.name)} is taken at "${stages.map(stageInWords).join('" or "')}"; ${state.id} is at "${stageInWords(stageOf(state))}".`,
    );
  const resting = refuseWhileSuspended(lifecycle, state, command.name);
  if (resting) return resting;
  const { by, reason, told: _told, ...input } = body;
  const context: Context = { by, at, today: dayOf(at), header: state, ...(reason ? { reason } : {}), rules };
  const seen = seenBy(lifecycle, state, command.name);
  const decided = refuseSamePerson(definition.secondTo?.(seen, input), by) ?? definition.decide(input, seen, context);
  if (isRefusal(decided)) return decided;
  const stamp = { at, by, commandId: command.id, ...whyOf(definition, body) };
  return decided.map((event, index) => ({
    ...event,
    number: state.number + 1 + index,
    ...stamp,
    // A day that nobody gave is in the event: that on which it was planned, say.
    ...toldLate(daysHappenedIn(bodyOf(definition), { ...body, ...event }), context.today),
  }));
}

/** Why it was done, for the record, and what of that letters say. */
function whyOf({ tells }: CommonDefinition, { reason, told }: Body): Pick<Stamp, 'reason' | 'told'> {
  const said = tells === 'reason' ? reason : told;
  return { ...(reason ? { reason } : {}), ...(said ? { told: said } : {}) };
}

function unknownCommand(lifecycle: Lifecycle, state: CaseState, name: string): Refusal {
  const offered = offeredCommands(lifecycle, state);
  return refuse(
    'UnknownCommand',
    `A case of kind ${lifecycle.kind} has no command "${name}". Now it takes: ${offered.map(kebab).join(', ') || 'none'}.`,
  );
}

type Body = { by: string; reason?: string; told?: string } & Record<string, unknown>;

/** What a command is asked with, or why no case would ever take it. */
export function parseBody(definition: CommandDefinition<Subject, LifecycleEvent>, body: unknown): Body | Refusal {
  const oversized = refuseOversized(body);
  if (oversized) return oversized;
  if (definition.reason === 'required' && !(body as { reason?: unknown } | undefined)?.reason)
    return refuse('ReasonMissing', 'This command changes what others rely on: it needs a reason.');
  const parsed = bodyOf(definition).safeParse(body, { error: inWords });
  return parsed.success
    ? (parsed.data as unknown as Body)
    : refuse('InvalidInput', sentenceOfFaults(faultsOf(parsed.error, body)));
}
