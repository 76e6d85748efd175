import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mainWith } from './command-line.ts';
import { type Register, startRegister } from './register.ts';
import { seed } from './seed.ts';

let register: Register;
let env: Record<string, string>;

beforeAll(async () => {
  register = await startRegister();
  env = { ...register.env, ENTENTE_AS: 'kim-minji' };
  await seed(register.db);
});
afterAll(() => register?.stop());

const ask = async <T>(...words: string[]): Promise<T> => {
  const { out } = await mainWith([...words, '--output', 'json'], env);
  return JSON.parse(out) as T;
};

describe('mail preview', () => {
  interface Preview {
    readonly state: string;
    readonly recipient: string;
    readonly sendAt: string;
    readonly zone: string;
    readonly address: string;
    readonly subject: string;
    readonly text: string;
  }

  it('shows what is on record and waits for its reader, as it will look', async () => {
    const previews = await ask<Preview[]>('mail', 'preview', 'action/a2');
    // Opened at nine in Seoul on Monday, 5 January 2026, and never sent here.
    expect(previews).toMatchObject([
      {
        state: 'waiting',
        recipient: 'agency/klid',
        address: 'office@klid.example.org',
        sendAt: '2026-01-05T00:00:00.000Z',
        zone: 'Asia/Seoul',
      },
    ]);
    expect(previews[0]?.text).toContain('action/a2');
    const { out } = await mainWith(['mail', 'preview', 'action/a2'], env);
    expect(out).toContain('Mon 2026-01-05 09:00 Asia/Seoul');
  });

  it('shows what the case would send next by itself when nothing waits, and sends nothing', async () => {
    await sql`update messages set state = 'sent' where case_id = 'action/a2'`.execute(register.db);
    const before = await register.db.selectFrom('messages').select('key').execute();
    const [next] = await ask<Preview[]>('mail', 'preview', 'action/a2');
    expect(next).toMatchObject({ state: 'expected', recipient: 'agency/klid', zone: 'Asia/Seoul' });
    expect(next?.sendAt ?? '').toMatch(/^2026-01-0[6-9]|^2026-01-1|^2026-01-2/);
    expect(next?.subject).toBeTruthy();
    expect(await register.db.selectFrom('messages').select('key').execute()).toEqual(before);
    expect(await register.db.selectFrom('digests').select('key').execute()).toEqual([]);
  });

  it('refuses a case that is not there', async () => {
    expect(await mainWith(['mail', 'preview', 'action/none'], env)).toMatchObject({
      code: 3,
      err: expect.stringMatching(/^Refused \(UnknownCase\)/),
    });
  });
});

describe('calendar replan', () => {
  interface Moved {
    readonly caseId: string;
    readonly what: string;
    readonly from: string;
    readonly to: string;
  }

  it('says that nothing would move while the calendars are as they were', async () => {
    expect(await ask('calendar', 'replan')).toEqual([]);
  });

  it('shows what a new day off would move, where it counts, and changes nothing', async () => {
    // The due day is 5 February 2026: the reminder of the week before moves to the working day before.
    await mainWith(['calendar', 'override', 'add', 'klid', '2026-01-29', '--closed', '--note', 'Moving house'], env);
    const moves = await ask<Moved[]>('calendar', 'replan', '--agency', 'klid');
    expect(moves).toContainEqual(
      expect.objectContaining({
        caseId: 'action/a1',
        deadline: 'complete',
        from: '2026-01-29T00:00:00.000Z',
        to: '2026-01-28T00:00:00.000Z',
        zone: 'Asia/Seoul',
      }),
    );
    expect(new Set(moves.map(({ caseId }) => caseId)).size).toBe(3);
    expect(await ask('calendar', 'replan', '--country', 'GR')).toEqual([]);
    const { out, err } = await mainWith(['calendar', 'replan'], env);
    expect(out).toContain('2026-01-28 09:00');
    expect(err).toContain('Nothing was changed');
    expect(await ask('calendar', 'replan')).toHaveLength(moves.length);
  });

  it('shows that the reminder of a due day that becomes a day off is gone where the day before has one', async () => {
    await mainWith(['calendar', 'override', 'add', 'klid', '2026-02-05', '--closed', '--note', 'Founding day'], env);
    const moves = await ask<Moved[]>('calendar', 'replan');
    expect(moves.filter(({ caseId, from }) => caseId === 'action/a1' && from >= '2026-02')).toMatchObject([
      { what: 'reminder 5', from: '2026-02-05T00:00:00.000Z', to: null },
    ]);
  });

  it.each([
    ['--country', 'ZZ', 'UnknownCountry'],
    ['--country', 'klid', 'UnknownCountry'],
    ['--agency', 'nowhere', 'UnknownAgency'],
    ['--agency', 'KR', 'UnknownAgency'],
  ])('refuses %s %s, where nothing could ever move', async (option, place, code) => {
    expect(await mainWith(['calendar', 'replan', option, place], env)).toMatchObject({
      code: 3,
      err: expect.stringContaining(`Refused (${code}): There is no`),
    });
  });

  it('wants a reason before it plans anew', async () => {
    expect(await mainWith(['calendar', 'replan', '--yes'], env)).toMatchObject({
      code: 3,
      err: expect.stringContaining('Refused (ReasonMissing)'),
    });
  });
});
