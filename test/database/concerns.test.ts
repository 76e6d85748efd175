import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { concernsOf } from '../../database/people.ts';
import { searchTextsOf } from '../../database/search-texts.ts';
import { type Register, startRegister } from '../client/register.ts';
import { fillDirectory } from './people-directory.ts';

let register: Register;
beforeAll(async () => {
  register = await startRegister();
});
afterAll(() => register?.stop());
beforeEach(async () => {
  await sql`delete from deadlines`.execute(register.db);
  await sql`delete from search_texts`.execute(register.db);
  await sql`delete from cases`.execute(register.db);
  await fillDirectory(register.db);
});

async function open(id: string, subject: object, more: { coordinator?: string; closed?: boolean } = {}): Promise<void> {
  const at = '2026-01-05T00:00:00.000Z';
  await register.db
    .insertInto('cases')
    .values({
      id,
      kind: id.split('/')[0] ?? '',
      title: `The case ${id}`,
      stage: 'open',
      countries: ['KR'],
      coordinator: more.coordinator ?? 'coordinator',
      owner: null,
      opener: null,
      opened_at: at,
      last_at: at,
      closed_at: more.closed ? at : null,
      number: 1,
      late: false,
      next_due: null,
      facts: '{}',
      state: JSON.stringify({ subject }),
    })
    .execute();
  const opened = { case_id: id, number: 1, type: 'opened', by: 'third', says: 'Opened.', data: { input: subject } };
  await register.db
    .insertInto('search_texts')
    .values(searchTextsOf([opened]))
    .execute();
}

const concerns = async (person: string) =>
  (await concernsOf(register.db, person, '2026-03-01'))
    .filter((each) => each.case !== undefined)
    .map((each) => `${each.case}: ${each.what}`);

it('whatever the kind, somebody is named under the word under which they stand', async () => {
  await open('committee/a', { sides: [{ agency: 'klid', coChair: 'chief', secretary: 'third' }] });
  await open('meeting/a', { coChairs: ['chief', 'boss'], host: 'agency/klid' });
  await open('visit/a', { head: { person: 'chief', title: 'Vice minister' }, members: [{ person: 'third' }] });
  await open('action/a', { owner: 'person/chief' });
  expect(await concerns('chief')).toEqual([
    'action/a: owner',
    'committee/a: co chair',
    'meeting/a: co chairs',
    'visit/a: head',
  ]);
  expect(await concerns('third')).toEqual(['committee/a: secretary', 'visit/a: members']);
});

it('what somebody did, and where they were, is history', async () => {
  await open('action/b', { reportedBy: 'chief', by: 'chief', held: { attended: ['chief'], excused: ['chief'] } });
  expect(await concerns('chief')).toEqual([]);
});

it('a membership counts until it ends', async () => {
  await open('committee/c', {
    members: [
      { person: 'chief', from: '2020-01-01', until: '2026-02-28' },
      { person: 'third', from: '2020-01-01', until: '2026-03-01' },
    ],
  });
  expect(await concerns('chief')).toEqual([]);
  expect(await concerns('third')).toEqual(['committee/c: members']);
});

it('texts that only contain an id, and cases that are over, do not count', async () => {
  await open('action/d', { topic: 'Ask the chief of staff', note: 'chief.' });
  await open('action/e', { owner: 'person/chief' }, { coordinator: 'chief', closed: true });
  expect(await concerns('chief')).toEqual([]);
});

it('what they coordinate, and owe in person, comes with its case and due date', async () => {
  await open('action/f', {}, { coordinator: 'chief' });
  await register.db
    .insertInto('deadlines')
    .values({
      case_id: 'action/f',
      name: 'complete',
      what: 'complete',
      says: 'the report',
      owed_by: 'person/chief',
      since: '2026-01-05',
      due: '2026-04-01',
      first_due: '2026-04-01',
      zone: 'Asia/Seoul',
      version: 1,
      passes_at: '2026-04-01T15:00:00.000Z',
      passed_at: null,
      ever_late: false,
      next_rung: null,
      next_rung_at: null,
    })
    .execute();
  const [coordinates, owes] = await concernsOf(register.db, 'chief', '2026-03-01');
  expect(coordinates).toEqual({
    case: 'action/f',
    title: 'The case action/f',
    coordinator: 'chief',
    what: 'coordinates',
    role: 'coordinator',
  });
  expect(owes).toMatchObject({
    what: 'owes the report',
    due: '2026-04-01',
    deadline: 'complete',
    owedBy: 'person/chief',
  });
});
