import { HandlerUnfinishedPolicy } from '@temporalio/common';
import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  currentUpdateInfo,
  isCancellation,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { type Command, commandsOf, decide } from '../domain/case/command.ts';
import { caughtUp, dueEvents, itself, nextDue } from '../domain/case/due.ts';
import { fold } from '../domain/case/evolve.ts';
import { decideOpening } from '../domain/case/opening.ts';
import { type CaseEvent, type CaseState, isOver, type LifecycleEvent, stageOf } from '../domain/case/state.ts';
import { plannedEvent, transition } from '../domain/case/transition.ts';
import { type CaseView, nextSentence, viewOf } from '../domain/case/view.ts';
import type { Instant } from '../domain/dates.ts';
import type { Lifecycle } from '../domain/lifecycle.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { Answers } from './answers.ts';
import { Alarm, CaseClock } from './clock.ts';
import { Display } from './display.ts';
import { EffectsUnderWay, summaryOf, type TimedEffect, timed } from './effects.ts';
import { putOnRecord } from './record.ts';
import { refused } from './refused.ts';
import { byRulesOfItsTime } from './rules.ts';
import {
  type Answer,
  type CaseInput,
  type CaseOutcome,
  type CommandOptions,
  commandUpdate,
  engineQuery,
  openingUpdate,
  viewQuery,
} from './messages.ts';

// Events after which a case no longer waits for its mails to be done before it begins anew.
const patience = 10_000;

/** Runs one case from its opening to its end, whatever its kind. */
export const runCase = (lifecycle: Lifecycle, input: CaseInput): Promise<CaseOutcome> => {
  const process = new CaseProcess(lifecycle, input);
  process.listen();
  return process.run();
};

class CaseProcess {
  private readonly lifecycle: Lifecycle;
  private readonly input: CaseInput;
  private readonly clock: CaseClock;
  private alarm = new Alarm();
  private readonly display = new Display();
  private state: CaseState | undefined;
  private refusal: Refusal | undefined;
  private readonly answers: Answers;
  private readonly effects: EffectsUnderWay;
  private line: Promise<unknown> = Promise.resolve();
  private changed = false;

  constructor(lifecycle: Lifecycle, input: CaseInput) {
    this.lifecycle = lifecycle;
    this.input = input;
    this.clock = new CaseClock(input.startsAt, input.carried?.shiftMs);
    this.state = input.carried?.state;
    this.answers = new Answers(input.carried?.answers);
    const isPostponed = () => void (this.changed = true);
    this.effects = new EffectsUnderWay(() => this.clock.now(), isPostponed);
  }

  /** All handlers stand before the first await, so that no early message is lost. */
  listen(): void {
    setHandler(viewQuery, () => this.view());
    setHandler(engineQuery, () => ({
      number: this.state?.number ?? 0,
      shiftMs: this.clock.shift,
      underWay: this.effects.running,
    }));
    setHandler(openingUpdate, (asked) => this.answerOpening(asked), {
      description: 'Wait until the case is on record',
    });
    for (const [name, { says }] of Object.entries(commandsOf(this.lifecycle)))
      setHandler(
        commandUpdate(name),
        (body, options?: CommandOptions) => this.obey({ id: idOfUpdate(), name, body }, options?.asOf),
        {
          description: says,
          unfinishedPolicy: HandlerUnfinishedPolicy.ABANDON,
          // An update, not a signal: its giver must hear at once why it is refused.
          validator: (body, options?: CommandOptions) =>
            this.refuseBefore({ id: idOfUpdate(), name, body }, options?.asOf),
        },
      );
  }

  async run(): Promise<CaseOutcome> {
    try {
      if (this.input.carried) this.resume(this.input.carried.effects);
      else await this.inLine(() => this.open());
      await this.live();
    } catch (error) {
      if (isCancellation(error) && this.state) await this.endCancelled();
      throw error;
    }
    return this.outcome();
  }

  private async live(): Promise<void> {
    for (;;) {
      await this.inLine(() => this.settle());
      if (this.isDone()) return;
      if (this.isTimeToBeginAnew()) await this.beginAnew();
      await this.sleep(() => this.isDone());
    }
  }

  /** Until something has changed, or the next thing is due: by the case, or a message to go. */
  private async sleep(isOver: () => boolean): Promise<void> {
    const due = nextDue(this.lifecycle, this.known());
    const message = this.effects.next;
    if (message && !(due && due.at <= message.at)) this.alarm.set(this.clock, message.at, summaryOf(message.effect));
    else this.alarm.set(this.clock, due?.at, due ? nextSentence(due) : '');
    this.changed = false;
    await condition(() => this.changed || this.alarm.rang || isOver());
    this.alarm.rang = false;
  }

