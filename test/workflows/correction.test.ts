import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from 'kysely';
import { readEvents } from '../../database/register.ts';
import { startWorld, type World } from '../world.ts';
import { anAction } from './openings.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld('2018-12-03T01:00:00.000Z');
});
afterAll(() => world.stop());

const id = 'action/wrong';

it('a correction tells whoever was told wrongly, once, and mends what waits to be told', async () => {
  const { player, db } = world;
  await player.open('action', anAction('wrong'), 'open-1');
  await player.command(id, 'accept', { by: 'park' }, 'accept-1');
  await player.settled();
  // A letter that is still to go.
  await sql`insert into messages (key, case_id, event_number, text, recipient, summary, at, send_at, facts, state)
    select 'waiting', case_id, 1, text, 'person/park', summary, at, at + interval '90 days', facts, 'planned'
    from messages where case_id = ${id} and text = 'action.asked'`.execute(db);
  const { topic } = (
    await db.selectFrom('messages').select('facts').where('key', '=', 'waiting').executeTakeFirstOrThrow()
  ).facts as { topic: string };
  const mend = { by: 'kim', topic: 'Open the portal', due: '2018-12-21', reason: 'Typed wrongly' };
  const first = await player.command(id, 'correct', mend, 'correct-1');
  expect(await player.command(id, 'correct', mend, 'correct-1')).toEqual(first);
  await expect(player.command(id, 'correct', mend, 'correct-2')).rejects.toMatchObject({
    cause: { message: expect.stringContaining('on record already') as string },
  });
  const waiting = await db
    .selectFrom('messages')
    .select('facts')
    .where('key', '=', 'waiting')
    .executeTakeFirstOrThrow();
  expect(waiting.facts).toMatchObject({ topic: 'Open the portal', due: '2018-12-21' });
  await db.deleteFrom('messages').where('key', '=', 'waiting').execute();
  await world.delivered();
  const events = (await readEvents(db, id)).filter(({ type }) => type === 'factsCorrected');
  expect(events).toMatchObject([
    { readers: ['agency/klid'], corrections: [{ fact: 'topic', was: topic, is: 'Open the portal' }, { fact: 'due' }] },
  ]);
  const letters = await db.selectFrom('messages').selectAll().where('text', '=', 'case.corrected').execute();
  expect(letters).toMatchObject([{ recipient: 'agency/klid' }]);
  expect(letters[0]?.body_text).toContain('Open the portal');
  expect(letters[0]?.body_text).not.toContain('Typed wrongly');
  const { due } = await db.selectFrom('deadlines').select('due').where('case_id', '=', id).executeTakeFirstOrThrow();
  expect(due).toBe('2018-12-21');
});
