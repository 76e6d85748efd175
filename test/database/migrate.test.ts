import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect, forMigrations } from '../../database/connect.ts';
import { DatabaseVersionError, migrate } from '../../database/migrate.ts';
import type { Database } from '../../database/schema.ts';
import { inDatabase } from '../../stack/postgres-roles.ts';
import { type Stack, startStack } from '../../stack/stack.ts';

let stack: Stack;
beforeAll(async () => {
  // Only Postgres is wanted here, so the others are named as if they were somebody's.
  stack = await startStack({ env: { TEMPORAL_ADDRESS: '127.0.0.1:1', SMTP_URL: 'smtp://127.0.0.1:1' } });
});
afterAll(() => stack.stop());

const inNewDatabase = async <T>(name: string, use: (db: Kysely<Database>, url: string) => Promise<T>): Promise<T> => {
  const admin = connect(stack.superuserUrl ?? '', 1);
  await sql`create database ${sql.id(name)}`.execute(admin);
  await admin.destroy();
  const url = inDatabase(stack.superuserUrl ?? '', name);
  const db = connect(url);
  try {
    return await use(db, url);
  } finally {
    await db.destroy();
  }
};

it('migrates an empty database, and finds nothing to do the second time', () =>
  inNewDatabase('twice', async (db) => {
    expect(await migrate(db)).toContain('0001-register');
    expect(await migrate(db)).toEqual([]);
  }));

it('migrates once when several workers start at the same moment', () =>
  inNewDatabase('at_once', async (_, url) => {
    const workers = [1, 2, 3, 4].map(() => connect(url, 2, forMigrations));
    const done = await Promise.all(workers.map((db) => migrate(db)));
    expect(done.flat().filter((name) => name === '0001-register')).toHaveLength(1);
    await Promise.all(workers.map((db) => db.destroy()));
  }));

it('refuses a database that a newer version has migrated, and leaves it alone', () =>
  inNewDatabase('newer', async (db) => {
    await migrate(db);
    await sql`insert into kysely_migration (name, timestamp) values ('9999-from-the-future', '2030-01-01')`.execute(db);
    await expect(migrate(db)).rejects.toThrow(DatabaseVersionError);
    await expect(migrate(db)).rejects.toThrow('9999-from-the-future');
  }));

it('events can be added, but neither changed nor deleted nor emptied', () =>
  inNewDatabase('append_only', async (db) => {
    await migrate(db);
    await expect(sql`truncate events cascade`.execute(db)).rejects.toThrow('append-only');
  }));
