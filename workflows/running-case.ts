import { ApplicationFailure, patched, workflowInfo } from '@temporalio/workflow';
import type { CaseOnRecord, RecordInput, RecordOutcome } from '../activities/record.ts';
import type { Command } from '../domain/case/command.ts';
import { dueEvents, system, nextDue } from '../domain/case/due.ts';
import { fold } from '../domain/case/evolve.ts';
import { type CaseEvent, type CaseState, isOver, type LifecycleEvent } from '../domain/case/state.ts';
import { plannedEvent, transition } from '../domain/case/transition.ts';
import { type CaseView, viewAhead, viewOf } from '../domain/case/view.ts';
import type { Instant } from '../domain/dates.ts';
import type { Lifecycle } from '../domain/lifecycle.ts';
import { isRefusal } from '../domain/refusal.ts';
import { rulesOfToday } from '../domain/rules-version.ts';
import { Answers } from './answers.ts';
import { CaseClock } from './clock.ts';
import { Display } from './display.ts';
import { type CausedEffect, caused, EffectsUnderWay } from './effects.ts';
import type { Carried } from './messages.ts';
import { putOnRecord, readFromRegister } from './record.ts';
import type { DecidedByRules } from './rules.ts';

/** What came of an attempt to change a case; `ahead`: the register had more, the case has taken it in and decides anew. */
export type Taken = RecordOutcome | { readonly outcome: 'ahead' };

type Recorded = Extract<RecordOutcome, { outcome: 'recorded' }>;
/** By whom a change was asked for, and by which rules it was decided; absent: by the case itself, which goes by those of today. */
type Asked = Partial<Pick<RecordInput, 'command' | 'rules'>>;
type InLine = <T>(act: () => Promise<T>) => Promise<T>;

/**
 * A case as its workflow has it, kept the same as the register. Everything goes on record first, then into the case, then
 * into the world; what the register has beyond the case is taken in before anything else is decided.
 */
export class RunningCase {
  readonly clock: CaseClock;
  readonly answers: Answers;
  readonly effects: EffectsUnderWay;
  /** Something has happened since it was last looked at. */
  changed = false;
  private readonly lifecycle: Lifecycle;
  private readonly serialized: InLine;
  private readonly display = new Display();
  private current: CaseState | undefined;
  /** How many events have had their effects; more than the case has while it reads them again. */
  private reached = 0;

  /** @param serialized does one thing after the other: what became of an effect is put on record when its turn comes */
  constructor(lifecycle: Lifecycle, startsAt: Instant | undefined, carried: Carried | undefined, serialized: InLine) {
    this.lifecycle = lifecycle;
    this.serialized = serialized;
    this.clock = new CaseClock(startsAt, carried?.shiftMs);
    this.answers = new Answers(carried?.answers);
    this.current = carried?.state;
    const isPostponed = () => void (this.changed = true);
    this.effects = new EffectsUnderWay(() => this.clock.now(), isPostponed);
    if (carried) this.resume(carried.effects);
  }

  get isOnRecord(): boolean {
    return this.current !== undefined;
  }

  /** @throws ApplicationFailure `NotReady` while the case is being opened */
  get state(): CaseState {
    if (!this.current)
      throw ApplicationFailure.nonRetryable('The case is not on record yet; ask again in a moment.', 'NotReady');
    return this.current;
  }

  get isOver(): boolean {
    return isOver(this.lifecycle, this.state);
  }

  view(): CaseView {
    return viewAhead(this.lifecycle, this.state);
  }

  nextDue(): ReturnType<typeof nextDue> {
    return nextDue(this.lifecycle, this.state);
  }

  /** Lets go the letters whose time has come, and lets happen whatever is due, earliest first. */
  async doWhatIsDue(): Promise<void> {
    this.effects.release();
    for (let due = this.dueEvents(); due.length > 0; due = this.dueEvents()) await this.commit(due);
  }

  /** What came of a command. A refusal stands only once the register is known to have nothing that the case does not know. */
  async submit({ decided, rules }: DecidedByRules, command: Command): Promise<Taken> {
    if (!isRefusal(decided)) return this.commit(decided, { command, rules });
    const isAhead = patched('register-asked-before-refusing') && (await this.catchUp(command.id));
    return isAhead ? { outcome: 'ahead' } : { outcome: 'refused', refusal: decided };
  }

