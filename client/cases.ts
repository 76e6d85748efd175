import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client, Connection } from '@temporalio/client';
import { markdownOf } from '../domain/case/markdown.ts';
import { kindOf } from '../domain/case/opening.ts';
import { type Prove, unproved } from '../domain/case/proof.ts';
import type { CaseView } from '../domain/case/view.ts';
import type { Instant } from '../domain/dates.ts';
import { isRefusalCode, refuse } from '../domain/refusal.ts';
import type { TemporalSettings } from '../stack/settings.ts';
import type { Answer } from '../workflows/messages.ts';
import type { CommandRequest, OpeningRequest } from './asked.ts';
import { RefusedError, UnavailableError } from './errors.ts';
import { Runs } from './health/runs.ts';
import { grpc, grpcErrorIn, isAway, isBusy, isOfTheMoment, isUnanswered } from './temporal-errors.ts';
import { Turns } from './turns.ts';
import { type Asked, type RegisterTrouble, tooMuchAtOnce, whyUnanswered } from './unanswered.ts';

/** How long Temporal may take to be reached, and a worker to answer, in milliseconds. */
export interface Patience {
  readonly toConnect: number;
  readonly toAnswer: number;
}

/** How long the reason is looked for why a case does not answer. */
const lookMs = 5_000;

const patient: Patience = { toConnect: 5_000, toAnswer: 30_000 };

/** A case that goes on from the register. */
export interface FromRegister {
  readonly caseId: string;
  readonly title: string;
  /** Of a played case only: where its clock starts. */
  readonly startsAt?: Instant | undefined;
  /** Although its workflow has come to an end of its own, which the register knows nothing of. */
  readonly thoughOver?: boolean | undefined;
}

/** A workflow without an opening reads its events from the register and goes on from there; one that runs is joined. */
const fromRegister = ({ sdk, messages }: Loaded, { caseId, title, startsAt, thoughOver }: FromRegister) =>
  new sdk.WithStartWorkflowOperation(kindOf(caseId), {
    workflowId: caseId,
    taskQueue: messages.taskQueue,
    args: [{ startsAt }],
    staticSummary: markdownOf(title),
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: thoughOver ? 'ALLOW_DUPLICATE' : 'ALLOW_DUPLICATE_FAILED_ONLY',
  });

/** Thrown when Temporal knows no running case of an id; the register knows whether there ever was one. */
export class NotRunningError extends Error {
  override readonly name = 'NotRunningError';
}

const noneKnown = () => Promise.resolve(undefined);

/** The SDK takes a fifth of a second to load: only those who need it wait for it. */
const load = async () => ({
  ...(await import('./sdk.ts')),
  messages: await import('../workflows/messages.ts'),
});
export type Loaded = Awaited<ReturnType<typeof load>>;

type Question<T> = (client: Client, loaded: Loaded) => Promise<T>;

/** Running cases in Temporal, connected to when the first is asked. */
export class RunningCases {
  private readonly settingsOf: () => TemporalSettings;
  private readonly registerTrouble: RegisterTrouble;
  private readonly patience: Patience;
  private readonly prove: Prove;
  private readonly underWay = new Set<Promise<unknown>>();
  private readonly turns = new Turns();
  private readonly closing = new AbortController();
  private connected: Promise<{ client: Client; connection: Connection; loaded: Loaded }> | undefined;

  /** @param prove signs what is given */
  constructor(
    settingsOf: () => TemporalSettings,
    patience = patient,
    registerTrouble: RegisterTrouble = noneKnown,
    prove = unproved,
  ) {
    this.settingsOf = settingsOf;
    this.registerTrouble = registerTrouble;
    this.patience = patience;
    this.prove = prove;
  }

  async open({ kind, opening, commandId, startsAt }: OpeningRequest): Promise<Answer> {
    const workflowId = `${kind}/${String(opening['id'])}`;
    const proof = await this.prove({ id: commandId, case: workflowId, command: 'opening', body: opening });
    return this.askCase({ caseId: workflowId, commandId }, (client, { sdk, messages }) =>
      client.workflow.executeUpdateWithStart(messages.openingUpdate, {
        args: [{ commandId }],
        updateId: commandId,
        startWorkflowOperation: new sdk.WithStartWorkflowOperation(kind, {
          workflowId,
          taskQueue: messages.taskQueue,
          args: [{ opening, commandId, startsAt, proof }],
          staticSummary: markdownOf(String(opening['title'])),
          workflowIdConflictPolicy: 'USE_EXISTING',
          // A refused opening leaves a failed workflow behind: corrected, the case may be opened under the same id.
          workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
        }),
      }),
    );
  }

