import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWorld, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld('2018-10-01T01:00:00.000Z');
});
afterAll(() => world.stop());

it('a follow-up action with three rungs mailed, accepted, reported, done and verified leaves at most 90 events', async () => {
  const { player, db, client, stack } = world;
  const opening = {
    id: 'greece-2-1',
    by: 'kim',
    title: 'Digitalise government documents',
    countries: ['KR', 'GR'],
    coordinator: 'kim',
    topic: 'Digitalise government documents',
    owner: 'klid',
    due: '2018-12-14',
  };
  const id = 'action/greece-2-1';
  await player.open('action', opening, 'open-1');
  await player.command(id, 'accept', { by: 'park' }, 'accept-1');
  await player.advanceTo('2018-11-20T01:00:00.000Z');
  await player.command(id, 'report', { by: 'park', report: 'Half of it stands' }, 'report-1');
  await player.advanceTo('2018-12-13T03:00:00.000Z');
  await player.command(id, 'reportDone', { by: 'park', evidence: 'Portal is live' }, 'done-1');
  await expect(player.command(id, 'verify', { by: 'park', evidence: 'Seen' }, 'verify-0')).rejects.toMatchObject({ cause: { type: 'SamePerson' } });
  await player.command(id, 'verify', { by: 'kim', evidence: 'Seen' }, 'verify-1');
  await player.settled();
  const handle = client.workflow.getHandle(id);
  expect(await handle.result()).toMatchObject({ case: id, stage: 'closed' });
  const events = await db.selectFrom('events').select(['number', 'type', 'at', 'says']).where('case_id', '=', id).orderBy('number').execute();
  console.table(events);
  const messages = await db.selectFrom('messages').select(['key', 'state', 'address', 'subject', 'at']).orderBy('at').execute();
  console.table(messages);
  const history = await handle.fetchHistory();
  console.log(history.events?.length, Object.entries(Object.groupBy(history.events ?? [], (e) => String(e.eventType))).map(([k, v]) => `${k}:${v?.length}`).join(' '));
  expect(stack.mailbox).toBeDefined();
  expect(history.events?.length).toBeLessThanOrEqual(90);
});
