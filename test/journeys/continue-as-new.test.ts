import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWorld, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  // A history of a few dozen events is taken for a long one, and a few dozen commands are all that a run takes.
  world = await startWorld('2018-10-01T01:00:00.000Z', {
    dynamicConfig: ['limit.historyCount.suggestContinueAsNew=40', `history.maxTotalUpdates=${updatesPerRun}`],
  });
});
afterAll(() => world.stop());

const updatesPerRun = 50;
const id = 'action/long-lived';

const runOf = async (caseId = id): Promise<string> => (await world.client.workflow.getHandle(caseId).describe()).runId;
const opening = { by: 'kim', countries: ['KR', 'GR'], coordinator: 'kim', owner: 'klid', due: '2019-12-13' };

const stageOf = async (caseId: string): Promise<string> =>
  (await world.db.selectFrom('cases').select('stage').where('id', '=', caseId).executeTakeFirstOrThrow()).stage;

/** Commands that change nothing, since nothing is reported done. */
async function refusedTimes(caseId: string, times: number): Promise<void> {
  for (let nth = 1; nth <= times; nth += 1) {
    const verified = world.player.command(caseId, 'verify', { by: 'kim', evidence: 'Seen' }, `verify-${nth}`);
    await expect(verified).rejects.toMatchObject({ cause: { type: 'WrongStage' } });
  }
}

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

it('a case that is only asked what it refuses begins a new history as well, and goes on hearing', async () => {
  const { player } = world;
  const asked = 'action/asked-in-vain';
  await player.open('action', { ...opening, id: 'asked-in-vain', title: 'Asked', topic: 'Asked' }, 'open-asked');
  await player.settled();
  const first = await runOf(asked);
  await refusedTimes(asked, updatesPerRun + 10);
  expect(await runOf(asked)).not.toBe(first);
  const { stage } = await player.command(asked, 'accept', { by: 'park' }, 'accept-asked');
  expect(stage).toBe('inProgress');
});

it('a case that is cancelled in Temporal when it is time to begin a new history hears that first', async () => {
  const { player, client } = world;
  const given = 'action/given-up';
  const handle = client.workflow.getHandle(given);
  await player.open('action', { ...opening, id: 'given-up', title: 'Given up', topic: 'Given up' }, 'open-given-up');
  await player.settled();
  // The last task did not see the history as it is now.
  for (let note = 1; (await handle.describe()).historyLength < 40; note += 1) {
    await player.command(given, 'note', { by: 'kim', note: `Note ${note}` }, `given-up-${note}`);
    await player.settled();
  }
  await handle.cancel();
  await expect.poll(() => stageOf(given)).toBe('cancelled');
});

it('a case that is asked more than a run takes begins a new history with a word under way, and tells it as it was', async () => {
  const { player, client } = world;
  const sides = { sides: ['mois', 'mar'], coChairs: ['han', 'papadopoulou'], secretaries: ['kim', 'park'] };
  const header = { by: 'kim', countries: ['KR', 'GR'], coordinator: 'kim' };
  const mou = { ...header, subject: 'e-government', sides: sides.sides, signedOn: '2017-10-25' };
  await player.open('mou', { ...mou, id: 'kept', title: 'Kept', duration: 'P3Y', notice: 'P6M' }, 'open-kept');
  await player.open('committee', { ...header, ...sides, mou: 'mou/kept', id: 'deaf', title: 'Deaf' }, 'open-deaf');
  await player.settled();
  // Somebody who never answers, under its id.
  await client.workflow.getHandle('committee/deaf').terminate();
  const deaf = await client.workflow.start('committee', {
    workflowId: 'committee/deaf',
    taskQueue: 'nobody',
    args: [],
  });
  const telling = 'action/telling';
  const told = { ...opening, id: 'telling', title: 'Telling', topic: 'Telling', committee: 'committee/deaf' };
  await player.open('action', told, 'open-telling');
  const first = await runOf(telling);
  await refusedTimes(telling, updatesPerRun + 10);
  const last = await runOf(telling);
  expect(last).not.toBe(first);
  const words = async (runId: string) => {
    const { events } = await client.workflow.getHandle(telling, runId).fetchHistory();
    return (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: scheduled }) =>
      scheduled?.activityType?.name === 'tellCase' ? [JSON.parse(String(scheduled.input?.payloads?.[0]?.data))] : [],
    );
  };
  expect(await words(first)).toMatchObject([{ command: 'recordAction', body: { by: 'kim' } }]);
  expect(await words(last)).toEqual(await words(first));
  // Started again from the register by the word itself.
  await deaf.terminate();
  await player.settled();
});
