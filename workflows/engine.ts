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

// A longer history does not wait for the mails under way to be done before the case begins anew.
const longHistory = 10_000;

/** Runs of 0.2.1 slept on when it was time to begin anew, unless something had changed, and waited for mails when they had been asked too often. */
const isBegunAnewInTime = () => patched('begun-anew-in-time');

/**
 * Runs one case from its opening to its end, whatever its kind. What a case decides (an opening, a command, what is due) goes
 * to `record`, a local activity, and only from there into the case, to whoever asked, and into the world. A decision that
 * refuses is not recorded, but stands only once `catchUp`, another local activity, knows of nothing more on record. When the
 * worker dies, freezes or is overtaken at any line:
 *
 * - Before COMMIT of `record`: nothing has happened. All is decided anew, and may come out otherwise, since it is later. Who
 *   takes over from a worker that stands still waits until that one's transaction has ended, by COMMIT or by Postgres.
 * - After COMMIT, before the workflow task completes: the register is ahead of the case. Whatever asks `record` or `catchUp`
 *   next is handed what is on record beyond the case, and what this very command was answered; nothing is written. The case
 *   takes that in, lets the letters go that have not gone, and whoever asked goes round their loop once more.
 * - After the task has completed: what came of it is in the history, which is replayed; nobody is asked again.
 *
 * Who asks next: the same task, which Temporal gives out again. Only a task with nothing but an update in it may be dropped:
 * its giver hears no answer, and asks again under the same id (`client/` does so for a while, then says that nobody has
 * answered). If they never do, the case and its letters lag behind the register until the next command or due date, until
 * `./entente revive`, or until the case asks before its workflow ends.
 *
 * Letters and words to other cases are activities of their own. Temporal gives an activity whose worker died to another one,
 * and the key of the letter or word lets it happen once (`workflows/effects.ts`). While the register is away, or behind the
 * case, tasks fail and are tried again, never the case; who asks meanwhile waits in line (`workflows/record.ts`).
 */
