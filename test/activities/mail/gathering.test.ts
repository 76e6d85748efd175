import type { ApplicationFailure } from '@temporalio/common';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDigest } from '../../../database/send-times.ts';
import { attemptOf, caseId, openPostOffice, owe, plan, type PostOffice } from './post-office.ts';
import { reminderFacts } from './samples.ts';

let office: PostOffice;
beforeAll(async () => {
  office = await openPostOffice();
});
afterAll(() => office?.stop());

const day = '2018-11-05';
const nine = `${day}T00:00:00.000Z`;

async function reminder(): Promise<string> {
  const digest = await openDigest(office.db, { reader: 'person/lee-jiho', day }, 'Asia/Seoul');
  await owe(office.db, 'complete', 1);
  const message = { key: `${caseId}/complete/1/1/agency/klid`, digest, deadline: 'complete', at: nine, send_at: nine };
  return plan(office.db, { ...message, text: 'action.complete', tone: 'before', level: 'owner', facts: reminderFacts });
}

it('those that wait for others of their reader ask the less often, the more are due to anybody: thousands that ask keep those back that are awaited', async () => {
  const key = await reminder();
  const delay = async () => Number(((await attemptOf(office.worker(), key)) as ApplicationFailure).nextRetryDelay);
  await owe(office.db, 'late', 1);
  await sql`update deadlines set next_rung = 1, next_rung_at = ${nine} where name = 'late'`.execute(office.db);
  expect(await delay()).toBeLessThanOrEqual(5_000);
  await sql`insert into deadlines select (jsonb_populate_record(d, jsonb_build_object('name', 'late-' || n))).*
    from deadlines d, generate_series(1, 600) n where d.name = 'late'`.execute(office.db);
  expect(await delay()).toBeGreaterThanOrEqual(12_000);
});