  async command({ caseId, name, body, commandId, asOf }: CommandRequest): Promise<Answer> {
    const proof = await this.prove({ id: commandId, case: caseId, command: name, body });
    return this.askCase({ caseId, commandId }, (client, { messages }) =>
      client.workflow
        .getHandle(caseId)
        .executeUpdate(messages.commandUpdate(name), { args: [body, { asOf, proof }], updateId: commandId }),
    );
  }

  /** The same to a case that nobody runs: it goes on from the register first. */
  async commandFromRegister({ name, body, commandId, asOf }: CommandRequest, origin: FromRegister): Promise<Answer> {
    const proof = await this.prove({ id: commandId, case: origin.caseId, command: name, body });
    return this.askCase({ caseId: origin.caseId, commandId }, (client, loaded) =>
      client.workflow.executeUpdateWithStart(loaded.messages.commandUpdate(name), {
        args: [body, { asOf, proof }],
        updateId: commandId,
        startWorkflowOperation: fromRegister(loaded, origin),
      }),
    );
  }

  /** Has a case take in what the register has, starting it if nobody runs it; whether there was anything. */
  catchUp(origin: FromRegister): Promise<boolean> {
    return this.askCase({ caseId: origin.caseId }, (client, loaded) =>
      client.workflow.executeUpdateWithStart(loaded.messages.catchUpUpdate, {
        args: [],
        startWorkflowOperation: fromRegister(loaded, origin),
      }),
    );
  }

  view(caseId: string): Promise<CaseView> {
    return this.askCase({ caseId }, (client, { messages }) =>
      client.workflow.getHandle(caseId).query(messages.viewQuery),
    );
  }

  /** Has a worker mail what is no case's: a code, or the link of a sign-in. The same one is mailed once, however often that is asked. */
  mail(workflow: 'answerCode' | 'signIn', workflowId: string, asked: unknown): Promise<unknown> {
    return this.ask((client, { messages: { taskQueue } }) =>
      client.workflow.start(workflow, {
        workflowId,
        taskQueue,
        args: [asked],
        workflowIdConflictPolicy: 'USE_EXISTING',
      }),
    );
  }

  /** Ends what is under way first: a call that is to be tried again would find its connection gone, and nobody there to hear of it. */
  async close(): Promise<void> {
    const parts = await this.connected?.catch(() => undefined);
    this.closing.abort();
    await Promise.allSettled(this.underWay);
    await parts?.connection.close();
  }

  /**
   * Asks Temporal itself. Every call ends by its deadline, so that no long poll is pending when the connection is closed.
   *
   * @throws {@link UnavailableError} if Temporal does not answer; {@link NotRunningError}
   */
  async ask<T>(question: Question<T>, withinMs = this.patience.toAnswer): Promise<T> {
    const { client, loaded } = await this.connection();
    try {
      return await this.asked(client, Date.now() + withinMs, () => question(client, loaded));
    } catch (error) {
      if (grpcErrorIn(error).code !== grpc.deadlineExceeded) throw this.explained(error, loaded);
      throw new UnavailableError('Temporal', 'Temporal has not said in time which cases run.', { cause: error });
    }
  }

  /** A command waits for its turn; a view need not. */
  private askCase<T>(asked: Asked, question: Question<T>): Promise<T> {
    const until = Date.now() + this.patience.toAnswer;
    const ask = () => this.askUntil(until, asked, question);
    return asked.commandId ? this.turns.take(asked.caseId, ask) : ask();
  }

  /** Asks a case, and again under the same id while it is only of the moment that it does not answer. */
  private async askUntil<T>(until: number, asked: Asked, question: Question<T>): Promise<T> {
    if (Date.now() > until) throw await this.why(undefined, asked);
    let before: unknown;
    for (let wait = shortestWaitMs; ; wait = Math.min(wait * 2, longestWaitMs)) {
      const { client, loaded } = await this.connection();
      try {
        return await this.asked(client, until, () => question(client, loaded));
      } catch (error) {
        // Many who were refused together must not come back together.
        const next = wait * (0.5 + Math.random());
        if (!isOfTheMoment(error) || Date.now() + next > until) {
          const last = whatSaysMore(error, before, loaded);
          throw isUnanswered(last, loaded.sdk) ? await this.why(last, asked) : this.explained(last, loaded, asked);
        }
        before = error;
        await delay(next);
      }
    }
  }

