import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDirectoryFiles } from '../../client/directory-files.ts';
import { connect } from '../../database/connect.ts';
import { importDirectory } from '../../database/directory.ts';
import { prepareRegister } from '../../database/migrate.ts';
import { readEvents } from '../../database/register.ts';
import type { Database } from '../../database/schema.ts';
import { play } from '../../examples/play.ts';
import { Player } from '../../rehearsal/player.ts';
import type { Stack } from '../../stack/stack.ts';
import { type SupervisedWorker, superviseWorker } from '../../stack/worker-process.ts';
import { stackOnSharedServers } from '../world.ts';
import { shortStory } from './short-story.ts';

let stack: Stack;
let worker: SupervisedWorker;
let db: Kysely<Database>;
let connection: Connection;

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const begin = '2018-03-05T06:00:00.000Z';
const ids = (name: string) => ['request', 'mou', 'action'].map((kind) => `${kind}/${name}`);

const folder = mkdtempSync(join(tmpdir(), 'entente-killed-'));

beforeAll(async () => {
  stack = await stackOnSharedServers({ env: {} });
  await prepareRegister(stack.settings);
  db = connect(stack.databaseUrl);
  const { directory, faults } = await readDirectoryFiles([pathOf('../../examples/directory.yaml')]);
  await importDirectory(db, directory, faults, 'kim-minji');
  worker = superviseWorker({
    script: pathOf('short-lease-worker.ts'),
    env: { ...process.env, ...stack.env },
    logFile: join(folder, 'worker.log'),
    guard: stack.guard,
    say: () => undefined,
  });
  await worker.ready;
  connection = await Connection.connect(stack.settings.temporal.connectionOptions);
});
afterAll(async () => {
  await connection.close();
  await worker.stop();
  await db.destroy();
  await stack.stop();
  rmSync(folder, { recursive: true });
});

const tell = (name: string): Promise<void> => {
  const client = new Client({ connection, namespace: stack.temporal.namespace });
  return play([shortStory(name)], new Player(client, db, begin), db, () => undefined);
};

/** Kills the worker at the moment at which something holds, and waits for nothing: the story goes on meanwhile. */
async function killedWhen(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(10);
  const pid = worker.pid();
  if (pid === undefined) throw new Error('There is no worker to kill.');
  process.kill(pid, 'SIGKILL');
}

const isOnRecord = (caseId: string, type: string) => async (): Promise<boolean> => {
  const query = db.selectFrom('events').select('number').where('case_id', '=', caseId).where('type', '=', type);
  return (await query.executeTakeFirst()) !== undefined;
};

const isBeingSent = (caseId: string, text: string) => async (): Promise<boolean> => {
  const query = db.selectFrom('messages').select('key').where('case_id', '=', caseId).where('text', '=', text);
  return (await query.where('state', 'in', ['claimed', 'inData', 'sent']).executeTakeFirst()) !== undefined;
};

/** What has happened to a case, but for when a person's command was taken; what is reported of mail in doubt is apart. */
async function happened(id: string, name: string): Promise<unknown[]> {
  const events = await readEvents(db, id);
  return events
    .filter(({ type }) => type !== 'undelivered')
    .map(({ at, number: _, commandId: __, ...event }) =>
      JSON.parse(
        JSON.stringify({ ...event, at: event.by === 'entente' ? at : at.slice(0, 10) }).replaceAll(name, 'NAME'),
      ),
    );
}

const messagesOf = (name: string) =>
  db
    .selectFrom('messages')
    .select(['key', 'state', 'message_id'])
    .where('case_id', 'in', ids(name))
    .orderBy('key')
    .execute();

describe('a story whose worker is killed again and again', () => {
  beforeAll(async () => {
    await tell('calm');
    const kills = (async () => {
      await killedWhen(isBeingSent('action/killed', 'action.asked'));
      await killedWhen(isOnRecord('request/killed', 'accepted'));
      await killedWhen(isOnRecord('action/killed', 'reminded'));
    })();
    await tell('killed');
    await kills;
  });

  it.each(['request', 'mou', 'action'])('ends the same, event by event: %s', async (kind) => {
    const calm = await happened(`${kind}/calm`, 'calm');
    expect(calm.length).toBeGreaterThan(3);
    expect(await happened(`${kind}/killed`, 'killed')).toEqual(calm);
  });

  it('has sent each message once; one whose fate is unknown is in doubt and was not sent again', async () => {
    const calm = await messagesOf('calm');
    const killed = await messagesOf('killed');
    const reports = killed.filter(({ key }) => key.endsWith('/undelivered'));
    const told = killed.filter(({ key }) => !key.endsWith('/undelivered'));
    expect(told).toHaveLength(calm.length);
    expect(told.filter(({ state }) => !['sent', 'inDoubt', 'withdrawn'].includes(state))).toEqual([]);
    const inDoubt = told.filter(({ state }) => state === 'inDoubt');
    expect(reports.length).toBeLessThanOrEqual(inDoubt.length);

    const caught = (stack.mailbox?.messages() ?? []).map(({ messageId }) => messageId);
    expect(new Set(caught).size).toBe(caught.length);
    const sent = [...calm, ...killed].filter(({ state }) => state === 'sent');
    expect(sent.filter(({ message_id }) => !caught.includes(message_id ?? ''))).toEqual([]);
  });
});
