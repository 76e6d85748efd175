import { afterEach, describe, expect, it, vi } from 'vitest';
import { Relay } from '../../../activities/mail/relay.ts';
import { composed, type Mail, type Outcome, sendMail } from '../../../activities/mail/smtp.ts';
import type { FaultHooks } from '../../../stack/mailbox/faults.ts';
import { type Mailbox, startMailbox } from '../../../stack/mailbox/mailbox.ts';

import { startRawRelay } from './raw-relay.ts';

/** What one connection to a relay gives, whatever the relay does: above all, whether it may have the message. */

const mail: Mail = {
  from: { name: 'Entente', address: 'entente@example.org' },
  to: { name: '이지호', address: 'lee-jiho@example.org' },
  date: '2018-11-30T00:00:00.000Z',
  subject: 'By 14 December 2018: Complete the action',
  text: 'text',
  html: '<p>text</p>',
  messageId: '<message@example.org>',
  thread: '<case@example.org>',
  headers: { 'X-Entente-Case': 'action/kr-gr-1', 'X-Entente-Key': 'action/kr-gr-1/complete/1/3/agency/klid' },
};

let mailbox: Mailbox | undefined;
let relay: Relay | undefined;
afterEach(async () => {
  vi.restoreAllMocks();
  relay?.close();
  await mailbox?.stop();
});

async function sent(
  hooks: FaultHooks,
  part: Partial<Mail> = {},
  openGate: () => Promise<boolean> = async () => true,
): Promise<Outcome> {
  mailbox = await startMailbox(hooks);
  relay = new Relay(mailbox.smtpUrl);
  return sentOver(relay, part, openGate);
}

const sentOver = async (over: Relay, part: Partial<Mail> = {}, openGate = async () => true): Promise<Outcome> =>
  sendMail(await composed({ ...mail, ...part }), { relay: over, openGate, signal: AbortSignal.timeout(10_000) });

const said = (code: number) => ({ code, text: 'the relay says so' });

describe('what became of a message', () => {
  it.each<[string, FaultHooks, Outcome['is'], number]>([
    ['250', {}, 'sent', 1],
    ['250, then the connection drops', { onData: () => 'drop-after-reply' }, 'sent', 1],
    ['421 as its greeting', { onConnect: () => said(421) }, 'notSent', 0],
    ['554 as its greeting', { onConnect: () => said(554) }, 'notSent', 0],
    ['450 to the recipient', { onRecipient: () => said(450) }, 'notSent', 0],
    ['550 to the recipient', { onRecipient: () => said(550) }, 'refused', 0],
    ['451 after the data', { onData: () => said(451) }, 'notSent', 0],
    ['421 after the data', { onData: () => said(421) }, 'notSent', 0],
    ['552 after the data', { onData: () => said(552) }, 'refused', 0],
    ['nothing: it drops the connection in the data', { onBody: () => 'drop-mid-data' }, 'inDoubt', 0],
    ['nothing: it accepts, then drops', { onData: () => 'drop-before-reply' }, 'inDoubt', 1],
    ['nothing: it accepts, then resets', { onData: () => 'reset' }, 'inDoubt', 1],
    ['nothing: it accepts, then hangs', { onData: () => 'hang' }, 'inDoubt', 1],
    ['garbage, having accepted', { onData: () => 'garbage' }, 'inDoubt', 1],
  ])('when the relay says %s', async (_, hooks, is, accepted) => {
    expect(await sent(hooks)).toMatchObject({ is });
    expect(mailbox?.messages()).toHaveLength(accepted);
  });

  it.each([
    [550, 'no such mailbox', true],
    [550, '5.1.1 no such mailbox', true],
    [551, '5.1.6 has moved', true],
    [550, '5.2.1 mailbox disabled', true],
    [552, '5.2.2 mailbox full', false],
    [554, '5.7.1 relay access denied', false],
    [550, '5.7.25 no reverse name', false],
    [550, '5.4.1 recipient address rejected: access denied', true],
    [550, '5.4.4 no route to host', false],
  ])('%i %s to the recipient blames the address: %s', async (code, text, address) => {
    expect(await sent({ onRecipient: () => ({ code, text }) })).toMatchObject({ is: 'refused', address });
  });

  it('blames no address for what is wrong with the message', async () => {
    expect(await sent({ onData: () => said(554) })).toMatchObject({ is: 'refused', address: false });
  });

  it('is asked for only when the server is ready for the body', async () => {
    const openGate = vi.fn<() => Promise<boolean>>(async () => true);
    await sent({ onRecipient: () => said(550) }, {}, openGate);
    expect(openGate).not.toHaveBeenCalled();
  });

  it.each<[string, () => Promise<boolean>]>([
    ['somebody else has taken the message over', async () => false],
    ['the ledger cannot be asked', () => Promise.reject(new Error('Connection terminated unexpectedly'))],
  ])('lets nothing out when %s', async (_, openGate) => {
    expect(await sent({}, {}, openGate)).toMatchObject({ is: 'notSent', ours: false });
    expect(mailbox?.messages()).toEqual([]);
  });

  it('lets nothing out when the process stood still between the gate and the first byte', async () => {
    const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
    const opened = async () => {
      clock.mockReturnValue(60_000);
      return true;
    };
    expect(await sent({}, {}, opened)).toMatchObject({ is: 'notSent' });
    expect(mailbox?.messages()).toEqual([]);
  });
});

