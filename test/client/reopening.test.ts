import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectEntente, type Entente, RefusedError } from '../../client/client.ts';
import { pastCases } from '../../database/erasure/retention.ts';
import { startWorld, type World } from '../world.ts';

let world: World;
let entente: Entente;

beforeAll(async () => {
  world = await startWorld('2026-01-05T00:00:00.000Z');
  const { databaseUrl, temporal } = world.stack.settings;
  entente = connectEntente({ databaseUrl: () => databaseUrl, temporal: () => temporal });
});
afterAll(async () => {
  await entente?.close();
  await world?.stop();
});

const day = (ahead: number): string => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
const id = 'action/too-early';
const soon = { timeout: 150_000 };
const statusOf = async (caseId = id) => (await world.client.workflow.getHandle(caseId).describe()).status.name;

it('a case whose workflow has ended is opened again from the register, once, and runs on', async () => {
  const opening = { id: 'too-early', by: 'kim', title: 'Portal', countries: ['KR'], coordinator: 'kim' };
  await entente.open('action', { ...opening, topic: 'Portal', owner: 'klid', due: day(60) });
  await entente.command(id, 'accept', { by: 'park' });
  await entente.command(id, 'reportDone', { by: 'park', evidence: 'a link' });
  await entente.command(id, 'verify', { by: 'kim', evidence: 'seen' });
  await expect.poll(() => statusOf(), soon).toBe('COMPLETED');
  const before = await entente.view(id);

  const refused = await entente.command(id, 'reopen', { by: 'park', reason: 'x' }).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'NotYours' });
  expect(refused).toBeInstanceOf(RefusedError);
  expect(await statusOf()).toBe('COMPLETED');

  const body = { by: 'kim', reason: 'It is not there' };
  const twice = ['reopen-1', 'reopen-1'].map((commandId) => entente.command(id, 'reopen', body, { commandId }));
  const [first, second] = await Promise.all(twice);
  expect(second).toEqual(first);
  expect(await entente.command(id, 'reopen', body, { commandId: 'reopen-1' })).toEqual(first);

  const after = await entente.liveView(id);
  expect(after).toMatchObject({ stage: 'inProgress', openedAt: before.openedAt });
  expect(after.number).toBeGreaterThan(before.number);
  expect((await entente.cases()).rows.map((each) => each.id)).toContain(id);
  expect((await entente.due({ days: 90 })).rows.map(({ caseId }) => caseId)).toContain(id);
  expect(await pastCases(world.db, day(1))).toEqual([]);
  const { findings } = await entente.health.check();
  expect(findings).toEqual([]);

  await entente.command(id, 'reportDone', { by: 'park', evidence: 'now it is' });
  await entente.command(id, 'verify', { by: 'kim', evidence: 'seen' });
  await expect.poll(() => statusOf(), soon).toBe('COMPLETED');
  await entente.command(id, 'correct', { by: 'kim', right: { title: 'The portal' }, reason: 'Typed wrongly' });
  expect(await entente.view(id)).toMatchObject({ title: 'The portal', stage: 'closed' });
  await expect.poll(() => statusOf(), soon).toBe('COMPLETED');
});

it('a command that is put on record while it is asked for once more is answered as it was, and not refused for that', async () => {
  const over = 'action/asked-meanwhile';
  await entente.open('action', {
    id: 'asked-meanwhile',
    by: 'kim',
    title: 'Portal',
    countries: ['KR'],
    coordinator: 'kim',
    topic: 'Portal',
    owner: 'klid',
    due: day(60),
  });
  await entente.command(over, 'drop', { by: 'kim', decision: 'Decided so', reason: 'Not needed' });
  await expect.poll(() => statusOf(over), soon).toBe('COMPLETED');
  const { databaseUrl, temporal } = world.stack.settings;
  const other = connectEntente({ databaseUrl: () => databaseUrl, temporal: () => temporal });
  const reopened = (by: Entente) => by.command(over, 'reopen', { by: 'kim', reason: 'Not so' }, { commandId: 'again' });
  const asks = other.wouldAccept;
  let first: unknown;
  // Just before it would be refused, the same command goes through.
  Object.assign(other, {
    wouldAccept: async (...asked: Parameters<typeof asks>) => {
      first ??= await reopened(entente);
      return asks(...asked);
    },
  });
  const second = await reopened(other);
  expect(second).toEqual(first);
  await other.close();
});
