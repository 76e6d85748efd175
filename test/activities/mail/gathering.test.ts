import type { ApplicationFailure } from '@temporalio/common';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDigest } from '../../../database/send-times.ts';
import { attemptOf, caseId, openPostOffice, owe, plan, type PostOffice } from './post-office.ts';
import { reminderFacts } from './samples.ts';

let office: PostOffice;
let key: string;
beforeAll(async () => {
  office = await openPostOffice();
  key = await reminder();
  await owe(office.db, dueLater, 1);
  await sql`update deadlines set next_rung = 1, next_rung_at = ${nine} where name = ${dueLater}`.execute(office.db);
});
afterAll(() => office?.stop());

const day = '2018-11-05';
const nine = `${day}T00:00:00.000Z`;
const dueLater = 'late';

async function reminder(): Promise<string> {
  const digest = await openDigest(office.db, { reader: 'person/lee-jiho', day }, 'Asia/Seoul');
  await owe(office.db, 'complete', 1);
  const message = { key: `${caseId}/complete/1/1/agency/klid`, digest, deadline: 'complete', at: nine, send_at: nine };
  return plan(office.db, { ...message, text: 'action.complete', tone: 'before', level: 'owner', facts: reminderFacts });
}

async function delay(): Promise<number> {
  return Number(((await attemptOf(office.worker(), key)) as ApplicationFailure).nextRetryDelay);
}

describe('letters that wait for others to their reader keep those that are awaited back as little as they can', () => {
  it('they ask the less often, the more reminders are due to anybody', async () => {
    expect(await delay()).toBeLessThanOrEqual(5_000);
    await sql`insert into deadlines select (jsonb_populate_record(d, jsonb_build_object('name', 'late-' || n))).*
      from deadlines d, generate_series(1, 600) n where d.name = ${dueLater}`.execute(office.db);
    expect(await delay()).toBeGreaterThanOrEqual(12_000);
  });

  it.each([
    ['a minute', 60, 60_000, 61_000],
    ['nearly ten minutes, after which it goes', 597, 200, 3_000],
  ])('the longer it took so far: %s', async (_, seconds, least, most) => {
    await sql`update digests set gathering_since = clock_timestamp() - make_interval(secs => ${seconds})`.execute(
      office.db,
    );
    const ms = await delay();
    expect(ms).toBeGreaterThanOrEqual(least);
    expect(ms).toBeLessThanOrEqual(most);
  });
});
