import { partyOfPerson } from '../fields.ts';
import type { Facts, Lifecycle, Stamp } from '../lifecycle.ts';
import type { KeyedEffect, Message } from './effects.ts';
import type { Recipient } from './recipients.ts';
import { nameOf } from './label.ts';
import { onceRead } from './once.ts';
import { type CaseState, type OpenDeadline, plannedDeadlines } from './state.ts';

/** Days that a rule gives, as they are planned: on a working day of whoever owes them, and so of the reader's own if they do. */
export function plannedDays(lifecycle: Lifecycle, state: CaseState, reader?: string, about: Facts = {}): Facts {
  const said = plannedDeadlines(lifecycle, state).filter(
    ({ saidAs, saidOf, facts }) => saidAs !== undefined && (!saidOf || facts?.[saidOf] === about[saidOf]),
  );
  if (said.length === 0) return {};
  const own = said.filter(({ owedBy }) => owedBy === reader);
  return Object.fromEntries([...said, ...own].map(({ saidAs, standing }) => [saidAs, standing.plan.due]));
}

/** What every text about the case may name. */
export const factsOf = (lifecycle: Lifecycle, state: CaseState): Facts => ({
  title: state.title,
  countries: state.countries,
  coordinator: partyOfPerson(state.coordinator),
  stage: state.subject.stage,
  zoneOf: lifecycle.zoneOf?.(state.subject),
  hoursOn: lifecycle.hoursOn,
  ...lifecycle.facts(state.subject, state),
  ...plannedDays(lifecycle, state),
});

/** What every text about something owed may name. */
export const owedFacts = (lifecycle: Lifecycle, state: CaseState, deadline: OpenDeadline): Facts => ({
  ...factsOf(lifecycle, state),
  ...deadline.facts,
  ...(deadline.saidAs ? { [deadline.saidAs]: deadline.standing.plan.due } : {}),
  item: deadline.item ?? '',
  ask: deadline.says,
  owedBy: deadline.owedBy ?? partyOfPerson(state.coordinator),
  due: deadline.standing.plan.due,
  firstDue: deadline.standing.firstDue,
  zone: deadline.standing.plan.zone,
});

/** What a letter says: found when it is read, since whoever looks far ahead counts letters, and reads few. */
export type Worded = { readonly [Name in 'facts' | 'summary']: () => Message[Name] };

interface Letter {
  /** Of its text, without `case.`. */
  readonly name: string;
  readonly facts: Facts;
  readonly summary: string;
  /** What tells it from all others of the event; its name unless there are several. */
  readonly keyedBy?: string;
  /** The deadline by which it asks for something. */
  readonly answerBy?: string;
}

/** What all kinds of case say in the same words of an event: to the coordinator, unless somebody else is to read it. */
export function commonLetter(
  lifecycle: Lifecycle,
  state: CaseState,
  event: Stamp,
  { name, facts, summary, keyedBy = name, answerBy }: Letter,
  to: Recipient = partyOfPerson(state.coordinator),
): KeyedEffect {
  const key = `${state.id}/${event.number}/${keyedBy}`;
  const message = {
    key,
    event: event.number,
    to,
    text: `case.${name}`,
    at: event.at,
    ...(answerBy ? { answerBy } : {}),
  };
  const words: Worded = {
    facts: () => ({ ...factsOf(lifecycle, state), ...facts }),
    summary: () => `Mail to ${nameOf(to)}: ${summary}`,
  };
  return { type: 'mail', key, message: onceRead(message, words) };
}
