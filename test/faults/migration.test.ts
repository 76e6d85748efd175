import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Kysely, sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { connect, forMigrations } from '../../database/connect.ts';
import { migrate, migrationsIn } from '../../database/migrate.ts';
import type { Database } from '../../database/schema.ts';
import { inEmptyDatabase } from '../servers/shared.ts';
import { startPostgresProxy } from './postgres-proxy.ts';
import { stillness } from './world.ts';
import { runner } from '../../stack/worker-process.ts';

let whole: readonly string[];
beforeAll(async () => {
  whole = await inNewDatabase(async (db) => {
    await migrate(db);
    return migrationsIn(db);
  });
});

const inNewDatabase = <T>(use: (db: Kysely<Database>, url: string) => Promise<T>): Promise<T> =>
  inEmptyDatabase(async (url) => {
    const db = connect(url, 3, forMigrations);
    try {
      return await use(db, url);
    } finally {
      await db.destroy();
    }
  });

const migrating = (url: string, fault: string): ChildProcess =>
  spawn(process.execPath, [runner, fileURLToPath(new URL('migrating.ts', import.meta.url))], {
    env: { ...process.env, DATABASE_URL: url, ENTENTE_FAULT: fault },
    stdio: 'ignore',
  });

it('a worker that is killed in the middle of a migration leaves nothing behind, and the next one migrates', () =>
  inNewDatabase(async (db, url) => {
    const [, signal] = await once(migrating(url, 'kill duringMigration=0003'), 'exit');
    expect(signal).toBe('SIGKILL');
    expect(await migrationsIn(db)).toEqual([]);
    await migrate(db);
    expect(await migrationsIn(db)).toEqual(whole);
  }));

it('while a worker stands still in the middle of a migration the next one waits, and each migration is done once', () =>
  inNewDatabase(async (db, url) => {
    const frozen = migrating(url, 'stop duringMigration=0003');
    await stillness(frozen.pid ?? 0);
    let isDone = false;
    const next = migrate(db).finally(() => {
      isDone = true;
    });
    await expect.poll(() => waitsForLock(db)).toBe(true);
    expect(isDone).toBe(false);
    frozen.kill('SIGCONT');
    expect(await once(frozen, 'exit')).toEqual([0, null]);
    expect(await next).toEqual([]);
    expect(await migrationsIn(db)).toEqual(whole);
  }));

const waitsForLock = async (db: Kysely<Database>): Promise<boolean> =>
  (
    await sql`
      select from pg_locks join pg_database on pg_database.oid = database
      where not granted and locktype = 'advisory' and datname = current_database()`.execute(db)
  ).rows.length > 0;

it.each(['request', 'reply'] as const)(
  'a migration whose COMMIT is cut, its %s, is done once by the next try',
  (side) =>
    inNewDatabase(async (direct, url) => {
      const proxy = await startPostgresProxy(url);
      const db = connect(proxy.url, 3, forMigrations);
      const caught = proxy.catchCommit(side, (transaction) => transaction.includes('create table cases'));
      void caught.reached.then(() => caught.cut());
      await expect(migrate(db)).rejects.toThrow(/.+/);
      await expect.poll(() => migrationsIn(direct)).toEqual(side === 'reply' ? whole : []);
      await migrate(db);
      expect(await migrationsIn(direct)).toEqual(whole);
      await db.destroy();
      await proxy.stop();
    }),
);
