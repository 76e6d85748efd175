import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as ledger from '../../../database/ledger.ts';
import { messageIdOf } from '../../../activities/mail/identity.ts';
import {
  attemptOf,
  caseId,
  expireLease,
  heldAtGate,
  openPostOffice,
  owe,
  plan,
  type PostOffice,
  quietEnvironment,
  rowOf,
} from './post-office.ts';

let office: PostOffice;
beforeAll(async () => {
  office = await openPostOffice();
});
afterAll(() => office?.stop());
afterEach(async () => {
  office.hooks = {};
  await sql`truncate bounces`.execute(office.db);
});

const sender = { name: 'Entente', address: 'entente@example.org' };

/** What the relay has accepted of this message. */
const accepted = (key: string) =>
  office.mailbox.messages().filter(({ messageId }) => messageId === messageIdOf(key, sender));

describe('a message is sent once', () => {
  it('sends a planned message, keeps the reply, and says so', async () => {
    const key = await plan(office.db);
    expect(await attemptOf(office.worker(), key)).toMatchObject({ state: 'sent', why: expect.stringMatching(/^250/) });
    expect(accepted(key)).toHaveLength(1);
    expect(await rowOf(office.db, key)).toMatchObject({ state: 'sent', attempts: 1, person: 'lee-jiho' });
  });

  it('does not send it again when asked twice', async () => {
    const key = await plan(office.db);
    await attemptOf(office.worker(), key);
    expect(await attemptOf(office.worker(), key)).toMatchObject({ state: 'sent' });
    expect(accepted(key)).toHaveLength(1);
  });

  it('sends one letter to somebody who is meant twice: as the contact of an agency and in person', async () => {
    const one = await plan(office.db, { event_number: 900, recipient: 'agency/klid' });
    const same = await plan(office.db, { event_number: 900, recipient: 'person/lee-jiho' });
    const other = await plan(office.db, { event_number: 900, recipient: 'person/kim-minji' });
    expect(await attemptOf(office.worker(), same)).toMatchObject({
      state: 'withdrawn',
      why: expect.stringContaining('agency/klid'),
    });
    expect(await attemptOf(office.worker(), one)).toMatchObject({ state: 'sent' });
    expect(await attemptOf(office.worker(), other)).toMatchObject({ state: 'sent' });
    expect([one, same, other].map((key) => accepted(key).length)).toEqual([1, 0, 1]);
  });

  it('keeps its words, and puts the style sheet in when it goes', async () => {
    const key = await plan(office.db);
    expect(await attemptOf(office.worker(), key)).toMatchObject({ state: 'sent' });
    const { body_html: kept } = await rowOf(office.db, key);
    expect(kept).not.toContain('Segoe UI');
    const sent = accepted(key)[0]?.html ?? '';
    expect(sent).toContain('Segoe UI');
    expect(sent.replaceAll(/<style>[^<]*<\/style>|\s/g, '')).toBe(kept?.replaceAll(/<style><\/style>|\s/g, ''));
  });

  it('sends it once when several workers are asked at the same moment', async () => {
    const key = await plan(office.db);
    office.hooks = { onData: () => ({ delayMs: 100 }) };
    const answers = await Promise.all([1, 2, 3, 4].map(() => attemptOf(office.worker(), key)));
    // Whoever comes late on a busy machine hears that it is sent.
    const said = answers.map((answer) => ('state' in answer ? answer.state : (answer as { type?: string }).type));
    expect(said.filter((each) => each !== 'MailBusy' && each !== 'sent')).toEqual([]);
    expect(said).toContain('sent');
    expect(accepted(key)).toHaveLength(1);
  });

  it('sends it after the lease when a worker died between claim and gate, not before', async () => {
    const key = await plan(office.db);
    await ledger.claim(office.db, key, { token: 'token-of-a-dead-worker', leaseSeconds: 60 });
    expect(await attemptOf(office.worker(), key)).toMatchObject({ type: 'MailBusy', nonRetryable: false });
    await expireLease(office.db, key);
    expect(await attemptOf(office.worker(), key)).toMatchObject({ state: 'sent' });
    expect(accepted(key)).toHaveLength(1);
  });

  it('leaves nothing to an attempt whose message another has taken over: not the gate, not the outcome', async () => {
    const key = await plan(office.db);
    const { db } = office;
    await ledger.claim(db, key, { token: 'frozen', leaseSeconds: 60 });
    await expireLease(db, key);
    await ledger.claim(db, key, { token: 'next', leaseSeconds: 60 });
    expect(await ledger.openGate(db, key, 'frozen', 60)).toBe(false);
    expect(await ledger.backToPlanned(db, key, 'frozen', 'never mind')).toBe(false);
    expect(await ledger.settle(db, key, 'frozen', 'refused', 'never mind')).toBe(false);
    expect(await ledger.openGate(db, key, 'next', 60)).toBe(true);
    expect(await ledger.openGate(db, key, 'next', 60)).toBe(false);
  });
});

