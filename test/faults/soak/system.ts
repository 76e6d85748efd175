import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { RegisterUrls } from '../../../database/migrate.ts';
import { type Guard, startGuard } from '../../../stack/guard.ts';
import { freePorts } from '../../../stack/ports.ts';
import { type PostgresServer, startPostgres } from '../../../stack/postgres.ts';
import { isAlive } from '../../../stack/processes.ts';
import { startTemporalServer, type TemporalServer } from '../../../stack/temporal-server.ts';
import { runner, type SupervisedWorker, superviseWorker } from '../../../stack/worker-process.ts';
import { bundleWorkflows } from '../../../worker/worker.ts';
import { type PostgresProxy, startPostgresProxy } from '../postgres-proxy.ts';
import { Journal } from './journal.ts';
import type { Outage } from './ledgers.ts';
import type { RelayFaults } from './schedule.ts';

export interface SystemOptions {
  readonly folder: string;
  readonly seed: number;
  /** Where the worker's source is: this project, or a copy of it with a fault in it. */
  readonly workerRoot: string;
  readonly say: (line: string) => void;
}

/** So that cases begin a new history several times in a run, as they would in years. */
const dynamicConfig = ['limit.historyCount.suggestContinueAsNew=60'];

/** Everything in processes of its own, each of which can be killed and started again on the same files and ports. */
export class System {
  readonly outages: Journal<Outage>;
  readonly relayJournal: string;
  readonly ports = { temporal: 0, ui: 0, postgres: 0 };
  readonly workers: (SupervisedWorker | undefined)[] = [];
  readonly options: SystemOptions;
  private readonly guard: Guard;
  private readonly stopping = new AbortController();
  private readonly bundle: string;
  private launches = 0;
  private temporal!: TemporalServer;
  private postgres!: PostgresServer;
  proxy!: PostgresProxy;
  private relay!: ChildProcess;
  private relayFault: Promise<void> = Promise.resolve();
  private relayUrls = { smtpUrl: '', webUrl: '' };

  constructor(options: SystemOptions) {
    this.options = options;
    this.guard = startGuard();
    this.outages = new Journal(join(options.folder, 'outages.jsonl'));
    this.relayJournal = join(options.folder, 'relay.jsonl');
    this.bundle = join(options.folder, 'workflows.json');
  }

  /** All but the workers, whose register has to be filled first. */
  async start(): Promise<void> {
    mkdirSync(join(this.options.folder, 'temporal'), { recursive: true });
    const ports = await freePorts({ temporal: [], ui: [], postgres: [] });
    Object.assign(this.ports, ports);
    await Promise.all([this.startTemporal(), this.startPostgres(), this.startRelay(), this.bundleWorkflows()]);
    this.proxy = await startPostgresProxy(this.postgres.urls.worker);
  }

  /** Past the proxy. */
  get register(): RegisterUrls {
    const { worker, owner, reader } = this.postgres.urls;
    return { databaseUrl: worker, databaseOwnerUrl: owner, databaseReaderUrl: reader };
  }

  get superuserUrl(): string {
    return this.postgres.superuserUrl;
  }

  get temporalAddress(): string {
    return this.temporal.address;
  }

  /** Kills a service, all of its processes at once, and brings it back; resolves when it is healthy again. */
  async killTemporal(): Promise<void> {
    await this.during('temporal', async () => {
      await killed(this.temporal.child);
      await this.startTemporal();
    });
  }

  async killPostgres(): Promise<void> {
    await this.during('postgres', async () => {
      // Its processes have a session of their own each, so they are named one by one.
      const pid = this.postgres.child.pid ?? 0;
      const children = childrenOf(pid);
      for (const child of children) kill(child, 'SIGKILL');
      await killed(this.postgres.child);
      while (children.some(isAlive)) await delay(20);
      await this.startPostgres();
    });
  }

  async killWorker(index: number): Promise<void> {
    await this.during('worker', async () => {
      await this.endWorker(index);
      await this.startWorker(index);
    });
  }

  /** No worker at all, for as long as `meanwhile` takes. */
  async withoutWorkers(meanwhile: () => Promise<void>): Promise<void> {
    await this.during('all workers', async () => {
      await Promise.all(this.workers.map((_, index) => this.endWorker(index)));
      await meanwhile();
      await Promise.all(this.workers.map((_, index) => this.startWorker(index)));
    });
  }

