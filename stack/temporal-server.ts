import { randomInt } from 'node:crypto';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import type { Guard } from './guard.ts';
import { freePorts } from './ports.ts';
import { hasEnded, startServer, stopChild } from './processes.ts';
import { findTemporalCli } from './temporal-cli.ts';

/**
 * What our server needs beyond the defaults. The first lets one workflow's clock run ahead; without the second a
 * skipped timer costs a second, without the third continue-as-new jumps too far; the last two keep timers punctual.
 */
const DYNAMIC_CONFIG = [
  'frontend.WorkflowTimeSkippingEnabled=true',
  'history.timerProcessorMaxTimeShift="1ms"',
  'history.workflowIdReuseMinimalInterval="0s"',
  'history.timerProcessorMaxPollRPS=2000',
  'history.transferProcessorMaxPollRPS=2000',
  // A case whose task fails, since the register is away or older, is tried again at least this often: otherwise up to ten minutes pass.
  'history.workflowTaskRetryMaxInterval="10s"',
  // A larger command would leave its case deaf for a quarter of a minute. What it takes at once is at most ten of 64 KiB.
  'history.maxInFlightUpdatePayloads=1048576',
  // Each page of a list has its database look through all pages before it.
  'frontend.visibilityMaxPageSize=10000',
  // Its HTTP interface, which we do not use, would take commands from any web page. No page has this name.
  'frontend.httpAllowedHosts=["nobody.invalid"]',
];

/** Closed cases stay in the lists of the UI for as long as anybody may ask for them. */
const RETENTION_DAYS = 3650;

const HEALTHY_WITHIN_MS = 60_000;

export type TemporalServerOptions = {
  /** Where its database and log are kept; in memory when absent. */
  folder?: string;
  /** Ports that were free a moment ago. That of the UI is for the door before it alone, so any will do. */
  ports: { server: number; ui: number };
  /** Further dynamic settings, as KEY=VALUE. */
  dynamicConfig?: readonly string[];
  env: NodeJS.ProcessEnv;
  guard: Guard;
  onProgress: (line: string) => void;
};

export type TemporalServer = {
  address: string;
  namespace: string;
  ports: { server: number; ui: number };
  /** The address of this machine at which its UI listens, for the door before it alone. */
  uiHost: string;
  child: ChildProcess;
  stop(): Promise<void>;
};

/** Starts `temporal server start-dev` on 127.0.0.1 and comes back when it is healthy. */
export async function startTemporalServer(options: TemporalServerOptions): Promise<TemporalServer> {
  const cli = await findTemporalCli(options);
  let { ports } = options;
  for (let attempt = 1; ; attempt++) {
    const server = await launch(cli.path, { ...options, ports });
    try {
      await untilHealthy(server.address, server.child);
      return server;
    } catch (error) {
      const portWasTaken = hasEnded(server.child) && attempt < 3;
      await server.stop();
      // Since it was found free, somebody else may have taken a port.
      if (!portWasTaken) throw error;
      ports = await freePorts({ server: [], ui: [] });
    }
  }
}

async function launch(
  cli: string,
  { folder, ports, dynamicConfig = [], guard }: TemporalServerOptions,
): Promise<TemporalServer> {
  const { server, ui } = ports;
  const uiHost = hiddenHost();
  const args = ['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(server), '--ui-port', String(ui)];
  args.push('--ui-ip', uiHost, '--ui-disable-news-fetch', '--log-level', 'warn');
  for (const value of [...DYNAMIC_CONFIG, ...dynamicConfig]) args.push('--dynamic-config-value', value);
  if (folder !== undefined) {
    args.push('--db-filename', join(folder, 'temporal.db'));
    args.push('--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=FULL');
  }
  const logFile = folder === undefined ? undefined : join(folder, 'temporal.log');
  const child = await startServer({ command: cli, args, logFile });
  // It takes a second to end politely; a database in memory has nothing to lose.
  const signal = folder === undefined ? 'SIGKILL' : 'SIGTERM';
  guard.watch(child, signal);
  const address = `127.0.0.1:${server}`;
  const stop = () => stopChild(child, signal, 10_000);
  return { address, namespace: 'default', ports, uiHost, child, stop };
}

/**
 * The UI asks nobody who they are, nor for which host. A page from elsewhere that makes its own name lead to this machine could
 * try all ports of one address, and not those of all 16 million that Linux has for itself.
 */
const hiddenHost = (): string =>
  process.platform === 'linux' ? `127.${[0, 0, 0].map(() => randomInt(1, 255)).join('.')}` : '127.0.0.1';

/** The port opens before the server is healthy, and the namespace comes a little later still: so ask until all is well. */
async function untilHealthy(address: string, child: ChildProcess): Promise<void> {
  const until = Date.now() + HEALTHY_WITHIN_MS;
  let last = 'it has not answered';
  while (Date.now() < until) {
    if (hasEnded(child))
      throw new Error('The Temporal server ended as soon as it was started; see temporal.log, if any.');
    try {
      return await keepClosedCases(address);
    } catch (error) {
      last = (error as Error).message;
      await delay(50);
    }
  }
  throw new Error(`The Temporal server at ${address} is not healthy after ${HEALTHY_WITHIN_MS / 1000} s: ${last}.`);
}

async function keepClosedCases(address: string): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: '2s' });
  try {
    const workflowExecutionRetentionTtl = msToTs(RETENTION_DAYS * 86_400_000);
    await connection.withDeadline(Date.now() + 5_000, () =>
      connection.workflowService.updateNamespace({ namespace: 'default', config: { workflowExecutionRetentionTtl } }),
    );
  } finally {
    await connection.close();
  }
}
