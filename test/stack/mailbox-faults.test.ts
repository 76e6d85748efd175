import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import type { OutgoingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, get, letter, open, openForEachTest, send, statusOf } from './opened-mailbox.ts';

openForEachTest();

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

test('an example that is offered is begun once, by its button alone, and offered no more', async () => {
  const box = await open();
  const begin = (headers: OutgoingHttpHeaders = {}) => statusOf(box, { path: '/example', method: 'POST', headers });
  expect(await begin()).toBe(404);
  let begun = 0;
  box.offer({
    isOffered: async () => begun === 0,
    begin: async () => void (begun += 1),
    desk: 'https://desk.example.org/desk',
  });
  expect((await get(box, '/')).body).toContain('Begin the example');
  for (const origin of ['https://evil.example.org', 'null']) expect(await begin({ origin })).toBe(403);
  expect(await statusOf(box, { path: '/example' })).toBe(405);
  expect(begun).toBe(0);
  for (const status of [await begin({ origin: box.url }), await begin()]) expect(status).toBe(303);
  expect(begun).toBe(1);
  expect((await get(box, '/')).body).not.toContain('Begin the example');
  expect((await get(box, '/?example')).body).toContain('https://desk.example.org/desk');
});

test('where the register is away nothing is offered, and mail is read', async () => {
  const box = await open();
  const away = async () => Promise.reject(new Error('Postgres does not answer'));
  box.offer({ isOffered: away, begin: away, desk: 'https://desk.example.org/desk' });
  const page = await get(box, '/');
  expect([page.status, page.body.includes('Begin the example')]).toEqual([200, false]);
  const asked = await fetch(`${box.url}/example`, { method: 'POST' });
  expect([asked.status, await asked.text()]).toEqual([503, expect.stringContaining('try again')]);
});