  async freezeWorker(index: number, forMs: number): Promise<void> {
    await this.during('a frozen worker', async () => {
      const pid = this.workers[index]?.pid() ?? 0;
      kill(pid, 'SIGSTOP');
      await delay(forMs);
      kill(pid, 'SIGCONT');
    });
  }

  /** One span of faults after the other; it is not waited for. */
  beginRelayFaults(faults: RelayFaults, forMs: number): void {
    const span = async () => {
      this.relay.send(faults);
      await delay(forMs, undefined, { signal: this.stopping.signal });
      this.relay.send({});
    };
    this.relayFault = this.relayFault.then(() => this.during('relay', span)).catch(() => undefined);
  }

  /** Resolves when the relay is well again. */
  relayIsWell(): Promise<void> {
    return this.relayFault;
  }

  /** Resolves when the relay has accepted a message. */
  async nextAccepted(): Promise<void> {
    await once(this.relay, 'message');
  }

  async startWorker(index: number): Promise<void> {
    this.launches += 1;
    const { workerRoot, folder } = this.options;
    const worker = superviseWorker({
      script: join(workerRoot, 'test', 'faults', 'soak', 'worker.ts'),
      runBy: join(workerRoot, 'stack', 'run.mjs'),
      env: { ...process.env, ...this.environment() },
      logFile: join(folder, `worker-${index + 1}-${String(this.launches).padStart(2, '0')}.log`),
      guard: this.guard,
      say: (line) => this.options.say(`! ${line}`),
    });
    this.workers[index] = worker;
    await worker.ready;
  }

  private async endWorker(index: number): Promise<void> {
    const worker = this.workers[index];
    this.workers[index] = undefined;
    kill(worker?.pid() ?? 0, 'SIGKILL');
    await worker?.stop();
  }

  private environment(): NodeJS.ProcessEnv {
    const { smtpUrl, webUrl } = this.relayUrls;
    return {
      TEMPORAL_ADDRESS: this.temporal.address,
      TEMPORAL_NAMESPACE: this.temporal.namespace,
      DATABASE_URL: this.proxy.url,
      DATABASE_OWNER_URL: this.register.databaseOwnerUrl,
      DATABASE_READER_URL: this.register.databaseReaderUrl,
      SMTP_URL: smtpUrl,
      // Clocks of cases run apart here, so nobody's working hours can be kept; and no pace.
      ENTENTE_MAILBOX_URL: webUrl,
      WORKFLOW_BUNDLE: this.bundle,
      ENTENTE_FOLDER: join(this.options.folder, 'no-start'),
    };
  }

  /** Of the very source that the workers are started from. */
  private async bundleWorkflows(): Promise<void> {
    writeFileSync(this.bundle, JSON.stringify(await bundleWorkflows(this.options.workerRoot)));
  }

  private async startTemporal(): Promise<void> {
    const { folder } = this.options;
    const ports = { server: this.ports.temporal, ui: this.ports.ui };
    const settings = { folder: join(folder, 'temporal'), ports, dynamicConfig, env: process.env, guard: this.guard };
    this.temporal = await startTemporalServer({ ...settings, onProgress: () => undefined });
    if (this.temporal.ports.server !== ports.server) throw new Error('Somebody has taken the port of Temporal.');
  }

  private async startPostgres(): Promise<void> {
    const { folder } = this.options;
    this.postgres = await startPostgres({ folder, durable: true, port: this.ports.postgres, guard: this.guard });
    if (this.postgres.port !== this.ports.postgres) throw new Error('Somebody has taken the port of Postgres.');
  }

  private async startRelay(): Promise<void> {
    const script = fileURLToPath(new URL('relay.ts', import.meta.url));
    this.relay = fork(runner, [script, this.relayJournal, String(this.options.seed)]);
    this.guard.watch(this.relay, 'SIGKILL');
    [this.relayUrls] = (await once(this.relay, 'message')) as [typeof this.relayUrls];
  }

  /** Notes that something was away for as long as `meanwhile` took. */
  async during(of: string, meanwhile: () => Promise<void>): Promise<void> {
    const from = Date.now();
    await meanwhile();
    this.outages.write({ of, from, until: Date.now() });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    for (const worker of this.workers) await worker?.stop();
    await this.proxy?.stop();
    await this.temporal?.stop();
    await this.postgres?.stop();
    if (this.relay) await killed(this.relay);
    await this.guard.release();
    this.outages.close();
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  if (pid === 0) return;
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
