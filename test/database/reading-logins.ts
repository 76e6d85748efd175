import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../database/connect.ts';
import { prepareRegister } from '../../database/migrate.ts';
import type { Database } from '../../database/schema.ts';
import { rewriteSearchTexts } from '../../database/search-texts.ts';
import { mainWith } from '../client/command-line.ts';
import type { Register } from '../client/register.ts';

/** The register to whoever has this login, and nothing else of the installation. */
const onlyBy = (url: string) => ({
  DATABASE_URL: url,
  DATABASE_READER_URL: '',
  DATABASE_OWNER_URL: '',
  TEMPORAL_ADDRESS: '',
});

/** What somebody reads who connects to Postgres by a login that was given an agency or a country. */
export function describeReadingLogins(here: () => Register): void {
  const login = `reports_${process.pid}_${Date.now().toString(36)}`;
  let db: Kysely<Database>;
  let admin: Kysely<Database>;
  const read = async (statement: string): Promise<readonly string[]> => {
    const { rows } = await sql.raw<{ it: string }>(statement).execute(db);
    return rows.map(({ it: each }) => each);
  };
  const given = async (place: { agency?: string; country?: string }): Promise<void> => {
    const { agency = null, country = null } = place;
    await sql`delete from reading_logins`.execute(here().db);
    await here().db.insertInto('reading_logins').values({ login, agency, country }).execute();
    await prepareRegister(here().urls);
  };

  beforeAll(async () => {
    admin = connect(here().superuser, 1);
    await sql.raw(`create role ${login} login password 'for-a-test'`).execute(admin);
    const url = new URL(here().urls.databaseReaderUrl);
    await sql.raw(`grant connect on database ${url.pathname.slice(1)} to ${login}`).execute(admin);
    Object.assign(url, { username: login, password: 'for-a-test' });
    db = connect(url.href, 1);
    const statements = [
      `insert into countries (code, name, zone, language) values ('RO', 'Romania', 'Europe/Bucharest', 'ro')`,
      `insert into agencies (id, country, name) values ('anaf', 'RO', 'ANAF'), ('mdlpa', 'RO', 'MDLPA')`,
      `insert into people (id, name, agency) values ('ana', 'Ana', 'anaf'), ('ion', 'Ion', 'mdlpa')`,
      ...['ana', 'ion'].flatMap((person) => [
        `insert into cases (id, kind, title, stage, countries, coordinator, owner, opened_at, last_at, closed_at, number, late, facts, state, has_calendar_entries, acted_at)
          select 'action/of-' || '${person}', kind, title, stage, countries, '${person}', owner, opened_at, last_at, closed_at, number, late, facts, state, has_calendar_entries, acted_at
          from cases where id = 'action/a1'`,
        `insert into events (case_id, number, type, at, by, says, data)
          select 'action/of-' || '${person}', number, type, at, by, 'Said by ${person}', data from events where case_id = 'action/a1' and number = 1`,
        `insert into messages (key, case_id, event_number, text, recipient, summary, at, send_at, facts, state)
          values ('action/of-${person}/1/x', 'action/of-${person}', 1, 'reminder', 'person/${person}', 'Reminder', now(), now(), '{}', 'planned')`,
        `insert into documents (sha256, type, content)
          select encode(sha256(paper), 'hex'), 'txt', paper from convert_to('Paper of ${person}', 'UTF8') as paper`,
        `insert into case_documents (case_id, event_number, position, name, sha256)
          values ('action/of-${person}', 1, 0, 'paper.txt', encode(sha256(convert_to('Paper of ${person}', 'UTF8')), 'hex'))`,
      ]),
    ];
    for (const statement of statements) await sql.raw(statement).execute(here().db);
    await rewriteSearchTexts(here().db);
  });
  afterAll(async () => {
    await db.destroy();
    await sql`delete from reading_logins`.execute(here().db);
    await sql.raw(`drop owned by ${login}; drop role ${login}`).execute(admin);
    await admin.destroy();
  });

  const views = [
    'open_requests',
    'mou_register',
    'committee_calendar',
    'action_matrix',
    'owed',
    'unsettled_messages',
    'visit_register',
    'workshop_register',
    'programme_register',
    'edition_register',
    'coming_dates',
    'outstanding_nominations',
  ];

  describe('a login that was given an agency', () => {
    it('reads its cases and what hangs on them, and nothing of others, by whatever it asks', async () => {
      await given({ agency: 'anaf' });
      expect(await read('select id as it from cases')).toEqual(['action/of-ana']);
      expect(await read(`select id as it from cases where id in ('action/a1', 'action/of-ion')`)).toEqual([]);
      expect(await read('select says as it from events')).toEqual(['Said by ana']);
      expect(await read('select recipient as it from messages')).toEqual(['person/ana']);
      expect(await read('select id as it from people')).toEqual(['ana']);
      expect(await read('select case_id as it from deadlines')).toEqual([]);
      expect(await read('select case_id as it from case_documents')).toEqual(['action/of-ana']);
      expect(await read(`select convert_from(content, 'UTF8') as it from documents`)).toEqual(['Paper of ana']);
      expect(await read('select distinct case_id as it from search_texts')).toEqual(['action/of-ana']);
      for (const table of ['commands', 'answer_links'])
        expect(await read(`select distinct case_id as it from ${table}`)).toEqual([]);
      for (const join of ['join', 'left join', 'right join', 'full join'])
        expect(
          await read(
            `select distinct coalesce(cases.id, e.case_id) as it from events e ${join} cases on cases.id = e.case_id`,
          ),
        ).toEqual(['action/of-ana']);
      expect(await read('select id as it from agencies where country is not null order by id')).toContain('mdlpa');
    });

    it.each(views)('reads its own rows alone of %s', async (view) => {
      const { rows } = await sql<{ row: string }>`select v::text as row from ${sql.id(view)} v`.execute(db);
      for (const { row } of rows) expect(row).toContain('of-ana');
      const owed = await read('select "case" as it from action_matrix').catch(() =>
        read('select id as it from action_matrix'),
      );
      expect(owed).toEqual(['action/of-ana']);
    });

    it('neither reads nor changes anything else, and cannot become another', async () => {
      const statements = [
        'select * from sign_ins',
        'select * from answer_links',
        'select * from passkeys',
        'select * from calendar_feeds',
        'select * from commands',
        'select answer from commands',
        'select mac from answer_codes',
        'select code_key from answer_links',
        'select public_key from proof_keys',
        'select * from digests',
        'select email from people',
        'select * from mail_addresses',
        `update cases set title = 'x'`,
        'delete from events',
        `insert into reading_logins (login, agency) values (current_user, 'klid')`,
        'set role entente_reader',
        'set session authorization entente_owner',
        'alter table cases disable row level security',
        `create function f(text) returns boolean language sql as 'select true'`,
        'create temporary table t (id text)',
      ];
      for (const statement of statements)
        await expect(sql.raw(statement).execute(db), statement).rejects.toMatchObject({ code: '42501' });
      // Whoever switches policies off is refused what they would hide.
      await sql`set row_security = off`.execute(db);
      await expect(read('select id as it from cases')).rejects.toMatchObject({ code: '42501' });
      await sql`set row_security = on`.execute(db);
    });

    it('has lists, searches, stories, papers, feeds and exports of its cases at a terminal, and nothing of others', async () => {
      const url = new URL(here().urls.databaseReaderUrl);
      Object.assign(url, { username: login, password: 'for-a-test' });
      const at = (...words: string[]) => mainWith(words, { ...here().env, ...onlyBy(url.href) });
      const [own, others] = ['action/of-ana', 'action/of-ion'];
      const folder = mkdtempSync(join(tmpdir(), 'entente-reader-'));
      const asked: readonly string[][] = [
        ['list'],
        ['list', '-o', 'csv'],
        ['list', '--search', 'said'],
        ['next'],
        ['due', '--days', '3000'],
        ['matrix', '-o', 'csv'],
        ['quiet'],
        ['calendar', 'export'],
      ];
      const said: string[] = [];
      for (const words of asked) {
        const { code, out, err } = await at(...words);
        expect([words, code, err.includes('may not'), out.includes('of-ion')]).toEqual([words, 0, false, false]);
        said.push(out);
      }
      for (const list of [0, 1, 2, 5]) expect([list, said[list]]).toEqual([list, expect.stringContaining('of-ana')]);
      for (const words of [['history'], ['show'], ['document', 'list'], ['document', 'get', '--to', folder]]) {
        const mine = await at(...words, own);
        expect([words, mine.code, mine.err]).toEqual([words, 0, '']);
        const [guessed, none] = [await at(...words, others), await at(...words, 'action/of-iod')];
        expect([words, guessed.code]).toEqual([words, none.code]);
        expect(guessed.err.replaceAll('of-ion', '…')).toBe(none.err.replaceAll('of-iod', '…'));
      }
      expect(readFileSync(join(folder, 'paper.txt'), 'utf8')).toBe('Paper of ana');
      rmSync(folder, { recursive: true });
      expect((await at('history', own)).out).toContain('Said by ana');
      expect((await at('document', 'list', own)).out).toContain('paper.txt');
    });

    it('hears nothing of others by a function or an error in the condition', async () => {
      const leaky = `select id as it from cases where 1 / (case when coordinator = 'ana' then 1 else 0 end) > 0`;
      expect(await read(leaky)).toEqual(['action/of-ana']);
    });
  });

  it('a login that was given a country reads for all its agencies, and one that was given nothing reads nothing', async () => {
    await given({ country: 'RO' });
    expect(await read('select id as it from cases order by id')).toEqual(['action/of-ana', 'action/of-ion']);
    await sql`delete from reading_logins`.execute(here().db);
    expect(await read('select id as it from cases')).toEqual([]);
  });

  it('every view asks by the role of whoever asks it', async () => {
    const { rows } = await sql<{ name: string }>`select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'v'
        and not coalesce('security_invoker=true' = any(reloptions), false)`.execute(here().db);
    expect(rows).toEqual([]);
  });

  it('the roles of the product read and change as before, and no plan of theirs has a policy in it', async () => {
    for (const url of [here().url, here().urls.databaseReaderUrl]) {
      const one = connect(url, 1);
      const { rows } = await sql<{ 'QUERY PLAN': string }>`explain select * from cases where id = 'action/a1'`.execute(
        one,
      );
      expect(rows.map((row) => row['QUERY PLAN']).join('\n')).not.toMatch(/SubPlan|InitPlan|One-Time/);
      expect((await one.selectFrom('cases').select('id').where('id', '=', 'action/a1').execute()).length).toBe(1);
      await one.destroy();
    }
  });
}
