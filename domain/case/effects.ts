import type { CalendarChange } from './calendar-entries.ts';
import { dayOf, type Instant } from '../dates.ts';
import { type Party, partyOfPerson } from '../fields.ts';
import type { Level } from '../ladder.ts';
import type { Effect, Facts, Lifecycle, Stamp } from '../lifecycle.ts';
import { nameOf, reminderLabel, spaced } from './label.ts';
import { type CaseEvent, type CaseState, type CommonEvent, type OpenDeadline, plannedDeadlines } from './state.ts';

export type Recipient = Party | `superior-of/${Party}`;

/** A message that somebody should get: its key is chosen by the case, so that asking twice sends once. */
export interface Message {
  readonly key: string;
  /** The number of the event that causes it. */
  readonly event: number;
  readonly to: Recipient;
  /** Which text it is, in the message files: `KIND.NAME`. */
  readonly text: string;
  /** How urgent the text is; a message that is no reminder has none. */
  readonly tone?: 'before' | 'due' | 'overdue' | 'escalation';
  readonly level?: Level;
  /** Case time at which it falls due to be sent. */
  readonly at: Instant;
  readonly facts: Facts;
  /** What it is, for the Temporal UI and the ledger: "Second reminder to klid, due 14 Dec 2018 (complete)". */
  readonly summary: string;
  /** The deadline that it chases; when that is met the message is withdrawn. */
  readonly deadline?: string;
  /** The deadline by which it asks for something; it is sent all the same when that is met. */
  readonly answerBy?: string;
  /** What it does to the reader's calendar. */
  readonly calendar?: CalendarChange;
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
  if (common.type === 'personLeft') return reportLeaving(lifecycle, state, common);
  const effects = lifecycle.effects?.(event as never, state.subject, state) ?? [];
  return effects.map((effect, index) => keyed(lifecycle, state, event, effect, index));
}

function keyed(lifecycle: Lifecycle, state: CaseState, event: CaseEvent, effect: Effect, index: number): KeyedEffect {
  const key = `${state.id}/${event.number}/${index}`;
  if (effect.type !== 'mail') return { ...effect, key };
  const facts = { ...factsOf(lifecycle, state), ...effect.facts };
  return {
    type: 'mail',
    key,
    message: {
      key,
      event: event.number,
      to: effect.to,
      text: effect.text,
      at: event.at,
      facts,
      summary: `Mail to ${nameOf(effect.to)}: ${spaced(effect.text.split('.')[1] ?? effect.text)}`,
      ...(effect.answerBy ? { answerBy: effect.answerBy } : {}),
    },
  };
}

/** The message with the day by which it asks for something; `state` is the case once that day is planned. */
export function withAnswerDay(lifecycle: Lifecycle, state: CaseState, message: Message): Message {
  const { answerBy: name, facts } = message;
  const asked = name && plannedDeadlines(lifecycle, state).find((deadline) => deadline.name === name);
  return asked ? { ...message, facts: { ...facts, answerBy: asked.standing.plan.due } } : message;
}

/** What every text about the case may name. */
export const factsOf = (lifecycle: Lifecycle, state: CaseState): Facts => ({
  title: state.title,
  countries: state.countries,
  coordinator: partyOfPerson(state.coordinator),
  stage: state.subject.stage,
  zoneOf: lifecycle.zoneOf?.(state.subject),
  ...lifecycle.facts(state.subject, state),
});

type Reminded = Extract<CommonEvent, { type: 'reminded' }> & Stamp;

function reminders(lifecycle: Lifecycle, state: CaseState, event: Reminded): KeyedEffect[] {
  const deadline = plannedDeadlines(lifecycle, state).find(({ name }) => name === event.deadline);
  const rung = deadline?.standing.plan.rungs.find(({ number }) => number === event.rung);
  if (!deadline || !rung) return [];
  const seen = new Set<Recipient>();
  return rung.to.flatMap((level) =>
    recipientsAt(lifecycle, state, deadline, level)
      .filter((to) => !seen.has(to) && seen.add(to))
      .map((to) =>
        reminder(lifecycle, state, deadline, event, { to, level, tone: level === 'owner' ? rung.tone : 'escalation' }),
      ),
  );
}

function recipientsAt(
  lifecycle: Lifecycle,
  state: CaseState,
  { owedBy }: OpenDeadline,
  level: Level,
): readonly Recipient[] {
  const coordinator = partyOfPerson(state.coordinator);
  if (!owedBy || level === 'coordinator') return [coordinator];
  if (level === 'owner') return [owedBy];
  if (level === 'superior') return [`superior-of/${owedBy}`];
  const coChairs = lifecycle.coChairs?.(state.subject) ?? [];
  return coChairs.length > 0 ? coChairs : [coordinator];
}

type Address = { to: Recipient; level: Level; tone: NonNullable<Message['tone']> };

function reminder(
  lifecycle: Lifecycle,
  state: CaseState,
  deadline: OpenDeadline,
  event: Reminded,
  address: Address,
): KeyedEffect {
  const { plan, firstDue } = deadline.standing;
  const [what = deadline.name, item = ''] = deadline.name.split(':');
  const key = `${state.id}/${deadline.name}/${plan.version}/${event.rung}/${address.to}`;
  const facts: Facts = {
    ...factsOf(lifecycle, state),
    ...deadline.facts,
    item,
    ask: deadline.says,
    owedBy: deadline.owedBy ?? partyOfPerson(state.coordinator),
    due: plan.due,
    firstDue,
    zone: plan.zone,
    rung: event.rung,
    rungs: plan.rungs.length,
    missed: event.missed.length,
  };
  const summary = reminderLabel(event.rung, nameOf(address.to), plan);
  const message: Message = {
    key,
    event: event.number,
    ...address,
    text: `${lifecycle.kind}.${what}`,
    at: event.at,
    facts,
    summary,
    deadline: deadline.name,
  };
  return { type: 'mail', key, message };
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
  return [toCoordinator(lifecycle, state, event, report, isTheirs ? `superior-of/${coordinator}` : coordinator)];
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
  return [
    toCoordinator(lifecycle, state, event, { name: 'notOpened', facts, summary: `${event.case} was not opened` }),
  ];
};

type LeavingEvent = Extract<CommonEvent, { type: 'personLeft' }> & Stamp;

/** One mail for all cases of a coordinator. Coordinators who leave themselves know of it; while they are there, their superior is told. */
function reportLeaving(lifecycle: Lifecycle, state: CaseState, event: LeavingEvent): KeyedEffect[] {
  const { person, on, concerned, at } = event;
  if (concerned.length === 0) return [];
  const leaver = partyOfPerson(person);
  const facts = { leaver, leaverId: person, on, concerned, count: concerned.length };
  const report = { name: 'personLeft', facts, summary: `${person} leaves the service` };
  const to = person === state.coordinator && on > dayOf(at) ? (`superior-of/${leaver}` as const) : undefined;
  return [toCoordinator(lifecycle, state, event, report, to)];
}

type Report = { readonly name: string; readonly facts: Facts; readonly summary: string };

function toCoordinator(
  lifecycle: Lifecycle,
  state: CaseState,
  event: Stamp,
  { name, facts, summary }: Report,
  to: Recipient = partyOfPerson(state.coordinator),
): KeyedEffect {
  const key = `${state.id}/${event.number}/${name}`;
  const message: Message = {
    key,
    event: event.number,
    to,
    text: `case.${name}`,
    at: event.at,
    facts: { ...factsOf(lifecycle, state), ...facts },
    summary: `Mail to ${nameOf(to)}: ${summary}`,
  };
  return { type: 'mail', key, message };
}
