import { partyOfPerson } from '../fields.ts';
import type { Facts, Lifecycle, Stamp } from '../lifecycle.ts';
import type { KeyedEffect, Message, Recipient } from './effects.ts';
import { nameOf } from './label.ts';
import { type CaseState, type OpenDeadline, plannedDeadlines } from './state.ts';

/** Days that a rule gives, as they are planned: on a working day of whoever owes them. */
export const plannedDays = (lifecycle: Lifecycle, state: CaseState): Facts =>
  Object.fromEntries(
    plannedDeadlines(lifecycle, state).flatMap(({ saidAs, standing }) => (saidAs ? [[saidAs, standing.plan.due]] : [])),
  );

/** What every text about the case may name. */
export const factsOf = (lifecycle: Lifecycle, state: CaseState): Facts => ({
  title: state.title,
  countries: state.countries,
  coordinator: partyOfPerson(state.coordinator),
  stage: state.subject.stage,
  zoneOf: lifecycle.zoneOf?.(state.subject),
  ...lifecycle.facts(state.subject, state),
  ...plannedDays(lifecycle, state),
});

/** What every text about something owed may name. */
export const owedFacts = (lifecycle: Lifecycle, state: CaseState, deadline: OpenDeadline): Facts => ({
  ...factsOf(lifecycle, state),
  ...deadline.facts,
  item: deadline.name.split(':')[1] ?? '',
  ask: deadline.says,
  owedBy: deadline.owedBy ?? partyOfPerson(state.coordinator),
  due: deadline.standing.plan.due,
  firstDue: deadline.standing.firstDue,
  zone: deadline.standing.plan.zone,
});

type Report = { readonly name: string; readonly facts: Facts; readonly summary: string };

export function toCoordinator(
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
