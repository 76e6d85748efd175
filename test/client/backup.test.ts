import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordActivities } from '../../activities/record.ts';
import { backup, checkBackupFile, restore } from '../../client/upkeep.ts';
import { contentOf, tablesOf } from '../../database/backup/tables.ts';
import { writeBackup } from '../../database/backup/write.ts';
import { knownMigrations, migrateTo, prepareRegister, type RegisterUrls } from '../../database/migrate.ts';
import type { Database } from '../../database/schema.ts';
import { decideOpening } from '../../domain/case/opening.ts';
import { lifecycles } from '../../domain/kinds.ts';
import type { CaseEvent } from '../../domain/case/state.ts';
import { mainWith } from './command-line.ts';
import { asEnv, databaseBeside, using } from './database-beside.ts';
import { type Register, startRegister } from './register.ts';
import { seed } from './seed.ts';

const folder = mkdtempSync(join(tmpdir(), 'entente-backup-test-'));
const file = (name: string): string => join(folder, name);

let register: Register;
let db: Kysely<Database>;
beforeAll(async () => {
  register = await startRegister();
  db = register.db;
  await seed(db);
  // Everything that can stand in a text, ends of lines that are none among it.
  await sql`insert into country_records (country, kind, key, data, recorded_by)
    values ('KR', 'notes', 'k', ${JSON.stringify({ note: hard })}::text::jsonb, 'kim-minji')`.execute(db);
});
afterAll(async () => {
  await register.stop();
  rmSync(folder, { recursive: true });
});

const hard = 'a"b\\c\r\n\u2028\u2029\u0085\t\u0001 {"table":"events"} 한국 😀 {"sha256":"x"}';

const newDatabase = (): Promise<RegisterUrls> => databaseBeside(register);

const contents = async (of: Kysely<Database>): Promise<Record<string, unknown>> => {
  const found: Record<string, unknown> = {};
  for (const table of await tablesOf(of)) found[table] = await contentOf(of, table);
  return found;
};

describe('a backup', () => {
  it('is readable for its owner alone, says what it holds, and puts nothing in the place of a file', async () => {
    const first = await mainWith(['backup', file('first')], register.env);
    expect(first.code).toBe(0);
    expect(first.out).toMatch(/^Taken: +\d{4}-.*Z, from PostgreSQL \d+/m);
    expect(first.out).toMatch(/^Holds: .*\b3 cases\b.*\b6 events\b.*\b1 people\b/m);
    expect(first.out).toContain(`Version:  ${knownMigrations.at(-1)}`);
    expect(statSync(file('first')).mode & 0o777).toBe(0o600);
    const again = await mainWith(['backup', file('first')], register.env);
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('is there already')]);
    const nowhere = await mainWith(['backup', '/nonexistent/x'], register.env);
    expect([nowhere.code, nowhere.err]).toEqual([2, expect.stringContaining('cannot be written (ENOENT)')]);
    const look = await mainWith(['restore', file('first'), '--dry-run'], register.env);
    expect([look.code, look.err]).toEqual([0, 'The file is whole. Nothing was restored.\n']);
    const checksum = /^SHA-256: +[0-9a-f]{64}$/m.exec(first.out)?.[0];
    expect(look.out).toContain(checksum);
  });

  it('is of one moment, whatever is written meanwhile', async () => {
    const lines: string[] = [];
    const header = await writeBackup(db, async (line) => {
      if (lines.length === 0) await sql`insert into mail_pace values ('meanwhile', now())`.execute(register.db);
      lines.push(line);
    });
    await sql`delete from mail_pace`.execute(db);
    expect(header.tables['mail_pace']?.rows).toBe(0);
    expect(lines.join('\n')).not.toContain('meanwhile');
  });
});

describe('restored into an empty register', () => {
  it('everything is as it was, to the last sign, and goes on from there', async () => {
    const urls = await newDatabase();
    await backup(file('whole'), register.urls);
    const { code, out, err } = await mainWith(['restore', file('whole')], asEnv(urls));
    expect([code, out]).toEqual([0, expect.stringMatching(/^Restored: /m)]);
    expect(err).toContain('./entente check');
    await using(urls.databaseOwnerUrl, async (there) => {
      // Letters that may have gone since are in doubt: that is looked at below.
      const { restorations: _, messages: __, ...found } = await contents(there);
      const { restorations: ___, messages: ____, ...meant } = await contents(db);
      expect(found).toEqual(meant);
      const letters = (of: Kysely<Database>) =>
        of.selectFrom('messages').select(['key', 'at', 'facts']).orderBy('key').execute();
      expect(await letters(there)).toEqual(await letters(db));
      const { rows } = await sql`select data->>'note' as note from country_records`.execute(there);
      expect(rows).toEqual([{ note: hard }]);
      expect(await there.selectFrom('restorations').select('taken_at').execute()).toHaveLength(1);
    });
    await using(urls.databaseUrl, async (worker) => {
      const { rows } = await sql`insert into country_records (country, kind, key, data, recorded_by)
        values ('KR', 'notes', 'next', '{}', 'kim-minji') returning number`.execute(worker);
      expect(rows).toEqual([{ number: 2 }]);
      await expect(sql`delete from events`.execute(worker)).rejects.toMatchObject({ code: '42501' });
    });
  });

  it('a backup of an earlier version is brought to this one', async () => {
    const earlier = await newDatabase();
    const levels = knownMigrations.slice(0, 9);
    await prepareRegister(earlier);
    await using(earlier.databaseOwnerUrl, (there) =>
      there.transaction().execute(async (trx) => {
        await sql`drop schema public cascade`.execute(trx);
        await sql`create schema public`.execute(trx);
        await sql`create table kysely_migration (name text primary key, timestamp text not null)`.execute(trx);
        await migrateTo(trx, levels);
        await sql`insert into countries values ('KR', 'Korea', 'Asia/Seoul', 'ko')`.execute(trx);
      }),
    );
    await backup(file('earlier'), { ...earlier, databaseReaderUrl: earlier.databaseOwnerUrl });
    expect((await checkBackupFile(file('earlier'))).header.migrations).toEqual(levels);
    const urls = await newDatabase();
    await restore(file('earlier'), urls);
    await using(urls.databaseReaderUrl, async (there) => {
      expect(await there.selectFrom('countries').select('code').execute()).toEqual([{ code: 'KR' }]);
      expect(await there.selectFrom('restorations').selectAll().execute()).toHaveLength(1);
    });
    expect(await prepareRegister(urls)).toMatchObject({ migrated: [] });
  });
});

