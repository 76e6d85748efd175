import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { costOf } from '../../bench/measure/query-plan.ts';
import { listProved, provedQuery } from '../../database/lists/proved.ts';
import { eventsThenQuery } from '../../database/register.ts';
import { type Register, startRegister } from '../client/register.ts';
import { fillDirectory } from './people-directory.ts';

/** Cases that have lived for long, and keys that have proved much: a page reads what it shows. */

const count = 20_000;
const key = '0123456789abcdef';

let register: Register;
beforeAll(async () => {
  register = await startRegister();
  const { db } = register;
  await fillDirectory(db);
  const none = { owner: null, opener: null, closed_at: null, next_due: null, facts: '{}', state: '{}' };
  const at = '2018-01-01T00:00:00.000Z';
  const own = { title: 'An old one', stage: 'inProgress', countries: ['KR'], coordinator: 'coordinator' };
  await db
    .insertInto('cases')
    .values({
      id: 'action/old',
      kind: 'action',
      ...own,
      ...none,
      opened_at: at,
      last_at: at,
      number: count,
      late: false,
    })
    .execute();
  // Each command has two events.
  await sql`insert into events (case_id, number, type, at, by, command_id, says, data)
    select 'action/old', n, 'noted', timestamptz '2018-01-01' + n * interval '1 hour', 'chief', 'c' || (n + 1) / 2, 'Noted ' || n, '{}'
    from generate_series(1, ${count}) n`.execute(db);
  await sql`insert into proof_keys (id, public_key, owner, place, from_at) values (${key}, ${'A'.repeat(43)}, 'pages', 'pages', now())`.execute(
    db,
  );
  await sql`insert into commands (case_id, command_id, digest, answer, proved, proof, key, recorded_at)
    select 'action/old', 'c' || n, repeat('a', 64), jsonb_build_object('event', 2 * n), true, 'x', ${key}, timestamptz '2026-01-01' + n * interval '1 microsecond'
    from generate_series(1, ${count / 2}) n`.execute(db);
  await sql`vacuum analyze events`.execute(db);
  await sql`vacuum analyze commands`.execute(db);
});
afterAll(() => register?.stop());

describe('what is told of events', () => {
  it('reads these and hardly any other, whatever the age of their case', async () => {
    const wanted = Array.from({ length: 50 }, (_, nth) => ({ caseId: 'action/old', number: count - 7 * nth }));
    const { readFromEndToEnd, pages } = await costOf(register.db, {
      compile: () => eventsThenQuery(wanted).compile(register.db),
    });
    expect(readFromEndToEnd).toEqual([]);
    expect(pages).toBeLessThan(51 * 10);
  });
});

describe('what a key has proved', () => {
  it('is read by pages of what they show, each command once by its first event, the latest first', async () => {
    const { db } = register;
    const query = provedQuery({ key }, {});
    const { readFromEndToEnd, pages } = await costOf(db, { compile: () => query.compile(db) });
    expect(readFromEndToEnd).toEqual([]);
    expect(pages).toBeLessThan(51 * 20);
    const first = await listProved(db, { key }, { limit: 30 });
    const then = await listProved(db, { key }, { limit: 30, after: first.next });
    const says = [...first.rows, ...then.rows].map((row) => row.says);
    expect(says).toEqual(Array.from({ length: 60 }, (_, nth) => `Noted ${count - 1 - 2 * nth}`));
  });
});