  /** One thing at a time: a command waits until what came before it is on record. Cancelling the workflow does not tear it apart. */
  private inLine<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.line.then(() => CancellationScope.nonCancellable(act));
    this.line = turn.catch(() => undefined);
    return turn;
  }

  private async open(): Promise<void> {
    const { opening, commandId } = this.input;
    const now = this.clock.now();
    const opened = byRulesOfItsTime((rules) => decideOpening(this.lifecycle, opening, now, commandId, rules));
    const outcome = isRefusal(opened)
      ? opened
      : await this.commit([opened], { id: commandId, name: 'opening', body: opening });
    if (!isRefusal(outcome)) return;
    this.refusal = outcome;
    await condition(allHandlersFinished);
    throw refused(outcome);
  }

  private async answerOpening({ commandId }: { commandId: string }): Promise<Answer> {
    await condition(() => this.refusal !== undefined || this.state !== undefined);
    if (this.refusal) throw refused(this.refusal);
    const answer = this.answers.to(this.input.commandId);
    if (!answer || commandId !== this.input.commandId)
      throw refused({
        refused: 'CaseExists',
        because: `${workflowInfo().workflowId} is on record already; choose another id.`,
      });
    return answer;
  }

  /** Synchronous, and changes nothing: it decides on the case as it would stand once all that is due has happened. */
  private refuseBefore(command: Command, asOf: Instant | undefined): void {
    if (!this.state || this.answers.has(command.id)) return;
    const refusal = this.refusalOf(command, this.clock.asOf(asOf));
    if (refusal) throw refused(refusal);
  }

  private refusalOf(command: Command, at: Instant): Refusal | null {
    const decided = decide(this.lifecycle, caughtUp(this.lifecycle, this.known(), at), command, at);
    return isRefusal(decided) ? decided : null;
  }

  private obey(command: Command, asOf: Instant | undefined): Promise<Answer> {
    return this.inLine(async () => {
      const first = this.answers.to(command.id);
      if (first) return first;
      this.clock.runOnTo(asOf);
      await this.settle();
      const now = this.clock.now();
      const events = byRulesOfItsTime((rules) => decide(this.lifecycle, this.known(), command, now, rules));
      const outcome = isRefusal(events) ? events : await this.commit(events, command);
      if (isRefusal(outcome)) throw refused(outcome);
      return outcome as Answer;
    });
  }

  /** Lets everything happen whose time has come, earliest first. */
  private async settle(): Promise<void> {
    this.effects.release();
    for (let due = this.due(); due.length > 0; due = this.due()) await this.commit(due);
  }

  private due(): readonly CaseEvent[] {
    return dueEvents(this.lifecycle, this.known(), this.clock.now());
  }

  /** On record first, then in the case, then in the world. */
  private async commit(events: readonly CaseEvent[], command?: Command): Promise<Answer | Refusal | undefined> {
    const { after, effects } = transition(this.lifecycle, this.state, events);
    const clock = { now: this.clock.now(), played: this.clock.played };
    const outcome = await putOnRecord({ kind: this.lifecycle.kind, before: this.state, events, command, ...clock });
    if (outcome.outcome === 'refused') return outcome.refusal;
    if (outcome.outcome === 'answered') return this.remember(command, outcome.answer);
    this.state = outcome.plans.length > 0 ? fold(this.lifecycle, [plannedEvent(after, outcome.plans)], after) : after;
    this.remember(command, outcome.answer);
    this.changed = true;
    this.display.show(this.view(), this.known().countries);
    for (const effect of effects) this.start(timed(effect, outcome.sendAt), events.at(-1)?.by ?? itself);
    return outcome.answer;
  }

  private remember(command: Command | undefined, answer: Answer | undefined): Answer | undefined {
    if (command && answer) this.answers.remember(command.id, answer);
    return answer;
  }

  private resume(effects: readonly TimedEffect[]): void {
    this.display.show(this.view(), this.known().countries);
    for (const effect of effects) this.start(effect, itself);
  }

  private start(effect: TimedEffect, by: string): void {
    const state = this.known();
    const playedAt = this.clock.played ? state.lastAt : undefined;
    this.effects.start(effect, { state, by, playedAt }, (followUp) =>
      this.inLine(() => this.commit([this.stamped(followUp)])),
    );
  }

  private stamped(event: LifecycleEvent): CaseEvent {
    const { number, lastAt } = this.known();
    const now = this.clock.now();
    return { ...event, number: number + 1, at: now > lastAt ? now : lastAt, by: itself };
  }

  private async endCancelled(): Promise<void> {
    await this.inLine(async () => {
      if (isOver(this.lifecycle, this.known())) return;
      await this.commit([
        { ...this.stamped({ type: 'cancelled' }), reason: 'The workflow was cancelled in Temporal.' },
      ]);
    });
    // What was decided is still told, however long its readers sleep; the cancelling took the timers along.
    this.alarm = new Alarm();
    await CancellationScope.nonCancellable(async () => {
      for (; this.effects.size > 0; this.effects.release()) await this.sleep(() => this.effects.size === 0);
    });
  }

  private isDone(): boolean {
    return isOver(this.lifecycle, this.known()) && this.effects.size === 0 && allHandlersFinished();
  }

  private isTimeToBeginAnew(): boolean {
    const { continueAsNewSuggested, historyLength } = workflowInfo();
    const isQuiet = this.effects.running === 0 || historyLength > patience;
    return continueAsNewSuggested && allHandlersFinished() && isQuiet;
  }

  /** A case outlives any history: it begins anew with all that it knows, mails under way included. */
  private beginAnew(): Promise<never> {
    const carried = {
      state: this.known(),
      shiftMs: this.clock.shift,
      answers: this.answers.carry(),
      effects: this.effects.carry(),
    };
    return continueAsNew<(input: CaseInput) => Promise<CaseOutcome>>({ ...this.input, carried });
  }

  private view(): CaseView {
    return viewOf(this.lifecycle, this.known());
  }

  private outcome(): CaseOutcome {
    const state = this.known();
    return { case: state.id, stage: stageOf(state), events: state.number };
  }

  private known(): CaseState {
    if (!this.state)
      throw ApplicationFailure.nonRetryable('The case is not on record yet; ask again in a moment.', 'NotReady');
    return this.state;
  }
}

const idOfUpdate = (): string => currentUpdateInfo()?.id ?? '';
