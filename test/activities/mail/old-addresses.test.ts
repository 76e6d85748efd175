import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { tellOldAddresses } from '../../../activities/mail/old-addresses.ts';
import { Relay } from '../../../activities/mail/relay.ts';
import { readDirectory } from '../../../database/directory.ts';
import { recordAddressChanges } from '../../../database/directory/address-changes.ts';
import { mailFrom, openPostOffice, type PostOffice } from './post-office.ts';

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
beforeEach(() => {
  office.hooks = {};
  office.mailbox.clear();
});

const forEver = new AbortController().signal;
const tell = () => tellOldAddresses({ db: office.db, relay, mailFrom }, forEver);

const change = (holder: `person/${string}` | `agency/${string}`, was: string, became: string | null, by = 'kim') =>
  office.db.transaction().execute((trx) => recordAddressChanges(trx, [{ holder, name: 'Park <b>', was, became }], by));

const recipients = () => office.mailbox.messages().map(({ envelope }) => envelope.to.join());
const lastOnRecord = () =>
  office.db
    .selectFrom('address_changes')
    .select(['told_at', 'reply'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();

it('the old address reads where mail goes, since when and by whose word; asked twice or by several, once', async () => {
  await change('person/lee-jiho', 'old@klid.example.org', 'new@example.org', 'kim-minji');
  await Promise.all([tell(), tell()]);
  await tell();
  expect(recipients()).toEqual(['old@klid.example.org']);
  const [letter] = office.mailbox.messages();
  expect(letter?.subject).toBe('Mail for Park <b> goes to another address');
  expect(letter?.text.replaceAll('\n', ' ')).toMatch(
    /kim-minji has changed the directory of Entente on .*no longer comes to this address \(old@klid\.example\.org\)\. It goes to new@example\.org/,
  );
  expect(letter?.html).toContain('Park &lt;b&gt;');
  expect((await lastOnRecord()).told_at).not.toBeNull();
});

it.each([
  ['agency/klid', '앞 메일의 수신 주소가 변경되었습니다', '등록된 주소가 없습니다'],
  ['agency/mayor', 'Νέα διεύθυνση αλληλογραφίας', 'Δεν υπάρχει πλέον'],
] as const)('%s reads it in its language, also that mail goes nowhere', async (holder, subject, nowhere) => {
  await change(holder, 'office@old.example.org', null);
  await tell();
  const [letter] = office.mailbox.messages();
  expect(letter?.subject).toContain(subject);
  expect(letter?.text.replaceAll('\n', ' ')).toContain(nowhere);
  expect(letter?.text).not.toMatch(/[{}]|undefined/);
});

it('every language has the letter', async () => {
  const { people } = await readDirectory(office.db);
  expect(people.some(({ id }) => id === 'lee-jiho')).toBe(true);
  for (const language of ['en', 'ko', 'el', 'ro']) {
    office.mailbox.clear();
    await office.db.updateTable('people').set({ language }).where('id', '=', 'lee-jiho').execute();
    await change('person/lee-jiho', `${language}@example.org`, 'new@example.org', 'kim-minji');
    await tell();
    expect(office.mailbox.messages()[0]?.html).toContain(`lang="${language}"`);
  }
});

it('a relay that does not take it now is asked again; one that never will, and a doubt, are not', async () => {
  const answers = [
    { hook: 450, isTold: false },
    { hook: 550, isTold: true },
  ];
  for (const { hook, isTold } of answers) {
    await change('person/lee-jiho', `r${hook}@example.org`, 'new@example.org');
    office.hooks = {
      onRecipient: (address) =>
        address === `r${hook}@example.org` ? { code: hook, text: `no, ${hook}` } : { code: 450, text: 'no, 450' },
    };
    await tell();
    const { told_at, reply } = await lastOnRecord();
    expect([told_at !== null, reply]).toEqual([isTold, expect.stringContaining(String(hook))]);
  }
  office.hooks = {};
  await tell();
  expect(recipients()).toEqual(['r450@example.org']);
  await change('person/lee-jiho', 'doubt@example.org', 'new@example.org');
  office.hooks = { onData: () => 'drop-before-reply' };
  await tell();
  office.hooks = {};
  await tell();
  expect(recipients().filter((each) => each === 'doubt@example.org')).toHaveLength(1);
});
