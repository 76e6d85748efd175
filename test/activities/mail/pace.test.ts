import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { turnOf } from '../../../database/pace.ts';
import { attemptOf, openPostOffice, plan, type PostOffice, rowOf } from './post-office.ts';

let office: PostOffice;
beforeAll(async () => {
  office = await openPostOffice();
});
afterAll(() => office?.stop());
beforeEach(() => sql`truncate mail_pace`.execute(office.db));

const pace = { perSecond: 1_000, perDomain: 0.1 };
const gov = 'kim@gov.example.org';

const turns = async (count: number, address: string, at = pace) => {
  const keys = await Promise.all(Array.from({ length: count }, () => plan(office.db)));
  return Promise.all(keys.map((key) => turnOf(office.db, { key, address }, at)));
};

const rounded = (all: readonly { inSeconds: number }[]) =>
  all.map(({ inSeconds }) => Math.round(inSeconds)).sort((a, b) => a - b);

describe('the pace of all workers together', () => {
  it('spaces the messages to one domain, however many ask at once', async () => {
    expect(rounded(await turns(5, gov))).toEqual([0, 10, 20, 30, 40]);
  });

  it('spaces domains apart from each other, whatever the case of their letters', async () => {
    await turns(2, gov);
    expect(rounded(await turns(1, 'a@other.example.org'))).toEqual([0]);
    expect(rounded(await turns(1, 'b@GOV.example.org'))).toEqual([20]);
  });

  it('spaces all messages, to whatever domains they go', async () => {
    const slow = { perSecond: 0.1, perDomain: 1_000 };
    expect(rounded(await turns(2, gov, slow))).toEqual([0, 10]);
    expect(rounded(await turns(1, 'a@other.example.org', slow))).toEqual([20]);
  });

  it('does not save up turns while nothing is sent', async () => {
    await turns(1, gov);
    await sql`update mail_pace set next_at = now() - interval '1 hour'`.execute(office.db);
    expect(rounded(await turns(2, gov))).toEqual([0, 10]);
  });
});

describe('a turn that comes later', () => {
  it('is kept for its message, asked twice, and used up once it is taken', async () => {
    await turns(1, gov);
    const key = await plan(office.db);
    const first = await turnOf(office.db, { key, address: gov }, pace);
    const again = await turnOf(office.db, { key, address: gov }, pace);
    expect(first).toMatchObject({ taken: false });
    expect(again.inSeconds).toBeCloseTo(first.inSeconds, 0);
    expect(rounded(await turns(1, gov))).toEqual([20]);
    await sql`update messages set turn_at = now() + interval '1 second' where key = ${key}`.execute(office.db);
    expect(await turnOf(office.db, { key, address: gov }, pace)).toMatchObject({ taken: true });
    expect((await rowOf(office.db, key)).turn_at).toBeNull();
  });

  it('sends the message back until then, and says so in the ledger', async () => {
    const worker = office.worker({ pace: { perSecond: 1_000, perDomain: 0.02 } });
    const [first, second] = [await plan(office.db), await plan(office.db)];
    expect(await attemptOf(worker, first)).toMatchObject({ state: 'sent' });
    const paced = (await attemptOf(worker, second)) as { type?: string; nextRetryDelay?: number };
    expect(paced).toMatchObject({ type: 'MailPaced', nonRetryable: false });
    expect(Number(paced.nextRetryDelay)).toBeGreaterThan(40_000);
    expect(await rowOf(office.db, second)).toMatchObject({
      state: 'planned',
      reply: expect.stringMatching(/its turn comes in \d+ s/),
    });
    await sql`update messages set turn_at = now() where key = ${second}`.execute(office.db);
    expect(await attemptOf(worker, second)).toMatchObject({ state: 'sent' });
  });

  it('is waited for when it comes at once', async () => {
    const worker = office.worker({ pace: { perSecond: 2, perDomain: 1_000 } });
    const began = performance.now();
    for (let count = 0; count < 3; count += 1)
      expect(await attemptOf(worker, await plan(office.db))).toMatchObject({ state: 'sent' });
    expect(performance.now() - began).toBeGreaterThan(950);
  });
});