describe('a connection to the relay', () => {
  /** Sends one mail after the other, and counts the connections. */
  async function connectionsFor(mails: number, hooks: FaultHooks) {
    let connections = 0;
    mailbox = await startMailbox({ ...hooks, onConnect: () => void (connections += 1) });
    relay = new Relay(mailbox.smtpUrl);
    const outcomes: Outcome['is'][] = [];
    for (let number = 0; number < mails; number += 1) {
      const messageId = `<message-${number}@example.org>`;
      outcomes.push((await sentOver(relay, { messageId, to: { name: '', address: `r${number}@example.org` } })).is);
    }
    return { connections, outcomes };
  }

  const arrived = () =>
    mailbox
      ?.messages()
      .map(({ messageId, envelope }) => `${messageId} ${envelope.to.join(' ')}`)
      .reverse();
  const each = (count: number) =>
    Array.from({ length: count }, (_, number) => `<message-${number}@example.org> r${number}@example.org`);

  it('is kept for the next mail, which has nothing of the one before', async () => {
    expect(await connectionsFor(3, {})).toEqual({ connections: 1, outcomes: ['sent', 'sent', 'sent'] });
    expect(arrived()).toEqual(each(3));
  });

  it('is not used for more than 50', async () => {
    expect((await connectionsFor(51, {})).connections).toBe(2);
    expect(arrived()).toEqual(each(51));
  });

  it('is ended when nobody needs it for a while', async () => {
    let connections = 0;
    mailbox = await startMailbox({ onConnect: () => void (connections += 1) });
    const hasty = new Relay(mailbox.smtpUrl, 20);
    const wasEnded = async () => {
      await sentOver(hasty);
      return connections > 1;
    };
    expect(await vi.waitUntil(wasEnded, { timeout: 150_000, interval: 100 })).toBe(true);
    hasty.close();
  });

  it('that the relay has ended meanwhile is replaced', async () => {
    const { connections, outcomes } = await connectionsFor(2, { onData: () => 'drop-after-reply' });
    expect({ connections, outcomes }).toEqual({ connections: 2, outcomes: ['sent', 'sent'] });
    expect(arrived()).toEqual(each(2));
  });

  it('that the relay has had enough of is replaced, and the mail goes over the new one', async () => {
    const answers = [undefined, said(421), undefined];
    const { connections, outcomes } = await connectionsFor(2, { onRecipient: () => answers.shift() });
    expect({ connections, outcomes }).toEqual({ connections: 2, outcomes: ['sent', 'sent'] });
    expect(arrived()).toEqual(each(2));
  });

  it.each<[string, FaultHooks, Outcome['is']]>([
    ['a refused recipient', { onRecipient: (to) => (to.startsWith('r0') ? said(550) : undefined) }, 'refused'],
    [
      'a lost reply',
      { onData: ({ messageId }) => (messageId.includes('-0@') ? 'drop-before-reply' : undefined) },
      'inDoubt',
    ],
  ])('is not used again after %s', async (_, hooks, is) => {
    expect(await connectionsFor(2, hooks)).toEqual({ connections: 2, outcomes: [is, 'sent'] });
  });
});

