import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { kinds } from '../../domain/kinds.ts';
import type { Instant } from '../../domain/dates.ts';
import type { Loaded, RunningCases } from '../cases.ts';

export type RunStatus = WorkflowExecutionInfo['status']['name'];

/** One run of a workflow, as Temporal's lists have it. */
export interface Run {
  readonly id: string;
  /** The name of its workflow; a case's is its kind. */
  readonly type: string;
  readonly status: RunStatus;
  readonly startedAt: Instant;
  readonly endedAt?: Instant | undefined;
  /** What the case shows of itself; empty until it is on record. */
  readonly shows: { readonly stage?: unknown; readonly late?: unknown; readonly nextDue?: Instant | undefined };
}

/** A case whose workflow tasks keep failing, and what its worker said. */
export interface FailingRun {
  readonly id: string;
  readonly because?: string | undefined;
  /** The register has fewer events of it than the case itself. */
  readonly registerBehind: boolean;
}

const listingMs = 300_000;
/** Each page has Temporal look through all that came before; one of 5,000 is larger than a message may be, and one of 10,000 more than its store reads at once. */
const runsAtOnce = 1_000;
/** So many ids in one query: Temporal takes no longer ones. */
const idsAtOnce = 200;
/** Whoever asks every case why it fails would ask as many times as there are cases. */
const reasonsAsked = 20;
/** A worker that does not answer within this is away or busy. */
const queryMs = 5_000;
const askedAtOnce = 8;
// `TaskQueueType` of the API: its package has no named exports outside of a bundle.
const taskQueueTypes = { workflow: 1, activity: 2 } as const;
/** A long poll lasts a minute: who has not polled for longer is gone. */
const pollsWithinMs = 120_000;

const isCase = `WorkflowType IN (${kinds.map((kind) => `"${kind}"`).join(', ')})`;
const isRunning = 'ExecutionStatus="Running"';
// Set by the server after some failures of one workflow task in a row, and taken back with the first that goes well.
const problems = 'TemporalReportedProblems';
const failingCases = `${problems} IS NOT NULL AND ${isRunning} AND ${isCase}`;

/** What Temporal's lists say of cases: by pages, never case by case. */
export class Runs {
  private readonly temporal: RunningCases;
  private readonly withinMs: number | undefined;

  /** @param withinMs how long Temporal may take for one answer, where not as long as usual */
  constructor(temporal: RunningCases, withinMs?: number) {
    this.temporal = temporal;
    this.withinMs = withinMs;
  }

  /** All running cases. */
  readonly running = (onRun: (run: Run) => void): Promise<void> => this.each(`${isRunning} AND ${isCase}`, onRun);

  readonly countRunning = (): Promise<number> => this.count(`${isRunning} AND ${isCase}`);

  /** Cases of which a run was terminated, the latest first; one that runs was started again since, or reset. */
  readonly terminated = (atMost: number): Promise<readonly string[]> =>
    this.ids(`ExecutionStatus="Terminated" AND ${isCase}`, atMost);

  /** Cases of which a run ended otherwise than a case does, the latest first; they may be running again. */
  readonly endedBadly = (atMost: number): Promise<readonly string[]> =>
    this.ids(`ExecutionStatus IN ("Terminated", "Failed", "TimedOut") AND ${isCase}`, atMost);

  /** The latest run of each of these ids, whatever became of it. */
  async latest(ids: readonly string[]): Promise<ReadonlyMap<string, Run>> {
    const latest = new Map<string, Run>();
    for (let from = 0; from < ids.length; from += idsAtOnce) {
      const some = ids.slice(from, from + idsAtOnce).map((id) => `"${id}"`);
      await this.each(`WorkflowId IN (${some.join(', ')})`, (run) => {
        const known = latest.get(run.id);
        if (!known || isLater(run, known)) latest.set(run.id, run);
      });
    }
    return latest;
  }

  /** The same of a few, from the workflows themselves: Temporal's lists follow them after a moment. */
  async looked(ids: readonly string[]): Promise<ReadonlyMap<string, Run>> {
    const found = await Promise.all(
      ids.map((id) =>
        this.ask(({ workflow }, { sdk }) =>
          workflow
            .getHandle(id)
            .describe()
            .then(runOf, (error: unknown) => {
              if (error instanceof sdk.WorkflowNotFoundError) return undefined;
              throw error;
            }),
        ),
      ),
    );
    return new Map(found.flatMap((run) => (run ? [[run.id, run]] : [])));
  }

  /**
   * Running cases whose tasks keep failing. The first few are looked at: one of which nothing is tried again any more has
   * its mark only until its next task, and is left out. Older servers do not know.
   */
  async failing(atMost = Number.MAX_SAFE_INTEGER): Promise<readonly FailingRun[]> {
    const ids = await ifKnown(this.ids(failingCases, atMost), []);
    const looked = await Promise.all(ids.slice(0, reasonsAsked).map((id) => this.failureOf(id)));
    const unseen = ids.slice(reasonsAsked).map((id) => ({ id, registerBehind: false }));
    return [...looked.flatMap((failing) => failing ?? []), ...unseen];
  }