describe('what the relay says', () => {
  it('tries again after a connection that broke before the data, and sends once', async () => {
    const key = await plan(office.db);
    office.hooks = { onConnect: () => ({ code: 421, text: 'too busy' }) };
    expect(await attemptOf(office.worker(), key)).toMatchObject({ type: 'MailNotAccepted', nonRetryable: false });
    expect(await rowOf(office.db, key)).toMatchObject({ state: 'planned', reply: expect.stringContaining('421') });
    office.hooks = {};
    expect(await attemptOf(office.worker(), key)).toMatchObject({ state: 'sent' });
    expect(accepted(key)).toHaveLength(1);
  });

  it('does not take the words of a relay for those of the register', async () => {
    const key = await plan(office.db);
    office.hooks = { onConnect: () => ({ code: 421, text: 'timeout, connection terminated' }) };
    expect(await attemptOf(office.worker(), key)).toMatchObject({ type: 'MailNotAccepted', nonRetryable: false });
  });

  it('tries again when nothing listens at the address of the relay', async () => {
    const key = await plan(office.db);
    const answer = await attemptOf(office.worker({ smtpUrl: 'smtp://127.0.0.1:1' }), key);
    expect(answer).toMatchObject({ type: 'MailNotAccepted', nonRetryable: false });
    expect(await rowOf(office.db, key)).toMatchObject({ state: 'planned' });
  });

  it.each([
    ['the recipient', { onRecipient: () => ({ code: 550, text: 'no such mailbox' }) }],
    ['the message', { onData: () => ({ code: 554, text: 'no such mailbox' }) }],
  ])('records a permanent refusal of %s with its reply, and does not try again', async (_, hooks) => {
    const key = await plan(office.db);
    office.hooks = hooks;
    const refused = { state: 'refused', why: expect.stringContaining('no such mailbox') };
    expect(await attemptOf(office.worker(), key)).toMatchObject(refused);
    office.hooks = {};
    expect(await attemptOf(office.worker(), key)).toMatchObject(refused);
    expect(accepted(key)).toHaveLength(0);
  });

  it('sends the text of the first attempt after a temporary refusal, though the directory has changed', async () => {
    const key = await plan(office.db, { facts: { recipient: 'agency/mayor' } });
    office.hooks = { onData: () => ({ code: 451, text: 'later' }) };
    expect(await attemptOf(office.worker(), key)).toMatchObject({ type: 'MailNotAccepted' });
    const first = await rowOf(office.db, key);
    const { name } = await office.db
      .selectFrom('agencies')
      .select('name')
      .where('id', '=', 'mayor')
      .executeTakeFirstOrThrow();
    await office.db.updateTable('agencies').set({ name: 'Another name' }).where('id', '=', 'mayor').execute();
    await office.db.updateTable('agencies').set({ contact: 'kim-minji' }).where('id', '=', 'klid').execute();
    office.hooks = {};
    try {
      expect(await attemptOf(office.worker(), key)).toMatchObject({ state: 'sent' });
    } finally {
      await office.db.updateTable('agencies').set({ name }).where('id', '=', 'mayor').execute();
      await office.db.updateTable('agencies').set({ contact: 'lee-jiho' }).where('id', '=', 'klid').execute();
    }
    const [mail] = accepted(key);
    expect(mail?.subject).toBe(first.subject);
    expect(mail?.text.replaceAll('\r\n', '\n').trim()).toBe(first.body_text?.trim());
    expect(mail?.text).not.toContain('Another name');
    expect(mail?.envelope.to).toEqual(['lee-jiho@example.org']);
  });

  it('takes a wrong password for our fault, to be tried again slowly', async () => {
    const key = await plan(office.db);
    office.hooks = { onLogin: () => ({ code: 535, text: 'wrong password' }) };
    const smtpUrl = `smtp://entente:secret-word@127.0.0.1:${office.mailbox.ports.smtp}`;
    const answer = await attemptOf(office.worker({ smtpUrl }), key);
    expect(answer).toMatchObject({ type: 'MailServerRefusesUs', nonRetryable: false, nextRetryDelay: '10 minutes' });
    expect((answer as Error).message).not.toContain('secret-word');
    expect(await rowOf(office.db, key)).toMatchObject({ state: 'planned' });
  });

  it('logs in with the name and password of the address', async () => {
    const key = await plan(office.db);
    const logins: string[] = [];
    office.hooks = { onLogin: (user, password) => void logins.push(`${user} ${password}`) };
    const smtpUrl = `smtp://entente:p%40ss@127.0.0.1:${office.mailbox.ports.smtp}?ignoreTLS=true`;
    expect(await attemptOf(office.worker({ smtpUrl }), key)).toMatchObject({ state: 'sent' });
    expect(logins).toEqual(['entente p@ss']);
  });
});

