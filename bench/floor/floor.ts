import { fileURLToPath } from 'node:url';
import { Client, Connection, WithStartWorkflowOperation } from '@temporalio/client';
import pg from 'pg';
import type { Contender, Job, Step } from '../job.ts';
import type { Bench } from '../services.ts';
import { startWorker } from '../worker-process.ts';
import { floorTable } from './activities.ts';
import { accept, floorQueue, opened, report, reportDone, stageQuery, verify } from './messages.ts';
import type { floorAction } from './workflow.ts';

const workflowId = ({ id }: Job): string => `floor/${id}`;

/** A workflow written by hand for this job alone: what Temporal itself costs. */
export async function startFloor(bench: Bench): Promise<Contender> {
  const { stack, env } = bench;
  const database = await bench.makeDatabase('floor');
  const db = new pg.Client({ connectionString: database });
  await db.connect();
  await db.query(floorTable);
  await db.end();
  const script = fileURLToPath(new URL('./worker.ts', import.meta.url));
  const worker = await startWorker('floor', script, { ...env, DATABASE_URL: database }, bench);
  const connection = await Connection.connect(stack.settings.temporal.connectionOptions);
  const client = new Client({ connection, namespace: stack.settings.temporal.namespace });
  return {
    name: 'floor',
    database,
    pids: worker.pids,
    workflowId,
    give: (job, step) => give(client, job, step),
    ended: async (job) => void (await client.workflow.getHandle(workflowId(job)).result()),
    look: async (job) => void (await client.workflow.getHandle(workflowId(job)).query(stageQuery)),
    restart: () => worker.restart(),
    async stop() {
      await connection.close();
      await worker.stop();
    },
  };
}

async function give({ workflow }: Client, job: Job, step: Step): Promise<void> {
  const handle = workflow.getHandle(workflowId(job));
  switch (step) {
    case 'open': {
      const { id, topic, owner, coordinator } = job;
      const startWorkflowOperation = new WithStartWorkflowOperation<typeof floorAction>('floorAction', {
        workflowId: workflowId(job),
        taskQueue: floorQueue,
        args: [{ id, topic, owner, coordinator }],
        workflowIdConflictPolicy: 'USE_EXISTING',
      });
      return void (await workflow.executeUpdateWithStart(opened, { args: [], startWorkflowOperation }));
    }
    case 'accept':
      return void (await handle.executeUpdate(accept, { args: ['Taken on'] }));
    case 'report':
      return void (await handle.executeUpdate(report, { args: ['Tender published'] }));
    case 'reportAgain':
      return void (await handle.executeUpdate(report, { args: ['Contract signed'] }));
    case 'reportDone':
      return void (await handle.executeUpdate(reportDone, { args: ['The portal is online'] }));
    case 'verify':
      return void (await handle.executeUpdate(verify, { args: ['Looked at it'] }));
  }
}