describe('nothing is restored', () => {
  const refused = async (name: string, urls: RegisterUrls): Promise<string> => {
    const before = await using(urls.databaseOwnerUrl, contents);
    const { code, err } = await mainWith(['restore', file(name)], asEnv(urls));
    expect(code).toBe(3);
    expect(await using(urls.databaseOwnerUrl, contents)).toEqual(before);
    return err;
  };
  let empty: RegisterUrls;
  beforeAll(async () => {
    empty = await newDatabase();
    await prepareRegister(empty);
    await backup(file('good'), register.urls);
  });

  it('into a register that is not empty', async () => {
    expect(await refused('good', register.urls)).toMatch(/not empty \(.*cases.*\)/);
  });

  const good = () => readFileSync(file('good'));
  const text = () => gunzipSync(good()).toString();
  const withHeader = (change: (header: Record<string, unknown>) => void): Buffer => {
    const [first = '', ...rest] = text().split('\n');
    const header = JSON.parse(first) as Record<string, unknown>;
    change(header);
    return gzipSync([JSON.stringify(header), ...rest].join('\n'));
  };
  const damages: Record<string, () => Buffer> = {
    'cut off': () => good().subarray(0, good().length - 40),
    'cut off at the end of a line': () => gzipSync(text().split('\n').slice(0, -2).join('\n')),
    'with a byte changed': () => {
      const bytes = Buffer.from(good());
      bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1);
      return bytes;
    },
    'with a word changed': () => gzipSync(text().replace('김민지', '김민주')),
    'with a line taken out': () => gzipSync(text().replace(/\n[^\n]*"opened"[^\n]*\n/, '\n')),
    'that is empty': () => Buffer.alloc(0),
    'that is something else': () => Buffer.from('PGDMP'),
    'that is something else, compressed': () => gzipSync('{"hello":1}\n'),
  };
  it.each(Object.keys(damages))('from a file %s', async (name) => {
    writeFileSync(file('bad'), damages[name]?.() ?? '');
    expect(await refused('bad', empty)).toMatch(/not a whole backup/);
  });

  it('from a file of a newer version', async () => {
    writeFileSync(
      file('newer'),
      withHeader((header) => (header['migrations'] = [...knownMigrations, '9999-future'])),
    );
    expect(await refused('newer', empty)).toMatch(/newer Entente \(9999-future\)/);
    writeFileSync(
      file('newer'),
      withHeader((header) => (header['format'] = 2)),
    );
    expect(await refused('newer', empty)).toMatch(/newer Entente \(format 2\)/);
  });

  it('from a file that is not there, or by a role that may not', async () => {
    expect((await mainWith(['restore', file('none')], asEnv(empty))).code).toBe(2);
    const worker = { ...empty, databaseOwnerUrl: empty.databaseUrl };
    expect((await mainWith(['restore', file('good')], asEnv(worker))).code).toBe(4);
  });
});

describe('letters that may have gone after the backup', () => {
  const openedAt = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
  const opening = (id: string) => ({
    id,
    by: 'kim-minji',
    title: 'Open data',
    countries: ['KR'],
    coordinator: 'kim-minji',
    topic: 'Open data',
    owner: 'klid',
    due: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
  });
  const open = (there: Kysely<Database>, id: string, at: string, played = false) => {
    const event = decideOpening(lifecycles.action, opening(id), at, `open-${id}`) as CaseEvent;
    const command = { id: `open-${id}`, name: 'opening', body: opening(id) };
    return recordActivities({ db: there, mailHours: 'any', unproved: 'anybody' }).record({
      kind: 'action',
      events: [event],
      command,
      played,
    });
  };
  const states = async (there: Kysely<Database>) =>
    Object.fromEntries(
      (
        await there
          .selectFrom('messages')
          .select(['case_id', 'state'])
          .where('case_id', 'like', 'action/doubt%')
          .execute()
      ).map(({ case_id, state }) => [case_id.slice('action/doubt-'.length), state]),
    );

  it('are in doubt, and go only when a person says so; those of later events go', async () => {
    await open(db, 'doubt-before', openedAt(1));
    await backup(file('doubt'), register.urls);
    const urls = await newDatabase();
    const { inDoubt } = await restore(file('doubt'), urls);
    expect(inDoubt).toBeGreaterThan(0);
    await using(urls.databaseUrl, async (worker) => {
      await open(worker, 'doubt-overdue', openedAt(0.5));
      await open(worker, 'doubt-played', openedAt(900), true);
      await open(worker, 'doubt-after', new Date(Date.now() + 1_000).toISOString());
      expect(await states(worker)).toEqual({
        before: 'inDoubt',
        overdue: 'inDoubt',
        played: 'planned',
        after: 'planned',
      });
    });
  });
});
