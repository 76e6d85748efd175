import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { Relay } from '../../../activities/mail/relay.ts';
import { composed, type Mail, sendMail, type Stationery } from '../../../activities/mail/smtp.ts';
import { type Mailbox, startMailbox } from '../../../stack/mailbox/mailbox.ts';
import { dkimFault, tagsOf } from './dkim-verifier.ts';

const pairOf = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
const pair = pairOf();
const dkim = { domain: 'example.org', selector: 'entente2026', privateKey: pair.privateKey };

const mail: Mail = {
  from: { name: 'Entente', address: 'entente@example.org' },
  to: { name: '이지호', address: 'lee-jiho@example.org' },
  date: '2018-11-30T00:00:00.000Z',
  subject: '한국 – Ελλάδα: a subject that is so long that it has to be folded over several lines of the header',
  text: '.\n.hidden\n\nTwo  blanks, a tab\tand an end of blanks   \nΥπουργείο\n\n\n',
  html: `<p>${'한국지역정보개발원 '.repeat(200)}</p>`,
  messageId: '<message@example.org>',
  thread: '<case@example.org>',
  headers: { 'X-Entente-Case': 'action/kr-gr-1' },
};

let mailbox: Mailbox | undefined;
afterEach(() => mailbox?.stop());

/** A mail as a server has received it. */
async function received(stationery: Stationery, part: Partial<Mail> = {}) {
  mailbox = await startMailbox({});
  const relay = new Relay(mailbox.smtpUrl);
  const signal = AbortSignal.timeout(5_000);
  const envelope = await composed({ ...mail, ...part }, stationery);
  expect(await sendMail(envelope, { relay, openGate: async () => true, signal })).toMatchObject({ is: 'sent' });
  const [message] = mailbox.messages();
  if (!message) throw new Error('Nothing has arrived.');
  return message;
}

describe('a mail that is signed', () => {
  it('has a signature that verifies where it arrives, whatever is in it', async () => {
    const { raw } = await received({ dkim });
    expect(dkimFault(raw, pair.publicKey)).toBeUndefined();
    const tags = tagsOf(/^DKIM-Signature:[^]*?(?=\r\n\S)/m.exec(raw.toString('latin1'))?.[0] ?? '');
    expect(tags).toMatchObject({ d: 'example.org', s: 'entente2026', a: 'rsa-sha256' });
    for (const name of ['from', 'to', 'subject', 'date', 'message-id']) expect(tags['h']?.split(':')).toContain(name);
  });

  it.each([
    ['its subject', (raw: string) => raw.replace(/Subject: /, 'Subject: Re: ')],
    ['its sender', (raw: string) => raw.replace('Entente <entente@example.org>', 'Entente <other@example.org>')],
    ['its text', (raw: string) => raw.replace('hidden', 'changed')],
  ])('does not verify when %s was changed on the way', async (_, change) => {
    const { raw } = await received({ dkim }, { text: 'hidden\n' });
    const changed = change(raw.toString('latin1'));
    expect(changed).not.toBe(raw.toString('latin1'));
    expect(dkimFault(Buffer.from(changed, 'latin1'), pair.publicKey)).toBeDefined();
  });

  it('does not verify with another key', async () => {
    const { raw } = await received({ dkim });
    expect(dkimFault(raw, pairOf().publicKey)).toBeDefined();
  });

  it('is not sent unsigned when the key does not sign', async () => {
    await expect(composed(mail, { dkim: { ...dkim, privateKey: 'none' } })).rejects.toThrow('could not be signed');
  });
});

describe('a mail without these settings', () => {
  it('is not signed, and comes back to its sender', async () => {
    const message = await received({});
    expect(dkimFault(message.raw, pair.publicKey)).toBe('there is no signature');
    expect(message.envelope.from).toBe('entente@example.org');
  });

  it('comes back to the bounce address where one is set, and is answered to the sender all the same', async () => {
    const message = await received({ bounceAddress: 'bounces@example.org' });
    expect(message.envelope.from).toBe('bounces@example.org');
    expect(message.headers.find(({ key }) => key === 'from')?.value).toBe('Entente <entente@example.org>');
  });
});
