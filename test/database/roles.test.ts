import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, connectReading } from '../../database/connect.ts';
import { knownMigrations, prepareRegister } from '../../database/migrate.ts';
import type { Database } from '../../database/schema.ts';
import { lookAtRoles } from '../../stack/database-roles.ts';
import { mainWith } from '../client/command-line.ts';
import { type Register, startRegister } from '../client/register.ts';
import { seed } from '../client/seed.ts';
import { describeReadingLogins } from './reading-logins.ts';

let register: Register;
let worker: Kysely<Database>;
let reader: Kysely<Database>;
beforeAll(async () => {
  register = await startRegister();
  worker = connect(register.url, 1);
  reader = connect(register.urls.databaseReaderUrl, 1);
  await seed(worker);
});
afterAll(async () => {
  await worker.destroy();
  await reader.destroy();
  await register.stop();
});

/** What Postgres says to each statement, where it is anything but that the role may not. */
async function notRefused(db: Kysely<Database>, ...statements: readonly string[]): Promise<readonly string[]> {
  const said: string[] = [];
  for (const statement of statements) {
    const code = await sql
      .raw(statement)
      .execute(db)
      .then(
        () => 'done',
        (error: { code?: string }) => error.code,
      );
    if (code !== '42501') said.push(`${statement}: ${code}`);
  }
  return said;
}

const tablesIn = async (db: Kysely<Database>): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(db);
  return rows.map(({ name }) => name);
};

/** What nobody but an owner or a superuser may: the tables' shape, the guard of the record, the server's files and programs. */
const beyondBoth = [
  'create table mine (id text)',
  'create temporary table mine (id text)',
  'create schema mine',
  'create role mine',
  'drop table events',
  'drop trigger events_refuse_change on events',
  'alter table events disable trigger events_refuse_change',
  'alter table events add column mine text',
  'alter table events owner to current_user',
  `create or replace function events_are_append_only() returns trigger language plpgsql as 'begin return new; end'`,
  'set session_replication_role = replica',
  `copy events to program 'cat > /tmp/stolen'`,
  `copy countries from '/etc/passwd'`,
  `copy events to '/tmp/stolen'`,
  `select pg_read_file('/etc/passwd')`,
  `select pg_ls_dir('.')`,
  'select rolpassword from pg_authid',
  'set role entente_owner',
  'truncate events',
  'truncate cases cascade',
];

describe('the worker', () => {
  it('may add to the record and to the answers, and neither change nor delete what is there', async () => {
    for (const table of ['events', 'commands']) {
      const changes = [`update ${table} set case_id = case_id`, `delete from ${table}`, `truncate ${table}`];
      expect(await notRefused(worker, ...changes)).toEqual([]);
    }
    await sql`insert into events (case_id, number, type, at, by, says, data)
      values ('action/a1', 99, 'noted', now(), 'kim-minji', 'A note', '{}')`.execute(worker);
  });

  it.each(beyondBoth)('is refused: %s', async (statement) => {
    expect(await notRefused(worker, statement)).toEqual([]);
  });

  it('deletes no case, no person and no message', async () => {
    const tables = ['cases', 'people', 'agencies', 'countries', 'messages', 'digests', 'country_records'];
    expect(await notRefused(worker, ...tables.map((table) => `delete from ${table}`))).toEqual([]);
  });

  it('commits for good, whatever its role and the server are set to', async () => {
    const { rows } = await sql<{ synchronous_commit: string }>`show synchronous_commit`.execute(worker);
    // The servers of tests have it off.
    expect(rows).toEqual([{ synchronous_commit: 'on' }]);
    const named = connect(`${register.url}?options=-c%20synchronous_commit%3Doff`, 1);
    expect((await sql`show synchronous_commit`.execute(named)).rows).toEqual(rows);
    expect((await sql`show timezone`.execute(named)).rows).toEqual([{ TimeZone: 'UTC' }]);
    await named.destroy();
  });
});