it('what the relay says can be stored, whatever bytes it is made of', async () => {
  const raw = await startRawRelay(`550 no\0 such\x1B[2J ${'x'.repeat(10_000)}`);
  const over = new Relay(raw.smtpUrl);
  const outcome = await sentOver(over);
  await raw.stop();
  expect(outcome).toMatchObject({ is: 'refused', reply: expect.stringContaining('550 no\uFFFD such\uFFFD[2J x') });
  expect(outcome.reply.length).toBeLessThanOrEqual(2_000);
});

it('goes to no relay without TLS where TLS is required, and says by which setting it would', async () => {
  mailbox = await startMailbox({});
  const outcome = await sentOver(new Relay(`${mailbox.smtpUrl}?requireTLS=true`));
  expect(outcome).toMatchObject({ is: 'notSent', ours: true, reply: expect.stringContaining('ENTENTE_CLEAR_TEXT') });
  expect(mailbox.messages()).toEqual([]);
});

describe('the message itself', () => {
  const header = (name: string) => mailbox?.messages()[0]?.headers.find(({ key }) => key === name)?.value;

  it('says who sends it, when, in which thread, and that no person wrote it', async () => {
    await sent({}, { replyTo: { name: 'Kim Min-ji', address: 'kim-minji@example.org' } });
    expect(mailbox?.messages()[0]?.envelope).toEqual({ from: 'entente@example.org', to: ['lee-jiho@example.org'] });
    expect(header('from')).toBe('Entente <entente@example.org>');
    expect(header('reply-to')).toContain('kim-minji@example.org');
    expect(header('to')).toContain('<lee-jiho@example.org>');
    expect(header('date')).toBe('Fri, 30 Nov 2018 00:00:00 +0000');
    expect(header('message-id')).toBe('<message@example.org>');
    expect(header('references')).toBe('<case@example.org>');
    expect(header('in-reply-to')).toBe('<case@example.org>');
    expect(header('auto-submitted')).toBe('auto-generated');
    expect(header('x-entente-case')).toBe('action/kr-gr-1');
    expect(header('x-entente-key')).toBe('action/kr-gr-1/complete/1/3/agency/klid');
  });

  it.each([
    ['its subject', { subject: 'Hello\r\nBcc: victim@example.net\r\n\r\nbody' }],
    ['a name', { to: { name: 'Lee\r\nBcc: victim@example.net', address: 'lee-jiho@example.org' } }],
    ['a key', { headers: { 'X-Entente-Key': 'key\r\nBcc: victim@example.net' } }],
  ])('gets no other header from a line break in %s', async (_, part) => {
    expect(await sent({}, part)).toMatchObject({ is: 'sent' });
    expect(header('bcc')).toBeUndefined();
    expect(mailbox?.messages()[0]?.envelope.to).toEqual(['lee-jiho@example.org']);
  });

  it('has one recipient, though a name looks like several addresses', async () => {
    await sent({}, { to: { name: 'a@example.net, b@example.net', address: 'lee-jiho@example.org' } });
    expect(mailbox?.messages()[0]?.envelope.to).toEqual(['lee-jiho@example.org']);
  });

  it('carries Hangul, Greek and lines that begin with a dot unharmed', async () => {
    const text = 'KLID 한국지역정보개발원\n.\n.Υπουργείο Διοικητικής Ανασυγκρότησης\n';
    await sent({}, { subject: '한국 – Ελλάδα', text });
    expect(mailbox?.messages()[0]).toMatchObject({ subject: '한국 – Ελλάδα' });
    expect(mailbox?.messages()[0]?.text.replaceAll('\r\n', '\n').trim()).toBe(text.trim());
  });
});
