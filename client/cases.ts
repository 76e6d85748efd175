import { randomUUID } from 'node:crypto';
import type { Client, Connection } from '@temporalio/client';
import { markdownOf } from '../domain/case/markdown.ts';
import type { CaseView } from '../domain/case/view.ts';
import type { Instant } from '../domain/dates.ts';
import { type RefusalCode, refusalCodes, refuse } from '../domain/refusal.ts';
import type { TemporalSettings } from '../stack/settings.ts';
import type { Answer } from '../workflows/messages.ts';
import { RefusedError, UnavailableError } from './errors.ts';

/** How long Temporal may take to be reached, and a worker to answer, in milliseconds. */
export interface Patience {
  readonly toConnect: number;
  readonly toAnswer: number;
}

const patient: Patience = { toConnect: 5_000, toAnswer: 30_000 };

export interface CommandRequest {
  readonly caseId: string;
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly commandId: string;
  readonly asOf?: Instant | undefined;
}

export interface OpeningRequest {
  readonly kind: string;
  readonly opening: Readonly<Record<string, unknown>>;
  readonly commandId: string;
  readonly startsAt?: Instant | undefined;
}

/** Thrown when Temporal knows no running case of an id; the register knows whether there ever was one. */
export class NotRunningError extends Error {
  override readonly name = 'NotRunningError';
}

/** The SDK takes a third of a second to load: only those who need it wait for it. */
const load = async () => ({
  sdk: await import('@temporalio/client'),
  messages: await import('../workflows/messages.ts'),
  proto: await import('@temporalio/proto'),
});
export type Loaded = Awaited<ReturnType<typeof load>>;

/** Running cases in Temporal, connected to when the first is asked. */
export class RunningCases {
  private readonly settingsOf: () => TemporalSettings;
  private readonly patience: Patience;
  private connected: Promise<{ client: Client; connection: Connection; loaded: Loaded }> | undefined;

  constructor(settingsOf: () => TemporalSettings, patience = patient) {
    this.settingsOf = settingsOf;
    this.patience = patience;
  }

  open({ kind, opening, commandId, startsAt }: OpeningRequest): Promise<Answer> {
    const workflowId = `${kind}/${String(opening['id'])}`;
    return this.ask(commandId, (client, { sdk, messages }) =>
      client.workflow.executeUpdateWithStart(messages.openingUpdate, {
        args: [{ commandId }],
        updateId: commandId,
        startWorkflowOperation: new sdk.WithStartWorkflowOperation(kind, {
          workflowId,
          taskQueue: messages.taskQueue,
          args: [{ opening, commandId, startsAt }],
          staticSummary: markdownOf(String(opening['title'])),
          workflowIdConflictPolicy: 'USE_EXISTING',
          // A refused opening leaves a failed workflow behind: corrected, the case may be opened under the same id.
          workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
        }),
      }),
    );
  }

  command({ caseId, name, body, commandId, asOf }: CommandRequest): Promise<Answer> {
    return this.ask(commandId, (client, { messages }) =>
      client.workflow
        .getHandle(caseId)
        .executeUpdate(messages.commandUpdate(name), { args: [body, { asOf }], updateId: commandId }),
    );
  }

  view(caseId: string): Promise<CaseView> {
    return this.ask(undefined, (client, { messages }) => client.workflow.getHandle(caseId).query(messages.viewQuery));
  }

  async close(): Promise<void> {
    const parts = await this.connected?.catch(() => undefined);
    await parts?.connection.close();
  }

  /**
   * Every call ends by its deadline, so that no long poll is pending when the connection is closed.
   *
   * @throws {@link UnavailableError} if Temporal or a worker does not answer; {@link NotRunningError}
   */
  async ask<T>(
    commandId: string | undefined,
    question: (client: Client, loaded: Loaded) => Promise<T>,
    withinMs = this.patience.toAnswer,
  ): Promise<T> {
    this.connected ??= this.connect().catch((error: unknown) => {
      // The next call tries anew.
      this.connected = undefined;
      throw error;
    });
    const { client, loaded } = await this.connected;
    try {
      return await client.withDeadline(Date.now() + withinMs, () => question(client, loaded));
    } catch (error) {
      throw this.explained(error, loaded, commandId);
    }
  }

  private async connect() {
    const { connectionOptions, namespace } = this.settingsOf();
    const loaded = await load();
    try {
      const connectTimeout = this.patience.toConnect;
      const connection = await loaded.sdk.Connection.connect({ ...connectionOptions, connectTimeout });
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

  /** What an error of the SDK means to whoever gave the command. */
  private explained(error: unknown, { sdk }: Loaded, commandId: string | undefined): unknown {
    if (error instanceof sdk.WorkflowUpdateFailedError) return refusalIn(error.cause) ?? error;
    if (error instanceof sdk.WorkflowUpdateRPCTimeoutOrCancelledError) return this.noWorker(error, commandId);
    if (error instanceof sdk.WorkflowExecutionAlreadyStartedError || error instanceof sdk.WorkflowNotFoundError)
      return new NotRunningError(error.message, { cause: error });
    const { code, details } = grpcErrorIn(error);
    if (code === grpc.notFound && details.includes('Namespace')) {
      const { namespace, connectionOptions } = this.settingsOf();
      const sentence = `Temporal at ${connectionOptions.address} has no namespace "${namespace}"; create it, or check TEMPORAL_NAMESPACE.`;
      return new UnavailableError('Temporal', sentence, { cause: error });
    }
    if (code === grpc.notFound) return new NotRunningError(details, { cause: error });
    // A query finds out by itself that nobody works on the queue.
    if (code === grpc.deadlineExceeded || code === grpc.failedPrecondition) return this.noWorker(error, commandId);
    if (code === grpc.unavailable || code === grpc.cancelled) return this.temporalDown(error, commandId);
    return error;
  }

  private noWorker(cause: unknown, commandId: string | undefined): UnavailableError {
    const mayHappen = commandId
      ? ` What you asked for may still be carried out when one starts; asking again with --command-id ${commandId} is safe.`
      : '';
    const sentence = `No worker has answered within ${this.patience.toAnswer / 1000} seconds; start one (\`npm start\`, or \`npm run worker\`).${mayHappen}`;
    return new UnavailableError('worker', sentence, { cause, ...(commandId ? { commandId } : {}) });
  }
}

const grpc = { cancelled: 1, deadlineExceeded: 4, notFound: 5, failedPrecondition: 9, unavailable: 14 } as const;

/** The gRPC error at the bottom of an error, which the SDK wraps. */
function grpcErrorIn(error: unknown): { code: number | undefined; details: string } {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    const { code, details } = each as { code?: unknown; details?: unknown };
    if (typeof code === 'number') return { code, details: typeof details === 'string' ? details : each.message };
  }
  return { code: undefined, details: '' };
}

function refusalIn(cause: unknown): RefusedError | undefined {
  const { type, message } = (cause ?? {}) as { type?: unknown; message?: unknown };
  if (typeof type !== 'string' || typeof message !== 'string' || !isRefusalCode(type)) return undefined;
  return new RefusedError(refuse(type, message));
}

const isRefusalCode = (type: string): type is RefusalCode => (refusalCodes as readonly string[]).includes(type);

/** A new id for a command: repeated with it, a command is done once. */
export const newCommandId = (): string => randomUUID();
