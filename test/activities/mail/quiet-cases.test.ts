import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { nameQuietCases } from '../../../activities/mail/quiet.ts';
import { Relay } from '../../../activities/mail/relay.ts';
import { openDigest } from '../../../database/send-times.ts';
import { attemptOf, caseId, mailFrom, openPostOffice, owe, plan, type PostOffice } from './post-office.ts';
import { reminderFacts } from './samples.ts';

/** Cases in which nothing happens are named in the gathered mail of whoever coordinates them. */

let office: PostOffice;
let relay: Relay;
beforeAll(async () => {
  office = await openPostOffice();
  relay = new Relay(office.mailbox.smtpUrl);
});
afterAll(async () => {
  relay?.close();
  await office?.stop();
});
afterEach(() => {
  office.hooks = {};
});

let day = 0;
/** A working day on which lee-jiho gets a gathered mail, and the keys of what it gathers. */
async function morning(reminders = 1): Promise<{ readonly date: string; readonly keys: readonly string[] }> {
  day += 1;
  const date = new Date(Date.UTC(2018, 10, 5) + (day - 1) * 7 * 86_400_000).toISOString().slice(0, 10);
  const digest = await openDigest(office.db, { reader: 'person/lee-jiho', day: date }, 'Asia/Seoul');
  const keys: string[] = [];
  for (let item = 1; item <= reminders; item++) {
    const deadline = `complete:${item}-${day}`;
    await owe(office.db, deadline, 1);
    const reminder = { text: 'action.complete', tone: 'before', level: 'owner', deadline, digest };
    const facts = { ...reminderFacts, due: '2019-12-14', ask: `complete ${item}` };
    const send_at = `${date}T00:00:00.000Z`;
    keys.push(
      await plan(office.db, { ...reminder, key: `${caseId}/${deadline}/1/1/agency/klid`, at: send_at, send_at, facts }),
    );
  }
  return { date, keys };
}

/** A case of lee-jiho in which somebody last did something on a day, and that may rest for sixty. */
async function coordinated(id: string, acted: string): Promise<void> {
  const row = {
    id,
    kind: 'action',
    title: `Case ${id.slice('action/'.length)}`,
    stage: 'inProgress',
    countries: ['KR'],
    coordinator: 'lee-jiho',
    owner: null,
    opener: null,
    opened_at: acted,
    last_at: acted,
    closed_at: null,
    number: 1,
    late: false,
    next_due: null,
    facts: '{}',
    state: '{}',
    acted_at: acted,
    quiet_after_days: 60,
  };
  await office.db.insertInto('cases').values(row).execute();
}

const acts = (id: string, on: string) =>
  office.db.updateTable('cases').set({ acted_at: on }).where('id', '=', id).execute();
const deliver = (key = '') => attemptOf(office.worker(), key);
const language = (code: string) =>
  office.db.updateTable('people').set({ language: code }).where('id', '=', 'lee-jiho').execute();

/** The newest mail to lee-jiho, on one line. */
const lastMail = () => (office.mailbox.messages()[0]?.text ?? '').replaceAll(/\s+/g, ' ');

it('a case that has become quiet is named once, and again when it falls quiet anew', async () => {
  await coordinated('action/resting', '2018-08-01T00:00:00.000Z');
  await coordinated('action/busy', '2018-11-01T00:00:00.000Z');
  const first = await morning();
  expect(await deliver(first.keys[0])).toMatchObject({ state: 'sent' });
  expect(lastMail()).toContain('Nothing has happened for a long time');
  expect(lastMail()).toContain('Case resting (action/resting): nothing since Wednesday, 1 August 2018, for 96 days.');
  expect(lastMail()).not.toContain('action/busy');

  expect(await deliver((await morning()).keys[0])).toMatchObject({ state: 'sent' });
  expect(lastMail()).not.toContain('Nothing has happened');

  await acts('action/resting', '2018-09-15T00:00:00.000Z');
  expect(await deliver((await morning()).keys[0])).toMatchObject({ state: 'sent' });
  expect(lastMail()).toContain('action/resting');
  await acts('action/resting', '2030-01-01T00:00:00.000Z');
});

it('is in the mail that goes when an earlier attempt certainly failed, and in one only', async () => {
  await coordinated('action/refused', '2018-08-01T00:00:00.000Z');
  const { keys } = await morning(2);
  office.hooks = { onData: () => ({ code: 451, text: 'later' }) };
  expect(await deliver(keys[0])).toMatchObject({ type: 'MailNotAccepted' });
  office.hooks = {};
  const before = office.mailbox.messages().length;
  for (const key of keys) expect(await deliver(key)).toMatchObject({ state: 'sent' });
  expect(office.mailbox.messages().length).toBe(before + 1);
  expect(lastMail()).toContain('action/refused');
  await deliver((await morning()).keys[0]);
  expect(lastMail()).not.toContain('action/refused');
});

