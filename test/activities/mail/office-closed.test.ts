import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Delivery, MailDependencies } from '../../../activities/mail.ts';
import { addOverride } from '../../../database/calendars.ts';
import { openDigest } from '../../../database/send-times.ts';
import { openPostOffice, plan, type PostOffice, quietEnvironment, rowOf } from './post-office.ts';

// Nine in the morning in Seoul, on a Friday and on the Monday after.
const friday = '2018-11-30T00:00:00.000Z';
const monday = '2018-12-03T00:00:00.000Z';

let office: PostOffice;
beforeAll(async () => {
  office = await openPostOffice();
});
afterAll(() => office?.stop());
afterEach(() => office.db.deleteFrom('calendar_overrides').execute());

const close = (place: string, date = '2018-11-30') =>
  addOverride(office.db, place, { date, kind: 'office closed', note: 'proclaimed yesterday' });
const deliver = (key: string, at: string, options: Partial<MailDependencies> = {}): Promise<Delivery> =>
  quietEnvironment().run(office.worker(options).deliver, { key, at });

it('what waits for a morning that has become a day off goes on the next working morning', async () => {
  const key = await plan(office.db);
  await close('KR');
  expect(await deliver(key, friday)).toEqual({ state: 'postponed', until: monday });
  expect(await rowOf(office.db, key)).toMatchObject({ state: 'planned', send_at: monday, attempts: 0 });
  expect(await deliver(key, friday)).toEqual({ state: 'postponed', until: monday });
  expect(await deliver(key, monday)).toMatchObject({ state: 'sent' });
});

it('a reminder among others waits for the gathered mail of that morning', async () => {
  const reader = 'person/lee-jiho';
  const digest = await openDigest(office.db, { reader, day: '2018-11-30' }, 'Asia/Seoul');
  const key = await plan(office.db, { digest });
  await close('klid');
  expect(await deliver(key, friday)).toEqual({ state: 'postponed', until: monday });
  expect(await rowOf(office.db, key)).toMatchObject({ digest: `${reader}/2018-12-03`, send_zone: 'Asia/Seoul' });
});

it('waits on from one day off to the next', async () => {
  const key = await plan(office.db);
  await close('KR');
  expect(await deliver(key, friday)).toEqual({ state: 'postponed', until: monday });
  await close('KR', '2018-12-03');
  expect(await deliver(key, monday)).toEqual({ state: 'postponed', until: '2018-12-04T00:00:00.000Z' });
});

it('what comes too late for a closed day goes at once, and so does what was tried on it', async () => {
  await close('KR');
  const late = await plan(office.db);
  expect(await deliver(late, '2018-12-04T20:00:00.000Z')).toMatchObject({ state: 'sent' });
  const tried = await plan(office.db, { attempts: 1 });
  expect(await deliver(tried, friday)).toMatchObject({ state: 'sent' });
});

it('days off elsewhere, and mail that keeps no hours, change nothing', async () => {
  await close('GR');
  expect(await deliver(await plan(office.db), friday)).toMatchObject({ state: 'sent' });
  await close('KR');
  expect(await deliver(await plan(office.db), friday, { mailHours: 'any' })).toMatchObject({ state: 'sent' });
});
