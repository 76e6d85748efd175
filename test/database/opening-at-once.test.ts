import { MockActivityEnvironment } from '@temporalio/testing';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CaseOnRecord, recordActivities } from '../../activities/record.ts';
import { connect } from '../../database/connect.ts';
import type { Database } from '../../database/schema.ts';
import { decideOpening } from '../../domain/case/opening.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { action } from '../../domain/action.ts';
import { type Register, startRegister } from '../client/register.ts';
import { startPostgresProxy } from '../faults/postgres-proxy.ts';
import { anAction } from '../workflows/openings.ts';
import { seedDirectory } from '../world.ts';

let register: Register;
beforeAll(async () => {
  register = await startRegister();
  await seedDirectory(register.db);
});
afterAll(() => register?.stop());

const isOpeningWaitedFor = async (db: Kysely<Database>): Promise<boolean> => {
  const waiting = sql`
    select from pg_locks join pg_database on pg_database.oid = database
    where locktype = 'advisory' and not granted and datname = current_database()`;
  return (await waiting.execute(db)).rows.length > 0;
};

// There is no row yet: whoever would not wait here refuses what is on record a moment later.
it('an opening that stands still before its COMMIT is waited for by whoever asks whether the case is on record', async () => {
  const proxy = await startPostgresProxy(register.urls.databaseUrl);
  const still = connect(proxy.url, 1);
  const db = connect(register.urls.databaseUrl, 1);
  const [now, commandId, body] = ['2018-10-01T01:00:00.000Z', 'open-still', anAction('still')];
  const event = decideOpening(action, body, now, commandId);
  if (isRefusal(event)) throw new Error(event.because);
  const caught = proxy.catchCommit('request', (transaction) => transaction.includes('action/still'));
  const command = { id: commandId, name: 'opening', body };
  const opening = { kind: 'action', played: true, events: [event], command, now };
  const recorded = new MockActivityEnvironment().run(
    recordActivities({ db: still, unproved: 'anybody' }).record,
    opening,
  );
  await caught.reached;
  const question = { kind: 'action', case: 'action/still', commandId };
  const asked: Promise<CaseOnRecord> = new MockActivityEnvironment().run(
    recordActivities({ db, unproved: 'anybody' }).catchUp,
    question,
  );
  await expect.poll(() => isOpeningWaitedFor(register.db)).toBe(true);
  caught.release();
  expect(await recorded).toMatchObject({ outcome: 'recorded' });
  expect((await asked).events.map(({ type }) => type)).toEqual(['opened', 'planned']);
  await Promise.all([still.destroy(), db.destroy()]);
  await proxy.stop();
});
