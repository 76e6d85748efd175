import type { Kysely } from 'kysely';
import { addresseeOf } from '../database/addressee.ts';
import { calendarFor } from '../database/calendars.ts';
import { findCase } from '../database/lists.ts';
import type { Database } from '../database/schema.ts';
import { decide } from '../domain/case/command.ts';
import { caughtUp, dueEvents } from '../domain/case/due.ts';
import type { KeyedEffect, Message } from '../domain/case/effects.ts';
import { fold } from '../domain/case/evolve.ts';
import { decideOpening, kindOf } from '../domain/case/opening.ts';
import {
  type CaseEvent,
  type CaseState,
  deadlinesOf,
  plannedDeadlines,
  sentencesOf,
  unplannedDeadlines,
} from '../domain/case/state.ts';
import { plannedEvent, transition } from '../domain/case/transition.ts';
import { type CivilDate, type Instant, instantOf, millisecondsOf } from '../domain/dates.ts';
import { isKind, lifecycles } from '../domain/kinds.ts';
import type { Plan } from '../domain/ladder.ts';
import type { Lifecycle } from '../domain/lifecycle.ts';
import { planDeadline } from '../domain/planning.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';

/** Something that is owed, or no longer. */
export interface Owing {
  readonly says: string;
  readonly owedBy: string;
  /** Known once it is planned. */
  readonly due?: CivilDate;
}

/** What a command or an opening would lead to in its case, and beyond. */
export interface Foreseen {
  /** What would go on record, as sentences. */
  readonly wouldRecord: readonly string[];
  /** What would be done because of it: who would be written to, which cases told or opened, and what follows there. */
  readonly wouldFollow: readonly Consequence[];
  readonly noLongerOwed: readonly Owing[];
  readonly newlyOwed: readonly Owing[];
}

export type Consequence =
  | {
      readonly type: 'mail';
      readonly to: string;
      /** Which text: `KIND.NAME`. */
      readonly text: string;
      /** Who would really have it, by the directory as it is now: a name and an address, or why nobody would. */
      readonly reaches: string;
      /** What it gives as the reason. */
      readonly why?: string;
      /** What a case that is opened would send by itself within its first day: when it falls due. */
      readonly byItself?: Instant;
    }
  | ({ readonly type: 'open'; readonly case: string; readonly title: string } & Outcome)
  | ({ readonly type: 'tell'; readonly case: string; readonly title?: string; readonly command: string } & Outcome);

type Outcome = Foreseen | Refusal;

/** Cases tell cases; further than this nobody wants to see, and no rule may keep two of them talking. */
const deepest = 4;

const day = 86_400_000;

/** Looks ahead from one transition, on copies: each case that is told stands as it would by then. */
export class Foresight {
  private readonly db: Kysely<Database>;
  private readonly at: Instant;
  private readonly by: string;
  private readonly cases = new Map<string, CaseState>();

  constructor(db: Kysely<Database>, at: Instant, by: string) {
    this.db = db;
    this.at = at;
    this.by = by;
  }

  async of(
    lifecycle: Lifecycle,
    before: CaseState | undefined,
    events: readonly CaseEvent[],
    chain: readonly string[] = [],
  ): Promise<Foreseen> {
    if (events.length === 0) return { wouldRecord: [], wouldFollow: [], noLongerOwed: [], newlyOwed: [] };
    const { after, effects } = transition(lifecycle, before, events);
    this.cases.set(after.id, after);
    const wouldFollow: Consequence[] = [];
    for (const effect of effects) {
      const found = await this.consequenceOf(effect, after, [...chain, after.id]);
      if (found) wouldFollow.push(found);
    }
    const opened = before ? undefined : await this.planned(lifecycle, after);
    if (opened) wouldFollow.push(...(await this.firstDay(lifecycle, opened)));
    const owed = owing(lifecycle, before, opened ?? after);
    return { wouldRecord: sentencesOf(after, events), wouldFollow, ...owed };
  }

  private async consequenceOf(
    effect: KeyedEffect,
    from: CaseState,
    chain: readonly string[],
  ): Promise<Consequence | undefined> {
    switch (effect.type) {
      case 'mail':
        return this.mailTo(effect.message, from);
      case 'open': {
        const id = `${effect.kind}/${effect.slug}`;
        return { type: 'open', case: id, title: effect.title, ...(await this.opened(id, effect, from, chain)) };
      }
      case 'tell': {
        const { case: id, command } = effect;
        const outcome = await this.told(effect, chain);
        if (isReport(id, chain, outcome)) return undefined;
        const title = this.cases.get(id)?.title;
        return { type: 'tell', case: id, ...(title ? { title } : {}), command, ...outcome };
      }
    }
  }

