import { type WorkflowHandle, WorkflowFailedError } from '@temporalio/client';
import { CancelledFailure } from '@temporalio/common';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commandUpdate, openingUpdate } from '../../workflows/messages.ts';
import { instantOf, millisecondsOf } from '../../domain/dates.ts';
import { holdMail, paced } from '../held.ts';
import { startWorld, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld('2018-01-15T01:00:00.000Z', { env: paced });
});
afterAll(() => world.stop());

const header = { by: 'kim', countries: ['KR', 'GR'], coordinator: 'kim' };
const sides = { sides: ['mois', 'mar'], coChairs: ['han', 'papadopoulou'], secretaries: ['kim', 'park'] };
const validity = { duration: 'P3Y', notice: 'P6M' };

/** Cancels a case in Temporal, as an operator does it in the UI, and waits until all whom it concerns have been told. */
async function cancelInTemporal(id: string): Promise<void> {
  const handle = world.client.workflow.getHandle(id);
  await handle.cancel();
  await world.player.until(`${id} to be over`, async () => (await caseOf(id)).closed_at !== null);
  // It may be night where they are.
  await world.player.advanceTo(instantOf(millisecondsOf(world.player.at) + 24 * 3_600_000));
  const ended = handle.result();
  await expect(ended).rejects.toThrow(WorkflowFailedError);
  await expect(ended).rejects.toMatchObject({ cause: expect.any(CancelledFailure) });
  await world.player.settled();
}

const caseOf = (id: string) =>
  world.db.selectFrom('cases').select(['stage', 'closed_at', 'late']).where('id', '=', id).executeTakeFirstOrThrow();
const lastEvent = (id: string) =>
  world.db
    .selectFrom('events')
    .select(['type', 'by', 'reason'])
    .where('case_id', '=', id)
    .orderBy('number', 'desc')
    .executeTakeFirstOrThrow();
const mailsOf = (id: string, text: string) =>
  world.db
    .selectFrom('messages')
    .select(['recipient', 'state'])
    .where('case_id', '=', id)
    .where('text', '=', text)
    .execute();

it('an MOU cancelled in Temporal is on record as cancelled, its sides are told, and nothing is owed any more', async () => {
  const opening = { ...header, id: 'given-up', title: 'MOU given up', subject: 'e-government', sides: sides.sides };
  await world.player.open('mou', opening, 'open-mou');
  await world.player.settled();
  await cancelInTemporal('mou/given-up');

  expect(await caseOf('mou/given-up')).toMatchObject({
    stage: 'cancelled',
    closed_at: expect.any(String),
    late: false,
  });
  expect(await lastEvent('mou/given-up')).toEqual({
    type: 'cancelled',
    by: 'entente',
    reason: 'The workflow was cancelled in Temporal.',
  });
  const told = await mailsOf('mou/given-up', 'mou.cancelled');
  expect(told).toHaveLength(2);
  expect(told).toEqual(
    expect.arrayContaining([
      { recipient: 'agency/mois', state: 'sent' },
      { recipient: 'agency/mar', state: 'sent' },
    ]),
  );
  const owed = await world.db.selectFrom('deadlines').select('name').where('case_id', '=', 'mou/given-up').execute();
  expect(owed).toEqual([]);
  const { status } = await world.client.workflow.getHandle('mou/given-up').describe();
  expect(status.name).toBe('CANCELLED');
});

