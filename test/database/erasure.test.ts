import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordActivities } from '../../activities/record.ts';
import { erasedCalendar, eraserOf } from '../../database/erasure/eraser.ts';
import { readEvents } from '../../database/register.ts';
import type { Database } from '../../database/schema.ts';
import { decideOpening } from '../../domain/case/opening.ts';
import type { CaseEvent } from '../../domain/case/state.ts';
import { transition } from '../../domain/case/transition.ts';
import { lifecycles } from '../../domain/kinds.ts';
import { tablesOf } from '../../database/backup/tables.ts';
import { mainWith } from '../client/command-line.ts';
import { asEnv, databaseBeside } from '../client/database-beside.ts';
import { type Register, startRegister } from '../client/register.ts';
import { seed } from '../client/seed.ts';
import { stackBeside } from '../client/stack-beside.ts';
import { test } from '../property.ts';

describe('a name, an address and an id', () => {
  const erase = eraserOf(
    { id: 'kim', names: ['Kim Min-ji', "O'Hara", 'Li', '김민지'], addresses: ['kim@klid.example.org'] },
    'erased-1',
  );

  it.each([
    ['person/kim owes', 'person/erased-1 owes'],
    ['kim-minji and kimchi stay', 'kim-minji and kimchi stay'],
    ['KIM MIN-JI, Kim\n  Min-ji', 'erased-1, erased-1'],
    ['Li reads a List', 'erased-1 reads a List'],
    ['김민지가 왔다', 'erased-1가 왔다'],
    ['O&#39;Hara', 'erased-1'],
    ['<Kim@KLID.example.org>.', '<erased-1.0@erased.invalid>.'],
    ['park-kim@klid.example.org', 'park-kim@klid.example.org'],
  ])('%s', (before, after) => {
    expect(erase(before)).toBe(after);
  });

  it('are found where a calendar entry is folded, and no line gets longer than it may', () => {
    const line = `ATTENDEE;CN="${'x'.repeat(57)} Kim\r\n  Min-ji";RSVP=TRUE:mailto:kim@klid.exa\r\n mple.org`;
    const erased = erasedCalendar(`BEGIN:VEVENT\r\n${line}\r\nEND:VEVENT`, erase);
    expect(erased.replaceAll('\r\n ', '')).toMatch(/x erased-1";RSVP=TRUE:mailto:erased-1\.0@erased\.invalid/);
    for (const each of erased.split('\r\n')) expect(Buffer.byteLength(each)).toBeLessThanOrEqual(75);
  });

  test.prop([fc.string(), fc.string(), fc.constantFrom('kim', 'Kim Min-ji', '김민지', 'kim@klid.example.org')])(
    'are gone from any text, however often it is erased',
    (before, after, mark) => {
      const once = erase(`${before} ${mark} ${after}`);
      expect(once).toContain('erased-1');
      expect(erase(once)).toBe(once);
    },
  );
});

describe('a person', () => {
  const folder = mkdtempSync(join(tmpdir(), 'entente-erasure-'));
  const kept = join(folder, 'erasures.jsonl');
  const before = join(folder, 'before.backup');
  let register: Register;
  let db: Kysely<Database>;
  let env: Readonly<Record<string, string>>;
  const who = { id: 'lee-jiho', name: 'Lee Ji-ho', email: 'lee@klid.example.org' };
  const erase = (...words: string[]) =>
    mainWith(['person', 'erase', who.id, '--reason', 'Asked on 1 March', '--as', 'kim-minji', ...words], env);

  beforeAll(async () => {
    register = await startRegister();
    db = register.db;
    env = { ...register.env, ENTENTE_ERASURES: kept };
    await seed(db);
    const person = {
      ...who,
      agency: 'klid',
      language: 'en',
      zone: 'Asia/Seoul',
      other_addresses: ['lee2@example.org'],
    };
    await db.insertInto('people').values(person).execute();
    await closedCase('e1');
    await fillTheRest();
  });
  afterAll(async () => {
    await register.stop();
    rmSync(folder, { recursive: true });
  });

  /** A case that they coordinated, and cancelled. */
  async function closedCase(id: string): Promise<void> {
    const { record } = recordActivities({ db, unproved: 'anybody' });
    const at = '2026-01-05T00:00:00.000Z';
    const opening = {
      id,
      by: who.id,
      title: `The action of ${who.name}`,
      countries: ['KR'],
      coordinator: who.id,
      topic: `Ask ${who.email}`,
      owner: 'klid',
      due: '2026-02-05',
    };
    const opened = decideOpening(lifecycles.action, opening, at, `open-${id}`) as CaseEvent;
    const first = await record({
      kind: 'action',
      events: [opened],
      command: { id: `open-${id}`, name: 'opening', body: opening },
    });
    if (first.outcome !== 'recorded') throw new Error(JSON.stringify(first));
    const before = await stateOf(`action/${id}`);
    const cancelled = {
      type: 'cancelled',
      number: before.number + 1,
      at: '2026-01-06T00:00:00.000Z',
      by: who.id,
      reason: `${who.name} says so`,
    };
    await record({ kind: 'action', before, events: [cancelled as CaseEvent] });
  }

  const stateOf = async (id: string) => {
    const events = await readEvents(db, id);
    return transition(lifecycles.action, undefined, events).after;
  };

  /** Everything else that has a column for words. */
  async function fillTheRest(): Promise<void> {
    const statements = [
      `insert into address_changes (holder, name, was, became, by) values ('person/lee-jiho', 'Lee Ji-ho', 'lee@old.example.org', 'lee@klid.example.org', 'lee-jiho')`,
      `insert into absences (person, from_day, until_day, stand_in, by) values ('lee-jiho', '2025-01-01', '2025-01-05', 'kim-minji', 'lee-jiho')`,
      `insert into bounces (address, by, why) values ('lee@klid.example.org', 'lee-jiho', '550 lee@klid.example.org unknown'), ('lee2@example.org', 'entente', 'full')`,
      `insert into country_records (country, kind, key, data, recorded_by) values ('KR', 'notes', 'n', '{"note": "Lee Ji-ho knows"}', 'lee-jiho')`,
      `insert into calendar_overrides (country, date, kind, note) values ('KR', '2027-01-04', 'office closed', 'Lee Ji-ho decided')`,
      `insert into digests (key, reader, day, zone, gone, person, address, subject, body_text) values
        ('person/lee-jiho/2026-01-06', 'person/lee-jiho', '2026-01-06', 'Asia/Seoul', true, 'lee-jiho', 'lee@klid.example.org', 'Dear Ms Lee', 'Dear Ms Lee')`,
      `insert into messages (key, case_id, event_number, text, recipient, summary, at, send_at, facts, state, person, address, subject, body_text, body_html, digest, reply)
        select 'action/e1/x/person/lee-jiho', 'action/e1', 1, 'x', 'person/lee-jiho', 'To Lee Ji-ho', now(), now(), '{"name": "Lee Ji-ho"}', 'sent', 'lee-jiho',
          'lee@klid.example.org', 'Dear Ms Lee', 'Dear Ms Lee', '<p>Dear Ms Lee', 'person/lee-jiho/2026-01-06', '250 lee@klid.example.org'`,
      `insert into messages (key, case_id, event_number, text, recipient, summary, at, send_at, facts, state, person, body_text, body_calendar)
        values ('action/e1/x/person/kim', 'action/e1', 1, 'x', 'person/kim-minji', 'About Lee Ji-ho', now(), now(), '{}', 'sent', 'kim-minji', 'Lee
Ji-ho is away', E'ATTENDEE;CN="Lee J\\r\\n i-ho":x')`,
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  }

  const everything = async (): Promise<string> => {
    const parts: string[] = [];
    for (const table of await tablesOf(db)) {
      const { rows } = await sql<{
        row: string;
      }>`select row_to_json(t)::text as row from ${sql.id(table)} t order by 1`.execute(db);
      parts.push(...rows.map(({ row }) => `${table}: ${row}`));
    }
    return parts.join('\n').replaceAll(String.raw`\r\n `, '').replaceAll(String.raw`\n`, ' ');
  };

  const bones = () =>
    db
      .selectFrom('events')
      .select(['case_id', 'number', 'type', 'at', 'recorded_at'])
      .orderBy('case_id')
      .orderBy('number')
      .execute();

  it('is not erased while they are needed, without a reason or a yes, by nobody, or by a role that may not', async () => {
    const before = await everything();
    await db.updateTable('agencies').set({ contact: who.id }).where('id', '=', 'klid').execute();
    const needed = await erase('--yes');
    expect([needed.code, needed.err]).toEqual([3, expect.stringMatching(/NotReady.*contact of agency\/klid/)]);
    expect(needed.err).toContain('action/a1: owes');
    await db.updateTable('agencies').set({ contact: null }).where('id', '=', 'klid').execute();
    await sql`update messages set state = 'planned' where key = 'action/e1/x/person/lee-jiho'`.execute(db);
    expect((await erase('--yes')).err).toMatch(/under way: a letter of action\/e1/);
    await sql`update messages set state = 'sent' where key = 'action/e1/x/person/lee-jiho'`.execute(db);
    expect((await erase()).code).toBe(2);
    expect((await mainWith(['person', 'erase', who.id, '--yes', '--as', 'kim-minji'], env)).code).toBe(3);
    expect((await mainWith(['person', 'erase', who.id, '--yes', '--reason', 'x', '--as', 'nobody'], env)).code).toBe(3);
    const worker = { ...env, DATABASE_OWNER_URL: register.url };
    expect(
      (await mainWith(['person', 'erase', who.id, '--yes', '--reason', 'x', '--as', 'kim-minji'], worker)).code,
    ).toBe(4);
    expect(await everything()).toBe(before);
  });

  it('is gone from every column; events keep numbers, types and dates, and give the state on record', async () => {
    expect((await mainWith(['backup', before], env)).code).toBe(0);
    const bonesBefore = await bones();
    const { code, err } = await erase('--yes', '--also', 'Ms Lee');
    expect([code, err]).toEqual([0, expect.stringMatching(/^They stand as erased-1 now, in /)]);
    const after = await everything();
    for (const mark of [/lee-jiho/, /lee\s*ji-ho/i, /lee2?@/i, /ms lee/i]) expect(after).not.toMatch(mark);
    expect(after).toContain('erased-1');
    expect(await bones()).toEqual(bonesBefore);
    const { state } = await db
      .selectFrom('cases')
      .select('state')
      .where('id', '=', 'action/e1')
      .executeTakeFirstOrThrow();
    expect({ ...(await stateOf('action/e1')), log: [] }).toEqual(state);
    expect(await db.selectFrom('erasures').select(['number', 'pseudonym', 'by', 'reason']).execute()).toEqual([
      { number: 1, pseudonym: 'erased-1', by: 'kim-minji', reason: 'Asked on 1 March' },
    ]);
  });

  it('comes back with a backup from before only with a word that says so; nothing kept says who was erased', async () => {
    expect(statSync(kept).mode & 0o777).toBe(0o600);
    expect(readFileSync(kept, 'utf8')).toContain('erased-1');
    expect(readFileSync(kept, 'utf8')).not.toMatch(/lee/i);
    const restored = await mainWith(['restore', before], {
      ...asEnv(await databaseBeside(register)),
      ENTENTE_ERASURES: kept,
    });
    expect([restored.code, restored.out]).toEqual([
      5,
      expect.stringContaining('Erased before, and here again: lee-jiho'),
    ]);
    const later = join(folder, 'later.backup');
    await mainWith(['backup', later], env);
    const clean = await mainWith(['restore', later], {
      ...asEnv(await databaseBeside(register)),
      ENTENTE_ERASURES: kept,
    });
    expect([clean.code, clean.out]).toEqual([0, expect.not.stringContaining('Erased before')]);
  });

  it('is not erased where it cannot be kept that they were', async () => {
    const unwritable = { ...env, ENTENTE_ERASURES: join(kept, 'no-folder') };
    const { code, err } = await mainWith(
      ['person', 'erase', 'kim-minji', '--yes', '--reason', 'x', '--as', 'kim-minji'],
      unwritable,
    );
    expect([code, err]).toEqual([2, expect.stringContaining('cannot be written')]);
  });

  it('leaves no key with which the stack signed as them', async () => {
    const stack = stackBeside(register);
    const also = { id: 'lee', name: 'Lee Doyun', email: 'doyun@klid.example.org' };
    try {
      await db
        .insertInto('people')
        .values({ ...also, agency: 'klid', language: 'en', zone: 'Asia/Seoul' })
        .execute();
      for (const name of ['lee.pem', 'lee.next.pem', 'lee.next.pem.4711', 'lee-jiho.pem'])
        writeFileSync(join(stack.keys, name), '', { mode: 0o600 });
      const asked = ['person', 'erase', 'lee', '--reason', 'x', '--as', 'kim-minji'];
      expect((await mainWith(asked, stack.env)).code).toBe(2);
      expect(readdirSync(stack.keys)).toHaveLength(4);
      expect(await mainWith([...asked, '--yes'], stack.env)).toMatchObject({ code: 0 });
      expect(readdirSync(stack.keys).toSorted()).toEqual(['kim-minji.pem', 'lee-jiho.pem']);
    } finally {
      stack.stop();
    }
  });

  it('leaves the record as guarded as it was', async () => {
    await expect(sql`update events set says = ''`.execute(db)).rejects.toThrow('append-only');
    await expect(sql`update address_changes set was = ''`.execute(db)).rejects.toThrow('stay as they are');
    await expect(sql`update country_records set data = '{}'`.execute(db)).rejects.toThrow('stay as they are');
  });

  it('cannot be erased twice', async () => {
    expect((await erase('--yes')).err).toMatch(/UnknownPerson/);
  });
});
