import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordActivities } from '../../activities/record.ts';
import { connect } from '../../database/connect.ts';
import { describedFile } from '../../database/documents/content.ts';
import { contentsOf, keepDocument } from '../../database/documents.ts';
import { importDirectory } from '../../database/directory.ts';
import type { Database } from '../../database/schema.ts';
import { circulatedPaper } from '../../documents/circulated.ts';
import type { Command } from '../../domain/case/command.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { type DocumentFile, largestDocument } from '../../domain/document.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { mainWith } from '../client/command-line.ts';
import { asEnv, databaseBeside, using } from '../client/database-beside.ts';
import { docxOf, pdf } from '../client/documents-by-hand.ts';
import { type Register, startRegister } from '../client/register.ts';
import { given } from '../domain/meeting-stages.ts';

describe('a text that is circulated', () => {
  const folder = mkdtempSync(join(tmpdir(), 'entente-documents-'));
  let register: Register;
  let db: Kysely<Database>;
  const worker: { db?: Kysely<Database> } = {};
  beforeAll(async () => {
    register = await startRegister();
    db = register.db;
    worker.db = connect(register.urls.databaseUrl, 2);
    await importDirectory(db, directory);
  });
  afterAll(async () => {
    await worker.db?.destroy();
    await register.stop();
    rmSync(folder, { recursive: true });
  });

  const command = (...words: string[]) => mainWith(words, register.env);
  const kept = async (file: { name: string; content: Buffer }): Promise<DocumentFile> => {
    const document = await keepDocument(worker.db as Kysely<Database>, file);
    if (isRefusal(document)) throw new Error(document.because);
    return document;
  };

  /** A meeting whose items are decided, put on record as it stands, and the next command to it. */
  const circulate = async (id: string, document?: DocumentFile, written?: typeof circulatedPaper, by = 'kim-minji') => {
    const command = { id: `circulate-${id}`, name: 'circulateMinutes', body: { by, document } };
    return circulated(id, { document, by }, written, command);
  };

  async function circulated(
    id: string,
    said: { readonly document?: DocumentFile | undefined; readonly by: string },
    written: typeof circulatedPaper | undefined,
    command?: Command,
  ) {
    const door = { mailHours: 'any', unproved: 'anybody', written } as const;
    const activities = recordActivities({ db: worker.db as Kysely<Database>, ...door });
    const story = given.decided(given.convened({ id, host: 'mindigital' }));
    const events = story.events.map((each) => ('papers' in each ? { ...each, papers: [] } : each));
    await activities.record({ kind: 'meeting', events });
    const { state } = await db
      .selectFrom('cases')
      .select('state')
      .where('id', '=', `meeting/${id}`)
      .executeTakeFirstOrThrow();
    const before = state as CaseState;
    const event = {
      type: 'minutesCirculated',
      draft: 1,
      on: '2018-10-03',
      number: before.number + 1,
      at: story.now,
      ...said,
    };
    return activities.record({ kind: 'meeting', before, events: [event], command });
  }

  it('is there once, however often it is handed in, and nobody but the owner takes it away', async () => {
    const first = await kept({ name: 'once.pdf', content: pdf });
    expect(await kept({ name: 'twice.pdf', content: pdf })).toEqual({ ...first, name: 'twice.pdf' });
    expect(await db.selectFrom('documents').select('sha256').where('sha256', '=', first.sha256).execute()).toHaveLength(
      1,
    );
    for (const change of [
      sql`delete from documents`,
      sql`update documents set type = 'txt'`,
      sql`delete from case_documents`,
    ])
      await expect(change.execute(worker.db as Kysely<Database>)).rejects.toThrow('permission denied');
    await expect(sql`update documents set content = 'other'`.execute(db)).rejects.toThrow('are_what_they_are_called');
  });

  it('is written from the record where nobody gives it: its hash is in the event and in each letter', async () => {
    const recorded = await circulate('kr-gr-2', undefined, circulatedPaper);
    expect(recorded).toMatchObject({
      outcome: 'recorded',
      events: [{ document: { name: 'minutes-kr-gr-2-draft-1.docx', type: 'docx' } }],
    });
    const [named] = await db
      .selectFrom('case_documents')
      .selectAll()
      .where('case_id', '=', 'meeting/kr-gr-2')
      .where('name', 'like', 'minutes%')
      .execute();
    const letters = await db
      .selectFrom('messages')
      .select(['recipient', 'attached'])
      .where('text', '=', 'meeting.minutesToComment')
      .where('case_id', '=', 'meeting/kr-gr-2')
      .orderBy('recipient')
      .execute();
    expect(letters.map(({ recipient, attached }) => [recipient, attached?.map(({ sha256 }) => sha256)])).toEqual([
      ['agency/mindigital', [named?.sha256]],
      ['agency/mois', [named?.sha256]],
    ]);
    const content = (await contentsOf(db, [named?.sha256 ?? ''])).get(named?.sha256 ?? '');
    expect(describedFile({ name: 'minutes.docx', content: content ?? Buffer.alloc(0) })).toMatchObject({
      type: 'docx',
      sha256: named?.sha256,
    });
  });

  it('does not go about where it can neither be written nor found', async () => {
    expect(await circulate('kr-gr-3')).toMatchObject({ outcome: 'refused', refusal: { refused: 'TextMissing' } });
    const nowhere = { name: 'lost.pdf', type: 'pdf', sha256: 'a'.repeat(64), size: 5 } as const;
    expect(await circulate('kr-gr-4', nowhere)).toMatchObject({
      outcome: 'refused',
      refusal: { refused: 'UnknownDocument' },
    });
    const document = await kept({ name: 'draft.pdf', content: pdf });
    expect(await circulate('kr-gr-5', { ...document, size: 5 })).toMatchObject({
      outcome: 'refused',
      refusal: { refused: 'InvalidInput' },
    });
    const events = await db
      .selectFrom('events')
      .select('type')
      .where('type', '=', 'minutesCirculated')
      .where('case_id', '<>', 'meeting/kr-gr-2')
      .execute();
    expect(events).toEqual([]);
  });

  it('holds up what would be done by itself without it: nobody would hear of a refusal', async () => {
    await expect(circulated('kr-gr-10', { by: 'entente' }, undefined)).rejects.toMatchObject({ type: 'NobodyAsked' });
  });

  it('is not written for a command that is refused', async () => {
    const files = () => db.selectFrom('documents').select('sha256').execute();
    const before = await files();
    expect(await circulate('kr-gr-9', undefined, circulatedPaper, 'nobody')).toMatchObject({ outcome: 'refused' });
    expect(await files()).toEqual(before);
  });

  it('comes back byte for byte, by its name, its event or its hash', async () => {
    const content = docxOf('Minutes, as our ministry writes them');
    const document = await kept({ name: 'our minutes.docx', content });
    await circulate('kr-gr-6', document);
    const listed = await command('document', 'list', 'meeting/kr-gr-6', '-o', 'json');
    expect(JSON.parse(listed.out)).toMatchObject([
      { name: 'our minutes.docx', sha256: document.sha256, type: 'docx', size: content.length },
    ]);
    for (const which of [[], ['our minutes.docx'], [document.sha256.slice(0, 12)]]) {
      const got = await command('document', 'get', 'meeting/kr-gr-6', ...which, '--to', folder);
      expect([got.code, got.out.trim()]).toEqual([0, join(folder, 'our minutes.docx')]);
      expect(readFileSync(got.out.trim()).equals(content)).toBe(true);
    }
    expect((await command('document', 'get', 'meeting/kr-gr-6', 'other.docx', '--to', folder)).err).toContain(
      'has no document "other.docx"',
    );
    expect((await command('document', 'list', 'meeting/none')).code).toBe(3);
    writeFileSync(join(folder, 'our minutes.docx'), 'mine');
    expect((await command('document', 'get', 'meeting/kr-gr-6', '--to', folder)).code).toBe(3);
  });

  it('is refused at the command line before anything is kept', async () => {
    const count = () => db.selectFrom('documents').select(sql<number>`count(*)::int`.as('n')).executeTakeFirst();
    const before = await count();
    const files = {
      'empty.pdf': Buffer.alloc(0),
      'other.pdf': docxOf('x'),
      'large.pdf': Buffer.concat([pdf, Buffer.alloc(largestDocument)]),
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    for (const name of [...Object.keys(files), 'missing.pdf']) {
      const { code, err } = await command(
        'meeting',
        'circulate-minutes',
        'kr-gr-6',
        '--as',
        'kim-minji',
        '--document',
        join(folder, name),
      );
      expect([name, (code ?? 0) > 0, err.trim().split('\n').length]).toEqual([name, true, 1]);
    }
    // Nothing is wrong with this one: the case has circulated its minutes.
    writeFileSync(join(folder, 'good.pdf'), Buffer.concat([pdf, Buffer.from('good')]));
    const good = ['--as', 'kim-minji', '--document', join(folder, 'good.pdf')];
    const refused = await command('meeting', 'circulate-minutes', 'kr-gr-6', ...good);
    expect([refused.code, refused.err]).toEqual([3, expect.stringMatching(/^Refused \(/)]);
    expect(await count()).toEqual(before);
  });

  it('is in a backup, and restored byte for byte', async () => {
    const content = Buffer.concat([pdf, Buffer.from(Array.from({ length: 70_000 }, (_, at) => (at * 7919) % 256))]);
    const document = await kept({ name: 'large.pdf', content });
    const file = join(folder, 'register.backup');
    expect((await command('backup', file)).code).toBe(0);
    const beside = await databaseBeside(register);
    const restored = await mainWith(['restore', file], asEnv(beside));
    expect([restored.code, restored.err]).toEqual([0, expect.any(String)]);
    const found = await using(beside.databaseUrl, (there) => contentsOf(there, [document.sha256]));
    expect(found.get(document.sha256)?.equals(content)).toBe(true);
  });

  it('that no case names goes with the cases whose time is over, after a day', async () => {
    const [old, fresh] = [
      await kept({ name: 'a.md', content: Buffer.from('never sent') }),
      await kept({ name: 'b.md', content: Buffer.from('about to be sent') }),
    ];
    await sql`update documents set kept_at = kept_at - interval '2 days' where sha256 <> ${fresh.sha256}`.execute(db);
    const words = ['--older-than', 'P10Y', '--yes', '--as', 'kim-minji', '--reason', 'Rule 7'];
    expect((await command('retention', ...words)).code).toBe(0);
    const left = (await db.selectFrom('documents').select('sha256').execute()).map(({ sha256 }) => sha256);
    expect(left).toContain(fresh.sha256);
    expect(left).not.toContain(old.sha256);
    const named = await db.selectFrom('case_documents').select('sha256').execute();
    expect(named.length).toBeGreaterThan(0);
    for (const { sha256 } of named) expect(left).toContain(sha256);
    await sql`update cases set closed_at = now() - interval '11 years' where id = 'meeting/kr-gr-6'`.execute(db);
    expect((await command('retention', ...words)).code).toBe(0);
    expect(
      await db.selectFrom('case_documents').select('name').where('case_id', '=', 'meeting/kr-gr-6').execute(),
    ).toEqual([]);
  });
});

const entry = (fields: Record<string, string>) => ({ fields, file: 'test', line: 1 });
const person = (id: string, agency: string) =>
  entry({ id, name: `Name of ${id}`, agency, email: `${id}@example.org`, office: 'Director' });

const directory = {
  countries: [
    entry({ code: 'KR', name: 'Republic of Korea', zone: 'Asia/Seoul', language: 'ko' }),
    entry({ code: 'GR', name: 'Greece', zone: 'Europe/Athens', language: 'el' }),
  ],
  agencies: [
    entry({ id: 'mois', country: 'KR', name: 'Ministry of the Interior', email: 'office@mois.example.org' }),
    entry({
      id: 'mindigital',
      country: 'GR',
      name: 'Ministry of Digital Policy',
      email: 'office@mindigital.example.org',
    }),
  ],
  people: [
    person('kim-minji', 'mois'),
    person('shim-bokyun', 'mois'),
    person('lee-jiho', 'mois'),
    person('nikos-p', 'mindigital'),
    person('maria-k', 'mindigital'),
  ],
};
