import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import type { Kysely } from 'kysely';
import { connectEntente, type Entente } from '../../client/client.ts';
import { connect } from '../../database/connect.ts';
import { prepareRegister } from '../../database/migrate.ts';
import type { Database } from '../../database/schema.ts';
import type { Stack, StackOptions } from '../../stack/stack.ts';
import { type SupervisedWorker, superviseWorker } from '../../stack/worker-process.ts';
import { type Proxy, startProxy } from '../database/proxy.ts';
import { bundleWorkflows } from '../../worker/worker.ts';
import { seedDirectory, stackOnSharedServers } from '../world.ts';
import { type PostgresProxy, startPostgresProxy } from './postgres-proxy.ts';
import { until } from './patience.ts';

/** A worker in a process of its own, behind both proxies. One that is killed is started again without its fault. */
export interface FaultyWorker {
  kill(): void;
  freeze(): void;
  /** Resolves when the process stands still: it has stopped itself, or was frozen. */
  still(): Promise<void>;
  goOn(): void;
  stop(): Promise<void>;
}

export interface FaultyWorkerOptions {
  /** As ENTENTE_FAULT takes it; see database/fault-points.ts. */
  readonly fault?: string;
  /** Goes around the proxies, since what they hold back is another worker's. */
  readonly direct?: boolean;
}

/** The whole system, with live cases, whose workers can be made to fail; the tests themselves reach everything directly. */
export interface FaultyWorld {
  readonly stack: Stack;
  readonly db: Kysely<Database>;
  readonly client: Client;
  readonly entente: Entente;
  readonly postgres: PostgresProxy;
  readonly temporal: Proxy;
  startWorker(options?: FaultyWorkerOptions): Promise<FaultyWorker>;
  stop(): Promise<void>;
}

const script = fileURLToPath(new URL('worker.ts', import.meta.url));

/** On the servers of the run; with a Temporal of its own where it is set otherwise, or named. */
export async function startFaultyWorld(options?: Pick<StackOptions, 'env' | 'dynamicConfig'>): Promise<FaultyWorld> {
  const stack = await stackOnSharedServers({ env: {}, ...options });
  await prepareRegister(stack.settings);
  const db = connect(stack.settings.databaseOwnerUrl);
  await seedDirectory(db);
  const postgres = await startPostgresProxy(stack.databaseUrl);
  const temporal = await startProxy(Number(stack.temporal.address.split(':')[1]));
  const { settings } = stack;
  const connection = await Connection.connect(settings.temporal.connectionOptions);
  const client = new Client({ connection, namespace: settings.temporal.namespace });
  const entente = connectEntente({ databaseUrl: () => stack.databaseUrl, temporal: () => settings.temporal });
  const workers: SupervisedWorker[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'entente-faults-'));
  const proxies = { DATABASE_URL: postgres.url, TEMPORAL_ADDRESS: `127.0.0.1:${temporal.port}` };
  const services = { ...stack.env, TEMPORAL_ADDRESS: stack.temporal.address };
  const bundle = { WORKFLOW_BUNDLE: join(folder, 'workflows.json') };
  writeFileSync(bundle.WORKFLOW_BUNDLE, JSON.stringify(await bundleWorkflows()));
  return {
    stack,
    db,
    client,
    entente,
    postgres,
    temporal,
    async startWorker({ fault, direct = false } = {}) {
      const env: NodeJS.ProcessEnv = { ...process.env, ...services, ...bundle, ...(direct ? {} : proxies) };
      if (fault) env['ENTENTE_FAULT'] = fault;
      const logFile = join(folder, `worker-${workers.length + 1}.log`);
      const worker = superviseWorker({ script, env, logFile, guard: stack.guard, say: () => undefined });
      workers.push(worker);
      await worker.ready;
      delete env['ENTENTE_FAULT'];
      return faulty(worker);
    },
    async stop() {
      temporal.release();
      await Promise.all(workers.map((worker) => worker.stop()));
      await entente.close();
      await connection.close();
      await temporal.stop();
      await postgres.stop();
      await db.destroy();
      await stack.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

function faulty(worker: SupervisedWorker): FaultyWorker {
  const pid = (): number => {
    const running = worker.pid();
    if (running === undefined) throw new Error('The worker is not running.');
    return running;
  };
  return {
    kill: () => void process.kill(pid(), 'SIGKILL'),
    freeze: () => void process.kill(pid(), 'SIGSTOP'),
    still: () => stillness(pid()),
    goOn: () => void process.kill(pid(), 'SIGCONT'),
    stop: () => worker.stop(),
  };
}

/** Resolves when a process has been stopped, by itself or by somebody else. */
export const stillness = (pid: number): Promise<void> =>
  until('the process to stand still', async () => /\) T [^)]*$/.test(readFileSync(`/proc/${pid}/stat`, 'utf8')));
