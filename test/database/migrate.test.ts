import { type Kysely, sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { connect, forMigrations } from '../../database/connect.ts';
import { knownMigrations, migrate, migrateTo } from '../../database/migrate.ts';
import type { Database } from '../../database/schema.ts';
import { columnsOf, text } from '../../database/views/columns.ts';
import { columnsIn, type RegisterRows, registers } from '../../database/views/registers.ts';
import { DatabaseVersionError } from '../../database/version-error.ts';
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

describe('views of facts', () => {
  const viewsIn = async (db: Kysely<Database>) => {
    const { rows } = await sql<{ name: string }>`
      select relname as name, pg_get_viewdef(oid) as reads, obj_description(oid) as says, reloptions, xmin::text as made
      from pg_class where relnamespace = current_schema()::regnamespace and relkind = 'v' order by 1`.execute(db);
    return rows;
  };
  const without = (rows: readonly object[]) => rows.map((row) => ({ ...row, made: undefined }));

  it('read each fact as its kind says what it is, and no other', () => {
    const { fact, list, count, isKnown } = columnsOf('mou');
    expect([
      fact('term'),
      fact('binding'),
      fact('termEnds'),
      list('sides'),
      count('sides'),
      isKnown('signedOn'),
    ]).toEqual(
      [
        `(facts->>'term')::integer`,
        `(facts->>'binding')::boolean`,
        `facts->>'termEnds'`,
        `facts->'sides'`,
        `jsonb_array_length(coalesce(facts->'sides', '[]'))`,
        `facts->>'signedOn' is not null`,
      ].map((sql) => ({ sql })),
    );
    // @ts-expect-error: An MOU shows no percentage.
    expect(text<'mou'>('percent')).toBe(`facts->>'percent'`);
    // @ts-expect-error: Its sides are several.
    expect(fact('sides').sql).toBe(`facts->>'sides'`);
    // @ts-expect-error: Its term is one.
    expect(list('term').sql).toBe(`facts->'term'`);
    const row: Pick<RegisterRows['mou_register'], 'term' | 'binding' | 'sides'> = { term: 2, binding: true, sides: [] };
    expect(Object.keys(registers.mou_register.shows)).toEqual(expect.arrayContaining(Object.keys(row)));
    // @ts-expect-error: It is a number.
    const words: RegisterRows['mou_register']['term'] = '2';
    expect(words).toBe('2');
  });

  it('show what migrations have shown, under the names and in the order of before', () =>
    inNewDatabase(async (db) => {
      const shownBy = async () => {
        const shown: unknown[] = [];
        for (const name of Object.keys(registers)) {
          const { rows } = await sql`select attname, atttypid::regtype::text as type, attcollation::text as collation
            from pg_attribute where attrelid = ${name}::regclass order by attnum`.execute(db);
          shown.push({ name, rows });
        }
        return shown;
      };
      await db.transaction().execute(async (trx) => {
        await sql`create table kysely_migration (name text primary key, timestamp text not null)`.execute(trx);
        await migrateTo(trx, knownMigrations);
      });
      const before = await shownBy();
      await migrate(db);
      expect(await shownBy()).toEqual(before);
      const { rows } = await sql`select from action_matrix`.execute(db);
      expect(rows).toEqual([]);
    }));

  it('are the same in a fresh register and in one of before, and are not touched again', () =>
    inNewDatabase(async (fresh) => {
      await migrate(fresh);
      const made = await viewsIn(fresh);
      await migrate(fresh);
      expect(await viewsIn(fresh)).toEqual(made);
      await inNewDatabase(async (db) => {
        await db.transaction().execute(async (trx) => {
          await sql`create table kysely_migration (name text primary key, timestamp text not null)`.execute(trx);
          await migrateTo(trx, knownMigrations.slice(0, knownMigrations.indexOf('0160-order-of-ids')));
        });
        await migrate(db);
        expect(without(await viewsIn(db))).toEqual(without(made));
      });
    }));

  it('are made anew where one is missing or reads something else, with what was granted on it', () =>
    inNewDatabase(async (db) => {
      await migrate(db);
      const made = await viewsIn(db);
      await sql`grant select on programme_register to public`.execute(db);
      const { rows } = await sql<{
        reads: string;
      }>`select pg_get_viewdef('programme_register'::regclass) as reads`.execute(db);
      const other = rows[0]?.reads.replace(`'period'`, `'year'`).replace(';', '');
      await sql`create or replace view programme_register as ${sql.raw(other ?? '')}`.execute(db);
      await sql`drop view mou_register`.execute(db);
      await migrate(db);
      expect(without(await viewsIn(db))).toEqual(without(made));
      const granted = await sql<{
        may: boolean;
      }>`select has_table_privilege('public', 'programme_register', 'select') as may`.execute(db);
      expect(granted.rows).toEqual([{ may: true }]);
    }));

  it('of a newer version are left to it, whoever starts last', () =>
    inNewDatabase(async (db) => {
      await migrate(db);
      const { rows } = await sql<{ reads: string }>`select pg_get_viewdef('action_matrix'::regclass) as reads`.execute(
        db,
      );
      const newer = rows[0]?.reads
        .replace('FROM', `, facts->>'ruling' as ruling FROM`)
        .replace(';', '')
        .replace(/\s+,/, ',');
      await sql`create or replace view action_matrix as ${sql.raw(newer ?? '')}`.execute(db);
      const made = await viewsIn(db);
      await migrate(db);
      expect(await viewsIn(db)).toEqual(made);
      await sql`select ${sql.join(columnsIn(registers.action_matrix).map((each) => sql.ref(each)))}, ruling from action_matrix`.execute(
        db,
      );
    }));

  it('that somebody has changed by hand are told of, and left as they are', () =>
    inNewDatabase(async (db) => {
      await migrate(db);
      await sql`alter view action_matrix rename column percent to done`.execute(db);
      await expect(migrate(db)).rejects.toThrow(/action_matrix has other columns than this version gives it/);
      await sql`drop view action_matrix`.execute(db);
      await migrate(db);
    }));
});
