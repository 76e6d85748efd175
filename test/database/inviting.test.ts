import { afterAll, beforeAll, expect, it } from 'vitest';
import { casesInviting } from '../../database/calendar-entries.ts';
import { type Register, startRegister } from '../client/register.ts';
import { fillDirectory } from './people-directory.ts';

let register: Register;
beforeAll(async () => {
  register = await startRegister();
  await fillDirectory(register.db);
});
afterAll(() => register?.stop());

const at = '2026-01-05T00:00:00.000Z';
const chief = 'person/chief';

/** What takes place on these days, of which whoever is invited has had a letter. */
async function inviting(id: string, days: Readonly<Record<string, object>>): Promise<void> {
  const own = { title: `The case ${id}`, stage: 'open', countries: ['KR'], coordinator: 'coordinator' };
  const none = { owner: null, opener: null, closed_at: null, next_due: null };
  const entries = Object.entries(days).map(([day, more]) => [
    day,
    { withdrawn: false, ...more, entry: { from: day, to: day, attendees: [chief] } },
  ]);
  const state = JSON.stringify({ calendarEntries: Object.fromEntries(entries) });
  const row = { id, kind: id.split('/')[0] ?? '', ...own, ...none, opened_at: at, last_at: at, number: 1, late: false };
  await register.db
    .insertInto('cases')
    .values({ ...row, has_calendar_entries: true, facts: '{}', state })
    .execute();
  await register.db
    .insertInto('messages')
    .values({
      key: `${id}/1/0`,
      case_id: id,
      event_number: 1,
      text: 'x',
      recipient: chief,
      summary: 'Invited.',
      at,
      send_at: at,
      facts: '{}',
      state: 'sent',
    } as never)
    .execute();
}

it('of all that somebody is invited to, the next comes first, whatever its id', async () => {
  await inviting('appointment/a', { '2026-06-01': {} });
  await inviting('appointment/b', { '2026-02-01': {}, '2026-05-01': {} });
  await inviting('appointment/z', { '2026-04-01': {} });
  await inviting('appointment/withdrawn', { '2026-03-02': { withdrawn: true } });
  await inviting('appointment/over', { '2026-02-28': {} });
  const found = (limit: number) => casesInviting(register.db, [chief], '2026-03-01', limit);
  expect(await found(40)).toEqual(['appointment/z', 'appointment/b', 'appointment/a']);
  expect(await found(1)).toEqual(['appointment/z']);
});
