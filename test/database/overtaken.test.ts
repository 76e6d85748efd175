import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claim, openGate } from '../../database/ledger.ts';
import { writeEntry } from '../../database/entry.ts';
import { action } from '../../domain/action.ts';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import { meeting } from '../../domain/meeting.ts';
import { type Register, startRegister } from '../client/register.ts';
import { given, type Story } from '../domain/given.ts';
import { given as meetings } from '../domain/meeting-stages.ts';

let register: Register;
beforeAll(async () => {
  register = await startRegister();
});
afterAll(() => register?.stop());
const owed = { id: 'c', topic: 'Portal', owner: 'klid', due: '2018-12-14' };
const monday = { sendAt: '2018-06-04T06:00:00.000Z', zone: 'Europe/Athens' };

/** Puts the last step of a story on record; its readers are at work again on Monday. */
async function recorded(lifecycle: Lifecycle, story: Story): Promise<Story> {
  const messages = story.last.effects.flatMap((effect) => (effect.type === 'mail' ? [effect.message] : []));
  const entry = { lifecycle, after: story.state, events: story.last.events };
  await register.db
    .transaction()
    .execute((trx) => writeEntry(trx, { ...entry, messages: messages.map((message) => ({ message, time: monday })) }));
  return story;
}

/** How all that was ever to be said to somebody in a case stands, in the order in which it happened. */
const saidTo = async (to: string, caseId: string) => {
  const rows = await register.db
    .selectFrom('messages')
    .select(['text', 'state'])
    .where('recipient', '=', to)
    .where('case_id', '=', caseId)
    .orderBy('event_number')
    .execute();
  return rows.map(({ text, state }) => `${text} ${state}`);
};

describe('what waits for its reader', () => {
  it('is overtaken by a later version of the same calendar entry, and by the end of its case', async () => {
    const invited = await recorded(meeting, meetings.convened({ id: 'a' }).command('sendInvitations'));
    const moved = await recorded(meeting, invited.command('postpone', { to: '2018-10-05', reason: 'r' }));
    const again = await recorded(meeting, moved.command('postpone', { to: '2018-10-12', reason: 'r' }));
    expect(await saidTo('person/nikos-p', 'meeting/a')).toEqual([
      'meeting.invitation planned',
      'meeting.postponed withdrawn',
      'meeting.postponed planned',
    ]);
    const versions = await register.db
      .selectFrom('messages')
      .select('text')
      .where('case_id', '=', 'meeting/a')
      .where('state', '=', 'planned')
      .where('calendar', 'is not', null)
      .distinct()
      .execute();
    expect(versions).toEqual([{ text: 'meeting.postponed' }]);
    await recorded(meeting, again.command('cancel', { reason: 'r' }));
    expect(await saidTo('person/nikos-p', 'meeting/a')).toEqual([
      'meeting.invitation withdrawn',
      'meeting.postponed withdrawn',
      'meeting.postponed withdrawn',
      'meeting.cancelled planned',
    ]);
  });

  it('stays for those who are not told of the end', async () => {
    await recorded(meeting, meetings.convened({ id: 'b' }));
    await register.db
      .updateTable('messages')
      .set({ recipient: 'agency/elsewhere' })
      .where('case_id', '=', 'meeting/b')
      .execute();
    await recorded(meeting, meetings.convened({ id: 'b' }).command('cancel', { reason: 'r' }));
    expect(await saidTo('agency/elsewhere', 'meeting/b')).toEqual([
      'meeting.callForItems planned',
      'meeting.callForItems planned',
    ]);
  });

  it('is overtaken even while it is being written, up to its first byte', async () => {
    const reminded = await recorded(
      action,
      given(action, owed, { at: '2018-06-01' }).command('accept').passes('2018-11-15'),
    );
    const reminder = reminded.mailed('action.complete').at(-1)?.key ?? '';
    expect(await claim(register.db, reminder, { token: 'token', leaseSeconds: 60 })).toMatchObject({
      state: 'claimed',
    });
    await recorded(action, reminded.command('drop', { decision: 'Not needed', reason: 'r' }));
    expect(await openGate(register.db, reminder, 'token', 60)).toBe(false);
    expect(await saidTo('agency/klid', 'action/c')).toContain('action.complete withdrawn');
  });
});
