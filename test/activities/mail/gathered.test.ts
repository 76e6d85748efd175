import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mailboxOf, messageIdOf } from '../../../activities/mail/identity.ts';
import * as ledger from '../../../database/ledger.ts';
import type { MessageRow } from '../../../database/schema.ts';
import type { Facts } from '../../../domain/lifecycle.ts';
import { recordAbsence } from '../../../database/people/absences.ts';
import { openDigest } from '../../../database/send-times.ts';
import { claimGatheredMail } from './claim-gathered-mail.ts';
import {
  attemptOf,
  caseId,
  expireLease,
  mailFrom,
  openPostOffice,
  owe,
  plan,
  type PostOffice,
  quietEnvironment,
  rowOf,
} from './post-office.ts';
import { reminderFacts } from './samples.ts';

let office: PostOffice;
beforeAll(async () => {
  office = await openPostOffice();
});
afterAll(() => office?.stop());

let day = 0;
let digest: string;
/** Each test has a working day of its own: a reader gets one gathered mail on it. */
beforeEach(async () => {
  day += 1;
  digest = await openDigest(office.db, { reader: 'person/lee-jiho', day: dayOf(day) }, 'Asia/Seoul');
});
afterEach(async () => {
  office.hooks = {};
  await sql`update messages set state = 'withdrawn' where state in ('planned', 'claimed')`.execute(office.db);
});

// Mondays, so that the next working day is the one after.
const dayOf = (number: number): string =>
  new Date(Date.UTC(2018, 10, 5) + (number - 1) * 7 * 86_400_000).toISOString().slice(0, 10);
const nine = (date: string): string => `${date}T00:00:00.000Z`;

/** A reminder that waits for the day's gathered mail. */
type More = Partial<Omit<MessageRow, 'facts'>> & { facts?: Facts };
async function remind(item: string, { facts, ...more }: More = {}): Promise<string> {
  const name = `complete:${item}-${day}`;
  await owe(office.db, name, 1);
  return plan(office.db, {
    key: `${caseId}/${name}/1/1/agency/klid`,
    text: 'action.complete',
    tone: 'before',
    level: 'owner',
    deadline: name,
    send_at: nine(dayOf(day)),
    digest,
    ...more,
    facts: { ...reminderFacts, due: '2019-12-14', ask: `complete ${item}`, ...facts },
  } as Parameters<typeof plan>[1]);
}

const sent = () => office.mailbox.messages().filter(({ messageId }) => messageId === idOf(`digest/${digest}`));
const idOf = (key: string) => messageIdOf(key, mailboxOf(mailFrom));
const letters = (key: string) => office.mailbox.messages().filter(({ messageId }) => messageId === idOf(key));
const statesOf = async (...keys: readonly string[]) =>
  Promise.all(keys.map(async (key) => (await rowOf(office.db, key)).state));
const deliver = (key: string) => attemptOf(office.worker(), key);
const claimed = (token: string) => claimGatheredMail(office.db, digest, token);

