import { HandlerUnfinishedPolicy } from '@temporalio/common';
import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  currentUpdateInfo,
  isCancellation,
  patched,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { type Command, commandsOf, decide, parseBody } from '../domain/case/command.ts';
import { refuseNoCommandId } from '../domain/case/command-id.ts';
import { decideOpening } from '../domain/case/opening.ts';
import { stageOf } from '../domain/case/state.ts';
import { nextSentence } from '../domain/case/view.ts';
import { type Instant, refuseInstant } from '../domain/dates.ts';
import type { Lifecycle } from '../domain/lifecycle.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { Alarm } from './clock.ts';
import { summaryOf } from './effects.ts';
import { refused } from './refused.ts';
import { decideByRulesOfRun } from './rules.ts';
import { RunningCase } from './running-case.ts';
import {
  type Answer,
  type CaseInput,
  type CaseOutcome,
  catchUpUpdate,
  type CommandOptions,
  commandUpdate,
  engineQuery,
  openingUpdate,
  viewQuery,
} from './messages.ts';

// Events after which a case no longer waits for its mails to be done before it begins anew.
const patience = 10_000;

/**
 * Runs one case from its opening to its end, whatever its kind.
 *
 * What happens when the worker dies, or its task has taken too long. `record` is a local activity: one transaction within
 * the workflow task, so both are tried again together, by this worker or another one.
 *
 * - Before COMMIT: nothing has happened. All is decided anew, and may come out otherwise, since it is later.
 * - After COMMIT, before the task completes: `record` knows by event number and command id what is on record already,
 *   writes nothing and hands it back; the case takes it in, and the loop that asked goes on from there. A refusal is given
 *   out only once the register has nothing that the case does not know (`unlessAhead`). Should nobody ask again, the giver
 *   of the command having died as well, the case catches up with its next command or due date, or by `./entente revive`.
 * - After the task has completed: its outcome is in the history, which is replayed; `record` is not asked again.
 * - With a letter or a word to another case under way: these are activities of their own, tried again under the key that
 *   is on record with the event. A letter of which a byte may have left is in doubt then: it is not sent again, the case
 *   puts that on record and goes on, and a person settles it. A word is told until the other case has taken or refused it,
 *   to which its key is the id of a command: what it has on record it answers again.
 * - While it begins anew: as in any task. What is under way and the last answers are carried along; older ones are in the
 *   register, where each command is looked up before it is put on record or refused.
 *
 * A register that is away, or behind the case (`RegisterBehind`), fails the task, not the case: Temporal tries it again for
 * as long as it takes, nothing is written, and whatever comes meanwhile waits in line behind it.
 */
export const runCase = (lifecycle: Lifecycle, given: unknown): Promise<CaseOutcome> => {
  const input = inputOf(given);
  unlessRefused(refuseInstant('startsAt', input.startsAt));
  const process = new CaseProcess(lifecycle, input);
  // Its opening comes first in line; the handlers stand before anything is awaited, so that no early message is lost.
  const outcome = process.run();
  process.listen();
  return outcome;
};

class CaseProcess {
  private readonly lifecycle: Lifecycle;
  private readonly input: CaseInput;
  private readonly case: RunningCase;
  private alarm = new Alarm();
  private refusal: Refusal | undefined;
  private line: Promise<unknown> = Promise.resolve();

  constructor(lifecycle: Lifecycle, input: CaseInput) {
    this.lifecycle = lifecycle;
    this.input = input;
    this.case = new RunningCase(lifecycle, input.startsAt, input.carried, (act) => this.serialized(act));
  }

  listen(): void {
    setHandler(viewQuery, () => this.case.view());
    setHandler(engineQuery, () => ({
      number: this.case.isOnRecord ? this.case.state.number : 0,
      shiftMs: this.case.clock.shift,
      underWay: this.case.effects.running,
    }));
    setHandler(openingUpdate, (asked) => this.answerOpening(asked), {
      description: 'Wait until the case is on record',
      validator: (asked) => unlessRefused(refuseNoCommandId((asked as { commandId?: unknown } | null)?.commandId)),
    });
    setHandler(catchUpUpdate, () => this.onRecord(() => this.case.catchUp()), {
      description: 'Take in what the register has and the case does not know',
    });
    for (const [name, definition] of Object.entries(commandsOf(this.lifecycle)))
      setHandler(
        commandUpdate(name),
        (body, options?: CommandOptions) =>
          this.handleCommand({ id: idOf(options), name, body, proof: options?.proof }, options?.asOf),
        {
          description: definition.says,
          unfinishedPolicy: HandlerUnfinishedPolicy.ABANDON,
          // Before it enters the history: what no state of the case could mend.
          validator: (body, options?: CommandOptions) =>
            unlessRefused(
              refuseNoCommandId(idOf(options)) ?? refuseInstant('asOf', options?.asOf) ?? parseBody(definition, body),
            ),
        },
      );
  }

  async run(): Promise<CaseOutcome> {
    try {
      if (!this.input.carried) await this.begin();
      await this.live();
    } catch (error) {
      if (isCancellation(error) && this.case.isOnRecord) await this.endCancelled();
      throw error;
    }
    const { state } = this.case;
    return { case: state.id, stage: stageOf(state), events: state.number };
  }

  private async live(): Promise<void> {
    for (;;) {
      await this.serialized(() => this.case.settle());
      if (this.isDone()) return;
      if (this.isTimeToBeginAnew()) await this.beginAnew();
      await this.sleep(() => this.isDone());
    }
  }

