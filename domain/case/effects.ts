import type { CalendarChange } from './calendar-entries.ts';
import { dayOf, type Instant } from '../dates.ts';
import type { DocumentFile } from '../document.ts';
import { partyOfPerson } from '../fields.ts';
import type { Level } from '../ladder.ts';
import type { Effect, Facts, Follows, Lifecycle, Stamp, Subject } from '../lifecycle.ts';
import { lettersOfCorrection } from './correction-letters.ts';
import { newsOfHandOver } from './hand-over-letters.ts';
import { newsOfExtension } from './extension-letters.ts';
import { isOfExtension } from './extension.ts';
import { newsOfInvitation } from './invitation-letters.ts';
import { dayInWords, nameOf, owedInWords, reminderLabel, spaced } from './label.ts';
import { factsOf, owedFacts, plannedDays, commonLetter, type Worded } from './letter.ts';
import { newsOfSuccessor } from './name-successor.ts';
import { onceRead } from './once.ts';
import {
  type CaseEvent,
  type CaseState,
  type CommonEvent,
  type OpenDeadline,
  plannedDeadlines,
  remindersOf,
} from './state.ts';
import { type Recipient, recipientsAt } from './recipients.ts';
import { newsOfLeaving, newsOfStaying } from './succession-letters.ts';
import { textOf } from './succession.ts';
import { newsOfSuspension, reportSuspensionOver } from './suspension-letters.ts';
import { suspensionDeadline } from './suspension.ts';

/** A message that somebody should get: its key is chosen by the case, so that asking twice sends once. */
export interface Message {
  readonly key: string;
  /** The number of the event that causes it. */
  readonly event: number;
  readonly to: Recipient;
  /** Which text it is, in the message files: `KIND.NAME`. */
  readonly text: string;
  /** How urgent the text is; a message that is no reminder has none. */
  readonly tone?: 'before' | 'due' | 'overdue' | 'escalation' | 'past';
  readonly level?: Level;
  /** Case time at which it falls due to be sent. */
  readonly at: Instant;
  readonly facts: Facts;
  /** What it is, for the Temporal UI and the ledger: "Second reminder to klid, due 14 Dec 2018: completion of …". */
  readonly summary: string;
  /** The deadline that it chases; when that is met the message is withdrawn. */
  readonly deadline?: string;
  /** The deadline by which it asks for something; it is sent all the same when that is met. */
  readonly answerBy?: string;
  /** The texts that go with it. */
  readonly attached?: readonly DocumentFile[];
  /** What it does to the reader's calendar. */
  readonly calendar?: CalendarChange;
  /** Earlier versions did not send it. */
  readonly isNew?: true;
  /** It is on record already, and a person wants it sent again. */
  readonly again?: true;
}

export type KeyedEffect =
  | { readonly type: 'mail'; readonly key: string; readonly message: Message }
  | ({ readonly key: string } & Extract<Effect, { type: 'open' | 'tell' }>);

/** The other case that an effect opens or tells something. */
export function targetOf(effect: KeyedEffect): string | undefined {
  if (effect.type === 'mail') return undefined;
  return effect.type === 'tell' ? effect.case : `${effect.kind}/${effect.slug}`;
}

/** What is to be done in the world because of an event; `state` is the case after it. Keys are derived, never drawn. */
export function effectsOf(lifecycle: Lifecycle, state: CaseState, event: CaseEvent): readonly KeyedEffect[] {
  const common = event as CommonEvent & Stamp;
  if (common.type === 'reminded') return reminders(lifecycle, state, common);
  if (common.type === 'undelivered') return reportUndelivered(lifecycle, state, common);
  if (common.type === 'sentAgain') return [sendingAgain(common)];
  if (common.type === 'inVain') return reportNotOpened(lifecycle, state, common);
  if (common.type === 'caseSuspended' || common.type === 'caseResumed')
    return newsOfSuspension(lifecycle, state, common);
  if (common.type === 'deadlinePassed' && common.deadline === suspensionDeadline)
    return reportSuspensionOver(lifecycle, state, common);
  if (common.type === 'personLeft') return newsOfLeaving(lifecycle, state, common);
  if (common.type === 'personStays') return newsOfStaying(lifecycle, state, common);
  if (isOfExtension(common)) return newsOfExtension(lifecycle, state, common);
  if (common.type === 'invitationAnswered') return newsOfInvitation(lifecycle, state, common);
  if (common.type === 'factsCorrected') return lettersOfCorrection(lifecycle, state, common);
  if (common.type === 'successorNamed') return newsOfSuccessor(lifecycle, state, common);
  if (common.type === 'coordinatorChanged') return newsOfHandOver(lifecycle, state, common);
  if (common.type === 'deadlinePassed') return shownAsPast(lifecycle, state, common);
  const effects = followsOf(lifecycle, event)?.(event as never, state.subject, state) ?? [];
  return effects.map((effect, index) => keyed(lifecycle, state, event, effect, index));
}