describe('reminders to one person on one day', () => {
  it('go as one mail, which every one of them names', async () => {
    const keys = [await remind('a'), await remind('b'), await remind('c')] as const;
    expect(await deliver(keys[1])).toMatchObject({ state: 'sent', why: expect.stringMatching(/^250/) });
    expect(await statesOf(...keys)).toEqual(['sent', 'sent', 'sent']);
    const [mail, ...others] = sent();
    expect(others).toEqual([]);
    expect(mail?.subject).toMatch(/^3 reminders\. /);
    expect(mail?.envelope.to).toEqual(['lee-jiho@example.org']);
    const headers = new Map(mail?.headers.map(({ key, value }) => [key, value]));
    expect(headers.get('list-unsubscribe')).toMatch(/^<mailto:/);
    expect(headers.get('x-entente-digest')).toBe(digest);
    expect(await rowOf(office.db, keys[0])).toMatchObject({ message_id: mail?.messageId, digest, person: 'lee-jiho' });
  });

  it('asked twice, or by each of their cases at once, go once', async () => {
    const keys = [await remind('a'), await remind('b'), await remind('c')];
    office.hooks = { onData: () => ({ delayMs: 100 }) };
    const answers = await Promise.all(keys.map(deliver));
    expect(answers.filter((answer) => !(answer instanceof Error))).toHaveLength(1);
    for (const key of keys) expect(await deliver(key)).toMatchObject({ state: 'sent' });
    expect(sent()).toHaveLength(1);
  });

  it('asked by thirty cases at once in working hours, never wait for each other in a circle', async () => {
    const keys: string[] = [];
    for (let item = 1; item <= 30; item++) keys.push(await remind(`circle-${item}`));
    const worker = office.worker();
    const asked = { at: nine(dayOf(day)) };
    const answers = await Promise.all(
      keys.map((key) =>
        quietEnvironment()
          .run(worker.deliver, { key, ...asked })
          .catch((error: unknown) => String(error)),
      ),
    );
    expect(answers.filter((answer) => /deadlock|lock timeout/.test(String(answer)))).toEqual([]);
    for (const key of keys) expect(await deliver(key)).toMatchObject({ state: 'sent' });
    expect(sent()).toHaveLength(1);
  });

  it('leave out what was done, moved or dropped meanwhile', async () => {
    const [done, open, other] = [await remind('done'), await remind('open'), await remind('other')] as const;
    await office.db.deleteFrom('deadlines').where('name', '=', `complete:done-${day}`).execute();
    await deliver(open);
    expect(await statesOf(done, open, other)).toEqual(['withdrawn', 'sent', 'sent']);
    expect(sent()[0]?.subject).toMatch(/^2 reminders\. /);
  });

  it('go as a letter when there is but one, and as nothing when there is none', async () => {
    const [done, open] = [await remind('done'), await remind('open')] as const;
    await office.db.deleteFrom('deadlines').where('name', '=', `complete:done-${day}`).execute();
    expect(await deliver(done)).toMatchObject({ state: 'withdrawn' });
    expect(await statesOf(open)).toEqual(['sent']);
    expect([sent().length, letters(open).length]).toEqual([0, 1]);
    expect(letters(open)[0]?.headers.some(({ key }) => key === 'list-unsubscribe')).toBe(false);
  });

  it('say one thing once, though an agency and its contact are both reminded of it', async () => {
    const one = await remind('a');
    const same = await remind('a', {
      key: `${caseId}/complete:a-${day}/1/1/person/lee-jiho`,
      recipient: 'person/lee-jiho',
    });
    await deliver(await remind('b'));
    expect((await statesOf(one, same)).sort()).toEqual(['sent', 'withdrawn']);
    expect(sent()[0]?.subject).toMatch(/^2 reminders\. /);
  });

  it('that come after their mail is gone wait for the next working day', async () => {
    const first = [await remind('a'), await remind('b')] as const;
    await deliver(first[0]);
    const late = await remind('late');
    const until = nine(new Date(Date.parse(nine(dayOf(day))) + 86_400_000).toISOString().slice(0, 10));
    expect(await deliver(late)).toEqual({ state: 'postponed', until });
    expect(await statesOf(late)).toEqual(['planned']);
    expect(await rowOf(office.db, late)).toMatchObject({ send_at: until, send_zone: 'Asia/Seoul' });
    expect(sent()).toHaveLength(1);
    const { key, ...early } = { key: late, at: nine(dayOf(day)) };
    expect(await office.worker().deliver({ key, ...early })).toEqual({ state: 'postponed', until });
  });

  it('go to whoever has become their reader meanwhile, and the others without them', async () => {
    const [moved, one, two] = [
      await remind('m', { recipient: 'person/park-chief' }),
      await remind('a'),
      await remind('b'),
    ];
    await deliver(one as string);
    expect(await statesOf(one as string, two as string, moved as string)).toEqual(['sent', 'sent', 'planned']);
    expect(await deliver(moved as string)).toMatchObject({ state: 'sent' });
    expect(letters(moved as string)[0]?.envelope.to).toEqual(['park-chief@example.org']);
  });
});

