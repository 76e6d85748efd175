import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWorld, type World } from '../world.ts';

/** What a running case is told late, on everything real. */

let world: World;
beforeAll(async () => {
  world = await startWorld('2018-10-01T01:00:00.000Z');
});
afterAll(() => world?.stop());

it('shows its coordinator once what lay in the past when it was told, and chases nobody for it', async () => {
  const opening = {
    id: 'late',
    by: 'kim',
    title: 'A talk in Athens',
    countries: ['KR', 'GR'],
    coordinator: 'kim',
    form: 'bilateralTalk',
    subject: 'The portal',
    on: '2018-10-10',
    owner: 'klid',
    host: 'agency/mar',
  };
  await world.player.open('appointment', opening, 'open-late');
  await world.player.advanceTo('2018-12-20T06:00:00.000Z');
  const held = { by: 'kim', attended: ['kim'], outcome: 'They share the plan.', promised: ['Send the plan'] };
  await world.player.command('appointment/late', 'recordHeld', held, 'held');
  await world.player.command('appointment/late', 'recordHeld', held, 'held');
  await world.delivered();
  await world.player.advanceTo('2019-01-20T06:00:00.000Z');
  const letters = await world.db
    .selectFrom('messages')
    .select(['recipient', 'tone', 'state'])
    .where('text', '=', 'appointment.followUps')
    .execute();
  expect(letters).toEqual([{ recipient: 'person/kim', tone: 'past', state: 'sent' }]);
  const [mail] = world.stack.mailbox?.messages({ to: 'kim@mois.example.org', text: 'shown this once' }) ?? [];
  expect(mail?.text.replaceAll(/\s+/g, ' ')).toContain('Nobody has been reminded of it.');
});
