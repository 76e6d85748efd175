import { afterAll, beforeAll, expect, it } from 'vitest';
import { Relay } from '../../activities/mail/relay.ts';
import { recordAddressChanges } from '../../database/directory/address-changes.ts';
import { tellingOldAddresses } from '../../worker/old-addresses.ts';
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
    .poll(() => office.mailbox.messages().map(({ envelope }) => envelope.to.join()), { timeout: 30_000 })
    .toEqual(['old@example.org']);
  over.abort();
  await telling;
  relay.close();
});
