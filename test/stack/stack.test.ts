import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import nodemailer from 'nodemailer';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { commandLine } from '../../stack/processes.ts';
import { readSettings } from '../../stack/settings.ts';
import { type PreferredPorts, type Stack, startStack } from '../../stack/stack.ts';
import { uiLinks } from '../../stack/ui-links.ts';
import { hostIn, listeningOf, processesWith } from './processes-of.ts';

const folder = mkdtempSync(join(tmpdir(), 'entente-stack-'));

/** The environment of this machine, but for services that it may point at; the key is for another server. */
const { PATH, HOME, XDG_CACHE_HOME, TEMPORAL_CLI } = process.env;
const machine = { PATH, HOME, XDG_CACHE_HOME, TEMPORAL_CLI, ENTENTE_FOLDER: folder };
const env = { ...machine, TEMPORAL_API_KEY: 'for-another-server' };

/** A port that somebody else has. */
const taken = createServer();
let takenPort: number;

/** One for all tests but those that need their own. */
let stack: Stack;

beforeAll(async () => {
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  takenPort = (taken.address() as AddressInfo).port;
  const wanted = [takenPort];
  const preferredPorts = { postgres: wanted, temporal: wanted, temporalUi: wanted, smtp: wanted, mailbox: wanted };
  stack = await startStack({ env, preferredPorts });
});

afterAll(async () => {
  await stack.stop();
  taken.close();
  rmSync(folder, { recursive: true, force: true });
});

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

async function withClient<T>(address: string, use: (client: Client, connection: Connection) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await use(new Client({ connection }), connection);
  } finally {
    await connection.close();
  }
}

/** A workflow that no worker takes up: it only has to be there. */
const begin = (client: Client) => client.workflow.start('mou', { workflowId: 'mou-gr-1', taskQueue: 'none' });

test('every service answers', async () => {
  const where = "select current_database() as name, current_setting('TimeZone') as zone, current_user as role";
  const { databaseUrl, databaseOwnerUrl, databaseReaderUrl } = stack.settings;
  const roles = { entente_worker: databaseUrl, entente_owner: databaseOwnerUrl, entente_reader: databaseReaderUrl };
  for (const [role, url] of Object.entries(roles))
    expect(await query(url, where)).toEqual([{ name: 'entente', zone: 'UTC', role }]);
  const names =
    "select array_agg(n order by n) as sorted from unnest(array['나', 'Ωμέγα', '가', 'Άλφα', 'Zeta', 'ábel']) n";
  expect(await query(stack.databaseUrl, names)).toEqual([{ sorted: ['ábel', 'Zeta', 'Άλφα', 'Ωμέγα', '가', '나'] }]);
  await withClient(stack.temporal.address, async (client, connection) => {
    await begin(client);
    const { config } = await connection.workflowService.describeNamespace({ namespace: 'default' });
    expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(3650 * 86_400);
  });
  await nodemailer.createTransport(stack.smtpUrl).sendMail({ from: 'a@example.org', to: 'b@example.org', text: 'x' });
  expect(stack.mailbox?.messages()).toHaveLength(1);
  expect((await fetch(String(stack.mailboxUrl))).status).toBe(200);
});

test('the Temporal UI lets in whoever has the token, and reads no news', async () => {
  const door = new URL(String(stack.temporal.uiUrl));
  expect((await fetch(door.origin)).status).toBe(403);
  const cookie = (await fetch(door, { redirect: 'manual' })).headers.get('set-cookie')?.split(';')[0] ?? '';
  const read = async (path: string) => (await fetch(`${door.origin}${path}`, { headers: { cookie } })).text();
  expect(await read('/')).toContain('<!doctype html>');
  expect(await read('/api/v1/namespaces')).toContain('"name": "default"');
  expect(JSON.parse(await read('/api/v1/settings'))).toMatchObject({ DisableNewsFetch: true });
});

test('of the ports of the Temporal server, the one behind the door alone answers a web page, at an address that none can guess', async () => {
  const open = listeningOf(Number(stack.pids.temporal));
  expect(open.map(({ port }) => port)).toContain(stack.ports.temporal);
  const read = async (host: string, port: number) => {
    const asked = fetch(`http://${host}:${port}/api/v1/namespaces`, { signal: AbortSignal.timeout(5_000) });
    return asked.then(
      (answer) => answer.status === 200,
      () => false,
    );
  };
  const atOwn = await Promise.all(open.map(({ address, port }) => read(hostIn(address), port)));
  expect(atOwn.filter(Boolean)).toHaveLength(1);
  const atUsual = await Promise.all(open.map(({ port }) => read('127.0.0.1', port)));
  expect(atUsual.filter(Boolean)).toEqual([]);
});

test('whatever listens does so on this machine alone, and Postgres lets nobody in without a password', async () => {
  const pids = [stack.pids.temporal, stack.pids.postgres].map(Number);
  const places = [...pids, process.pid].flatMap(listeningOf);
  expect(places.map(({ port }) => port)).toEqual(expect.arrayContaining(Object.values(stack.ports)));
  expect(places.filter(({ address }) => !hostIn(address).startsWith('127.'))).toEqual([]);
  expect(places.filter(({ address }) => hostIn(address) !== '127.0.0.1')).toHaveLength(1);
  for (const role of ['postgres', 'entente_owner', 'entente_worker', 'entente_reader'])
    for (const password of ['', ':wrong']) {
      const url = `postgres://${role}${password}@127.0.0.1:${stack.ports.postgres}/postgres`;
      await expect(query(url, 'select 1')).rejects.toThrow(/password/);
    }
});

