import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWorld, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  // A history of a few dozen events is taken for a long one.
  world = await startWorld('2018-10-01T01:00:00.000Z', {
    dynamicConfig: ['limit.historyCount.suggestContinueAsNew=40'],
  });
});
afterAll(() => world.stop());

const id = 'action/long-lived';

const runOf = async (): Promise<string> => (await world.client.workflow.getHandle(id).describe()).runId;

it('a case that begins a new history keeps its commands, their ids, its timers and its mail', async () => {
  const { player, db, stack } = world;
  const opening = { by: 'kim', id: 'long-lived', title: 'Long-lived', countries: ['KR', 'GR'], coordinator: 'kim' };
  await player.open('action', { ...opening, topic: 'Long-lived', owner: 'klid', due: '2018-12-14' }, 'open-1');
  const accepted = await player.command(id, 'accept', { by: 'park' }, 'accept-1');
  const runs = new Set([await runOf()]);
  for (let week = 1; week <= 12; week += 1) {
    await player.command(id, 'report', { by: 'park', report: `Week ${week}`, percent: week * 5 }, `report-${week}`);
    await player.settled();
    runs.add(await runOf());
  }
  await player.advanceTo('2018-12-14T03:00:00.000Z');
  runs.add(await runOf());
  expect(runs.size).toBeGreaterThan(2);

  expect(await player.command(id, 'accept', { by: 'park' }, 'accept-1')).toEqual(accepted);
  await player.command(id, 'reportDone', { by: 'park', evidence: 'It stands' }, 'done-1');
  await expect(player.command(id, 'verify', { by: 'park', evidence: 'Seen' }, 'verify-0')).rejects.toMatchObject({
    cause: { type: 'SamePerson' },
  });
  await player.command(id, 'verify', { by: 'kim', evidence: 'Seen' }, 'verify-1');
  await player.settled();

  const events = await db
    .selectFrom('events')
    .select(['number', 'type', 'at'])
    .where('case_id', '=', id)
    .orderBy('number')
    .execute();
  expect(events.map(({ number }) => number)).toEqual(events.map((_, index) => index + 1));
  expect(events.filter(({ type }) => type === 'accepted')).toHaveLength(1);
  expect(events.filter(({ type }) => type === 'progressReported')).toHaveLength(12);
  // 30, 14, 7 and 1 days before, and the day itself, at nine in Seoul; days off are moved to the working day before.
  expect(events.filter(({ type }) => type === 'reminded').map(({ at }) => at)).toEqual([
    '2018-11-14T00:00:00.000Z',
    '2018-11-30T00:00:00.000Z',
    '2018-12-07T00:00:00.000Z',
    '2018-12-13T00:00:00.000Z',
    '2018-12-14T00:00:00.000Z',
  ]);
  const messages = await db.selectFrom('messages').select(['state', 'message_id']).execute();
  // Asked to accept, five reminders, asked to verify: each once.
  expect(messages.map(({ state }) => state)).toEqual(Array.from({ length: 7 }, () => 'sent'));
  expect(stack.mailbox?.messages()).toHaveLength(7);
});

it('a case that begins a new history at night keeps the mail that waits for the morning', async () => {
  const { player, db } = world;
  const night = '2018-12-17T12:00:00.000Z';
  await player.advanceTo(night);
  const other = 'action/by-night';
  const opening = { by: 'kim', id: 'by-night', title: 'By night', countries: ['KR', 'GR'], coordinator: 'kim' };
  await player.open('action', { ...opening, topic: 'By night', owner: 'klid', due: '2019-06-14' }, 'open-night');
  await player.command(other, 'accept', { by: 'park' }, 'accept-night');
  const first = (await world.client.workflow.getHandle(other).describe()).runId;
  for (let note = 1; note <= 12; note += 1)
    await player.command(other, 'note', { by: 'kim', note: `Note ${note}` }, `note-${note}`);
  await player.settled();
  expect((await world.client.workflow.getHandle(other).describe()).runId).not.toBe(first);
  const asked = () => db.selectFrom('messages').select(['state', 'send_at']).where('case_id', '=', other).execute();
  expect(await asked()).toEqual([{ state: 'planned', send_at: '2018-12-18T00:00:00.000Z' }]);
  await player.advanceTo('2018-12-18T00:00:00.000Z');
  expect(await asked()).toEqual([{ state: 'sent', send_at: '2018-12-18T00:00:00.000Z' }]);
});
