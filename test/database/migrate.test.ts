import { type Kysely, sql } from 'kysely';
import { expect, it } from 'vitest';
import { connect, forMigrations } from '../../database/connect.ts';
import { DatabaseVersionError, knownMigrations, migrate, migrateTo } from '../../database/migrate.ts';
import type { Database } from '../../database/schema.ts';
import { inEmptyDatabase } from '../servers/shared.ts';

const inNewDatabase = <T>(use: (db: Kysely<Database>, url: string) => Promise<T>): Promise<T> =>
  inEmptyDatabase(async (url) => {
    const db = connect(url);
    try {
      return await use(db, url);
    } finally {
      await db.destroy();
    }
  });

it('migrates an empty database, and finds nothing to do the second time', () =>
  inNewDatabase(async (db) => {
    expect(await migrate(db)).toContain('0001-register');
    expect(await migrate(db)).toEqual([]);
  }));

it('migrates once when several workers start at the same moment', () =>
  inNewDatabase(async (_, url) => {
    const workers = [1, 2, 3, 4].map(() => connect(url, 2, forMigrations));
    const done = await Promise.all(workers.map((db) => migrate(db)));
    expect(done.flat().filter((name) => name === '0001-register')).toHaveLength(1);
    await Promise.all(workers.map((db) => db.destroy()));
  }));

it('refuses a database that a newer version has migrated, and leaves it alone', () =>
  inNewDatabase(async (db) => {
    await migrate(db);
    await sql`insert into kysely_migration (name, timestamp) values ('9999-from-the-future', '2030-01-01')`.execute(db);
    await expect(migrate(db)).rejects.toThrow(DatabaseVersionError);
    await expect(migrate(db)).rejects.toThrow('9999-from-the-future');
  }));

it('keeps every letter of a register of before, and says how they stand', () =>
  inNewDatabase(async (db) => {
    await db.transaction().execute(async (trx) => {
      await sql`create table kysely_migration (name text primary key, timestamp text not null)`.execute(trx);
      await migrateTo(trx, knownMigrations.slice(0, knownMigrations.indexOf('0099-rows-changed-in-place')));
      await sql`insert into cases select 'action/a', 'action', 'A', 'asked', '{KR}', 'kim', null, null, now(), now(), null,
        1, false, null, '{}', '{"calendarEntries": {}}'`.execute(trx);
      await sql`insert into digests (key, reader, day, zone) values ('d', 'person/lee', '2026-01-05', 'UTC')`.execute(
        trx,
      );
      await sql`insert into messages (key, case_id, event_number, text, recipient, summary, at, send_at, send_zone, digest, facts,
          state, attempts, claim_token, claim_until, meant, person, address, language, subject, body_text, body_html, calendar,
          body_calendar, message_id, reply, changed_at, turn_at)
        select 'action/a/' || state, 'action/a', 1, 'x', 'person/lee', 's', now(), now(), 'UTC', 'd', '{"a": 1}', state, 2, 't',
          now(), 'm', 'p', 'a@example.org', 'en', 'S', 'T', 'H', '{"uid": "u"}', 'I', '<i>', 'r', now(), now()
        from unnest(array['planned', 'inData', 'sent', 'refused', 'withdrawn']) state`.execute(trx);
    });
    const before = await db.selectFrom('messages').selectAll().orderBy('key').execute();
    expect(await migrate(db)).toContain('0099-rows-changed-in-place');
    const after = await db.selectFrom('messages').selectAll().orderBy('key').execute();
    expect(after.map(({ standing: _, past: __, ...row }) => row)).toEqual(before);
    const standings = ['expected', 'expected', 'failed', 'sent', 'withdrawn'];
    expect(after.map(({ standing }) => standing)).toEqual(standings);
    expect(await db.selectFrom('cases').select('has_calendar_entries').execute()).toEqual([
      { has_calendar_entries: true },
    ]);
  }));

it('no index is about how a message under way stands, or what a case knows: Postgres changes them in place', () =>
  inNewDatabase(async (db) => {
    await migrate(db);
    const { rows } = await sql`select indexname from pg_indexes
      where tablename = 'messages' and indexdef ~ '\\m(state|attempts|claim_token|claim_until|reply|changed_at)\\M'
        or tablename = 'cases' and indexdef ~ '\\m(state|number|last_at)\\M'`.execute(db);
    expect(rows).toEqual([]);
  }));

it('events can be added, but neither changed nor deleted nor emptied', () =>
  inNewDatabase(async (db) => {
    await migrate(db);
    await expect(sql`truncate events cascade`.execute(db)).rejects.toThrow('append-only');
  }));