function followsOf(lifecycle: Lifecycle, { type }: CaseEvent): Follows<Subject, never> | undefined {
  switch (type) {
    case 'opened':
      return lifecycle.opening.follows;
    case 'cancelled':
      return lifecycle.whenCancelled;
    case 'deadlineMoved':
      return lifecycle.whenDueDateMoved;
    default:
      return lifecycle.events[type]?.follows;
  }
}

function keyed(lifecycle: Lifecycle, state: CaseState, event: CaseEvent, effect: Effect, index: number): KeyedEffect {
  const key = `${state.id}/${event.number}/${index}`;
  if (effect.type !== 'mail') return { ...effect, key };
  const { toldOf, at } = event;
  const late = toldOf === undefined ? {} : { toldOf, toldOn: dayOf(at) };
  const message = {
    key,
    event: event.number,
    to: effect.to,
    text: effect.text,
    at,
    ...(effect.answerBy ? { answerBy: effect.answerBy } : {}),
    ...carrying(effect.attached),
    ...(effect.isNew ? { isNew: true as const } : {}),
  };
  const words: Worded = {
    facts: () => ({ ...factsOf(lifecycle, state), ...effect.facts, ...late }),
    summary: () => `Mail to ${nameOf(effect.to)}: ${spaced(effect.text.split('.')[1] ?? effect.text)}`,
  };
  return { type: 'mail', key, message: onceRead(message, words) };
}

const carrying = (attached: readonly DocumentFile[] = []): Pick<Message, 'attached'> =>
  attached.length > 0 ? { attached } : {};

/** The message with the days that are planned since it was caused: those it says, and that by which it asks for something. */
export function withPlannedDays(lifecycle: Lifecycle, state: CaseState, message: Message): Message {
  const { answerBy: name } = message;
  const planned = plannedDeadlines(lifecycle, state);
  const asked = name && planned.find((deadline) => deadline.name === name);
  if (!asked && !planned.some(({ saidAs }) => saidAs !== undefined)) return message;
  const { facts } = message;
  const said = Object.entries(plannedDays(lifecycle, state, message.to, facts)).filter(([fact]) =>
    Object.hasOwn(facts, fact),
  );
  // Nobody is asked for something by a day that was over when it became known.
  const answerBy = asked && !asked.standing.plan.broughtIn ? { answerBy: asked.standing.plan.due } : {};
  if (said.length === 0 && !asked) return message;
  return { ...message, facts: { ...facts, ...Object.fromEntries(said), ...answerBy } };
}

type Reminded = Extract<CommonEvent, { type: 'reminded' }> & Stamp;

function reminders(lifecycle: Lifecycle, state: CaseState, event: Reminded): KeyedEffect[] {
  const deadline = plannedDeadlines(lifecycle, state).find(({ name }) => name === event.deadline);
  const rung = deadline?.standing.plan.rungs.find(({ number }) => number === event.rung);
  if (!deadline || !rung) return [];
  let known: Facts | undefined;
  const owed = () => (known ??= owedFacts(lifecycle, state, deadline));
  const addresses: Address[] = [];
  for (const level of rung.to)
    for (const to of recipientsAt(lifecycle, state, deadline, level))
      if (!addresses.some((each) => each.to === to))
        addresses.push({ to, level, tone: level === 'owner' ? rung.tone : 'escalation' });
  return addresses.map((address) => reminder(lifecycle, state, deadline, event, owed, address));
}

type Address = { to: Recipient; level: Level; tone: NonNullable<Message['tone']> };

function reminder(
  lifecycle: Lifecycle,
  state: CaseState,
  deadline: OpenDeadline,
  event: Reminded,
  owed: () => Facts,
  address: Address,
): KeyedEffect {
  const { standing, attached, name } = deadline;
  const { plan } = standing;
  const key = `${state.id}/${name}/${plan.version}/${event.rung}/${address.to}`;
  // Whoever owes has the text from the letter that asked for it, and once more with the first that chases it.
  const isWithText = attached !== undefined && address.level === 'owner' && remindersOf(deadline).sent === 1;
  return chasing(lifecycle, deadline, event, {
    key,
    address,
    text: isWithText ? attached : [],
    facts: () => ({ ...owed(), ...ladderFacts(state, deadline, event) }),
    summary: () => reminderLabel(remindersOf(deadline).sent, nameOf(address.to), plan.due, owedInWords(deadline)),
  });
}

