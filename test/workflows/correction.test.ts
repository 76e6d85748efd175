import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from 'kysely';
import { claim } from '../../database/ledger.ts';
import { readEvents } from '../../database/register.ts';
import { hold } from '../held.ts';
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
  await sql`insert into messages (key, case_id, event_number, text, recipient, summary, at, send_at, facts, state)
    select 'returned', case_id, 1, text, 'person/park', summary, at, at, facts, 'refused'
    from messages where key = 'waiting'`.execute(db);
  const { topic } = (
    await db.selectFrom('messages').select('facts').where('key', '=', 'waiting').executeTakeFirstOrThrow()
  ).facts as { topic: string };
  const mend = { by: 'kim', right: { topic: 'Open the portal', due: '2018-12-21' }, reason: 'Typed wrongly' };
  const first = await player.command(id, 'correct', mend, 'correct-1');
  expect(await player.command(id, 'correct', mend, 'correct-1')).toEqual(first);
  await expect(player.command(id, 'correct', mend, 'correct-2')).rejects.toMatchObject({
    cause: { message: expect.stringContaining('on record already') as string },
  });
  const mended = await db.selectFrom('messages').select('facts').where('key', 'in', ['waiting', 'returned']).execute();
  const right = { topic: 'Open the portal', due: '2018-12-21' };
  expect(mended).toMatchObject([{ facts: right }, { facts: right }]);
  await db.deleteFrom('messages').where('key', 'in', ['waiting', 'returned']).execute();
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

it('whoever stands in for the coordinator corrects as they would, nobody else, and of two at once one does', async () => {
  const { player, db } = world;
  await player.open('action', anAction('stood-in', { decision: 'Item 3' }), 'open-stood-in');
  const mend = (by: string, commandId: string, decision: string) =>
    player.command('action/stood-in', 'correct', { by, right: { decision }, reason: 'r' }, commandId);
  const refusal = (because: string) => ({ cause: { message: expect.stringContaining(because) as string } });
  await expect(mend('park', 'before', 'Item 4')).rejects.toMatchObject(
    refusal('its coordinator (kim) may, and whoever stands in for them'),
  );
  await db
    .insertInto('absences')
    .values({ person: 'kim', from_day: '2018-11-01', until_day: '2019-02-01', stand_in: 'park', by: 'kim' })
    .execute();
  await mend('park', 'during', 'Item 4');
  await expect(mend('han', 'other', 'Item 5')).rejects.toMatchObject(refusal('its coordinator (kim) may'));
  const both = await Promise.allSettled([mend('kim', 'at-once-1', 'Item 6'), mend('park', 'at-once-2', 'Item 6')]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const known = await readEvents(db, 'action/stood-in');
  expect(known.filter(({ type }) => type === 'factsCorrected').map(({ by }) => by)).toHaveLength(2);
  await db.deleteFrom('absences').execute();
});

it('says to the coordinator which open cases took over what was wrong', async () => {
  const { player, db } = world;
  await player.open('action', anAction('first', { title: 'Portal of 2018' }), 'open-first');
  await player.open('action', anAction('opened-by-it', { title: 'Portal of 2018, meeting 1' }), 'open-held');
  await player.open('action', anAction('strange', { title: 'Portal of 2018' }), 'open-strange');
  await db.updateTable('cases').set({ opener: 'action/first' }).where('id', '=', 'action/opened-by-it').execute();
  const mend = { by: 'kim', right: { title: 'Portal of 2019' }, reason: 'Typed wrongly' };
  await player.command('action/first', 'correct', mend, 'correct-first');
  await world.delivered();
  const event = (await readEvents(db, 'action/first')).find(({ type }) => type === 'factsCorrected');
  expect(event).toMatchObject({ heldBy: [{ case: 'action/opened-by-it', facts: ['title'] }] });
  const letters = await db.selectFrom('messages').selectAll().where('text', '=', 'case.heldElsewhere').execute();
  expect(letters).toMatchObject([{ recipient: 'person/kim', case_id: 'action/first' }]);
  expect(letters[0]?.body_text).toMatch(/action\/opened-by-it/);
  expect(letters[0]?.body_text).not.toContain('action/strange');
});

it('whoever is being written to at that very moment is told as well', async () => {
  const { player, db } = world;
  const corrected = 'action/being-told';
  await player.open('action', anAction('being-told'), 'open-being-told');
  await player.settled();
  const key = 'being-written';
  await sql`insert into messages (key, case_id, event_number, text, recipient, summary, at, send_at, facts, state)
    select ${key}, case_id, 1, text, 'person/park', summary, at, at + interval '90 days', facts, 'planned'
    from messages where case_id = ${corrected} and text = 'action.asked'`.execute(db);
  const mend = { by: 'kim', right: { topic: 'Open the portal' }, reason: 'Typed wrongly' };
  const rendering = {
    address: 'park@example.org',
    language: 'en',
    subject: 's',
    text: 't',
    html: 'h',
    messageId: '<m>',
  };
  const letter = await hold(db, sql`select from messages where key = ${key} for update`);
  const asked = player.command(corrected, 'correct', mend, 'correct-being-told');
  await player.until('the correction to wait for the letter', () => letter.isWaitedFor());
  await claim(letter.trx, key, { token: 'attempt', leaseSeconds: 60 }, rendering);
  await letter.letGo();
  await asked;
  const event = (await readEvents(db, corrected)).find(({ type }) => type === 'factsCorrected');
  expect(event).toMatchObject({ readers: ['agency/klid', 'person/park'] });
});
