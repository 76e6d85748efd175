import type { Worker as Thread } from 'node:worker_threads';
import { Worker } from '@temporalio/worker';

/** What the SDK starts for each worker: a thread into which it loads itself, the workflows and all their rules. */
interface WorkflowThreads {
  readonly workerThreadClients: readonly { readonly workerThread: Thread; readonly workerExited: boolean }[];
  createWorkflow(options: unknown): Promise<unknown>;
  destroy(): Promise<void>;
}

interface Starting {
  createWorkflowCreator(
    bundle: { readonly code: string },
    options: { readonly activities: ReadonlyMap<string, unknown> },
    logger: unknown,
  ): Promise<WorkflowThreads>;
}

const started = new Map<string, Promise<WorkflowThreads>>();

/**
 * Workers that follow one another in this process run their workflows in the same threads, which take three to five
 * seconds of CPU to start. What a workflow has there is its own, as in any worker that runs many.
 */
export function shareWorkflowThreads(): void {
  // The SDK has no word for it: this is protected.
  const sdk = Worker as unknown as Starting & { isShared?: true };
  if (sdk.isShared) return;
  sdk.isShared = true;
  const start = sdk.createWorkflowCreator.bind(Worker);
  sdk.createWorkflowCreator = async (bundle, options, logger) => {
    const key = `${[...options.activities.keys()].join(' ')}\n${bundle.code}`;
    const earlier = await started.get(key);
    if (earlier?.workerThreadClients.every(({ workerExited }) => !workerExited)) return shared(earlier);
    const starting = start(bundle, options, logger);
    const threads = await starting;
    // A replay has no threads: it runs what it replays in its own.
    if (!('workerThreadClients' in threads)) return threads;
    started.set(key, starting);
    // The process ends without them.
    for (const { workerThread } of threads.workerThreadClients) workerThread.unref();
    return shared(threads);
  };
}

/** Whoever is done with them leaves them to the next. */
const shared = (threads: WorkflowThreads): WorkflowThreads => ({
  workerThreadClients: threads.workerThreadClients,
  createWorkflow: (options) => threads.createWorkflow(options),
  destroy: async () => undefined,
});
