import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandUpdate, viewQuery } from '../../workflows/messages.ts';
import { startWorld, type World } from '../world.ts';
import { anAction } from './openings.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld('2018-10-01T01:00:00.000Z');
});
afterAll(() => world.stop());

const rowsOf = async (id: string) => ({
  cases: await world.db.selectFrom('cases').select('number').where('id', '=', id).execute(),
  events: await world.db.selectFrom('events').select('type').where('case_id', '=', id).orderBy('number').execute(),
  messages: await world.db.selectFrom('messages').select('key').where('case_id', '=', id).execute(),
});
const nothing = { cases: [], events: [], messages: [] };

const refusal = (code: string) => ({ cause: { type: code } });

describe('opening a case', () => {
  it('asked twice with the same command id opens it once and answers the same', async () => {
    const first = await world.player.open('action', anAction('twice'), 'open-twice');
    const second = await world.player.open('action', anAction('twice'), 'open-twice');
    expect(second).toEqual(first);
    expect((await rowsOf('action/twice')).events.map(({ type }) => type)).toEqual(['opened', 'planned']);
  });

  it('refuses another opening under an id that is on record', async () => {
    await world.player.open('action', anAction('taken'), 'open-taken');
    const again = world.player.open('action', anAction('taken', { title: 'Something else' }), 'open-taken-again');
    await expect(again).rejects.toMatchObject(refusal('CaseExists'));
  });

  it.each([
    ['UnknownAgency', 'an unknown owner', { owner: 'nobody-knows' }],
    ['UnknownPerson', 'an unknown coordinator', { coordinator: 'nobody-knows' }],
    ['UnknownPerson', 'an unknown person who acts', { by: 'nobody-knows' }],
    ['UnknownCountry', 'an unknown country', { countries: ['KR', 'ZZ'] }],
    ['UnknownCase', 'an unknown meeting', { meeting: 'meeting/never-opened' }],
    ['NoAddress', 'an owner without an address', { owner: 'silent' }],
    ['InvalidInput', 'no owner', { owner: undefined }],
    ['InvalidInput', 'a day that does not exist', { due: '2018-02-30' }],
    ['InvalidInput', 'an absurd year', { due: '20188-12-01' }],
    ['DateOutOfOrder', 'a due date before the decision', { due: '2018-09-29', decidedOn: '2018-09-30' }],
    ['InvalidInput', 'a right-to-left override', { topic: 'name\u202Egnp.exe' }],
    ['InvalidInput', 'a lone surrogate', { topic: 'half a character \ud800' }],
    ['InvalidInput', 'a NUL', { topic: 'NUL \u0000' }],
    ['InvalidInput', 'a long line', { topic: 'x'.repeat(301) }],
    ['TooLarge', 'a text of 1 MB', { topic: 'x'.repeat(1_000_000) }],
    ['InvalidInput', 'an unknown field', { unknownField: true }],
  ])('refuses with %s and stores nothing: %s', async (code, what, change) => {
    const id = what.replaceAll(/[^a-zA-Z]/g, '-').toLowerCase();
    await expect(world.player.open('action', anAction(id, change), `open-${id}`)).rejects.toMatchObject(refusal(code));
    expect(await rowsOf(`action/${id}`)).toEqual(nothing);
  });
});

describe('a command', () => {
  it('asked twice with the same id is done once, whatever has happened since', async () => {
    const id = 'action/commanded-twice';
    await world.player.open('action', anAction('commanded-twice'), 'open-commanded-twice');
    const first = await world.player.command(id, 'accept', { by: 'park' }, 'accept-once');
    await world.player.command(id, 'report', { by: 'park', report: 'Half of it' }, 'report-once');
    expect(await world.player.command(id, 'accept', { by: 'park' }, 'accept-once')).toEqual(first);
    const { events } = await rowsOf(id);
    expect(events.filter(({ type }) => type === 'accepted')).toHaveLength(1);
  });

  it.each([
    ['WrongStage', 'verify', { by: 'kim', evidence: 'Seen' }],
    ['UnknownPerson', 'accept', { by: 'nobody-knows' }],
    ['UnknownAgency', 'handOver', { by: 'kim', reason: 'Not theirs', to: 'nobody-knows' }],
    ['NoAddress', 'handOver', { by: 'kim', reason: 'Not theirs', to: 'silent' }],
    ['ReasonMissing', 'handOver', { by: 'kim', to: 'mois' }],
    ['InvalidInput', 'note', { by: 'kim' }],
    ['TooLarge', 'note', { by: 'kim', note: 'x'.repeat(1_000_000) }],
  ])('refused with %s changes nothing: %s', async (code, name, body) => {
    const slug = `refused-${name.toLowerCase()}-${code.toLowerCase()}`;
    const id = `action/${slug}`;
    await world.player.open('action', anAction(slug), `open-${slug}`);
    await world.player.settled();
    const before = await rowsOf(id);
    await expect(world.player.command(id, name, body, `command-${slug}`)).rejects.toMatchObject(refusal(code));
    expect(await rowsOf(id)).toEqual(before);
    const accepted = await world.client.workflow.getHandle(id).query(viewQuery);
    expect(accepted.number).toBe(before.events.length);
  });

  it('refused takes the clock of a played case and its timer along: what is due next comes at its hour', async () => {
    const ran = 'action/ran-on';
    await world.player.open('action', anAction('ran-on'), 'open-ran-on');
    await world.player.command(ran, 'accept', { by: 'park' }, 'accept-ran-on');
    await world.player.settled();
    const began = world.player.at;
    world.player.at = '2018-11-01T01:00:00.000Z';
    const early = () => world.player.command(ran, 'verify', { by: 'kim', evidence: 'Seen' }, 'ran-on');
    await expect(early()).rejects.toMatchObject(refusal('WrongStage'));
    await expect(early()).rejects.toMatchObject(refusal('WrongStage'));
    world.player.at = began;
    const { events } = await world.client.workflow.getHandle(ran).fetchHistory();
    const timers = (events ?? []).flatMap(({ timerStartedEventAttributes }) => timerStartedEventAttributes ?? []);
    const daysToWait = Number(timers.at(-1)?.startToFireTimeout?.seconds) / 86_400;
    // To the morning of 14 November, 30 days before it is due.
    expect(Math.ceil(daysToWait)).toBe(13);
  });

  it('reaches nobody once the case is over', async () => {
    const id = 'action/over';
    await world.player.open('action', anAction('over'), 'open-over');
    await world.player.command(id, 'cancel', { by: 'kim', reason: 'Opened by mistake' }, 'cancel-over');
    await world.client.workflow.getHandle(id).result();
    const late = world.client.workflow.getHandle(id).executeUpdate(commandUpdate('accept'), { args: [{ by: 'park' }] });
    await expect(late).rejects.toThrow('workflow execution already completed');
    expect((await rowsOf(id)).events.map(({ type }) => type)).toEqual(['opened', 'planned', 'cancelled']);
  });
});