export const runCase = (lifecycle: Lifecycle, given: unknown): Promise<CaseOutcome> => {
  const input = inputOf(given);
  unlessRefused(refuseInstant('startsAt', input.startsAt));
  const running = new CaseProcess(lifecycle, input);
  // Its opening comes first in line; the handlers stand before anything is awaited, so that no early message is lost.
  const outcome = running.run();
  running.listen();
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
    setHandler(catchUpUpdate, () => this.ofOpenedCase(() => this.case.catchUp()), {
      description: 'Take in what the register has and the case does not know',
    });
    for (const [name, definition] of Object.entries(commandsOf(this.lifecycle)))
      setHandler(
        commandUpdate(name),
        (body, options?: CommandOptions) =>
          this.handleCommand({ id: idOf(options), name, body, proof: options?.proof }, options?.asOf),
        {
          description: definition.says,
          // Without a warning: a case ends when all are finished, unless its opening was refused, and so are they.
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
      await this.serialized(() => this.case.doWhatIsDue());
      // A command may have come while the register was asked.
      if (this.isDone() && !(await this.hasMoreOnRecord()) && this.isDone()) return;
      // A run that is to be cancelled has to hear it first: the next one would know nothing of that.
      if (this.isTimeToBeginAnew() && !CancellationScope.current().consideredCancelled) await this.beginAnew();
      await this.sleep();
    }
  }

  /** Until something has changed, the next thing is due, by the case or a message to go, or it is time to begin anew: commands that change nothing fill a history, too. */
  private async sleep(): Promise<void> {
    const { clock, effects } = this.case;
    const due = this.case.nextDue();
    const message = effects.next;
    if (message && !(due && due.at <= message.at)) this.alarm.set(clock, message.at, summaryOf(message.effect));
    else this.alarm.set(clock, due?.at, due ? nextSentence(due) : '');
    this.case.changed = false;
    const isAwaited = () => this.case.changed || this.alarm.rang || this.isDone();
    await condition(() => isAwaited() || (this.isTimeToBeginAnew() && isBegunAnewInTime()));
    this.alarm.rang = false;
  }

  /** One thing at a time: a command waits until what came before it is on record. Cancelling the workflow does not tear it apart. */
  private serialized<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.line.then(() => CancellationScope.nonCancellable(act));
    this.line = turn.catch(() => undefined);
    return turn;
  }

  /** In line. A case whose opening was refused takes nothing more. */
  private ofOpenedCase<T>(act: () => Promise<T>): Promise<T> {
    return this.serialized(() => {
      unlessRefused(this.refusal);
      return act();
    });
  }

  /** A case is opened, or goes on from the register when nothing is given that would open it. */
  private async begin(): Promise<void> {
    await this.serialized(async () => {
      this.refusal = await (this.input.opening === undefined ? this.revive() : this.open());
    });
    if (this.refusal) await condition(allHandlersFinished);
    unlessRefused(this.refusal);
  }

  private async open(): Promise<Refusal | undefined> {
    const { opening, commandId = '', proof } = this.input;
    const odd = refuseNoCommandId(commandId);
    if (odd) return odd;
    while (!this.case.isOnRecord) {
      const now = this.case.clock.now();
      const opened = decideByRulesOfRun((rules) => {
        const event = decideOpening(this.lifecycle, opening, now, commandId, rules);
        return isRefusal(event) ? event : [event];
      });
      const command = { id: commandId, name: 'opening', body: opening, proof };
      const taken = await this.case.submit(opened, command);
      if (taken.outcome === 'refused') return taken.refusal;
    }
    return undefined;
  }

  private async revive(): Promise<Refusal | undefined> {
    if (await this.case.catchUp()) return undefined;
    return refuse('UnknownCase', `The register has no case ${workflowInfo().workflowId}; open it with its fields.`);
  }

  private async answerOpening({ commandId }: { commandId: string }): Promise<Answer> {
    const isDecided = () => this.refusal !== undefined || this.case.isOnRecord;
    // Also while a run that was cancelled lives on.
    await CancellationScope.nonCancellable(() => condition(isDecided));
    unlessRefused(this.refusal);
    const { answers } = this.case;
    // Opened in another run, or so long ago that only the register remembers.
    if (!answers.to(commandId) && patched('register-asked-before-refusing'))
      await this.ofOpenedCase(() => this.case.catchUp(commandId));
    const answer = answers.to(commandId);
    if (!answer)
      throw refused(refuse('CaseExists', `${workflowInfo().workflowId} is on record already; choose another id.`));
    return answer;
  }

  private handleCommand(command: Command, asOf: Instant | undefined): Promise<Answer> {
    return this.ofOpenedCase(async () => {
      const { answers, clock } = this.case;
      const { shift } = clock;
      let answer = answers.to(command.id);
      while (!answer) {
        // Of a played case only; what is on record takes its clock along as well.
        clock.runOnTo(asOf);
        await this.case.doWhatIsDue();
        const now = clock.now();
        const decided = decideByRulesOfRun((rules) => decide(this.lifecycle, this.case.state, command, now, rules));
        // A refusal is held against the register as well: another try of this task may have taken the command.
        const taken = await this.case.submit(decided, command);
        if (taken.outcome === 'refused') {
          // A timer is set by workflow time: with a clock that has run on it would ring too late, though nothing has happened.
          if (clock.shift !== shift && patched('clock-ran-on')) this.case.changed = true;
          throw refused(taken.refusal);
        }
        // Recorded, or answered before: its answer is there. The register was ahead: it is decided anew.
        answer = answers.to(command.id);
      }
      return answer;
    });
  }

  /** Goes on until all are told and answered, or to another end if somebody reopens it meanwhile. */
  private async endCancelled(): Promise<void> {
    const cancelled = { type: 'cancelled', reason: 'The workflow was cancelled in Temporal.' };
    await this.serialized(() => this.case.commitUnless(() => this.case.isOver, cancelled));
    // The cancelling took the timers along; letters under way go on.
    this.alarm = new Alarm();
    await CancellationScope.nonCancellable(() => this.live());
  }

  /** Before a workflow ends: whether the register has what somebody did to the case, in a task that did not complete. */
  private async hasMoreOnRecord(): Promise<boolean> {
    return patched('register-asked-before-ending') && (await this.serialized(() => this.case.catchUp()));
  }

  private isDone(): boolean {
    return this.case.isOver && this.case.effects.size === 0 && allHandlersFinished();
  }

  private isTimeToBeginAnew(): boolean {
    const { continueAsNewSuggested, historyLength, suggestedContinueAsNewReasons: why } = workflowInfo();
    if (!continueAsNewSuggested || !allHandlersFinished()) return false;
    if (this.case.effects.running === 0 || historyLength > longHistory) return true;
    return why?.includes('TOO_MANY_UPDATES') === true && isBegunAnewInTime();
  }

  /** A case outlives any history: it begins anew with all that it knows, letters under way included. Temporal keeps what comes meanwhile for the next run. */
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