it('is not named to others than its coordinator, nor when it is suspended or closed', async () => {
  await coordinated('action/of-kim', '2018-08-01T00:00:00.000Z');
  await coordinated('action/suspended', '2018-08-01T00:00:00.000Z');
  await coordinated('action/over', '2018-08-01T00:00:00.000Z');
  await office.db.updateTable('cases').set({ coordinator: 'kim-minji' }).where('id', '=', 'action/of-kim').execute();
  await office.db.updateTable('cases').set({ quiet_after_days: null }).where('id', '=', 'action/suspended').execute();
  await office.db
    .updateTable('cases')
    .set({ closed_at: '2018-09-01T00:00:00.000Z', quiet_after_days: null })
    .where('id', '=', 'action/over')
    .execute();
  await deliver((await morning()).keys[0]);
  expect(lastMail()).not.toMatch(/action\/(of-kim|suspended|over)/);
});

it.each([
  ['el', 'καμία ενέργεια από'],
  ['ko', '동안 조치 없음'],
  ['ro', 'nicio acțiune din'],
])('is named in the language of its reader: %s', async (code, words) => {
  await coordinated(`action/in-${code}`, '2018-08-01T00:00:00.000Z');
  await language(code);
  await deliver((await morning()).keys[0]);
  expect(lastMail()).toContain(words);
  expect(lastMail()).toContain(`action/in-${code}`);
  await language('en');
});

describe('where no gathered mail comes, a case that has become quiet', () => {
  const forEver = new AbortController().signal;
  const name = (now: string) => nameQuietCases({ db: office.db, relay, mailFrom }, now, forEver);
  const mails = () => office.mailbox.messages().length;

  /** The same case, in which that was put on record on a day: on another one than it happened, it is played. */
  async function recorded(id: string, acted: string, on = acted): Promise<void> {
    await coordinated(id, acted);
    const event = { case_id: id, number: 1, type: 'opened', at: acted, by: 'lee-jiho', says: 'Opened', data: '{}' };
    await office.db
      .insertInto('events')
      .values({ ...event, reason: null, command_id: null, recorded_at: on })
      .execute();
  }

  it('is named by itself: once, in the afternoon of a working day, by however many workers look', async () => {
    await recorded('action/alone', '2018-08-01T00:00:00.000Z');
    await recorded('action/played', '2018-08-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z');
    const before = mails();
    const [morningInSeoul, saturday] = ['2019-03-06T02:00:00.000Z', '2019-03-09T06:00:00.000Z'];
    await name(morningInSeoul);
    await name(saturday);
    expect(mails()).toBe(before);
    await Promise.all([name('2019-03-06T06:00:00.000Z'), name('2019-03-06T06:00:00.000Z')]);
    await name('2019-03-06T07:00:00.000Z');
    await name('2019-03-20T06:00:00.000Z');
    expect(mails()).toBe(before + 1);
    const [mail] = office.mailbox.messages({ to: 'lee-jiho@example.org' });
    expect(mail?.subject).toBe('Nothing has happened for a long time: Case alone');
    expect(lastMail()).toContain('Case alone (action/alone): nothing since Wednesday, 1 August 2018, for 217 days.');
    expect(lastMail()).toContain('for a week no other one has named these cases');
    expect(lastMail()).not.toContain('action/played');
  });

  it('is left to the gathered mail of its first week, and named in one of both only', async () => {
    await recorded('action/fresh', '2019-02-01T00:00:00.000Z');
    const before = mails();
    // Quiet since 2 April.
    await name('2019-04-05T06:00:00.000Z');
    expect(mails()).toBe(before);
    await name('2019-04-10T06:00:00.000Z');
    expect(mails()).toBe(before + 1);
    await deliver((await morning()).keys[0]);
    expect(lastMail()).not.toContain('action/fresh');
  });

  it('waits where a reminder waits, and comes once more when it certainly did not leave', async () => {
    await recorded('action/again', '2018-08-01T00:00:00.000Z');
    const digest = await openDigest(office.db, { reader: 'person/lee-jiho', day: '2019-06-12' }, 'Asia/Seoul');
    const reminder = { text: 'action.complete', tone: 'before', level: 'owner', deadline: 'complete', digest };
    const at = '2019-06-12T00:00:00.000Z';
    await plan(office.db, { ...reminder, key: `${caseId}/waits`, at, send_at: at, facts: { ...reminderFacts } });
    const before = mails();
    await name('2019-06-12T06:00:00.000Z');
    expect(mails()).toBe(before);
    office.hooks = { onData: () => ({ code: 451, text: 'later' }) };
    await name('2019-06-13T06:00:00.000Z');
    expect(mails()).toBe(before);
    office.hooks = {};
    await name('2019-06-13T07:00:00.000Z');
    expect(mails()).toBe(before + 1);
    expect(lastMail()).toContain('action/again');
  });

  it.each([
    ['el', 'κανένα άλλο δεν ανέφερε'],
    ['ko', '다른 메일이 없었습니다'],
    ['ro', 'niciun altul nu a menționat'],
  ])('is named in the language of its reader: %s', async (code, words) => {
    await language(code);
    await recorded(`action/alone-in-${code}`, '2018-08-01T00:00:00.000Z');
    const on = { el: '2019-07-03', ko: '2019-07-17', ro: '2019-07-31' }[code];
    await name(`${on}T06:00:00.000Z`);
    expect(lastMail()).toContain(words);
    expect(lastMail()).toContain(`action/alone-in-${code}`);
    expect(lastMail()).not.toMatch(/[{}]|undefined/);
    await language('en');
  });
});
