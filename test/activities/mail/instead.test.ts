import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { messageIdOf } from '../../../activities/mail/identity.ts';
import * as ledger from '../../../database/ledger.ts';
import { recordAbsence } from '../../../database/people/absences.ts';
import { attemptOf, mailFrom, openPostOffice, plan, type PostOffice, rowOf } from './post-office.ts';

let office: PostOffice;
beforeAll(async () => {
  office = await openPostOffice();
});
afterAll(() => office?.stop());
afterEach(async () => {
  office.hooks = {};
  await sql`truncate absences, bounces`.execute(office.db);
  await sql`update people set left_on = null, other_addresses = '{}'`.execute(office.db);
});

const sender = { name: '', address: mailFrom.split(/[<>]/)[1] ?? '' };
const mailOf = (key: string) =>
  office.mailbox.messages().find(({ messageId }) => messageId === messageIdOf(key, sender));

const away = (person: string, standIn: string) =>
  recordAbsence(office.db, { person, from: '2018-11-28', until: '2018-12-03', standIn }, 'kim-minji');

const unknownAddress = (...addresses: readonly string[]) => ({
  onRecipient: (address: string) =>
    addresses.includes(address) ? { code: 550, text: '5.1.1 no such mailbox' } : undefined,
});

describe('a message to somebody who is away', () => {
  it('goes to the stand-in, and the ledger holds who was meant and who was written to', async () => {
    await away('lee-jiho', 'kim-minji');
    const key = await plan(office.db);
    expect(await attemptOf(office.worker(), key)).toMatchObject({ state: 'sent' });
    expect(await rowOf(office.db, key)).toMatchObject({
      recipient: 'agency/klid',
      meant: 'lee-jiho',
      person: 'kim-minji',
      address: 'kim-minji@example.org',
    });
    expect(mailOf(key)?.envelope.to).toEqual(['kim-minji@example.org']);
    expect(mailOf(key)?.text.replaceAll(/\s+/g, ' ')).toContain(
      'For 이지호, who is away until Monday, 3 December 2018: you stand in.',
    );
  });

  it('keeps its reader though the absent are back before it is tried again', async () => {
    await away('lee-jiho', 'kim-minji');
    const key = await plan(office.db);
    office.hooks = { onRecipient: () => ({ code: 451, text: 'try later' }) };
    await attemptOf(office.worker(), key);
    office.hooks = {};
    await sql`truncate absences`.execute(office.db);
    expect(await attemptOf(office.worker(), key)).toMatchObject({ state: 'sent' });
    expect(mailOf(key)?.envelope.to).toEqual(['kim-minji@example.org']);
  });

  it('is answered to whoever stands in for the coordinator', async () => {
    await away('kim-minji', 'park-chief');
    const key = await plan(office.db, { facts: { coordinator: 'person/kim-minji' } });
    await attemptOf(office.worker(), key);
    expect(mailOf(key)?.headers.find(({ key: name }) => name === 'reply-to')?.value).toContain(
      'park-chief@example.org',
    );
  });
});

describe('an address that the mail server does not know', () => {
  it('is marked at once, and the reason says where mail goes from now on', async () => {
    await sql`update people set other_addresses = '{lee@second.example.org}' where id = 'lee-jiho'`.execute(office.db);
    office.hooks = unknownAddress('lee-jiho@example.org');
    const key = await plan(office.db);
    expect(await attemptOf(office.worker(), key)).toMatchObject({
      state: 'refused',
      why: expect.stringMatching(
        /5\.1\.1.*lee-jiho@example\.org is no longer written to\. .* goes to 이지호 <lee@second/s,
      ),
    });
    const marks = await office.db.selectFrom('bounces').select(['address', 'by', 'why']).execute();
    expect(marks).toEqual([
      { address: 'lee-jiho@example.org', by: 'entente', why: expect.stringContaining('5.1.1 no such mailbox') },
    ]);
    const next = await plan(office.db);
    expect(await attemptOf(office.worker(), next)).toMatchObject({ state: 'sent' });
    expect(mailOf(next)?.envelope.to).toEqual(['lee@second.example.org']);
  });

  it('leaves the refused message to be sent again, to the next address', async () => {
    await sql`update people set other_addresses = '{lee@second.example.org}' where id = 'lee-jiho'`.execute(office.db);
    office.hooks = unknownAddress('lee-jiho@example.org');
    const key = await plan(office.db);
    await attemptOf(office.worker(), key);
    await ledger.reopen(office.db, key, { sendAt: '2018-12-03T00:00:00.000Z' });
    expect(await attemptOf(office.worker(), key)).toMatchObject({ state: 'sent' });
    expect(mailOf(key)?.envelope.to).toEqual(['lee@second.example.org']);
  });

  it('is marked once though two messages find it out, and the agency’s mailbox is what is left', async () => {
    office.hooks = unknownAddress('lee-jiho@example.org');
    const keys = [await plan(office.db), await plan(office.db)];
    // Both are written before either is refused.
    office.hooks = { onRecipient: () => ({ code: 451, text: 'try later' }) };
    for (const key of keys) await attemptOf(office.worker(), key);
    office.hooks = unknownAddress('lee-jiho@example.org');
    for (const key of keys) expect(await attemptOf(office.worker(), key)).toMatchObject({ state: 'refused' });
    expect(await office.db.selectFrom('bounces').selectAll().execute()).toHaveLength(1);
    const next = await plan(office.db);
    await attemptOf(office.worker(), next);
    expect(mailOf(next)?.envelope.to).toEqual(['office@klid.example.org']);
  });

  it.each([
    ['the relay denies us', { code: 554, text: '5.7.1 relay access denied' }],
    ['the mailbox is full', { code: 552, text: '5.2.2 mailbox full' }],
  ])('is not marked when %s', async (_, answer) => {
    office.hooks = { onRecipient: () => answer };
    expect(await attemptOf(office.worker(), await plan(office.db))).toMatchObject({ state: 'refused' });
    expect(await office.db.selectFrom('bounces').selectAll().execute()).toEqual([]);
  });
});