it('tells what did not arrive, and sends it again once the address is put right', async () => {
  const id = 'request/undelivered';
  const { by, title, countries, coordinator } = anAction('undelivered');
  const request = {
    how: 'letter',
    receivedOn: '2018-10-01',
    requester: 'person/mute',
    requestingCountry: 'GR',
    subject: 'Advice',
  };
  await world.player.open(
    'request',
    { id: 'undelivered', by, title, countries, coordinator, ...request },
    'open-undelivered',
  );
  await world.player.command(id, 'acknowledge', { by }, 'acknowledge-undelivered');
  await world.player.settled();
  const handle = world.client.workflow.getHandle(id);
  const [undelivered] = (await handle.query(viewQuery)).undelivered;
  expect(undelivered).toMatchObject({ to: 'person/mute', state: 'nobody' });
  expect((await handle.query(viewQuery)).accepts).toContain('sendAgain');

  await world.db.updateTable('people').set({ email: 'mute@mois.example.org' }).where('id', '=', 'mute').execute();
  const again = { by: 'kim', reason: 'Has an address now', message: undelivered?.message };
  await world.player.command(id, 'sendAgain', again, 'again-undelivered');
  await world.player.settled();
  const row = await world.db
    .selectFrom('messages')
    .select(['state', 'address'])
    .where('key', '=', undelivered?.message ?? '')
    .executeTakeFirst();
  expect(row).toEqual({ state: 'sent', address: 'mute@mois.example.org' });
  expect((await handle.query(viewQuery)).accepts).not.toContain('sendAgain');
  await expect(world.player.command(id, 'sendAgain', again, 'again-twice')).rejects.toMatchObject(
    refusal('UnknownItem'),
  );
});

it('shows operators what lists can be filtered by', async () => {
  await world.player.open('action', anAction('filtered'), 'open-filtered');
  await world.player.settled();
  const found = async () => {
    const query = `Kind = "action" AND Stage = "recorded" AND Country = "GR" AND Owner = "klid" AND Late = false AND NextDue > "2018-01-01T00:00:00Z" AND OwedBy = "klid" AND Outcome IS NULL`;
    return (await idsOf(query)).includes('action/filtered');
  };
  await world.player.until('the case to be listed', found);
  expect(await found()).toBe(true);
});

it('tells a cancelled case from one that is done', async () => {
  const cancel = { by: 'kim', reason: 'The decision was withdrawn' };
  await world.player.open('action', anAction('called-off'), 'open-called-off');
  await world.player.command('action/called-off', 'cancel', cancel, 'cancel-called-off');
  const found = async () => (await idsOf('Outcome = "cancelled" AND OwedBy IS NULL')).includes('action/called-off');
  await world.player.until('the case to be listed as cancelled', found);
  expect(await idsOf('Outcome = "done"')).not.toContain('action/called-off');
});

async function idsOf(query: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const { workflowId } of world.client.workflow.list({ query })) ids.push(workflowId);
  return ids;
}

it('the register refuses to change or delete an event', async () => {
  await world.player.open('action', anAction('append-only'), 'open-append-only');
  const ours = world.db
    .updateTable('events')
    .set({ says: 'Something else' })
    .where('case_id', '=', 'action/append-only');
  await expect(ours.execute()).rejects.toThrow('append-only');
  await expect(world.db.deleteFrom('events').where('case_id', '=', 'action/append-only').execute()).rejects.toThrow(
    'append-only',
  );
});