describe('what is no longer to be sent', () => {
  it('withdraws a reminder whose obligation is met, or planned anew', async () => {
    await owe(office.db, 'complete', 2);
    const outdated = await plan(office.db, { deadline: 'complete', key: `${caseId}/complete/1/9090/agency/klid` });
    const current = await plan(office.db, { deadline: 'complete', key: `${caseId}/complete/2/9090/agency/klid` });
    const met = await plan(office.db, { deadline: 'accept:klid', key: `${caseId}/accept:klid/1/9090/agency/klid` });
    expect(await attemptOf(office.worker(), outdated)).toMatchObject({ state: 'withdrawn' });
    expect(await attemptOf(office.worker(), met)).toMatchObject({ state: 'withdrawn' });
    expect(await attemptOf(office.worker(), current)).toMatchObject({ state: 'sent' });
    expect([...accepted(outdated), ...accepted(met)]).toEqual([]);
  });

  it('says of one that was withdrawn on record that it is, and sends nothing', async () => {
    const key = await plan(office.db, { state: 'withdrawn', reply: 'It was done.' });
    expect(await attemptOf(office.worker(), key)).toEqual({ state: 'withdrawn', why: 'It was done.' });
    expect(accepted(key)).toEqual([]);
  });

  it.each([
    ['an agency without any address', 'agency/silent', /agency\/silent has no mail address.*give it one/],
    ['a person without one', 'person/no-mail', /person\/no-mail has no mail address/],
    ['the superior of somebody who has none', 'superior-of/person/kim-minji', /has no superior; name one/],
    ['the superior in an agency without a contact', 'superior-of/agency/mayor', /has no contact/],
    ['somebody who is not in the directory', 'person/nobody-knows', /is not in the directory/],
  ])('sends nothing to %s, and says what to do', async (_, recipient, why) => {
    const key = await plan(office.db, { recipient });
    expect(await attemptOf(office.worker(), key)).toEqual({ state: 'nobody', why: expect.stringMatching(why) });
  });

  it('gives up when asked, once and for all, with what the server said last', async () => {
    const key = await plan(office.db);
    office.hooks = { onRecipient: () => ({ code: 450, text: 'mailbox full' }) };
    await attemptOf(office.worker(), key);
    office.hooks = {};
    const { expire } = office.worker();
    const expired = { state: 'expired', why: expect.stringContaining('mailbox full') };
    expect(await quietEnvironment().run(expire, { key })).toMatchObject(expired);
    expect(await attemptOf(office.worker(), key)).toMatchObject(expired);
    expect(accepted(key)).toEqual([]);
  });

  it('shuts the gate to an attempt that is under way when the message is given up', async () => {
    const key = await plan(office.db);
    await ledger.claim(office.db, key, { token: 'slow', leaseSeconds: 60 });
    expect(await office.worker().expire({ key })).toMatchObject({ state: 'expired' });
    expect(await ledger.openGate(office.db, key, 'slow', 60)).toBe(false);
  });

  it('is known at once to an attempt for whom the gate was shut meanwhile, and who has nothing to try again', async () => {
    const key = await plan(office.db);
    const withdrawn = { state: 'withdrawn', reply: 'It was done.' } as const;
    const ended = await heldAtGate(
      office.db,
      () => attemptOf(office.worker(), key),
      (trx) => trx.updateTable('messages').set(withdrawn).where('key', '=', key).execute(),
    );
    expect(ended).toEqual({ state: 'withdrawn', why: 'It was done.' });
    expect(accepted(key)).toEqual([]);
  });

  it('is known at once to an attempt that was given up while the server thought about it', async () => {
    const key = await plan(office.db);
    office.hooks = {
      onData: async () => {
        await expireLease(office.db, key);
        await ledger.markInDoubt(office.db, key, 'Its sender went away.');
        return { code: 451, text: 'out of memory' };
      },
    };
    expect(await attemptOf(office.worker(), key)).toEqual({ state: 'inDoubt', why: 'Its sender went away.' });
  });

  it('does not know a message that is not in the ledger', async () => {
    expect(await attemptOf(office.worker(), 'action/x/1/0')).toMatchObject({
      type: 'UnknownMessage',
      nonRetryable: true,
    });
  });
});