  private async asked<T>(client: Client, until: number, question: () => Promise<T>): Promise<T> {
    // The SDK adds a listener for each call and never removes one: on a signal of its own they go with the question.
    const closing = AbortSignal.any([this.closing.signal]);
    setMaxListeners(0, closing);
    const answer = client.withDeadline(until, () => client.withAbortSignal(closing, question));
    this.underWay.add(answer);
    try {
      return await answer;
    } finally {
      this.underWay.delete(answer);
    }
  }

  private why(cause: unknown, asked: Asked): Promise<UnavailableError> {
    const { registerTrouble, patience } = this;
    return whyUnanswered(cause, asked, { runs: new Runs(this, lookMs), registerTrouble, waitedMs: patience.toAnswer });
  }

  private connection() {
    this.connected ??= this.connect().catch((error: unknown) => {
      // The next call tries anew.
      this.connected = undefined;
      throw error;
    });
    return this.connected;
  }

  private async connect() {
    const { connectionOptions, namespace } = this.settingsOf();
    const loaded = await load();
    try {
      const connectTimeout = this.patience.toConnect;
      const interceptors = [retries(loaded, this.closing.signal)];
      const connection = await loaded.sdk.Connection.connect({ ...connectionOptions, connectTimeout, interceptors });
      return { client: new loaded.sdk.Client({ connection, namespace }), connection, loaded };
    } catch (cause) {
      throw this.temporalDown(cause);
    }
  }

  private temporalDown(cause: unknown, commandId?: string): UnavailableError {
    const { address } = this.settingsOf().connectionOptions;
    const sentence = `Temporal does not answer at ${address}; start it (\`npm start\` starts everything), or check TEMPORAL_ADDRESS.`;
    return new UnavailableError('Temporal', sentence, { cause, ...(commandId ? { commandId } : {}) });
  }

  /** What an error of the SDK means to whoever asked. */
  private explained(error: unknown, { sdk }: Loaded, asked?: Asked): unknown {
    if (asked && error instanceof sdk.WorkflowUpdateFailedError) return failureOf(error.cause, asked);
    if (error instanceof sdk.WorkflowExecutionAlreadyStartedError || error instanceof sdk.WorkflowNotFoundError)
      return new NotRunningError(error.message, { cause: error });
    const { code, details } = grpcErrorIn(error);
    if (code === grpc.notFound && details.includes('Namespace')) {
      const { namespace, connectionOptions } = this.settingsOf();
      const sentence = `Temporal at ${connectionOptions.address} has no namespace "${namespace}"; create it, or check TEMPORAL_NAMESPACE.`;
      return new UnavailableError('Temporal', sentence, { cause: error });
    }
    if (code === grpc.notFound) return new NotRunningError(details, { cause: error });
    if (isAway(error)) return this.temporalDown(error, asked?.commandId);
    return asked && isBusy(error) ? tooMuchAtOnce(error, asked) : error;
  }
}

/** As the SDK tries again by itself, but for what we do more patiently and can tell apart at the end. */
function retries({ sdk }: Loaded, closing: AbortSignal) {
  const usual = sdk.defaultGrpcRetryOptions();
  return sdk.makeGrpcRetryInterceptor({
    ...usual,
    retryableDecider: (attempt, status) =>
      !closing.aborted && status.code !== grpc.resourceExhausted && usual.retryableDecider(attempt, status),
  });
}

const shortestWaitMs = 200;
/** Long enough that dozens who know nothing of each other leave a case the time to answer. */
const longestWaitMs = 8_000;

/** Where time ran out in the middle of the last try, or a busy case was let go of, the try before says more. */
function whatSaysMore(error: unknown, before: unknown, { sdk }: Loaded): unknown {
  if (isUnanswered(error, sdk)) return before ?? error;
  return isAway(error) && isBusy(before) ? before : error;
}

/** Whoever asked is told what failed, never only that something did. */
function failureOf(cause: unknown, { caseId }: Asked): Error {
  const { type, message } = (cause ?? {}) as { type?: unknown; message?: unknown };
  if (typeof message === 'string' && isRefusalCode(type)) return new RefusedError(refuse(type, message));
  // It came to its end while it was asked: what it has on record answers.
  if (type === 'AcceptedUpdateCompletedWorkflow') return new NotRunningError(String(message), { cause });
  return new Error(`${caseId} could not answer: ${typeof message === 'string' ? message : String(cause)}`, { cause });
}

/** A new id for a command: repeated with it, a command is done once. */
export const newCommandId = (): string => randomUUID();
