import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunningCases } from '../../client/cases.ts';
import { RegisterConnection } from '../../client/register.ts';
import { type Stack, startStack } from '../../stack/stack.ts';
import { startProxy } from '../database/proxy.ts';
import { taskQueue } from '../../workflows/messages.ts';
import { registerBehind, type Trouble } from './troubled-cases.ts';
import { quietRuntime } from '../quiet-runtime.ts';

let stack: Stack;
let connection: Connection;
let native: NativeConnection;
let client: Client;
beforeAll(async () => {
  quietRuntime();
  // Only Temporal is wanted here, so the others are named as if they were somebody's.
  stack = await startStack({ env: { DATABASE_URL: 'postgres://x@127.0.0.1:1/x', SMTP_URL: 'smtp://127.0.0.1:1' } });
  connection = await Connection.connect({ address: stack.temporal.address });
  native = await NativeConnection.connect({ address: stack.temporal.address });
  client = new Client({ connection });
});
afterAll(async () => {
  await connection.close();
  await native.close();
  await stack.stop();
});

let number = 0;

async function startCase(trouble: Trouble): Promise<string> {
  number += 1;
  const workflowId = `action/troubled-${number}`;
  await client.workflow.start('action', { workflowId, taskQueue, args: [trouble] });
  return workflowId;
}

/** Asks with the patience that is given, in seconds, and answers with what came of it. */
async function note(
  caseIds: readonly string[],
  {
    seconds,
    caller = 'c',
    registerTrouble = async () => undefined,
  }: { seconds: number; caller?: string; registerTrouble?: () => Promise<string | undefined> },
): Promise<PromiseSettledResult<unknown>[]> {
  const patience = { toConnect: 5_000, toAnswer: seconds * 1_000 };
  const running = new RunningCases(() => stack.settings.temporal, patience, registerTrouble);
  try {
    return await Promise.allSettled(
      caseIds.map((caseId, index) =>
        running.command({ caseId, name: 'note', body: {}, commandId: `${caller}-${index}` }),
      ),
    );
  } finally {
    await running.close();
  }
}

const reasons = (results: readonly PromiseSettledResult<unknown>[]): string[] =>
  results.flatMap((result) => (result.status === 'rejected' ? [String((result.reason as Error).message)] : []));

const mayHappen = 'What you asked for may still be carried out; asking again with --command-id c-0 is safe.';

it('with no worker up, it is said that none is', async () => {
  const caseId = await startCase({ is: 'brokenCommands' });
  expect(reasons(await note([caseId], { seconds: 1 }))).toEqual([
    `No worker has answered within 1 seconds; start one (\`npm start\`, or \`npm run worker\`). ${mayHappen}`,
  ]);
});

describe('with a worker up, who asks is told what keeps the case', () => {
  let worker: Worker;
  let running: Promise<void>;
  beforeAll(async () => {
    const workflowsPath = fileURLToPath(new URL('troubled-cases.ts', import.meta.url));
    worker = await Worker.create({ connection: native, taskQueue, workflowsPath });
    running = worker.run();
  });
  afterAll(async () => {
    worker.shutdown();
    await running;
  });

  it('a task that fails for a moment is waited for', async () => {
    const caseId = await startCase({ is: 'failingTask', until: Date.now() + 3_000 });
    expect(await note([caseId], { seconds: 30 })).toMatchObject([{ status: 'fulfilled' }]);
  });

  it('a task that goes on failing is told with what it fails of', async () => {
    const caseId = await startCase({ is: 'failingTask', until: Number.MAX_SAFE_INTEGER });
    expect(reasons(await note([caseId], { seconds: 3 }))).toEqual([
      `${caseId} cannot go on: ${registerBehind} ${mayHappen}`,
    ]);
  });

  it('a register that does not answer comes first', async () => {
    const register = new RegisterConnection({ databaseUrl: () => stack.databaseUrl });
    const caseId = await startCase({ is: 'failingTask', until: Number.MAX_SAFE_INTEGER });
    const results = await note([caseId], { seconds: 1, registerTrouble: () => register.trouble() });
    expect(reasons(results)).toEqual([expect.stringContaining('Postgres does not answer at 127.0.0.1:1/x')]);
  });

  it('of many at once that are never answered, some are told that it is busy, others that none got to it', async () => {
    const caseId = await startCase({ is: 'neverEndingCommands' });
    const twelve = Array.from({ length: 12 }, () => caseId);
    const callers = await Promise.all(['a', 'b'].map((caller) => note(twelve, { seconds: 5, caller })));
    const told = callers.flatMap(reasons);
    // How many wait at a time is up to the server, which may also drop the task in which they would be taken.
    const busy = told.filter((reason) => reason.startsWith(`${caseId} is busy`));
    const unanswered = told.filter((reason) => reason.includes('a worker was up a moment ago, but none got to it'));
    expect(busy.length + unanswered.length).toBe(24);
    expect(busy.length).toBeGreaterThan(0);
  });

  it('a command that fails is told with its cause, never only that it failed', async () => {
    const caseId = await startCase({ is: 'brokenCommands' });
    expect(reasons(await note([caseId], { seconds: 30 }))).toEqual([`${caseId} could not answer: The disk is full.`]);
  });
});

describe('a client that is closed', () => {
  it('while its questions are being tried again ends them, and nothing throws afterwards', async () => {
    const { address } = stack.temporal;
    const proxy = await startProxy(Number(address.split(':').at(-1)));
    const settings = { ...stack.settings.temporal, connectionOptions: { address: `127.0.0.1:${proxy.port}` } };
    const thrown: unknown[] = [];
    const onThrown = (error: unknown) => void thrown.push(error);
    process.on('uncaughtException', onThrown);
    try {
      const running = new RunningCases(() => settings, { toConnect: 5_000, toAnswer: 20_000 });
      const count = () => running.ask(({ workflow }) => workflow.count());
      await count();
      proxy.hold();
      const questions = Promise.allSettled(Array.from({ length: 20 }, count));
      // What is broken off is tried again after a while; meanwhile the client goes.
      proxy.cut();
      await new Promise(setImmediate);
      await running.close();
      await questions;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      expect(thrown).toEqual([]);
    } finally {
      process.off('uncaughtException', onThrown);
      await proxy.stop();
    }
  });
});
