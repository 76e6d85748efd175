import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http2';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connect } from '../../database/connect.ts';
import { migrate } from '../../database/migrate.ts';
import { freePort } from '../../stack/ports.ts';
import type { Stack } from '../../stack/stack.ts';
import { startProxy } from '../database/proxy.ts';
import { runner } from '../../stack/worker-process.ts';
import { inEmptyDatabase } from '../servers/shared.ts';
import { stackOnSharedServers } from '../world.ts';

const script = fileURLToPath(new URL('../../worker/main.ts', import.meta.url));

let stack: Stack;
beforeAll(async () => {
  stack = await stackOnSharedServers({ env: {} });
});
afterAll(() => stack.stop());

interface Run {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly code: Promise<number | null>;
}

function start(changes: Record<string, string>): Run {
  const env = { ...process.env, ...stack.env, ...changes };
  const child = spawn(process.execPath, [runner, script], { env, timeout: 150_000, killSignal: 'SIGKILL' });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return { child, said: () => said, code: new Promise((resolve) => child.once('close', resolve)) };
}

/** Runs a worker until it ends by itself, and gives what it said. */
async function ended(changes: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const run = start(changes);
  return { code: await run.code, said: run.said() };
}

const says = (run: Run, sentence: string) =>
  vi.waitFor(() => expect(run.said()).toContain(sentence), { timeout: 150_000, interval: 100 });

const databaseAt = (changes: { port?: string; pathname?: string; password?: string }): string =>
  Object.assign(new URL(stack.databaseUrl), changes).href;

/** A Temporal that is up and not healthy yet: its port opens before. */
async function startUnhealthyTemporal(port: number): Promise<{ asked: () => number; stop(): Promise<void> }> {
  let asked = 0;
  const server = createServer();
  const sessions = new Set<{ destroy(): void }>();
  server.on('session', (session) => sessions.add(session));
  server.on('stream', (stream) => {
    asked += 1;
    const status = { 'grpc-status': '14', 'grpc-message': 'Frontend is not healthy yet' };
    stream.respond({ ':status': 200, 'content-type': 'application/grpc', ...status }, { endStream: true });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    asked: () => asked,
    stop() {
      sessions.forEach((session) => session.destroy());
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const portOf = (address: string): number => Number(address.split(':').at(-1));

describe('a worker waits for what is down, and says so once', () => {
  it('for Postgres, for Temporal, and for a Temporal that is not healthy yet', async () => {
    const [postgres, temporal] = [await freePort(), await freePort()];
    const databaseUrl = databaseAt({ port: String(postgres) });
    const run = start({ DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: `127.0.0.1:${temporal}` });
    await says(run, `Waiting for Postgres at 127.0.0.1:${postgres}: connect ECONNREFUSED`);
    const toPostgres = await startProxy(portOf(new URL(stack.databaseUrl).host), postgres);
    await says(run, `Postgres at 127.0.0.1:${postgres} answers.`);
    const unhealthy = await startUnhealthyTemporal(temporal);
    await vi.waitFor(() => expect(unhealthy.asked()).toBeGreaterThan(2), { timeout: 150_000 });
    await unhealthy.stop();
    const toTemporal = await startProxy(portOf(stack.temporal.address), temporal);
    await says(run, 'worker ready');
    expect(run.said().match(/^Waiting for .*$/gm)).toHaveLength(2);
    expect(run.said()).toMatch(
      new RegExp(
        `^Waiting for Temporal at 127\\.0\\.0\\.1:${temporal}: (Connection refused|Frontend is not healthy yet)\\.$`,
        'm',
      ),
    );
    expect(run.said()).not.toContain(new URL(databaseUrl).password);
    run.child.kill('SIGTERM');
    expect(await run.code).toBe(0);
    await Promise.all([toPostgres.stop(), toTemporal.stop()]);
  });

  it('until it is told to stop', async () => {
    const run = start({ DATABASE_URL: databaseAt({ port: '1' }) });
    await says(run, 'Waiting for Postgres at 127.0.0.1:1');
    run.child.kill('SIGTERM');
    expect(await run.code).toBe(0);
  });
});

describe('what waiting cannot mend ends a worker at once, with one sentence', () => {
  it('a wrong password', async () => {
    const { code, said } = await ended({ DATABASE_URL: databaseAt({ password: 'hunter2' }) });
    expect(code).toBe(1);
    expect(said).toMatch(/^Postgres does not answer as it should: password authentication failed/m);
    expect(said).not.toContain('hunter2');
  });

  it('no such database', async () => {
    const { code, said } = await ended({ DATABASE_URL: databaseAt({ pathname: '/nowhere' }) });
    expect(code).toBe(1);
    expect(said).toMatch(/^Postgres does not answer as it should: database "nowhere" does not exist/m);
  });

  it('a register of a newer version', async () => {
    const { code, said } = await inEmptyDatabase(async (url) => {
      const newer = connect(url, 1);
      await migrate(newer);
      await sql`insert into kysely_migration values ('9999-from-the-future', '2030-01-01')`.execute(newer);
      await newer.destroy();
      return ended({ DATABASE_URL: url, DATABASE_OWNER_URL: url, DATABASE_READER_URL: url });
    });
    expect(code).toBe(1);
    expect(said).toMatch(/^The database was migrated by a newer Entente \(9999-from-the-future\)/m);
  });

  it('no such namespace', async () => {
    const { code, said } = await ended({ TEMPORAL_NAMESPACE: 'nowhere' });
    expect(code).toBe(1);
    expect(said).toMatch(/^Temporal at .* does not answer as it should: Namespace nowhere is not found/m);
  });

  it('what answers there is no Temporal', async () => {
    const { code, said } = await ended({ TEMPORAL_ADDRESS: new URL(stack.mailboxUrl ?? '').host });
    expect(code).toBe(1);
    expect(said).toMatch(/^Temporal at .* does not answer as it should: /m);
  });

  it('wrong settings: all faults at once', async () => {
    const { code, said } = await ended({ DATABASE_URL: 'mysql://127.0.0.1/x', SMTP_URL: 'nonsense' });
    expect(code).toBe(2);
    expect(said).toContain('DATABASE_URL');
    expect(said).toContain('SMTP_URL');
  });
});