  /** On record first, then in the case, then in the world. When the register is ahead, nothing of this was written. */
  private async commit(events: readonly CaseEvent[], asked: Asked = {}): Promise<RecordOutcome> {
    const { command, rules = rulesOfToday } = asked;
    const clock = { now: this.clock.now(), played: this.clock.played };
    const decided = { before: this.current, events, command, rules };
    const outcome = await putOnRecord({ kind: this.lifecycle.kind, ...decided, ...clock });
    if (outcome.outcome === 'ahead') await this.takeIn(outcome.onRecord);
    if (outcome.outcome === 'recorded') this.take(outcome, events, command?.id);
    if (outcome.outcome === 'answered' && command) this.answers.remember(command.id, outcome.answer);
    return outcome;
  }

  /** What is on record is what has happened, not what was decided: on a replay that may have been at another time. */
  private take({ events, plans, answer, sendAt }: Recorded, decided: readonly CaseEvent[], asked?: string): void {
    const recorded = events ?? decided;
    const { after, effects } = transition(this.lifecycle, this.current, recorded);
    this.current = plans.length > 0 ? fold(this.lifecycle, [plannedEvent(after, plans)], after) : after;
    // A command can be taken without anything having happened.
    const { commandId = asked, by } = recorded.at(-1) ?? { by: system };
    if (commandId && answer) this.answers.remember(commandId, answer);
    this.show();
    for (const effect of effects) this.start(caused(effect, by, sendAt));
  }

  /** Puts an event of the case's own on record, unless that is there by then. */
  async commitUnless(isOnRecord: () => boolean, event: LifecycleEvent): Promise<void> {
    while (!isOnRecord()) if ((await this.commit([this.stamped(event)])).outcome !== 'ahead') return;
  }

  /** Whether the register had something that the case did not know, such as what a command was answered. */
  async catchUp(commandId?: string, afresh?: CaseOnRecord['afresh']): Promise<boolean> {
    const { workflowId } = workflowInfo();
    const asked = { kind: this.lifecycle.kind, case: workflowId, before: this.current, commandId, afresh };
    return this.takeIn(await readFromRegister(asked));
  }

  private async takeIn({ events, answers, undone, sendAt, afresh, more }: CaseOnRecord): Promise<boolean> {
    this.reached = Math.max(this.reached, this.current?.number ?? 0);
    if (events[0]?.number === 1) this.current = undefined;
    for (const event of events) {
      const { after, effects } = transition(this.lifecycle, this.current, [event]);
      this.current = after;
      if (event.number <= this.reached) continue;
      this.effects.noteReport(event);
      for (const effect of effects) if (undone.includes(effect.key)) this.start(caused(effect, event.by, sendAt));
    }
    for (const [commandId, answer] of answers) this.answers.remember(commandId, answer);
    if (events.length > 0) {
      this.clock.runOnTo(this.state.lastAt);
      this.show();
    }
    return more ? this.catchUp(undefined, afresh) : events.length + answers.length > 0;
  }

  private dueEvents(): readonly CaseEvent[] {
    return dueEvents(this.lifecycle, this.state, this.clock.now());
  }

  private show(): void {
    this.changed = true;
    this.display.show(viewOf(this.lifecycle, this.state), this.state.countries);
  }

  private resume(effects: readonly CausedEffect[]): void {
    this.show();
    for (const effect of effects) this.start(effect);
  }

  private start(effect: CausedEffect): void {
    const { state } = this;
    const playedAt = this.clock.played ? state.lastAt : undefined;
    this.effects.start(effect, { state, playedAt }, (followUp, isOnRecord) =>
      this.serialized(() => this.commitUnless(isOnRecord, followUp)),
    );
  }

  private stamped(event: LifecycleEvent): CaseEvent {
    const { number, lastAt } = this.state;
    const now = this.clock.now();
    return { ...event, number: number + 1, at: now > lastAt ? now : lastAt, by: system };
  }
}
