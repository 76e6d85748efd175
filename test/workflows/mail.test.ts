import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Mailbox, startMailbox } from '../../stack/mailbox/mailbox.ts';
import { fastForward } from '../../stack/time-skipping.ts';
import { viewQuery } from '../../workflows/messages.ts';
import { startWorld, type World } from '../world.ts';
import { anAction } from './openings.ts';

type Answer = { code: number; text: string } | undefined;
let answerTo: (address: string) => Answer = () => undefined;

let relay: Mailbox;
let world: World;
beforeAll(async () => {
  relay = await startMailbox({ onRecipient: (address) => answerTo(address) });
  world = await startWorld('2018-10-01T01:00:00.000Z', { env: { SMTP_URL: relay.smtpUrl } });
});
afterAll(async () => {
  await world.stop();
  await relay.stop();
});
afterEach(async () => {
  answerTo = () => undefined;
  await sql`truncate bounces`.execute(world.db);
});

const toPark = (answer: Answer) => (address: string) => (address.startsWith('park@') ? answer : undefined);

const day = 24 * 3_600_000;

const mailOf = (id: string) =>
  world.db
    .selectFrom('messages')
    .select(['text', 'recipient', 'state', 'attempts'])
    .where('case_id', '=', id)
    .orderBy('event_number')
    .execute();

const viewOf = (id: string) => world.client.workflow.getHandle(id).query(viewQuery);

it('a permanent refusal is recorded, not retried, and reported to the coordinator', async () => {
  answerTo = toPark({ code: 550, text: 'no such mailbox' });
  const id = 'action/refused';
  await world.player.open('action', anAction('refused'), 'open-refused');
  await world.player.settled();
  expect(await mailOf(id)).toEqual([
    { text: 'action.asked', recipient: 'agency/klid', state: 'refused', attempts: 1 },
    { text: 'case.undelivered', recipient: 'person/kim', state: 'sent', attempts: 1 },
  ]);
  const [undelivered] = (await viewOf(id)).undelivered;
  expect(undelivered).toMatchObject({
    to: 'agency/klid',
    state: 'refused',
    why: expect.stringMatching(/550.*no longer written to\. What is sent from now on goes to KLID/s),
  });
});

it('a coordinator who cannot be reached: whoever is above hears of it, and when they cannot either, nobody more', async () => {
  answerTo = (address) => (/^(park|office)@klid/.test(address) ? { code: 550, text: 'no such mailbox' } : undefined);
  const id = 'action/coordinator-lost';
  await world.player.open('action', anAction('coordinator-lost', { coordinator: 'park' }), 'open-coordinator-lost');
  await world.player.settled();
  expect((await mailOf(id)).map(({ text, recipient, state }) => [text, recipient, state])).toEqual([
    ['action.asked', 'agency/klid', 'refused'],
    ['case.undelivered', 'person/park', 'nobody'],
    ['case.undelivered', 'superior-of/person/park', 'sent'],
  ]);

  answerTo = (address) => (address.includes('@klid') ? { code: 550, text: 'no such mailbox' } : undefined);
  const [undelivered] = (await viewOf(id)).undelivered;
  const again = { by: 'park', reason: 'Tried once more', message: undelivered?.message };
  await world.player.command(id, 'sendAgain', again, 'again-coordinator-lost');
  await world.player.settled();
  expect((await mailOf(id)).slice(3).map(({ recipient, state }) => [recipient, state])).toEqual([
    ['person/park', 'nobody'],
    ['superior-of/person/park', 'refused'],
  ]);
});

it('a temporary failure is retried for two days, then reported to the coordinator', async () => {
  answerTo = toPark({ code: 451, text: 'try later' });
  const id = 'action/expired';
  await world.player.open('action', anAction('expired'), 'open-expired');
  await world.player.until('the first attempt', async () => ((await mailOf(id))[0]?.attempts ?? 0) > 0);
  expect((await viewOf(id)).undelivered).toEqual([]);
  // It ends on National Foundation Day (3 October 2018): the coordinator hears of it the morning after.
  await fastForward(world.client, id, 3 * day + 3_600_000);
  await world.player.until('the report', async () => (await mailOf(id))[1]?.state === 'sent');
  const [asked, report] = await mailOf(id);
  expect(asked).toMatchObject({ text: 'action.asked', state: 'expired' });
  expect(asked?.attempts).toBeGreaterThan(5);
  expect(report).toMatchObject({ text: 'case.undelivered', recipient: 'person/kim' });
  expect((await viewOf(id)).undelivered).toMatchObject([{ state: 'expired' }]);
});

it('a relay that is back in time gets the message, once', async () => {
  answerTo = toPark({ code: 451, text: 'try later' });
  const id = 'action/late';
  await world.player.open('action', anAction('late'), 'open-late');
  await world.player.until('the first attempt', async () => ((await mailOf(id))[0]?.attempts ?? 0) > 0);
  const before = relay.messages({ to: 'park@klid.example.org' }).length;
  answerTo = () => undefined;
  await fastForward(world.client, id, day);
  await world.player.until('the message to be sent', async () => (await mailOf(id))[0]?.state === 'sent');
  expect(relay.messages({ to: 'park@klid.example.org' }).length).toBe(before + 1);
  expect(await mailOf(id)).toHaveLength(1);
});
