import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../../web/listen.ts';

/** Those who send a little now and then, so as to hold a connection. */

let server: ReturnType<typeof listen>;
beforeAll(async () => {
  const app = new Hono();
  app.post('/', async (c) => c.text(`taken: ${await c.req.text()}`));
  await new Promise<void>((ready) => {
    server = listen(app, { host: '127.0.0.1', port: 0 }, ready, { headers: 150, request: 300, looks: 20 });
  });
});
afterAll(() => server.close());

/** All that is answered until the connection ends. */
async function sent(...pieces: readonly string[]): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const answered: string[] = [];
  socket.setEncoding('utf8').on('data', (piece: string) => answered.push(piece));
  for (const piece of pieces) socket.write(piece);
  await once(socket, 'close');
  return answered.join('');
}

const head = 'POST / HTTP/1.1\r\nHost: here.example.org\r\nContent-Length: 4\r\n';

describe('whoever sends too slowly is told so and let go', () => {
  it('before all headers are sent', async () => expect(await sent(head)).toMatch(/^HTTP\/1\.1 408 /));

  it('before all is sent', async () => expect(await sent(`${head}\r\n`, 'ab')).toMatch(/^HTTP\/1\.1 408 /));

  it('and not who sends it all', async () =>
    expect(await sent(`${head}Connection: close\r\n\r\n`, 'abcd')).toMatch(/^HTTP\/1\.1 200 .*taken: abcd/s));
});
