import { afterAll, beforeAll, expect, it } from 'vitest';
import { fastForward } from '../../stack/time-skipping.ts';
import { commandUpdate } from '../../workflows/messages.ts';
import { startWorld, type World } from '../world.ts';
import { anAction } from './openings.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld('2018-10-01T01:00:00.000Z');
});
afterAll(() => world.stop());

const id = 'action/greece-2-1';

// What the server writes down because a test moves the clock on; a live case has none of them.
const ofTimeSkipping = [
  'workflowExecutionOptionsUpdatedEventAttributes',
  'workflowExecutionTimeSkippingTransitionedEventAttributes',
] as const;

it('a follow-up action with three rungs mailed, accepted, reported, done and verified leaves at most 93 events', async () => {
  const { player, client, db, stack } = world;
  const handle = client.workflow.getHandle(id);
  const command = async (name: string, body: Record<string, string>) => {
    await handle.executeUpdate(commandUpdate(name), { args: [body], updateId: `${name}-1` });
    await player.settled();
  };
  const rungsSent = async () =>
    (await db.selectFrom('messages').select('key').where('tone', '=', 'before').where('state', '=', 'sent').execute())
      .length;
  await player.open('action', anAction('greece-2-1'), 'open-1');
  await player.settled();
  await command('accept', { by: 'park' });
  await fastForward(client, id, 70 * 24 * 3_600_000);
  await player.until('three reminders', async () => (await rungsSent()) === 3);
  await player.settled();
  await command('report', { by: 'park', report: 'Half of it stands' });
  await command('reportDone', { by: 'park', evidence: 'The portal takes documents' });
  await command('verify', { by: 'kim', evidence: 'Tried it with three documents' });
  expect(await handle.result()).toMatchObject({ case: id, stage: 'closed' });

  expect(stack.mailbox?.messages()).toHaveLength(5);
  // Five working days of Korea, where 3 and 9 October are holidays.
  const subjects = stack.mailbox?.messages().map(({ subject }) => subject.split(':')[0]) ?? [];
  expect(subjects).toContain('By 10 October 2018, please accept');
  const { events } = await handle.fetchHistory();
  const counted = (events ?? []).filter((event) => !ofTimeSkipping.some((name) => event[name]));
  expect(counted.length).toBeLessThanOrEqual(93);
  expect(counted.length).toBeGreaterThan(60);
});

it('moves a due date: the ladder is planned anew and a rung already sent is not sent again', async () => {
  const moved = 'action/moved';
  await world.player.open('action', anAction('moved', { due: '2019-03-29' }), 'open-moved');
  await world.player.command(moved, 'accept', { by: 'park' }, 'accept-moved');
  await world.player.advanceTo('2019-03-01T00:00:00.000Z');
  await world.player.command(
    moved,
    'moveDeadline',
    { by: 'kim', reason: 'Elections', deadline: 'complete', to: '2019-04-12' },
    'move-moved',
  );
  await world.player.advanceTo('2019-04-06T00:00:00.000Z');
  const sent = await world.db
    .selectFrom('messages')
    .select(['key', 'at'])
    .where('case_id', '=', moved)
    .where('tone', '=', 'before')
    .orderBy('at')
    .execute();
  expect(sent.map(({ key, at }) => [key.replace(`${moved}/complete/`, ''), at.slice(0, 10)])).toEqual([
    ['1/1/agency/klid', '2019-02-27'],
    ['2/2/agency/klid', '2019-03-29'],
    ['2/3/agency/klid', '2019-04-05'],
  ]);
});