describe('a gathered mail that fails', () => {
  it('is written anew after a temporary refusal: what came in meanwhile is in it, what was done is not', async () => {
    const [one, two, done] = [await remind('a'), await remind('b'), await remind('done')] as const;
    office.hooks = { onData: () => ({ code: 451, text: 'later' }) };
    expect(await deliver(one)).toMatchObject({ type: 'MailNotAccepted' });
    expect(await statesOf(one, two, done)).toEqual(['planned', 'planned', 'planned']);
    office.hooks = {};
    await office.db.deleteFrom('deadlines').where('name', '=', `complete:done-${day}`).execute();
    const three = await remind('c');
    expect(await deliver(two)).toMatchObject({ state: 'sent' });
    expect(await statesOf(one, two, three, done)).toEqual(['sent', 'sent', 'sent', 'withdrawn']);
    expect(sent()).toHaveLength(1);
  });

  it('leaves all of it in doubt when the server may have it, and none is sent again', async () => {
    const keys = [await remind('a'), await remind('b')] as const;
    office.hooks = { onData: () => 'drop-before-reply' };
    expect(await deliver(keys[0])).toMatchObject({ state: 'inDoubt' });
    office.hooks = {};
    expect(await deliver(keys[1])).toMatchObject({ state: 'inDoubt' });
    expect(await statesOf(...keys)).toEqual(['inDoubt', 'inDoubt']);
    expect(sent()).toHaveLength(1);
    const verdict = { by: 'kim-minji', why: 'KLID has it.' };
    expect(await ledger.settleAsSent(office.db, keys[0], verdict)).toBe(true);
    expect(await statesOf(...keys)).toEqual(['sent', 'sent']);
  });

  it('is sent once by another when its sender died before the gate, after the lease, not before', async () => {
    const keys = [await remind('a'), await remind('b')] as const;
    await claimed(`dead-${day}`);
    expect(await deliver(keys[0])).toMatchObject({ type: 'MailBusy', nonRetryable: false });
    for (const key of keys) await expireLease(office.db, key);
    expect(await deliver(keys[1])).toMatchObject({ state: 'sent' });
    expect(sent()).toHaveLength(1);
  });

  it('is in doubt as a whole when its sender died after the gate', async () => {
    const keys = [await remind('a'), await remind('b')] as const;
    const token = `dead-after-${day}`;
    await claimed(token);
    expect(await ledger.openGate(office.db, keys, token, 60)).toBe(true);
    for (const key of keys) await expireLease(office.db, key);
    expect(await deliver(keys[0])).toMatchObject({ state: 'inDoubt' });
    expect(await statesOf(...keys)).toEqual(['inDoubt', 'inDoubt']);
    expect(sent()).toHaveLength(0);
  });

  it('passes the gate with all of its messages or with none', async () => {
    const keys = [await remind('a'), await remind('b')] as const;
    const token = `half-${day}`;
    await claimed(token);
    await office.db.updateTable('messages').set({ state: 'withdrawn' }).where('key', '=', keys[0]).execute();
    expect(await ledger.openGate(office.db, keys, token, 60)).toBe(false);
    expect(await statesOf(...keys)).toEqual(['withdrawn', 'claimed']);
    const { gone } = await office.db
      .selectFrom('digests')
      .select('gone')
      .where('key', '=', digest)
      .executeTakeFirstOrThrow();
    expect(gone).toBe(false);
  });
});

describe('the rungs of the same morning that are not on record yet', () => {
  const late = () => office.db.updateTable('deadlines').where('name', '=', `complete:late-${day}`);
  beforeEach(async () => {
    await owe(office.db, `complete:late-${day}`, 1);
    await late()
      .set({ next_rung: 1, next_rung_at: nine(dayOf(day)) })
      .execute();
  });
  afterEach(() => late().set({ next_rung: null, next_rung_at: null }).execute());

  it('are waited for, but not for ever', async () => {
    const key = await remind('a');
    expect(await deliver(key)).toMatchObject({ type: 'MailGathering', nonRetryable: false });
    expect(await deliver(key)).toMatchObject({ type: 'MailGathering' });
    await sql`update digests set gathering_since = now() - interval '11 minutes' where key = ${digest}`.execute(
      office.db,
    );
    expect(await deliver(key)).toMatchObject({ state: 'sent' });
  });

  it('are waited for by whoever stands in for the one who owes them', async () => {
    const person = { agency: 'mayor', office: null, language: 'en', zone: 'Asia/Seoul', superior: null };
    await office.db
      .insertInto('people')
      .values({ id: 'cover', name: 'Cover', email: 'cover@example.org', ...person })
      .execute();
    const days = { from: dayOf(day), until: dayOf(day) };
    await recordAbsence(office.db, { person: 'lee-jiho', standIn: 'cover', ...days }, 'kim-minji');
    const reader = { reader: 'person/cover', day: dayOf(day) };
    const key = await remind('a', { digest: await openDigest(office.db, reader, 'Asia/Seoul') });
    expect(await deliver(key)).toMatchObject({ type: 'MailGathering' });
    await sql`truncate absences`.execute(office.db);
  });
});

it.each([2, 3])('of %i reminders of one thing the last goes, for all that they stand for', async (count) => {
  const keys = [await remind(`held-${count}`, { facts: { missed: 7 } })];
  while (keys.length < count) keys.push(await remind(`held-${count}`, { key: `${keys.at(-1)}/next` }));
  const last = keys.at(-1) ?? '';
  await deliver(last);
  expect(await statesOf(...keys)).toEqual([...keys.slice(1).map(() => 'withdrawn'), 'sent']);
  expect(letters(last)[0]?.text).toMatch(new RegExp(`stands\\s+for\\s+${count + 7}\\s+reminders`));
});
