import { decide } from '../case/command.ts';
import type { KeyedEffect } from '../case/effects.ts';
import { decideOpening, kindOf } from '../case/opening.ts';
import type { CaseEvent, CaseState } from '../case/state.ts';
import type { Instant } from '../dates.ts';
import { isKind, lifecycles } from '../kinds.ts';
import type { Lifecycle } from '../lifecycle.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';

/** An effect that another case is to take in. */
export type OtherCase = Exclude<KeyedEffect, { type: 'mail' }>;

/** @throws Error if the id names no kind */
export function lifecycleOf(id: string): Lifecycle {
  const kind = kindOf(id);
  if (!isKind(kind)) throw new Error(`There is no kind of case "${kind}".`);
  return lifecycles[kind];
}

/** What a case puts on record that another one opens, or why it is not opened. */
export function opening(
  { key, kind, slug, title, countries, input }: Extract<OtherCase, { type: 'open' }>,
  from: CaseState,
  by: string,
  taken: CaseState | undefined,
): readonly CaseEvent[] | Refusal {
  const id = `${kind}/${slug}`;
  if (taken) return refuse('CaseExists', `${id} is on record already.`);
  const { coordinator, lastAt } = from;
  const header = { id: slug, by, title, countries: countries ?? from.countries, coordinator, opener: from.id };
  const event = decideOpening(lifecycleOf(id), asSent({ ...header, ...input }), lastAt, key);
  return isRefusal(event) ? event : [event];
}

/** What a case puts on record that another one tells something, or why it does not take it. */
export function telling(
  { key, case: id, command: name, input }: Extract<OtherCase, { type: 'tell' }>,
  state: CaseState | undefined,
  at: Instant,
  by: string,
): readonly CaseEvent[] | Refusal {
  if (!state) return refuse('UnknownCase', `There is no case ${id}.`);
  return decide(lifecycleOf(id), state, { id: key, name, body: asSent({ by, ...input }) }, at);
}

/** What is not set does not travel. */
const asSent = (fields: Readonly<Record<string, unknown>>): unknown => JSON.parse(JSON.stringify(fields));