  /** What a case that was opened with dates behind it, or close ahead, would send before anybody has done anything. */
  private async firstDay(lifecycle: Lifecycle, opened: CaseState): Promise<Consequence[]> {
    const until = instantOf(millisecondsOf(this.at) + day);
    const mails: Consequence[] = [];
    let state = opened;
    for (let due = dueEvents(lifecycle, state, until); due.length > 0; due = dueEvents(lifecycle, state, until)) {
      const { after, effects } = transition(lifecycle, state, due);
      for (const effect of effects)
        if (effect.type === 'mail')
          mails.push({ ...(await this.mailTo(effect.message, after)), byItself: effect.message.at });
      state = await this.planned(lifecycle, after);
    }
    return mails;
  }

  private async planned(lifecycle: Lifecycle, state: CaseState): Promise<CaseState> {
    const plans: Plan[] = [];
    for (const deadline of unplannedDeadlines(lifecycle, state)) {
      const calendar = await calendarFor(this.db, deadline, state);
      plans.push(planDeadline(calendar, deadline, state.deadlines[deadline.name], state.lastAt));
    }
    return plans.length > 0 ? fold(lifecycle, [plannedEvent(state, plans)], state) : state;
  }

  private async mailTo(
    { to, text, facts: { why } }: Message,
    { coordinator }: CaseState,
  ): Promise<Extract<Consequence, { type: 'mail' }>> {
    const addressee = await addresseeOf(this.db, to, { at: this.at, coordinator });
    const reaches = 'nobody' in addressee ? addressee.nobody : `${addressee.name} <${addressee.address}>`;
    return { type: 'mail', to, text, reaches, ...(typeof why === 'string' ? { why } : {}) };
  }

  private async opened(
    id: string,
    { kind, slug, title, countries, input }: Extract<KeyedEffect, { type: 'open' }>,
    from: CaseState,
    chain: readonly string[],
  ): Promise<Outcome> {
    const lifecycle = isKind(kind) ? lifecycles[kind] : undefined;
    if (!lifecycle) return refuse('UnknownKind', `There is no kind of case "${kind}".`);
    if (await this.find(id)) return refuse('CaseExists', `There is a case ${id} already.`);
    const { coordinator } = from;
    const header = { id: slug, by: this.by, title, countries: countries ?? from.countries, coordinator };
    const event = decideOpening(lifecycle, { ...header, opener: from.id, ...input }, this.at, 'trial');
    return isRefusal(event) ? event : this.of(lifecycle, undefined, [event], chain);
  }

  private async told(
    { case: id, command: name, input }: Extract<KeyedEffect, { type: 'tell' }>,
    chain: readonly string[],
  ): Promise<Outcome> {
    const kind = kindOf(id);
    const state = await this.find(id);
    if (!state || !isKind(kind)) return refuse('UnknownCase', `There is no case ${id}.`);
    if (chain.length >= deepest) return { wouldRecord: [], wouldFollow: [], noLongerOwed: [], newlyOwed: [] };
    const body = { by: this.by, ...(JSON.parse(JSON.stringify(input)) as Record<string, unknown>) };
    const events = decide(lifecycles[kind], state, { id: 'trial', name, body }, this.at);
    return isRefusal(events) ? events : this.of(lifecycles[kind], state, events, chain);
  }

  private async find(id: string): Promise<CaseState | undefined> {
    const known = this.cases.get(id);
    if (known) return known;
    const kind = kindOf(id);
    const found = await findCase(this.db, id);
    const state = found && isKind(kind) ? caughtUp(lifecycles[kind], found.state, this.at) : undefined;
    if (state) this.cases.set(id, state);
    return state;
  }
}

/** A case that reports back to whoever told it says nothing new, unless more follows from that. */
const isReport = (id: string, chain: readonly string[], outcome: Outcome): boolean =>
  chain.includes(id) && !isRefusal(outcome) && outcome.wouldFollow.length === 0;

/** What somebody owed before and not after, and the other way round. */
function owing(lifecycle: Lifecycle, before: CaseState | undefined, after: CaseState) {
  const was = before ? plannedDeadlines(lifecycle, before).filter(({ ladder }) => ladder.length > 0) : [];
  const is = deadlinesOf(lifecycle, after).filter(({ ladder }) => ladder.length > 0);
  const by = (owedBy: string | undefined) => owedBy ?? `person/${after.coordinator}`;
  const noLongerOwed: Owing[] = was
    .filter(({ name }) => !is.some((each) => each.name === name))
    .map(({ says, owedBy, standing }) => ({ says, owedBy: by(owedBy), due: standing.plan.due }));
  const newlyOwed: Owing[] = is
    .filter(({ name }) => !was.some((each) => each.name === name))
    .map(({ name, says, owedBy }) => {
      const due = after.deadlines[name]?.plan.due;
      return { says, owedBy: by(owedBy), ...(due ? { due } : {}) };
    });
  return { noLongerOwed, newlyOwed };
}