describe('the reader', () => {
  it('reads every table and every list', async () => {
    const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.tables
      where table_schema = 'public'`.execute(reader);
    expect(rows.length).toBeGreaterThan(20);
    for (const { name } of rows) await sql`select * from ${sql.id(name)} limit 1`.execute(reader);
  });

  it('changes nothing', async () => {
    const changes = (await tablesIn(reader)).flatMap((table) => [
      `insert into ${table} default values`,
      `delete from ${table}`,
      `truncate ${table}`,
    ]);
    const update = [`update messages set state = 'sent'`, `update people set email = 'mine@example.org'`];
    expect(await notRefused(reader, ...changes, ...update, 'select number from cases for update')).toEqual([]);
  });

  it.each(beyondBoth)('is refused: %s', async (statement) => {
    expect(await notRefused(reader, statement)).toEqual([]);
  });
});

it('none is a superuser, and none can make databases, roles or replicas', async () => {
  const { rows } = await sql`select rolname from pg_roles
    where rolname like 'entente_%' and not rolsuper and not rolcreatedb and not rolcreaterole and not rolreplication
      and not rolbypassrls order by 1`.execute(reader);
  expect(rows).toEqual([{ rolname: 'entente_owner' }, { rolname: 'entente_reader' }, { rolname: 'entente_worker' }]);
});

it('whoever only asks changes nothing, even where one role does for all', async () => {
  const asking = connectReading(register.urls.databaseOwnerUrl, 1);
  await expect(sql`insert into mail_pace values ('all', now())`.execute(asking)).rejects.toMatchObject({
    code: '25006',
  });
  await asking.destroy();
});

it('what a role may no longer do is taken away when the owner prepares the register again', async () => {
  const owner = connect(register.urls.databaseOwnerUrl, 1);
  await sql`grant delete on events to entente_worker`.execute(owner);
  await owner.destroy();
  expect(await prepareRegister(register.urls)).toEqual({
    migrated: [],
    granted: ['entente_worker', 'entente_reader'],
  });
  expect(await notRefused(worker, 'delete from events')).toEqual([]);
});

it('several workers can prepare the register at the same moment', async () => {
  await expect(Promise.all([1, 2, 3, 4].map(() => prepareRegister(register.urls)))).resolves.toHaveLength(4);
});

it('where one role does for all, nothing is granted', async () => {
  const { databaseOwnerUrl: one } = register.urls;
  const prepared = await prepareRegister({ databaseUrl: one, databaseOwnerUrl: one, databaseReaderUrl: one });
  expect(prepared.granted).toEqual([]);
});

it('a worker that may not make the tables which are missing says who may', async () => {
  const owner = connect(register.urls.databaseOwnerUrl, 1);
  const last = knownMigrations.at(-1) ?? '';
  await sql`delete from kysely_migration where name = ${last}`.execute(owner);
  const { databaseUrl } = register.urls;
  const alone = { databaseUrl, databaseOwnerUrl: databaseUrl, databaseReaderUrl: databaseUrl };
  await expect(prepareRegister(alone)).rejects.toThrow(
    new RegExp(`lacks ${last}, and the role entente_worker may not make tables.*DATABASE_OWNER_URL`),
  );
  await sql`insert into kysely_migration (name, timestamp) values (${last}, '2026-01-01')`.execute(owner);
  await prepareRegister(alone);
  await sql`drop view mou_register`.execute(owner);
  await owner.destroy();
  await expect(prepareRegister(alone)).rejects.toThrow(/lacks mou_register, and the role entente_worker may not make/);
  await prepareRegister(register.urls);
  await prepareRegister(alone);
});

describeReadingLogins(() => register);

describe('doctor', () => {
  it('is content with three roles, none of them a superuser', async () => {
    expect(await lookAtRoles(register.urls)).toEqual({
      ok: true,
      says: 'entente_worker works, entente_reader reads, entente_owner owns; none is a superuser',
    });
  });

  const all = (url: string) => ({ databaseUrl: url, databaseOwnerUrl: url, databaseReaderUrl: url });

  it('says where one role does for all, is a superuser, owns the tables, or reads and works', async () => {
    const { databaseUrl, databaseOwnerUrl } = register.urls;
    const says = async (urls: typeof register.urls) => (await lookAtRoles(urls)).says;
    expect(await says(all(databaseOwnerUrl))).toContain('one role, entente_owner, does for all');
    expect(await says(all(register.superuser))).toContain('entente is a superuser');
    expect(await says({ ...register.urls, databaseUrl: databaseOwnerUrl })).toContain('entente_owner, owns the tables');
    expect(await says({ ...register.urls, databaseReaderUrl: databaseUrl })).toContain('reads and works');
    expect(await lookAtRoles(all(register.url.replace(/:[^:@]*@/, ':wrong@')))).toMatchObject({ ok: false });
  });
});

describe('entente', () => {
  it('migrates and grants as the owner, and says so', async () => {
    const { out, code } = await mainWith(['migrate'], register.env);
    expect({ out, code }).toEqual({
      out: 'The register is of this version.\nGranted what each may: entente_worker, entente_reader.\n',
      code: 0,
    });
  });

  it('says who may, where a role may not', async () => {
    const { DATABASE_READER_URL = '', TEMPORAL_ADDRESS = '' } = register.env;
    const env = { DATABASE_URL: DATABASE_READER_URL, TEMPORAL_ADDRESS };
    const { err, code } = await mainWith(
      ['calendar', 'override', 'add', 'KR', '2027-03-02', '--closed', '--note', 'Elections'],
      env,
    );
    expect(code).toBe(4);
    expect(err).toMatch(/the role entente_reader may not do this .*`.\/entente migrate` grants/);
  });
});
