import { afterAll, beforeAll, expect, it } from 'vitest';
import { addOverride } from '../../database/calendars.ts';
import type { Instant } from '../../domain/dates.ts';
import { engineQuery } from '../../workflows/messages.ts';
import { startWorld, type World } from '../world.ts';
import { anAction } from './openings.ts';

// Nine in the evening in Seoul.
const night = '2018-10-01T12:00:00.000Z';
const morning = '2018-10-02T00:00:00.000Z';

let world: World;
beforeAll(async () => {
  world = await startWorld(night, { env: { ENTENTE_MAIL_HOURS: 'office' } });
});
afterAll(() => world.stop());

const messagesOf = (id: string) =>
  world.db
    .selectFrom('messages')
    .select(['text', 'state', 'at', 'send_at', 'send_zone', 'digest', 'message_id', 'tone'])
    .where('case_id', '=', id)
    .orderBy('at')
    .execute();
/** Ends a case: its rungs would be waited for by the gathered mail of its owner in another test. */
const drop = (id: string) =>
  world.player.command(id, 'cancel', { by: 'kim', reason: 'Has served its purpose' }, `drop-${id.replace('/', '-')}`);
const caught = () => world.stack.mailbox?.messages() ?? [];

it('what is decided at night reaches its reader in the morning', async () => {
  const id = 'action/at-night';
  await world.player.open('action', anAction('at-night'), 'open-at-night');
  await world.player.settled();
  const [asked] = await messagesOf(id);
  expect(asked).toMatchObject({ text: 'action.asked', state: 'planned', send_at: morning, send_zone: 'Asia/Seoul' });
  expect((await world.client.workflow.getHandle(id).query(engineQuery)).underWay).toBe(0);
  expect(caught()).toEqual([]);
  await world.player.advanceTo(morning);
  expect(await messagesOf(id)).toMatchObject([{ state: 'sent' }]);
  expect(caught()).toHaveLength(1);
  await drop(id);
});

it('a case that is over goes on until its readers are at work', async () => {
  const evening = '2018-10-02T11:00:00.000Z';
  await world.player.advanceTo(evening);
  const id = 'action/dropped-at-night';
  await world.player.open('action', anAction('dropped-at-night'), 'open-dropped');
  await world.player.command(id, 'cancel', { by: 'kim', reason: 'Opened by mistake' }, 'cancel-dropped');
  await world.player.settled();
  const handle = world.client.workflow.getHandle(id);
  expect((await handle.describe()).status.name).toBe('RUNNING');
  // The day after is National Foundation Day.
  await world.player.advanceTo('2018-10-04T00:00:00.000Z');
  expect(await handle.result()).toMatchObject({ stage: 'cancelled' });
  // Whoever was not asked yet is only told that it is over.
  const sendAt = '2018-10-04T00:00:00.000Z';
  expect(await messagesOf(id)).toMatchObject([
    { text: 'action.asked', state: 'withdrawn', send_at: sendAt },
    { text: 'case.cancelled', state: 'sent', send_at: sendAt },
  ]);
});

it('a day off that is declared while a message waits for that morning has it wait for the next', async () => {
  // A Thursday evening; the day after is declared a holiday during the night.
  await world.player.advanceTo('2018-10-04T12:00:00.000Z');
  const id = 'action/before-a-day-off';
  await world.player.open('action', anAction('before-a-day-off'), 'open-before-a-day-off');
  await addOverride(world.db, 'KR', { date: '2018-10-05', kind: 'office closed', note: 'proclaimed in the evening' });
  await world.player.advanceTo('2018-10-05T03:00:00.000Z');
  const nextMorning = '2018-10-08T00:00:00.000Z';
  expect(await messagesOf(id)).toMatchObject([{ state: 'planned', send_at: nextMorning }]);
  await world.player.advanceTo(nextMorning);
  expect(await messagesOf(id)).toMatchObject([{ state: 'sent', send_at: nextMorning }]);
  await drop(id);
});

const caughtAfter = (before: readonly { readonly messageId: string }[]) =>
  caught().filter(({ messageId }) => !before.some((earlier) => earlier.messageId === messageId));

/** Opens actions of one owner that are accepted, and lets them rest until shortly before they are due. */
async function actionsDue(name: string, count: number, due: string, until: Instant): Promise<string[]> {
  const names = Array.from({ length: count }, (_, index) => `${name}-${index + 1}`);
  for (const each of names) {
    await world.player.open('action', anAction(each, { due }), `open-${each}`);
    await world.player.command(`action/${each}`, 'accept', { by: 'park' }, `accept-${each}`);
  }
  await world.player.advanceTo(until);
  return names.map((each) => `action/${each}`);
}

it('reminders of one morning come as one mail', async () => {
  const ids = await actionsDue('morning', 5, '2018-10-31', '2018-10-23T00:00:00.000Z');
  const before = caught();
  await world.player.advanceTo('2018-10-24T00:00:00.000Z');
  const rows = (await Promise.all(ids.map(messagesOf))).flatMap((messages) => messages.slice(-1));
  expect(rows.map(({ state, tone, send_at }) => [state, tone, send_at.slice(0, 16)])).toEqual(
    ids.map(() => ['sent', 'before', '2018-10-24T00:00']),
  );
  expect(new Set(rows.map(({ message_id }) => message_id)).size).toBe(1);
  const gathered = caughtAfter(before);
  expect(gathered.map(({ subject }) => subject)).toEqual([expect.stringMatching(/^5 reminders\. By 31 October 2018/)]);
  await Promise.all(ids.map(drop));
});

it('an outage of ten days over thirty due rungs of one owner ends in one mail', async () => {
  const ids = await actionsDue('outage', 30, '2018-12-03', '2018-11-30T00:00:00.000Z');
  const before = caught();
  // Nothing has run since: the cases find themselves ten days later, behind the due day and the first rung after it.
  world.player.at = '2018-12-10T01:00:00.000Z';
  const note = { by: 'kim', note: 'We are back' };
  await Promise.all(ids.map((id) => world.player.command(id, 'note', note, `back-${id.replace('/', '-')}`)));
  await world.player.settled();
  const rows = (await Promise.all(ids.map(messagesOf))).flatMap((messages) => messages.slice(-1));
  expect(rows.map(({ state, tone }) => [state, tone])).toEqual(ids.map(() => ['sent', 'overdue']));
  expect(new Set(rows.map(({ message_id }) => message_id)).size).toBe(1);
  const mails = caughtAfter(before);
  expect(mails.map(({ subject }) => subject)).toEqual([expect.stringMatching(/^30 reminders\. Overdue since/)]);
  expect(mails[0]?.text).toContain('should have reached you earlier');
});
