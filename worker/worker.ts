import { fileURLToPath } from 'node:url';
import {
  bundleWorkflowCode,
  DefaultLogger,
  type NativeConnection,
  Worker,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import type { Kysely } from 'kysely';
import { caseActivities } from '../activities/cases.ts';
import { mailActivities } from '../activities/mail.ts';
import { recordActivities } from '../activities/record.ts';
import type { Database } from '../database/schema.ts';
import type { Settings } from '../stack/settings.ts';
import { taskQueue } from '../workflows/messages.ts';

/** The workflow code as one bundle, as it runs in the sandbox. Takes about a second: several workers can share it. */
export const bundleWorkflows = (): Promise<WorkflowBundleWithSourceMap> =>
  bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
    logger: new DefaultLogger('WARN'),
  });

export interface WorkerParts {
  readonly connection: NativeConnection;
  readonly db: Kysely<Database>;
  readonly settings: Settings;
  readonly workflowBundle: WorkflowBundleWithSourceMap;
}

/** A worker that runs cases, records them and sends their mail. It is not running yet. */
export const createWorker = ({ connection, db, settings, workflowBundle }: WorkerParts): Promise<Worker> =>
  Worker.create({
    connection,
    namespace: settings.temporal.namespace,
    taskQueue,
    workflowBundle,
    activities: { ...recordActivities({ db }), ...caseActivities(), ...mailActivities({ db, ...settings }) },
    // Each message in flight when a worker dies is one in doubt, so there are few.
    maxConcurrentActivityTaskExecutions: 4,
    maxConcurrentLocalActivityExecutions: 8,
    shutdownGraceTime: '10s',
    shutdownForceTime: '60s',
  });