test('a port that is taken is stepped around', () => {
  const ports = Object.values(stack.ports);
  expect(ports).not.toContain(takenPort);
  expect(new Set(ports).size).toBe(5);
});

test('a child process reads the same settings from the environment that it is given', () => {
  const settings = readSettings({ ...env, ...stack.env });
  expect(settings).toEqual(stack.settings);
  expect(settings.temporal.connectionOptions).toEqual({ address: stack.temporal.address });
});

test('the ready-made links are queries that the server understands', async () => {
  await withClient(stack.temporal.address, async (client, connection) => {
    const types = {
      Kind: 'KEYWORD',
      Country: 'KEYWORD_LIST',
      NextDue: 'DATETIME',
      Late: 'BOOL',
      Outcome: 'KEYWORD',
    } as const;
    const numbers = { KEYWORD: 2, BOOL: 5, DATETIME: 6, KEYWORD_LIST: 7 } as const;
    const searchAttributes = Object.fromEntries(Object.entries(types).map(([name, type]) => [name, numbers[type]]));
    await connection.operatorService.addSearchAttributes({ namespace: 'default', searchAttributes });
    const key = defineSearchAttributeKey('Kind', 'KEYWORD');
    await vi.waitFor(async () => {
      const attributes = [{ key, value: 'mou' }];
      await client.workflow.start('mou', {
        workflowId: 'mou-gr-2',
        taskQueue: 'none',
        typedSearchAttributes: attributes,
      });
    });
    const queryOf = (url: string) => new URL(url).searchParams.get('query') ?? '';
    const links = uiLinks('http://127.0.0.1:8233/?token=abc', 'default');
    for (const { url } of links) expect(new URL(url).searchParams.get('token')).toBe('abc');
    for (const { url } of links)
      await client.workflowService.countWorkflowExecutions({ namespace: 'default', query: queryOf(url) });
    const memoranda = queryOf(links.find(({ title }) => title.startsWith('Memoranda'))?.url ?? '');
    await expect.poll(async () => (await client.workflow.count(memoranda)).count).toBe(1);
  });
});

test('a server that dies unasked is told, and stopping leaves nothing behind', async () => {
  const data = / -D (\S+)/.exec(commandLine(Number(stack.pids.postgres)))?.[1] ?? '';
  expect(processesWith(data)).toHaveLength(1);
  process.kill(Number(stack.pids.temporal), 'SIGKILL');
  expect(await stack.failure).toContain('The Temporal server has ended unasked');
  await stack.stop();
  expect(processesWith(data)).toEqual([]);
  expect(processesWith(`--port ${stack.ports.temporal}`)).toEqual([]);
  expect(existsSync(join(data, '..'))).toBe(false);
});

test('with a folder, everything is there again after a restart, on the same ports', async () => {
  const first = await startStack({ env, folder });
  await query(first.settings.databaseOwnerUrl, "create table kept as select 'yes' as answer");
  await withClient(first.temporal.address, begin);
  await nodemailer.createTransport(first.smtpUrl).sendMail({ from: 'a@example.org', to: 'b@example.org', text: 'x' });
  await first.stop();
  const again = (name: keyof PreferredPorts) => [Number(first.ports[name])];
  const preferredPorts = {
    temporal: again('temporal'),
    temporalUi: again('temporalUi'),
    postgres: again('postgres'),
    smtp: again('smtp'),
    mailbox: again('mailbox'),
  };
  const second = await startStack({ env, folder, preferredPorts });
  expect(second.ports).toEqual(first.ports);
  expect(await query(second.settings.databaseOwnerUrl, 'select * from kept')).toEqual([{ answer: 'yes' }]);
  expect(await query(second.databaseUrl, 'show synchronous_commit')).toEqual([{ synchronous_commit: 'on' }]);
  expect(second.mailbox?.messages()).toHaveLength(1);
  await withClient(second.temporal.address, async (client) => {
    expect((await client.workflow.getHandle('mou-gr-1').describe()).status.name).toBe('RUNNING');
  });
  await second.stop();
});

test('a service that the environment names is used and not started, and its faults are told first', async () => {
  const named = {
    ...env,
    DATABASE_URL: 'postgres://a:b@db.example.org/entente?ssl=true',
    SMTP_URL: 'smtps://mail.example.org',
  };
  const partial = await startStack({ env: named });
  expect(partial.databaseUrl).toBe(named.DATABASE_URL);
  expect(partial.smtpUrl).toBe(named.SMTP_URL);
  expect(partial.pids.postgres).toBeUndefined();
  expect(partial.mailboxUrl).toBeUndefined();
  expect(partial.env).not.toHaveProperty('DATABASE_URL');
  await expect(startStack({ env: { ...env, DATABASE_URL: 'mysql://x' } })).rejects.toThrow(/DATABASE_URL/);
  await partial.stop();
});
