import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { folder, get, letter, open, openForEachTest, send } from './opened-mailbox.ts';

openForEachTest();

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
  expect((await get(box, `/messages/${id}`)).body).toMatch(/<iframe [^>]*sandbox="[^"]*"/);
  expect((await get(box, `/messages/${id}`)).body).not.toMatch(
    /<iframe [^>]*allow-(scripts|forms|top-navigation|modals)/,
  );
  const policy = (await get(box, `/messages/${id}/html`)).headers.get('content-security-policy');
  expect(policy).toMatch(/^sandbox /);
  expect(policy).not.toMatch(/allow-scripts|allow-forms|allow-top-navigation|script-src/);
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
