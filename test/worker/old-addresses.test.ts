import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Relay } from '../../activities/mail/relay.ts';
import { connect } from '../../database/connect.ts';
import { recordAddressChanges } from '../../database/directory/address-changes.ts';
import type { Database } from '../../database/schema.ts';
import { tellingOldAddresses } from '../../worker/old-addresses.ts';
import { newDatabase } from '../servers/shared.ts';
import { mailFrom, openPostOffice, type PostOffice } from '../activities/mail/post-office.ts';

let office: PostOffice;
beforeAll(async () => {
  office = await openPostOffice();
});
afterAll(() => office?.stop());

it('a worker that starts tells what was changed while none was there, and ends when it is told to', async () => {
  const change = { holder: 'person/lee-jiho', name: 'Lee', was: 'old@example.org', became: null } as const;
  await office.db.transaction().execute((trx) => recordAddressChanges(trx, [change], 'kim-minji'));
  const relay = new Relay(office.mailbox.smtpUrl);
  const over = new AbortController();
  const telling = tellingOldAddresses({ db: office.db, relay, mailFrom }, over.signal);
  await expect
    .poll(() => office.mailbox.messages().map(({ envelope }) => envelope.to.join()))
    .toEqual(['old@example.org']);
  over.abort();
  await telling;
  relay.close();
});

it('a worker says what keeps it from telling old addresses, unless the register is only away', async () => {
  const { urls, drop } = await newDatabase();
  const [faulty, away] = [connect(urls.databaseOwnerUrl, 1), connect('postgres://nobody@127.0.0.1:1/nowhere', 1)];
  const relay = new Relay(office.mailbox.smtpUrl);
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const toldOnce = async (db: Kysely<Database>): Promise<void> => {
    const over = new AbortController();
    const telling = tellingOldAddresses({ db, relay, mailFrom }, over.signal);
    over.abort();
    await telling;
  };
  try {
    await toldOnce(away);
    expect(said.mock.calls).toEqual([]);
    await sql`drop table address_changes cascade`.execute(faulty);
    await toldOnce(faulty);
    expect(said.mock.calls).toEqual([[expect.stringMatching(/could not be told .*"address_changes" does not exist/)]]);
  } finally {
    said.mockRestore();
    relay.close();
    await Promise.all([faulty.destroy(), away.destroy()]);
    await drop();
  }
});
