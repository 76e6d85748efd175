import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { anAction } from '../workflows/openings.ts';
import { startWorld, type World } from '../world.ts';
import { mainWith } from './command-line.ts';
import { deliveryReport } from './delivery-report.ts';

/** What people's leaving and their lost addresses do to running cases. */

let world: World;
let env: Record<string, string>;
let folder: string;
beforeAll(async () => {
  world = await startWorld('2018-10-01T01:00:00.000Z');
  const { databaseUrl, temporal } = world.stack.settings;
  env = {
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporal.connectionOptions.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    ENTENTE_AS: 'han',
  };
  folder = await mkdtemp(join(tmpdir(), 'entente-leaving-'));
});
afterAll(async () => {
  await world?.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await sql`truncate bounces`.execute(world.db);
  await sql`update people set left_on = null`.execute(world.db);
});

const person = (...words: string[]) => mainWith(['person', ...words], env);

const open = async (id: string, changes: Record<string, unknown> = {}) => {
  await world.player.open('action', anAction(id, changes), `open-${id}`);
  await world.player.settled();
};

const messages = (text: string) =>
  world.db
    .selectFrom('messages')
    .select(['key', 'case_id', 'recipient', 'state', 'address', 'facts'])
    .where('text', '=', text)
    .orderBy('key')
    .execute();

const eventsOf = async (type: string) => {
  const rows = await world.db
    .selectFrom('events')
    .select('case_id')
    .where('type', '=', type)
    .orderBy('case_id')
    .execute();
  return rows.map(({ case_id }) => case_id);
};

describe('when somebody leaves', () => {
  beforeAll(async () => {
    await open('owed-1');
    await open('owed-2');
    await open('others', { coordinator: 'papadopoulou' });
    await open('apart', { coordinator: 'park', owner: 'mar' });
    await open('untouched', { owner: 'mois' });
  });

  it('what they coordinate, owe and are contact for is shown at once, and nothing else', async () => {
    const { code, out, err } = await person('left', 'park', '--on', '2018-10-02', '--output', 'json');
    expect(code).toBe(0);
    expect(err).toMatch(/^Told by mail: .*\bkim\b/m);
    expect(err).toMatch(/^Told by mail: .*whoever is above park or follows them/m);
    expect(err).toContain('`./entente reassign --from park --to …`');
    const rows = JSON.parse(out) as { case?: string; what: string }[];
    expect(new Set(rows.map((row) => row.case ?? 'directory'))).toEqual(
      new Set(['action/apart', 'action/others', 'action/owed-1', 'action/owed-2', 'directory']),
    );
    expect(rows).toContainEqual(expect.objectContaining({ case: 'action/apart', what: 'coordinates' }));
    expect(rows).toContainEqual(
      expect.objectContaining({
        case: 'action/owed-1',
        coordinator: 'kim',
        what: expect.stringMatching(/^owes .*, as contact of agency\/klid$/),
      }),
    );
    expect(rows).toContainEqual({ what: 'contact of agency/klid', role: 'contactOf', of: 'agency/klid' });
  });

  it('each coordinator gets one mail about all of their cases, and every case has it on record', async () => {
    await world.player.settled();
    const mails = await messages('case.personLeft');
    expect(mails.map(({ case_id, recipient }) => [case_id, recipient])).toEqual([
      ['action/apart', 'superior-of/person/park'],
      ['action/others', 'person/papadopoulou'],
      ['action/owed-1', 'person/kim'],
    ]);
    expect(mails[2]?.facts).toMatchObject({ concerned: ['action/owed-1', 'action/owed-2'] });
    expect(await eventsOf('personLeft')).toEqual(['action/apart', 'action/others', 'action/owed-1', 'action/owed-2']);
    await world.delivered();
    expect((await messages('case.personLeft')).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent']);
    const [mail] = world.stack.mailbox?.messages({ to: 'kim@mois.example.org', text: 'no longer in service' }) ?? [];
    expect(mail?.text).toContain('./entente person show park');
  });

  it('said twice, nobody is told again', async () => {
    const { code } = await person('left', 'park', '--on', '2018-10-02');
    expect(code).toBe(0);
    expect(await messages('case.personLeft')).toHaveLength(3);
    expect(await eventsOf('personLeft')).toHaveLength(4);
  });
});

describe('when a message comes back', () => {
  it('the report marks the address, the coordinator hears of it, and it can be sent again', async () => {
    await open('returned');
    const sent = (await messages('action.asked')).find(({ case_id }) => case_id === 'action/returned');
    expect(sent).toMatchObject({ state: 'sent', address: 'park@klid.example.org' });
    const row = await world.db
      .selectFrom('messages')
      .select('message_id')
      .where('key', '=', sent?.key ?? '')
      .executeTakeFirstOrThrow();
    const file = join(folder, 'report.eml');
    await writeFile(file, deliveryReport({ messageId: row.message_id ?? '' }));
    const { code, err } = await person('bounced', '--file', file);
    expect([code, err]).toEqual([0, expect.stringContaining(`Its case was told that ${sent?.key} came back`)]);
    expect(err).toContain('Mail to person/park comes back from every address on record; give another in the directory');

    await world.player.settled();
    const report = (await messages('case.undelivered')).find(({ case_id }) => case_id === 'action/returned');
    expect(report?.facts).toMatchObject({
      recipient: 'agency/klid',
      why: expect.stringContaining('park@klid.example.org, which is no longer written to: 5.1.1'),
    });
    expect((await person('bounced', '--file', file)).err).toContain('was marked already');
    expect((await eventsOf('undelivered')).filter((id) => id === 'action/returned')).toHaveLength(1);

    const again = (as: string) =>
      mainWith(['mail', 'settle', sent?.key ?? '', '--again', '--reason', 'it came back'], { ...env, ENTENTE_AS: as });
    expect((await again('han')).err).toContain('han may not give send-again in action/returned; its coordinator (kim)');
    expect((await again('kim')).code).toBe(0);
    await world.player.settled();
    await world.player.until('the message to go to the mailbox of the agency', async () =>
      (await messages('action.asked')).some(
        ({ key, state, address }) => key === sent?.key && state === 'sent' && address === 'office@klid.example.org',
      ),
    );
  });

  it('without a report the last message sent there counts, and a full mailbox marks nothing', async () => {
    await open('full');
    const file = join(folder, 'full.eml');
    await writeFile(file, deliveryReport({ status: '5.2.2', messageId: '<unknown@example.org>' }));
    expect((await person('bounced', '--file', file)).err).toContain('Not marked');
    expect(await world.db.selectFrom('bounces').selectAll().execute()).toEqual([]);
    const { err } = await person('bounced', 'park@klid.example.org', '--reason', 'telephone');
    expect(err).toMatch(/Its case was told that action\/full\//);
  });
});