it('a meeting cancelled in Temporal tells its committee, which can convene it anew', async () => {
  const mou = { ...header, id: 'kept', title: 'MOU kept', subject: 'e-government', sides: sides.sides, ...validity };
  await world.player.open('mou', { ...mou, signedOn: '2017-10-25' }, 'open-kept');
  const committee = { ...header, ...sides, id: 'kr-gr', title: 'Joint committee', mou: 'mou/kept' };
  await world.player.open('committee', committee, 'open-committee');
  const convene = { by: 'kim', on: '2018-03-14', place: 'Seoul' };
  await world.player.command('committee/kr-gr', 'convene', convene, 'convene-1');
  await world.player.settled();
  expect(await caseOf('committee/kr-gr')).toMatchObject({ stage: 'meetingConvened' });

  await cancelInTemporal('meeting/kr-gr-1');
  expect(await caseOf('meeting/kr-gr-1')).toMatchObject({ stage: 'cancelled' });
  expect(await mailsOf('meeting/kr-gr-1', 'meeting.cancelled')).toHaveLength(2);
  expect(await caseOf('committee/kr-gr')).toMatchObject({ stage: 'constituted' });

  await world.player.command('committee/kr-gr', 'convene', { ...convene, on: '2018-04-11' }, 'convene-2');
  await world.player.settled();
  expect(await caseOf('meeting/kr-gr-1-try2')).toMatchObject({ stage: 'convened' });
});

it('a case cancelled in Temporal while a command is being recorded has both on record, in order', async () => {
  const opening = { ...header, id: 'at-once', title: 'At once', topic: 'At once', owner: 'klid', due: '2018-12-14' };
  await world.player.open('action', opening, 'open-at-once');
  await world.player.settled();
  const handle = world.client.workflow.getHandle('action/at-once');
  const accepted = await handle.startUpdate(commandUpdate('accept'), {
    args: [{ by: 'park' }],
    waitForStage: 'ACCEPTED',
  });
  const [answer] = await Promise.all([accepted.result(), cancelInTemporal('action/at-once')]);
  expect(answer.stage).toBe('inProgress');
  const events = await world.db
    .selectFrom('events')
    .select('type')
    .where('case_id', '=', 'action/at-once')
    .orderBy('number')
    .execute();
  expect(events.map(({ type }) => type)).toEqual(['opened', 'planned', 'accepted', 'cancelled']);
});

it('a case that is cancelled in Temporal when it is over, and reopened before its last letter has gone, lives on', async () => {
  const { db, player, client } = world;
  const id = 'action/reopened';
  const opening = { ...header, id: 'reopened', title: 'Reopened', topic: 'Reopened', owner: 'klid', due: '2018-12-14' };
  await player.open('action', opening, 'open-reopened');
  await player.settled();
  const pace = await holdMail(db);
  await player.command(id, 'drop', { by: 'kim', decision: 'Not needed', reason: 'Dropped by mistake' }, 'drop-1');
  await player.until('its last letter to be held', () => pace.isWaitedFor());
  const handle = client.workflow.getHandle(id);
  await handle.cancel();
  // Of one task with both, nobody could say which came first.
  await player.until('the cancelling to be heard', () => isCancellingHeard(handle));
  await player.command(id, 'reopen', { by: 'kim', due: '2018-12-14', reason: 'It is needed' }, 'reopen-1');
  await pace.letGo();
  await player.settled();
  // Under another id of the update, as whoever has not heard its answer asks.
  const again = { args: [{ commandId: 'open-reopened' }] as [{ commandId: string }], updateId: 'asked-again' };
  expect(await handle.executeUpdate(openingUpdate, again)).toMatchObject({ case: id });
  const { stage } = await player.command(id, 'accept', { by: 'park' }, 'accept-reopened');
  expect(stage).toBe('inProgress');
  await player.command(id, 'cancel', { by: 'kim', reason: 'The test is over' }, 'cancel-reopened');
  await expect(handle.result()).rejects.toMatchObject({ cause: expect.any(CancelledFailure) });
});

/** Whether a workflow task has begun since the cancelling was asked for. */
async function isCancellingHeard(handle: WorkflowHandle): Promise<boolean> {
  const events = (await handle.fetchHistory()).events ?? [];
  const asked = events.findIndex((each) => each.workflowExecutionCancelRequestedEventAttributes);
  return asked >= 0 && events.slice(asked).some((each) => each.workflowTaskStartedEventAttributes);
}
