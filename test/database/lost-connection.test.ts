import { type Kysely, sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Bounds, connect, forCases, forMigrations } from '../../database/connect.ts';
import type { Database } from '../../database/schema.ts';
import { newDatabase, type OwnDatabase } from '../servers/shared.ts';
import { type Proxy, startProxy } from './proxy.ts';

let database: OwnDatabase;
let proxy: Proxy;
let url: string;
beforeAll(async () => {
  database = await newDatabase();
  proxy = await startProxy(Number(new URL(database.urls.databaseOwnerUrl).port));
  url = Object.assign(new URL(database.urls.databaseOwnerUrl), { port: String(proxy.port) }).href;
});
afterAll(async () => {
  await proxy.stop();
  await database.drop();
});

let db: Kysely<Database>;
const deaths = vi.fn<(error: unknown) => void>();
beforeEach(() => {
  db = connect(url, 2);
  deaths.mockClear();
  process.prependListener('uncaughtException', deaths);
});
afterEach(async () => {
  process.off('uncaughtException', deaths);
  proxy.release();
  await db.destroy();
  if (deaths.mock.calls.length > 0) throw new Error('An error that nobody hears would have ended the process.');
});

const own = async (on: Kysely<Database>): Promise<number> => {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(on);
  return rows[0]?.pid ?? 0;
};

const lives = async (pid: number): Promise<boolean> => {
  const { rows } = await sql`select from pg_stat_activity where pid = ${pid}`.execute(db);
  return rows.length > 0;
};

/** However far word of it has come. */
const lost = /terminat|ECONNRESET|connection error/;

const until = (what: () => Promise<boolean>) => vi.waitUntil(what, { timeout: 150_000, interval: 50 });

/** As a worker does between two statements: what happens to its connection meanwhile, it learns from the next. */
const interrupted = (by: (pid: number) => Promise<unknown>): Promise<unknown> =>
  db.transaction().execute(async (transaction) => {
    const pid = await own(transaction);
    await by(pid);
    await until(async () => !(await lives(pid)));
    return sql`select 1`.execute(transaction);
  });

describe('a connection that is lost in the middle of a transaction fails that transaction, and nothing else', () => {
  it('when Postgres ends it', async () => {
    await expect(interrupted((pid) => sql`select pg_terminate_backend(${pid})`.execute(db))).rejects.toThrow(lost);
    expect(await own(db)).toBeGreaterThan(0);
  });

  it('when the network cuts it', async () => {
    await expect(interrupted(async () => proxy.cut())).rejects.toThrow(lost);
    expect(await own(db)).toBeGreaterThan(0);
  });

  it('when it is cut while a statement runs', async () => {
    const running = sql`select pg_sleep(60)`.execute(db);
    await until(async () => {
      const { rows } = await sql`select from pg_stat_activity where query = 'select pg_sleep(60)'`.execute(db);
      return rows.length > 0;
    });
    proxy.cut();
    await expect(running).rejects.toThrow(/terminated|ECONNRESET/);
    expect(await own(db)).toBeGreaterThan(0);
  });
});

it('a statement whose tables another version has changed fails once, and is planned anew after that', async () => {
  const one = connect(url, 1);
  const asked = () => sql`select * from growing where n = ${1}`.execute(one).then(({ rows }) => rows);
  await sql`create table growing (n int)`.execute(db);
  await sql`insert into growing values (1)`.execute(db);
  expect(await asked()).toEqual([{ n: 1 }]);
  await sql`alter table growing add column more int default 2`.execute(db);
  await expect(asked()).rejects.toThrow('cached plan must not change result type');
  expect(await asked()).toEqual([{ n: 1, more: 2 }]);
  await one.destroy();
});

describe('what a connection may hold is bounded', () => {
  const bounded = async (bounds: Partial<Bounds>, use: (one: Kysely<Database>) => Promise<unknown>) => {
    const one = connect(url, 1, { ...forCases, ...bounds });
    try {
      await use(one);
    } finally {
      await one.destroy();
    }
  };

  it('a transaction whose process stands still is ended by Postgres, and others get its locks', () =>
    bounded({ idleInTransaction: 200 }, async (zombie) => {
      await sql`create table if not exists held (n int)`.execute(db);
      const held = zombie.transaction().execute(async (transaction) => {
        const pid = await own(transaction);
        await sql`lock table held`.execute(transaction);
        await until(async () => !(await lives(pid)));
        await sql`insert into held values (1)`.execute(transaction);
      });
      await expect(held).rejects.toThrow(lost);
      expect((await sql`select from held`.execute(db)).rows).toEqual([]);
    }));

  it('who waits for a lock gives up, and says that it was the lock', () =>
    db.transaction().execute(async (holder) => {
      await sql`create table if not exists held (n int)`.execute(db);
      await sql`lock table held`.execute(holder);
      await bounded({ lock: 100 }, async (one) => {
        await expect(sql`select from held`.execute(one)).rejects.toMatchObject({ code: '55P03' });
      });
    }));

  it('a statement is broken off', () =>
    bounded({ statement: 100 }, async (one) => {
      await expect(sql`select pg_sleep(60)`.execute(one)).rejects.toMatchObject({ code: '57014' });
    }));

  it('a connection on which nothing arrives any more is given up, and the next question gets a new one', () =>
    bounded({ silence: 500 }, async (one) => {
      await own(one);
      proxy.hold();
      await expect(own(one)).rejects.toThrow('Postgres has said nothing for 0.5 s');
      proxy.release();
      expect(await own(one)).toBeGreaterThan(0);
    }));

  it('the bounds of a worker: 4 s for a lock, 10 s between two statements; a migration waits and works as long as it takes', async () => {
    const kept = async (bounds: Bounds) => {
      const one = connect(url, 1, bounds);
      const { rows } = await sql<Record<string, string>>`
        select current_setting('lock_timeout') as lock, current_setting('statement_timeout') as statement,
          current_setting('idle_in_transaction_session_timeout') as idle`.execute(one);
      await one.destroy();
      return rows[0];
    };
    expect(await kept(forCases)).toEqual({ lock: '4s', statement: '20s', idle: '10s' });
    expect(await kept(forMigrations)).toEqual({ lock: '0', statement: '0', idle: '10min' });
  });
});