  /** The number of the last event that each of these cases knows; those that do not answer are left out. */
  async numbers(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const numbers = new Map<string, number>();
    const waiting = [...ids];
    const askOneByOne = async () => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
        const handleOf = id;
        await this.temporal
          .ask(({ workflow }, { messages }) => workflow.getHandle(handleOf).query(messages.engineQuery), queryMs)
          .then(
            ({ number }) => numbers.set(handleOf, number),
            () => undefined,
          );
      }
    };
    await Promise.all(Array.from({ length: askedAtOnce }, askOneByOne));
    return numbers;
  }

  /** What no worker asks for: `cases`, `mail`, or both. */
  unattended(): Promise<readonly ('cases' | 'mail')[]> {
    return this.ask(async ({ workflowService, options: { namespace } }, { messages }) => {
      const isAttended = async (name: string, taskQueueType: number) => {
        const { pollers } = await workflowService.describeTaskQueue({ namespace, taskQueue: { name }, taskQueueType });
        return pollers.some(
          ({ lastAccessTime }) => Date.now() - Number(lastAccessTime?.seconds) * 1000 < pollsWithinMs,
        );
      };
      const [cases, mail] = await Promise.all([
        isAttended(messages.taskQueue, taskQueueTypes.workflow),
        isAttended(messages.mailQueue, taskQueueTypes.activity),
      ]);
      return [...(cases ? [] : (['cases'] as const)), ...(mail ? [] : (['mail'] as const))];
    });
  }

  readonly countFailing = (): Promise<number> => ifKnown(this.count(failingCases), 0);

  /** What the last task of a case failed of, while it is tried again. */
  readonly whyFailing = async (id: string): Promise<string | undefined> => (await this.failureOf(id))?.because;

  private async failureOf(id: string): Promise<FailingRun | undefined> {
    const { pendingWorkflowTask } = await this.ask(({ workflowService, options: { namespace } }) =>
      workflowService.describeWorkflowExecution({ namespace, execution: { workflowId: id } }),
    );
    if ((pendingWorkflowTask?.attempt ?? 0) <= 1) return undefined;
    const { history } = await this.ask(({ workflowService, options: { namespace } }) =>
      workflowService.getWorkflowExecutionHistoryReverse({
        namespace,
        execution: { workflowId: id },
        maximumPageSize: 10,
      }),
    );
    const failures = (history?.events ?? []).flatMap(
      ({ workflowTaskFailedEventAttributes: failed }) => failed?.failure ?? [],
    );
    const because = failures[0]?.message ?? undefined;
    return { id, because, registerBehind: Boolean(because?.startsWith('RegisterBehind')) };
  }

  private count(query: string): Promise<number> {
    return this.ask(async ({ workflow }) => (await workflow.count(query)).count);
  }

  private async ids(query: string, atMost: number): Promise<string[]> {
    const ids = new Set<string>();
    await this.each(query, ({ id }) => void ids.add(id), atMost);
    return [...ids];
  }

  private each(query: string, onRun: (run: Run) => void, atMost = Number.MAX_SAFE_INTEGER): Promise<void> {
    const listing = async ({ workflow }: Client) => {
      let rows = 0;
      for await (const info of workflow.list({ query, pageSize: Math.min(atMost, runsAtOnce) })) {
        onRun(runOf(info));
        if (++rows >= atMost) return;
      }
    };
    return this.ask(listing, listingMs);
  }

  private ask<T>(question: (client: Client, loaded: Loaded) => Promise<T>, withinMs = this.withinMs): Promise<T> {
    return this.temporal.ask(question, withinMs);
  }
}

const ifKnown = <T>(asked: Promise<T>, otherwise: T): Promise<T> =>
  asked.catch((error: unknown) => {
    const { message, cause } = error as { message?: unknown; cause?: { message?: unknown } };
    if (`${String(message)} ${String(cause?.message)}`.includes(problems)) return otherwise;
    throw error;
  });

const isLater = (run: Run, other: Run): boolean =>
  run.status === 'RUNNING' || (other.status !== 'RUNNING' && run.startedAt > other.startedAt);

type Described = Pick<
  WorkflowExecutionInfo,
  'workflowId' | 'type' | 'status' | 'startTime' | 'closeTime' | 'searchAttributes'
>;

function runOf({ workflowId, type, status, startTime, closeTime, searchAttributes }: Described): Run {
  const nextDue = searchAttributes['NextDue']?.[0];
  return {
    id: workflowId,
    type,
    status: status.name,
    startedAt: startTime.toISOString(),
    endedAt: closeTime?.toISOString(),
    shows: {
      stage: searchAttributes['Stage']?.[0],
      late: searchAttributes['Late']?.[0],
      nextDue: nextDue instanceof Date ? nextDue.toISOString() : undefined,
    },
  };
}
