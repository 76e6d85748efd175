import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asClient, inDatabase } from '../stack/postgres-roles.ts';
import { withoutServices } from '../stack/settings.ts';
import { type Stack, startStack } from '../stack/stack.ts';
import { tell } from './progress.ts';
import { openSink, type Sink } from './sink.ts';

/** The services that all contenders share, none of them reachable from another machine. */
export interface Bench {
  readonly stack: Stack;
  readonly sink: Sink;
  /** For the processes of contenders. */
  readonly env: NodeJS.ProcessEnv;
  /** Where their logs are, until the run has gone well. */
  readonly logs: string;
  /** Makes a database beside the register's, and gives its address. */
  makeDatabase(name: string): Promise<string>;
  stop(wentWell: boolean): Promise<void>;
}

/** @param folder where they keep what they have, from one start to the next; absent: in memory, for one run */
export async function startServices(folder?: string): Promise<Bench> {
  const sink = await openSink();
  // A mailbox of our own has no pace: what is measured is the engine, and not the politeness towards a relay.
  const mail = { SMTP_URL: sink.url, ENTENTE_MAILBOX_URL: 'http://127.0.0.1:9/' };
  const own = { ...withoutServices(process.env), ...mail };
  const stack = await startStack({ env: own, onProgress: tell, ...(folder === undefined ? {} : { folder }) });
  const logs = mkdtempSync(join(tmpdir(), 'entente-bench-'));
  return {
    stack,
    sink,
    env: { ...own, ...stack.env },
    logs,
    makeDatabase: (name) => makeDatabase(stack.superuserUrl ?? '', name),
    async stop(wentWell) {
      await stack.stop();
      await sink.close();
      if (wentWell) rmSync(logs, { recursive: true });
      else tell(`The logs of what was measured are in ${logs}`);
    },
  };
}

async function makeDatabase(superuserUrl: string, name: string): Promise<string> {
  await asClient(superuserUrl, (client) => client.query(`create database ${name}`));
  return inDatabase(superuserUrl, name);
}
