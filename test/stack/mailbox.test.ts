import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { type RequestOptions, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nodemailer, { type SendMailOptions } from 'nodemailer';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Mailbox, type MailboxOptions, startMailbox } from '../../stack/mailbox/mailbox.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'entente-mailbox-'));
});
let mailbox: Mailbox | undefined;
afterEach(async () => {
  await mailbox?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function open(options: MailboxOptions = {}): Promise<Mailbox> {
  mailbox = await startMailbox(options);
  return mailbox;
}

const letter = {
  from: 'Entente <entente@example.org>',
  to: 'klid@example.org',
  subject: 'Due 14 March',
  text: 'Please report.',
};

async function send(
  box: Mailbox,
  options: SendMailOptions = letter,
  socketTimeout = 5_000,
): Promise<{ response: string }> {
  const transport = nodemailer.createTransport({ url: box.smtpUrl, socketTimeout });
  try {
    return await transport.sendMail(options);
  } finally {
    transport.close();
  }
}

const get = async (box: Mailbox, path: string) => {
  const response = await fetch(`${box.url}${path}`);
  return { status: response.status, headers: response.headers, body: await response.text() };
};

test('a message is kept with all its parts, and the interface tells them', async () => {
  const box = await open();
  const attachments = [{ filename: 'agenda 의제.txt', content: '1. Minutes' }];
  const { response } = await send(box, {
    ...letter,
    html: '<p>Please report.</p>',
    attachments,
    messageId: '<k1@example.org>',
  });
  const [message] = box.messages();
  expect(response).toContain(message?.id);
  const listed = JSON.parse((await get(box, '/api/messages')).body);
  expect(listed).toMatchObject([
    {
      id: message?.id,
      messageId: '<k1@example.org>',
      subject: 'Due 14 March',
      envelope: { from: 'entente@example.org', to: ['klid@example.org'] },
      attachments: [{ filename: 'agenda 의제.txt', size: 10 }],
    },
  ]);
  const one = JSON.parse((await get(box, `/api/messages/${message?.id}`)).body);
  expect(one.html).toContain('<p>Please report.</p>');
  expect(one.headers).toContainEqual({ key: 'subject', value: 'Due 14 March' });
  const attachment = await get(box, listed[0].attachments[0].url);
  expect(attachment.body).toBe('1. Minutes');
  expect(attachment.headers.get('content-disposition')).toContain('attachment');
  expect((await get(box, `/messages/${message?.id}/raw`)).body).toContain('Message-ID: <k1@example.org>');
});

test('the newest comes first, and lists are filtered by recipient and by text', async () => {
  const box = await open();
  await send(box, { ...letter, subject: 'First' });
  await send(box, { ...letter, subject: 'Second', to: 'mcis@example.org' });
  expect(box.messages().map(({ subject }) => subject)).toEqual(['Second', 'First']);
  expect(box.messages({ to: 'KLID@example.org' }).map(({ subject }) => subject)).toEqual(['First']);
  const found = JSON.parse((await get(box, '/api/messages?q=secon')).body) as { subject: string }[];
  expect(found.map(({ subject }) => subject)).toEqual(['Second']);
  expect((await get(box, '/?to=mcis%40example.org')).body).toContain('1 of 2 fit');
  expect((await fetch(`${box.url}/api/messages`, { method: 'DELETE' })).status).toBe(200);
  expect(box.messages()).toEqual([]);
});

test('whatever a message brings is shown as text, and its HTML is shut in', async () => {
  const box = await open();
  const script = '<script>alert(1)</script>';
  await send(box, {
    ...letter,
    subject: script,
    text: script,
    html: `<b>${script}</b>`,
    from: `"${script}" <a@example.org>`,
  });
  const id = box.messages()[0]?.id;
  for (const path of ['/', `/?q=${encodeURIComponent(script)}`, `/messages/${id}`]) {
    const { body, headers } = await get(box, path);
    expect(body).not.toContain('<script>alert');
    expect(body).toContain('&lt;script&gt;alert');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  }
  expect((await get(box, `/messages/${id}`)).body).toContain('sandbox="allow-popups"');
  const policy = (await get(box, `/messages/${id}/html`)).headers.get('content-security-policy');
  expect(policy).toMatch(/^sandbox /);
  expect(policy).not.toMatch(/allow-scripts|allow-same-origin|script-src/);
});

/** As `fetch` would not send it: any target, any header. */
const statusOf = (box: Mailbox, options: RequestOptions) =>
  new Promise((resolve, reject) => {
    request(box.url, options, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

test('only its own host name is answered, and only GET and the one DELETE', async () => {
  const box = await open();
  const path = '/api/messages';
  expect(await statusOf(box, { path, headers: { host: `localhost:${box.ports.web}` } })).toBe(200);
  expect(await statusOf(box, { path, headers: { host: 'evil.example.org' } })).toBe(421);
  expect((await fetch(`${box.url}${path}`, { method: 'POST' })).status).toBe(405);
  expect((await get(box, '/messages/..%2F..%2Fetc')).status).toBe(404);
});

test('a page from elsewhere can neither read nor delete, and a GET changes nothing', async () => {
  const box = await open();
  await send(box);
  const from = (origin: string, method: string) =>
    statusOf(box, { path: '/api/messages', method, headers: { origin } });
  for (const origin of ['http://evil.example.org', 'null', 'http://127.0.0.1:1', `https://127.0.0.1:${box.ports.web}`])
    expect([origin, await from(origin, 'DELETE'), await from(origin, 'GET')]).toEqual([origin, 403, 403]);
  const id = box.messages()[0]?.id;
  for (const path of ['/', '/api/messages', '/api/newest', `/messages/${id}`, `/messages/${id}/raw`, '/clear'])
    await get(box, path);
  expect(box.messages()).toHaveLength(1);
  expect(await from(box.url, 'DELETE')).toBe(200);
  expect(box.messages()).toHaveLength(0);
});

test.each(['//[', '//', '///[', '/\\\\[', '//evil.example.org/', 'http://[', 'http://127.0.0.1/', '*', 'x'])(
  'what is no address is answered with 400, and the next one is served: %s',
  async (path) => {
    const box = await open();
    for (const method of ['GET', 'DELETE', 'OPTIONS']) expect(await statusOf(box, { path, method })).toBe(400);
    expect((await get(box, '/')).status).toBe(200);
  },
);

test('a fault while a page is made is answered with 500, and the next one is served', async () => {
  const box = await open();
  await send(box);
  const [message] = box.messages();
  Object.defineProperty(message, 'html', {
    get: () => {
      throw new Error('a fault');
    },
  });
  expect((await get(box, `/messages/${message?.id}/html`)).status).toBe(500);
  expect((await get(box, `/messages/${message?.id}/raw`)).status).toBe(200);
});

test.each(['onConnect', 'onLogin', 'onRecipient', 'onBody', 'onData'] as const)(
  'a fault of the mailbox in %s costs one client one try',
  async (hook) => {
    let isFaulty = true;
    const box = await open({
      [hook]: () => {
        if (isFaulty) throw new Error('a fault');
      },
    });
    const url = box.smtpUrl.replace('//', '//robot:pass@');
    await expect(send({ ...box, smtpUrl: url })).rejects.toMatchObject({ responseCode: 451 });
    isFaulty = false;
    await expect(send({ ...box, smtpUrl: url })).resolves.toBeDefined();
  },
);

test('mail that it cannot keep is refused for now, what nobody can read for good, and it lives on', async () => {
  const box = await open({ folder });
  rmSync(folder, { recursive: true });
  await expect(send(box)).rejects.toMatchObject({ responseCode: 451 });
  expect(box.messages()).toEqual([]);
  mkdirSync(folder);
  const nested = Array.from({ length: 300 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}`);
  const raw = `${nested.join('\r\n')}\r\n`;
  const envelope = { from: 'a@example.org', to: 'b@example.org' };
  await expect(send(box, { envelope, raw })).rejects.toMatchObject({ responseCode: 554 });
  await send(box);
  expect(box.messages()).toHaveLength(1);
});

test('mail files that are empty, damaged or gone are left out and named, and the rest is there', async () => {
  const first = await open({ folder });
  for (const subject of ['One', 'Two', 'Three', 'Four', 'Five']) await send(first, { ...letter, subject });
  const [five, four, three, two] = first.messages().map(({ id }) => join(folder, id));
  await first.stop();
  writeFileSync(`${five}.json`, '');
  writeFileSync(`${four}.json`, '{"receivedAt": 3}');
  rmSync(`${three}.eml`);
  writeFileSync(`${two}.eml`, '');
  mkdirSync(join(folder, 'folder.json'));
  const told: string[] = [];
  const second = await open({ folder, onDamaged: (line) => told.push(line) });
  expect(second.messages().map(({ subject }) => subject)).toEqual(['', 'One']);
  expect(told).toHaveLength(1);
  for (const id of first
    .messages()
    .slice(0, 3)
    .map((message) => message.id))
    expect(told[0]).toContain(id);
  expect((await get(second, '/')).status).toBe(200);
});

test('with a folder, messages outlive a restart', async () => {
  const first = await open({ folder });
  await send(first, { ...letter, subject: 'One' });
  await send(first, { ...letter, subject: 'Two' });
  const before = first.messages();
  await first.stop();
  const second = await open({ folder });
  expect(second.messages()).toEqual(before);
  second.clear();
  expect(readdirSync(folder)).toEqual([]);
});

test('recipients, bodies and messages are refused with the code that a test asks for', async () => {
  const box = await open({
    onRecipient: (address) => (address.startsWith('gone') ? { code: 550, text: 'No such user' } : undefined),
    onBody: ({ from }) => (from.startsWith('big') ? { code: 552, text: 'Too large' } : undefined),
    onData: ({ subject }) => (subject === 'Later' ? { code: 451, text: 'Try later' } : undefined),
  });
  await expect(send(box, { ...letter, to: 'gone@example.org' })).rejects.toMatchObject({
    code: 'EENVELOPE',
    responseCode: 550,
  });
  await expect(send(box, { ...letter, from: 'big@example.org' })).rejects.toMatchObject({ responseCode: 552 });
  await expect(send(box, { ...letter, subject: 'Later' })).rejects.toMatchObject({
    code: 'EMESSAGE',
    responseCode: 451,
  });
  expect(box.messages()).toEqual([]);
  await send(box);
  expect(box.messages()).toHaveLength(1);
});

test('a refused connection and a refused login carry their codes', async () => {
  const closed = await open({ onConnect: () => ({ code: 421, text: 'Closed for today' }) });
  await expect(send(closed)).rejects.toMatchObject({ responseCode: 421 });
  await closed.stop();
  const strict = await open({ onLogin: (user) => (user === 'robot' ? undefined : { code: 535, text: 'Unknown' }) });
  const as = (user: string) => ({ ...strict, smtpUrl: strict.smtpUrl.replace('//', `//${user}:pass@`) });
  await expect(send(as('other'))).rejects.toMatchObject({ code: 'EAUTH', responseCode: 535 });
  await expect(send(as('robot'))).resolves.toBeDefined();
});

test.each([
  ['drop-mid-data', 0],
  ['drop-before-reply', 1],
  ['reset', 1],
  ['hang', 1],
  ['garbage', 1],
] as const)('the fault %s fails the sender, and %i messages were accepted', async (fault, accepted) => {
  const box = await open({ onData: () => fault });
  const failed = await send(box, letter, 300).catch((error: { responseCode?: number }) => error);
  expect(failed).toBeInstanceOf(Error);
  expect(failed).not.toHaveProperty('responseCode', expect.any(Number));
  expect(box.messages()).toHaveLength(accepted);
});

test('a body can be cut off while it is written, and an answer be late or the last thing said', async () => {
  let answer: 'drop-after-reply' | { delayMs: number } = 'drop-after-reply';
  const box = await open({
    onBody: ({ to }) => (to.includes('cut@example.org') ? 'drop-mid-data' : undefined),
    onData: () => answer,
  });
  const text = 'x'.repeat(2_000_000);
  await expect(send(box, { ...letter, to: 'cut@example.org', text })).rejects.toMatchObject({
    code: expect.stringMatching(/^E(CONNECTION|SOCKET)$/),
  });
  expect(box.messages()).toHaveLength(0);
  await expect(send(box)).resolves.toBeDefined();
  answer = { delayMs: 100 };
  const began = Date.now();
  await send(box);
  expect(Date.now() - began).toBeGreaterThanOrEqual(95);
});
