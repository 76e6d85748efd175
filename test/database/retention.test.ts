import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../database/schema.ts';
import { mainWith } from '../client/command-line.ts';
import { type Register, startRegister } from '../client/register.ts';
import { seed } from '../client/seed.ts';

describe('cases whose time is over', () => {
  let register: Register;
  let db: Kysely<Database>;
  beforeAll(async () => {
    register = await startRegister();
    db = register.db;
    await seed(db);
    await sql`update cases set closed_at = now() - interval '11 years' where id in ('action/a1', 'action/a2')`.execute(
      db,
    );
    await sql`update cases set state = state || '{"about": "action/a2"}' where id = 'action/a3'`.execute(db);
  });
  afterAll(() => register.stop());

  const retention = (...words: string[]) => mainWith(['retention', ...words], register.env);
  const byTheSetting = (period: string) => mainWith(['retention'], { ...register.env, ENTENTE_RETENTION: period });
  const left = async () => (await db.selectFrom('cases').select('id').orderBy('id').execute()).map(({ id }) => id);

  it('are listed first, and a period has to be long enough to be meant', async () => {
    const { code, out, err } = await retention('--older-than', 'P10Y');
    expect([code, err]).toEqual([0, 'Nothing was removed.\n']);
    expect(out).toMatch(/action\/a1[^]*action\/a2.*an open case names it/);
    expect((await retention('--older-than', 'P12Y')).out).not.toContain('action/');
    expect((await byTheSetting('P10Y')).out).toMatch(/action\/a1/);
    expect((await byTheSetting('P12Y')).out).not.toContain('action/');
    expect((await retention()).code).toBe(2);
    for (const period of ['P1M', '10', 'P-10Y']) expect((await retention('--older-than', period)).code).toBe(2);
    expect((await retention('--older-than', 'P10Y', '--yes', '--as', 'kim-minji')).code).toBe(3);
    expect(await left()).toEqual(['action/a1', 'action/a2', 'action/a3']);
  });

  it('go as a whole; what an open case names stays, and the record is guarded as before', async () => {
    const words = ['--older-than', 'P10Y', '--yes', '--as', 'kim-minji', '--reason', 'Rule 7'];
    expect((await retention(...words)).err).toContain('Removed: 1.');
    expect(await left()).toEqual(['action/a2', 'action/a3']);
    for (const table of ['events', 'commands', 'messages', 'deadlines'] as const)
      expect(await db.selectFrom(table).select('case_id').where('case_id', '=', 'action/a1').execute()).toEqual([]);
    expect(await db.selectFrom('removals').select(['cases', 'by', 'reason']).execute()).toEqual([
      { cases: ['action/a1'], by: 'kim-minji', reason: 'Rule 7' },
    ]);
    await expect(sql`delete from events`.execute(db)).rejects.toThrow('append-only');
    expect((await retention(...words)).code).toBe(3);
  });
});