  /** Until something has changed, or the next thing is due: by the case, or a message to go. */
  private async sleep(isOver: () => boolean): Promise<void> {
    const { clock, effects } = this.case;
    const due = this.case.nextDue();
    const message = effects.next;
    if (message && !(due && due.at <= message.at)) this.alarm.set(clock, message.at, summaryOf(message.effect));
    else this.alarm.set(clock, due?.at, due ? nextSentence(due) : '');
    this.case.changed = false;
    await condition(() => this.case.changed || this.alarm.rang || isOver());
    this.alarm.rang = false;
  }

  /** One thing at a time: a command waits until what came before it is on record. Cancelling the workflow does not tear it apart. */
  private serialized<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.line.then(() => CancellationScope.nonCancellable(act));
    this.line = turn.catch(() => undefined);
    return turn;
  }

  /** In line, and only for a case that is on record. */
  private onRecord<T>(act: () => Promise<T>): Promise<T> {
    return this.serialized(() => {
      if (this.refusal) throw refused(this.refusal);
      return act();
    });
  }

  /** A case is opened, or goes on from the register when nothing is given that would open it. */
  private async begin(): Promise<void> {
    this.refusal = await this.serialized(() => (this.input.opening === undefined ? this.revive() : this.open()));
    if (!this.refusal) return;
    await condition(allHandlersFinished);
    throw refused(this.refusal);
  }

  private async open(): Promise<Refusal | undefined> {
    const { opening, commandId, proof } = this.input;
    if (!commandId) return refuse('InvalidInput', 'commandId: every opening needs an id of its own.');
    const odd = refuseNoCommandId(commandId);
    if (odd) return odd;
    while (!this.case.isOnRecord) {
      const now = this.case.clock.now();
      const opened = decideByRulesOfRun((rules) => decideOpening(this.lifecycle, opening, now, commandId, rules));
      const taken = isRefusal(opened)
        ? await this.case.unlessAhead(opened, commandId)
        : await this.case.commit([opened], { id: commandId, name: 'opening', body: opening, proof });
      if (taken.outcome === 'refused') return taken.refusal;
    }
    return undefined;
  }

  private async revive(): Promise<Refusal | undefined> {
    if (await this.case.catchUp()) return undefined;
    return refuse('UnknownCase', `The register has no case ${workflowInfo().workflowId}; open it with its fields.`);
  }

  private async answerOpening({ commandId }: { commandId: string }): Promise<Answer> {
    await condition(() => this.refusal !== undefined || this.case.isOnRecord);
    if (this.refusal) throw refused(this.refusal);
    const answer = commandId === this.input.commandId ? this.case.answers.to(commandId) : undefined;
    if (!answer)
      throw refused(refuse('CaseExists', `${workflowInfo().workflowId} is on record already; choose another id.`));
    return answer;
  }

  private handleCommand(command: Command, asOf: Instant | undefined): Promise<Answer> {
    return this.onRecord(async () => {
      const { clock } = this.case;
      const { shift } = clock;
      for (;;) {
        const answer = this.case.answers.to(command.id);
        if (answer) return answer;
        clock.runOnTo(asOf);
        await this.case.settle();
        const now = clock.now();
        const events = decideByRulesOfRun((rules) => decide(this.lifecycle, this.case.state, command, now, rules));
        const taken = isRefusal(events)
          ? await this.case.unlessAhead(events, command.id)
          : await this.case.commit(events, command);
        if (taken.outcome !== 'refused') continue;
        // A timer is set by workflow time: with a clock that has run on it would ring too late, though nothing has happened.
        if (clock.shift !== shift && patched('clock-ran-on')) this.case.changed = true;
        throw refused(taken.refusal);
      }
    });
  }

  private async endCancelled(): Promise<void> {
    const cancelled = { type: 'cancelled', reason: 'The workflow was cancelled in Temporal.' };
    await this.serialized(() => this.case.commitUnless(() => this.case.isOver, cancelled));
    // What was decided is still told, however long its readers sleep; the cancelling took the timers along.
    this.alarm = new Alarm();
    const { effects } = this.case;
    await CancellationScope.nonCancellable(async () => {
      for (; effects.size > 0; effects.release()) await this.sleep(() => effects.size === 0);
    });
  }

  private isDone(): boolean {
    return this.case.isOver && this.case.effects.size === 0 && allHandlersFinished();
  }

  private isTimeToBeginAnew(): boolean {
    const { continueAsNewSuggested, historyLength } = workflowInfo();
    const isQuiet = this.case.effects.running === 0 || historyLength > patience;
    return continueAsNewSuggested && allHandlersFinished() && isQuiet;
  }

  /** A case outlives any history: it begins anew with all that it knows, mails under way included. */
  private beginAnew(): Promise<never> {
    const { state, clock, answers, effects } = this.case;
    const carried = { state, shiftMs: clock.shift, answers: answers.carry(), effects: effects.carry() };
    return continueAsNew<(input: CaseInput) => Promise<CaseOutcome>>({ ...this.input, carried });
  }
}

const idOf = (options: CommandOptions | undefined): string => options?.commandId ?? currentUpdateInfo()?.id ?? '';

function unlessRefused(outcome: unknown): void {
  if (isRefusal(outcome)) throw refused(outcome);
}

/** Anybody who reaches Temporal may start a workflow with anything; only a run that follows another one carries a state. */
function inputOf(given: unknown): CaseInput {
  const input = typeof given === 'object' && given !== null ? (given as CaseInput) : {};
  return workflowInfo().continuedFromExecutionRunId === undefined ? { ...input, carried: undefined } : input;
}
