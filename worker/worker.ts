import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  bundleWorkflowCode,
  DefaultLogger,
  IllegalStateError,
  type NativeConnection,
  Worker,
  type WorkerInterceptors,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import type { Kysely } from 'kysely';
import { caseActivities } from '../activities/cases.ts';
import { mailActivities } from '../activities/mail.ts';
import type { AddressPost } from '../activities/mail/old-addresses.ts';
import type { QuietPost } from '../activities/mail/quiet.ts';
import { Relay } from '../activities/mail/relay.ts';
import { recordActivities, type WriteDocument } from '../activities/record.ts';
import { sayTakenUnproved } from '../database/beside-cases.ts';
import { sayLetterPages } from '../database/letter-pages.ts';
import type { Database } from '../database/schema.ts';
import type { Settings } from '../stack/settings.ts';
import { mailQueue, taskQueue } from '../workflows/messages.ts';
import { cachedBundle } from './bundle-cache.ts';
import { type Capacity, capacityOf, thisMachine } from './capacity.ts';
import { tellingOldAddresses } from './old-addresses.ts';
import { namingQuietCases } from './quiet-cases.ts';

/**
 * The workflow code as one bundle, as it runs in the sandbox. It takes six seconds to make, once for the same sources.
 *
 * @param root of the project, or of a copy of it
 */
export const bundleWorkflows = (
  root = fileURLToPath(new URL('..', import.meta.url)),
): Promise<WorkflowBundleWithSourceMap> =>
  cachedBundle(
    () =>
      bundleWorkflowCode({
        workflowsPath: join(root, 'workflows', 'index.ts'),
        preloadModules: [join(root, 'workflows', 'preload.ts')],
        logger: new DefaultLogger('WARN'),
        // Where something went wrong is told without the text of the sources, which every worker would unpack and keep.
        webpackConfigHook: (config) => ({ ...config, devtool: 'inline-nosources-source-map' }),
      }),
    root,
  );

/**
 * For how long the sandbox may take to load the workflows, and one task of a case: on a busy machine more than the 5 s after
 * which the SDK gives up by itself, with "Script execution timed out", and the worker with it. The SDK takes this, and does not say so.
 */
export const sandbox = { isolateExecutionTimeout: '60s' } as const;

const stopping = { shutdownGraceTime: '10s', shutdownForceTime: '60s' } as const;

export interface WorkerParts {
  readonly connection: NativeConnection;
  readonly db: Kysely<Database>;
  readonly settings: Settings;
  readonly workflowBundle: WorkflowBundleWithSourceMap;
  /** Absent: what this machine can do. */
  readonly capacity?: Capacity;
  /** Absent: the mail server of the settings. */
  readonly relay?: Relay;
  /** Who stands around what is done. */
  readonly interceptors?: WorkerInterceptors;
}

/** What runs until it is told to stop. */
export interface Running {
  run(): Promise<void>;
  shutdown(): void;
}

/**
 * What runs cases, records them, and sends their mail; it is not running yet.
 *
 * Mail has a queue of its own: a relay that answers slowly must not keep cases from being opened or told.
 */
export async function createWorkers(parts: WorkerParts): Promise<Running> {
  await sayHowItWorks(parts);
  return newWorkers(parts);
}

/** For what is done beside the cases, which no worker sees. */
export async function sayHowItWorks({ db, settings }: Pick<WorkerParts, 'db' | 'settings'>): Promise<void> {
  await sayTakenUnproved(db, settings.unproved);
  await sayLetterPages(db, settings.answerPages?.url ?? null);
}

/** The same as {@link createWorkers} where the register may not be there before they run: it is not asked anything. */
export async function newWorkers({
  connection,
  db,
  settings,
  workflowBundle,
  capacity = capacityOf(thisMachine(), settings.cachedCases),
  relay = new Relay(settings.smtpUrl),
  interceptors = {},
}: WorkerParts): Promise<Running> {
  const common = {
    connection,
    namespace: settings.temporal.namespace,
    interceptors,
    ...stopping,
  } as const;
  const workers = await Promise.all([
    Worker.create({
      ...common,
      ...sandbox,
      taskQueue,
      workflowBundle,
      activities: {
        ...recordActivities({ ...settings, db, written: writtenBy(settings) }),
        ...caseActivities({ db }),
      },
      workflowThreadPoolSize: capacity.threads,
      maxConcurrentWorkflowTaskExecutions: capacity.tasks,
      maxConcurrentWorkflowTaskPolls: capacity.tasks / 2,
      // Those who tell other cases something only wait for them.
      maxConcurrentActivityTaskExecutions: capacity.tasks * 4,
      maxCachedWorkflows: capacity.cachedCases,
    }),
    Worker.create({
      ...common,
      taskQueue: mailQueue,
      activities: mailActivities({ db, relay, ...settings }),
      maxConcurrentActivityTaskExecutions: capacity.mails,
    }),
  ]);
  return {
    run: () => runAll(workers, { db, relay, ...settings }),
    shutdown: () => workers.forEach((worker) => worker.shutdown()),
  };
}

/** Loaded when the first is asked for: most workers write letters alone. */
const writtenBy =
  ({ templates }: Settings): WriteDocument =>
  async (trx, kind, after) =>
    (await import('../documents/circulated.ts')).circulatedPaper(trx, kind, after, templates);

async function runAll(workers: readonly Worker[], post: AddressPost & QuietPost): Promise<void> {
  const over = new AbortController();
  const telling = [tellingOldAddresses(post, over.signal), namingQuietCases(post, over.signal)];
  try {
    await Promise.all(workers.map(ended));
  } finally {
    over.abort();
    await Promise.all(telling);
    post.relay.close();
  }
}

/** A worker whose task the server has dropped, as it does with more than ten updates at once, still counts that task when all are done. */
async function ended(worker: Worker): Promise<void> {
  try {
    await worker.run();
  } catch (error) {
    if (!(error instanceof IllegalStateError && error.message.includes('Worker still in use'))) throw error;
  }
}
