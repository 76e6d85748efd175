import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { lookAt, skip } from '../../stack/time-skipping.ts';
import { quietRuntime } from '../quiet-runtime.ts';
import { newNamespace } from '../servers/shared.ts';

const taskQueue = 'each-week';
const weeks = 30;
const patient = { timeout: 60_000, interval: 5 };
const week = 7 * 24 * 3_600_000;

let client: Client;
let stop: () => Promise<void>;
beforeAll(async () => {
  quietRuntime();
  const { env } = await newNamespace();
  const [address = '', namespace = ''] = [env['TEMPORAL_ADDRESS'], env['TEMPORAL_NAMESPACE']];
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  client = new Client({ connection, namespace });
  const workflowsPath = fileURLToPath(new URL('./each-week.ts', import.meta.url));
  const worker = await Worker.create({
    connection: native,
    namespace,
    taskQueue,
    workflowBundle: await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') }),
    activities: { takes: (milliseconds: number) => delay(milliseconds) },
  });
  const running = worker.run();
  stop = async () => {
    worker.shutdown();
    await running;
    await connection.close();
    await native.close();
  };
});
afterAll(() => stop());

it('a clock stops where it was set going to, also while what is due there is still being done', async () => {
  const ahead = await Promise.all(
    Array.from({ length: 5 }, async (_, nth) => {
      const workflowId = `each-week-${nth}`;
      await client.workflow.start('eachWeek', { workflowId, taskQueue, args: [2 * weeks, nth] });
      const done = () => client.workflow.getHandle(workflowId).query<number>('weeksDone');
      for (let moved = 1; moved < weeks; moved += 1) {
        await skip(client, workflowId, week + 50);
        await vi.waitFor(async () => expect(await done()).toBeGreaterThanOrEqual(moved), patient);
        await vi.waitFor(async () => expect((await lookAt(client, workflowId)).isIdle).toBe(true), patient);
      }
      return done();
    }),
  );
  expect(ahead).toEqual(ahead.map(() => weeks - 1));
});