function ladderFacts(state: CaseState, deadline: OpenDeadline, { missed }: Reminded): Facts {
  const { plan, sent: counted, sent = {} } = deadline.standing;
  const gone = remindersOf(deadline);
  return {
    rung: gone.sent,
    rungs: gone.inAll,
    missed: missed.length,
    // Whether those named in it have been written to before this letter.
    told: !counted || (sent.owner ?? 0) > 1,
    aboveTold: !counted || ((sent.owner ?? 0) > 1 && (sent.superior ?? 0) > 0),
    ...(plan.broughtIn && gone.sent === 1 ? { broughtInOn: plan.broughtInOn ?? state.openedAt.slice(0, 10) } : {}),
  };
}

type Chase = Worded & { readonly key: string; readonly address: Address; readonly text?: readonly DocumentFile[] };

/** A letter about what is owed. */
function chasing(
  lifecycle: Lifecycle,
  deadline: OpenDeadline,
  { number, at }: Stamp,
  { key, address: { to, level, tone }, text: attached = [], ...words }: Chase,
): KeyedEffect {
  const text = textOf(lifecycle, deadline);
  const message = { key, to, level, tone, event: number, text, at, deadline: deadline.name };
  return {
    type: 'mail',
    key,
    message: onceRead(attached.length > 0 ? { ...message, attached } : message, words),
  };
}

/** What was over already when the case heard of it: its coordinator sees it once, with what can be done. */
function shownAsPast(
  lifecycle: Lifecycle,
  state: CaseState,
  event: Extract<CommonEvent, { type: 'deadlinePassed' }> & Stamp,
): KeyedEffect[] {
  const deadline = plannedDeadlines(lifecycle, state).find(({ name }) => name === event.deadline);
  if (!deadline?.standing.plan.broughtIn) return [];
  const { plan } = deadline.standing;
  const to = partyOfPerson(state.coordinator);
  const key = `${state.id}/${deadline.name}/${plan.version}/past/${to}`;
  const ladder = { deadline: deadline.name, kind: lifecycle.kind, rungs: remindersOf(deadline).inAll };
  return [
    chasing(lifecycle, deadline, event, {
      key,
      address: { to, level: 'coordinator', tone: 'past' },
      facts: () => ({ ...owedFacts(lifecycle, state, deadline), ...ladder }),
      summary: () =>
        `What was over when it became known, to ${nameOf(to)}, due ${dayInWords(plan.due)}: ${owedInWords(deadline)}`,
    }),
  ];
}

/** The message keeps its key, so its Message-ID too: a reader who has it already sees it once. */
function sendingAgain({
  message: key,
  to,
  text,
  at,
  number,
}: Extract<CommonEvent, { type: 'sentAgain' }> & Stamp): KeyedEffect {
  const summary = `Mail to ${nameOf(to)} once more: ${spaced(text.split('.')[1] ?? text)}`;
  const message: Message = { key, event: number, to: to as Recipient, text, at, facts: {}, summary, again: true };
  return { type: 'mail', key: `${key}/again/${number}`, message };
}

type UndeliveredEvent = Extract<CommonEvent, { type: 'undelivered' }> & Stamp;

/** The coordinator hears of a message that did not arrive, their superior of one to the coordinator; of a report that did not reach its reader either, nobody else. */
function reportUndelivered(lifecycle: Lifecycle, state: CaseState, event: UndeliveredEvent): KeyedEffect[] {
  const { message, to: recipient, state: failure, why } = event;
  const coordinator = partyOfPerson(state.coordinator);
  const isTheirs = recipient === coordinator;
  if (!isTheirs && isReport(message)) return [];
  const facts = { message, recipient, failure, why };
  const summary = `a message to ${nameOf(recipient)} was not delivered`;
  const report = { name: 'undelivered', facts, summary };
  return [commonLetter(lifecycle, state, event, report, isTheirs ? `superior-of/${coordinator}` : coordinator)];
}

const isReport = (key: string): boolean => key.endsWith('/undelivered');

/** Whether an effect tells somebody above the coordinator that the coordinator cannot be reached. */
export const isReportAbove = (effect: KeyedEffect): boolean =>
  effect.type === 'mail' && isReport(effect.key) && effect.message.to.startsWith('superior-of/');

type InVainEvent = Extract<CommonEvent, { type: 'inVain' }> & Stamp;

/** A word to a case that is over may be lost; a case that nobody opened must not be. */
const reportNotOpened = (lifecycle: Lifecycle, state: CaseState, event: InVainEvent): KeyedEffect[] => {
  if (event.command !== 'open') return [];
  const facts = { asked: event.case, why: event.because };
  return [commonLetter(lifecycle, state, event, { name: 'notOpened', facts, summary: `${event.case} was not opened` })];
};
