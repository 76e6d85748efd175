import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeEntry } from '../../database/entry.ts';
import { hold, endHeld, markExpired, reopen } from '../../database/ledger.ts';
import { listMailTroubles } from '../../database/lists.ts';
import { action } from '../../domain/action.ts';
import { type Register, startRegister } from '../client/register.ts';
import { given, type Story } from '../domain/given.ts';

let register: Register;
beforeAll(async () => {
  register = await startRegister();
});
afterAll(() => register?.stop());

const time = { sendAt: '2018-06-04T06:00:00.000Z', zone: 'Europe/Athens' };
const aWhileLater = '2019-01-01T00:00:00.000Z';

async function recorded(story: Story): Promise<Story> {
  const messages = story.last.effects.flatMap((effect) => (effect.type === 'mail' ? [effect.message] : []));
  const timed = messages.map((message) => ({ message, time }));
  const entry = { lifecycle: action, after: story.state, events: story.last.events, messages: timed };
  await register.db.transaction().execute((trx) => writeEntry(trx, entry));
  return story;
}

/** An action that asks its owner, and the key of the letter that does. */
async function asked(id: string): Promise<{ readonly story: Story; readonly letter: string }> {
  const opening = { id, topic: 'Portal', owner: 'klid', due: '2018-12-14' };
  const story = await recorded(given(action, opening, { at: '2018-06-01' }));
  return { story, letter: story.mailed('action.asked')[0]?.key ?? '' };
}

const fails = (key: string) =>
  register.db.transaction().execute(async (trx) => {
    expect(await hold(trx, key)).toBeDefined();
    await endHeld(trx, key, 'nobody', 'There is no address.');
  });

const troubles = async (caseId: string) =>
  (await listMailTroubles(register.db, aWhileLater)).rows
    .filter((each) => each.caseId === caseId && each.trouble !== 'notRecorded' && each.trouble !== 'notSent')
    .map(({ key }) => key);

const isPast = async (key: string) =>
  (await register.db.selectFrom('messages').select('past').where('key', '=', key).executeTakeFirstOrThrow()).past;

it('what failed in a case is to be looked at until the case is closed, and again when it is opened again', async () => {
  const { story, letter } = await asked('a');
  await fails(letter);
  expect([await troubles('action/a'), await isPast(letter)]).toEqual([[letter], false]);
  const closed = await recorded(story.passes('2018-06-02').command('drop', { decision: 'Not needed', reason: 'r' }));
  expect([await troubles('action/a'), await isPast(letter)]).toEqual([[], true]);
  await recorded(closed.passes('2018-06-03').command('reopen', { reason: 'r' }));
  expect([await troubles('action/a'), await isPast(letter)]).toEqual([[letter], false]);
});

it('what fails after its case was closed is past at once; the last words of the case are not', async () => {
  const { story, letter } = await asked('b');
  const closed = await recorded(story.passes('2018-06-02').command('drop', { decision: 'Not needed', reason: 'r' }));
  const lastWords = closed.mailed('action.dropped').map(({ key }) => key);
  expect(lastWords.length).toBeGreaterThan(0);
  for (const key of [letter, ...lastWords]) expect(await markExpired(register.db, key)).toBe(true);
  expect((await troubles('action/b')).sort()).toEqual([...lastWords].sort());
  expect(await isPast(letter)).toBe(true);
});

it('what is sent again is looked at again', async () => {
  const { story, letter } = await asked('c');
  await fails(letter);
  await recorded(story.passes('2018-06-02').command('drop', { decision: 'Not needed', reason: 'r' }));
  expect(await isPast(letter)).toBe(true);
  await reopen(register.db, letter, time);
  expect(await isPast(letter)).toBe(false);
  expect((await listMailTroubles(register.db, aWhileLater)).rows).toContainEqual(
    expect.objectContaining({ key: letter, trouble: 'notSent' }),
  );
});
