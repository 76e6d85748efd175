import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectEntente } from '../../client/client.ts';
import { startGuard } from '../../stack/guard.ts';
import { freePorts } from '../../stack/ports.ts';
import { readEvents } from '../../database/register.ts';
import { millisecondsOf } from '../../domain/dates.ts';
import { startTemporalServer, type TemporalServer } from '../../stack/temporal-server.ts';
import { workflowNow } from '../../stack/time-skipping.ts';
import { startProxy } from '../database/proxy.ts';
import { expectAsModelled } from './oracle.ts';
import { end, inProgress } from './tales.ts';
import { until } from './patience.ts';
import { type FaultyWorker, type FaultyWorld, startFaultyWorld } from './world.ts';

/*
 * The second try of a task meets things in another order than the first: what the first has put on record happened all the
 * same, and first.
 */

const folder = mkdtempSync(join(tmpdir(), 'entente-order-'));
const guard = startGuard(folder);
let temporal: TemporalServer;
let world: FaultyWorld;
let worker: FaultyWorker;

const startTemporal = async (ports: TemporalServer['ports']): Promise<TemporalServer> =>
  startTemporalServer({ folder, ports, env: process.env, guard, onProgress: () => undefined });

beforeAll(async () => {
  temporal = await startTemporal(await freePorts({ server: [], ui: [] }));
  world = await startFaultyWorld({ env: { TEMPORAL_ADDRESS: temporal.address } });
  worker = await world.startWorker();
});
afterAll(async () => {
  await world.stop();
  await temporal.stop();
  await guard.release();
});

it('a command, then a due date: on the second try the due date has come', async () => {
  const tale = inProgress(world, 'timer-first', ['progressReported', 'reminded']);
  await tale.begin();
  const due = await tale.driven.nextDue();
  await tale.driven.runToBefore(due, 20);
  const caught = world.postgres.catchCommit('reply', (transaction) => transaction.includes('progressReported'));
  const given = tale.driven.command('report', { by: 'park', report: 'Half of it' });
  await caught.reached;
  // Nobody takes it up again before it is late.
  world.temporal.hold();
  worker.kill();
  await until('the due date', async () => (await workflowNow(world.client, tale.id)) > millisecondsOf(due));
  world.temporal.cut();
  world.temporal.release();
  await given;
  await tale.driven.onRecord('reminded');
  await end(world, tale);
  await expectAsModelled(world, tale);
});

it('two commands: on the second try, after Temporal has died as well, the other one comes first', async () => {
  const tale = inProgress(world, 'other-first', ['progressReported', 'progressReported']);
  await tale.begin();
  const { settings, databaseUrl } = world.stack;
  // Whoever gives the first one is cut off for good, so that it does not come again by itself.
  const line = await startProxy(temporal.ports.server);
  const through = { ...settings.temporal, connectionOptions: { address: `127.0.0.1:${line.port}` } };
  const hasty = connectEntente({ databaseUrl: () => databaseUrl, temporal: () => through });
  const caught = world.postgres.catchCommit('reply', (transaction) => transaction.includes('progressReported'));
  const body = { by: 'park', report: 'The first' };
  const unheard = hasty.command(tale.id, 'report', body, { commandId: 'first' }).catch((error: unknown) => error);
  await caught.reached;
  const dead = once(temporal.child, 'exit');
  temporal.child.kill('SIGKILL');
  worker.kill();
  await dead;
  await line.stop();
  temporal = await startTemporal(temporal.ports);

  await tale.driven.command('report', { by: 'park', report: 'The second' }, 'second');
  await tale.driven.command('report', body, 'first');
  await end(world, tale);
  await expectAsModelled(world, tale);
  expect(await unheard).toBeInstanceOf(Error);
  await hasty.close();
  const reports = (await readEvents(world.db, tale.id)).filter(({ type }) => type === 'progressReported');
  expect(reports.map(({ commandId }) => commandId)).toEqual(['first', 'second']);
});
