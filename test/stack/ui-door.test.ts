import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type RequestOptions,
  type ServerResponse,
} from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startChromium } from '../../docs/pictures/chromium.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listen } from '../../stack/listen.ts';
import { openUiDoor, type UiDoor, uiToken } from '../../stack/ui-door.ts';

const token = 'a-token-that-nobody-guesses';

interface Reply {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** As `fetch` would not send it: any target, any header. */
const ask = (port: number, options: RequestOptions, body = '') =>
  new Promise<Reply>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, ...options }, (answer) => {
      const { statusCode: status, headers } = answer;
      textOf(answer).then((body) => resolve({ status, headers, body }), reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });

async function textOf(stream: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}

describe('the door before the Temporal UI', () => {
  /** What came through to the UI: method, path and body. */
  let came: { line: string; headers: IncomingHttpHeaders }[];
  let door: UiDoor;
  let cookie: string;
  const ui = createServer((asked, answer) => void serve(asked, answer));
  const serve = async (asked: IncomingMessage, answer: ServerResponse) => {
    const body = await textOf(asked).catch(() => 'broken off');
    came.push({ line: `${asked.method} ${asked.url} ${body}`.trim(), headers: asked.headers });
    if (asked.url === '/gone') return void asked.socket.destroy();
    answer.writeHead(202, { 'set-cookie': '_csrf=x; Path=/' });
    answer.end('a page');
  };

  beforeEach(async () => {
    came = [];
    const uiPort = await listen(ui);
    door = await openUiDoor({ uiHost: '127.0.0.1', uiPort, port: 0, token, namespace: 'default' });
    cookie = `entente-ui-${door.port}=${token}`;
  });
  afterEach(async () => {
    await door.stop();
    ui.closeAllConnections();
    await new Promise((resolve) => ui.close(resolve));
  });

  it('turns the token of the printed address into a cookie that no script and no other site has, and goes on without it', async () => {
    const { status, headers, body } = await ask(door.port, {
      path: `/namespaces/default?query=a%3D1+b&token=${token}`,
    });
    expect([status, headers.location]).toEqual([200, undefined]);
    expect(body).toContain('<a href="/namespaces/default?query=a%3D1+b">');
    expect(body).not.toContain(token);
    expect(headers['set-cookie']).toEqual([`${cookie}; Path=/; HttpOnly; SameSite=Strict`]);
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(new URL(door.url).searchParams.get('token')).toBe(token);
    expect(came).toEqual([]);
  });

  describe('in a browser', () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await startChromium();
    });
    afterAll(() => browser.close());

    const keep = (page: Page, key: string, value: string) =>
      page.evaluate(`localStorage.setItem(${JSON.stringify(key)}, ${JSON.stringify(value)})`);
    const kept = async (page: Page, key: string) => {
      const text = await page.evaluate<string>(`localStorage.getItem(${JSON.stringify(key)})`);
      return JSON.parse(text) as Record<string, Record<string, string>[]>;
    };
    const views = 'saved-workflow-queries';
    const columns = 'namespace-workflow-table-columns';
    const open = async (page: Page, path = '/') => {
      await page.goto(`http://127.0.0.1:${door.port}${path}?query=a%3D1&token=${token}`);
      await page.waitForURL(`http://127.0.0.1:${door.port}${path}?query=a%3D1`);
    };

    it('puts our lists into it as saved views, and the columns that cases have, and goes on to where it was wanted', async () => {
      const page = await browser.newPage();
      await open(page, '/namespaces/default/workflows');
      expect(await page.textContent('body')).toBe('a page');
      expect((await kept(page, views))['default']).toContainEqual({
        id: 'entente-late',
        name: 'Late',
        query: 'Late=true AND ExecutionStatus="Running"',
        type: 'user',
      });
      expect((await kept(page, columns))['default']?.map(({ label }) => label)).toEqual(
        expect.arrayContaining(['Workflow ID', 'Title', 'Stage', 'OwedBy', 'NextDue', 'Outcome']),
      );
      await page.close();
    });

    it('leaves what somebody has added, changed or thrown away', async () => {
      const page = await browser.newPage();
      await open(page);
      const mine = { id: '1', name: 'Mine', query: 'Kind="mou" AND Late=true', type: 'user' };
      const changed = { id: 'entente-late', name: 'Late', query: 'Late=true', type: 'user' };
      await keep(page, views, JSON.stringify({ default: [mine, changed] }));
      await keep(page, columns, JSON.stringify({ default: [{ label: 'Status' }] }));
      await open(page);
      expect(await kept(page, views)).toEqual({ default: [mine, changed] });
      expect(await kept(page, columns)).toEqual({ default: [{ label: 'Status' }] });
      await page.close();
    });

    it('goes on where there is something that it cannot read', async () => {
      const page = await browser.newPage();
      await open(page);
      await keep(page, views, 'no JSON');
      await open(page);
      expect(await page.textContent('body')).toBe('a page');
      await page.close();
    });
  });

  it('leads nowhere else, whatever the address says', async () => {
    const { body } = await ask(door.port, { path: `/.//evil.example.org/"><b>?token=${token}` });
    expect(body).toContain('<a href="/evil.example.org/%22%3E%3Cb%3E">');
    expect(body).not.toMatch(/\/\/evil|<b>/);
  });

  it('lets whoever has the cookie through, and tells the UI nothing of it', async () => {
    const headers = { cookie: `_csrf=x; ${cookie}`, origin: `http://127.0.0.1:${door.port}`, 'x-csrf-token': 'x' };
    const reply = await ask(door.port, { method: 'POST', path: '/api/v1/update?x=1', headers }, '{"by":"kim"}');
    expect([reply.status, reply.body, reply.headers['set-cookie']]).toEqual([202, 'a page', ['_csrf=x; Path=/']]);
    expect(came.map(({ line }) => line)).toEqual(['POST /api/v1/update?x=1 {"by":"kim"}']);
    const { host = '' } = came[0]?.headers ?? {};
    expect(came[0]?.headers).toMatchObject({ cookie: '_csrf=x', 'x-csrf-token': 'x', origin: `http://${host}` });
    expect(host).not.toBe(`127.0.0.1:${door.port}`);
  });

  it.each([
    ['no token', {}],
    ['a wrong token', { path: '/?token=wrong' }],
    ['an empty token', { path: '/?token=' }],
    ['a wrong cookie', { headers: { cookie: 'entente-ui-1=x; other=y' } }],
    ['a command without a cookie', { method: 'POST', path: '/api/v1/namespaces/default/workflows/x/update/cancel' }],
  ] as [string, RequestOptions][])('refuses %s with one sentence', async (_, options) => {
    const { status, body } = await ask(door.port, options);
    expect([status, body]).toEqual([403, 'Open the address with the token first: npm start prints it.\n']);
    expect(came).toEqual([]);
  });

  it.each([
    'evil.example.org',
    'evil.example.org:PORT',
    '127.0.0.1',
    '127.0.0.1:1',
    '[::1]:PORT',
    'localhost.evil.example.org:PORT',
  ])('refuses the host name %s, whoever has the cookie or the token', async (name) => {
    const headers = { cookie, host: name.replace('PORT', String(door.port)) };
    for (const path of ['/', `/?token=${token}`]) {
      const { status, body } = await ask(door.port, { path, headers });
      expect([status, body]).toEqual([403, expect.stringMatching(/^The Temporal UI is not known .*\.\n$/)]);
    }
    expect(came).toEqual([]);
  });

  it.each(['http://evil.example.org', 'null', 'http://127.0.0.1:1', 'https://127.0.0.1:PORT'])(
    'refuses what the origin %s asks, whoever has the cookie',
    async (given) => {
      const origin = given.replace('PORT', String(door.port));
      const { status, body } = await ask(door.port, { method: 'POST', headers: { cookie, origin } });
      expect([status, body]).toEqual([403, 'Pages from elsewhere may ask the Temporal UI for nothing.\n']);
      expect(came).toEqual([]);
    },
  );

  it.each(['//[', '//evil.example.org/', '/\\[', '*', 'http://127.0.0.1/'])('answers 400 to %s', async (path) => {
    const { status } = await ask(door.port, { path, headers: { cookie } });
    expect([path, status]).toEqual([path, 400]);
  });

  it('outlives a UI that goes away and a visitor who does', async () => {
    const gone = await ask(door.port, { path: '/gone', headers: { cookie } });
    expect([gone.status, gone.body]).toEqual([502, expect.stringMatching(/^The Temporal UI does not answer/)]);
    await new Promise<void>((resolve) => {
      const left = request({ host: '127.0.0.1', port: door.port, method: 'POST', path: '/left', headers: { cookie } });
      left.on('error', () => resolve());
      left.write('half', () => left.destroy(new Error('gone')));
    });
    expect((await ask(door.port, { path: '/', headers: { cookie } })).status).toBe(202);
  });
});

it('the token of a state folder stays the same, is for its owner alone, and is made anew when it is lost', () => {
  const folder = mkdtempSync(join(tmpdir(), 'entente-token-'));
  try {
    const first = uiToken(folder);
    expect(first).toMatch(/^[\w-]{32}$/);
    expect(uiToken(folder)).toBe(first);
    expect(statSync(join(folder, 'ui.token')).mode & 0o777).toBe(0o600);
    writeFileSync(join(folder, 'ui.token'), '\n');
    const second = uiToken(folder);
    expect(second).not.toBe(first);
    expect(readFileSync(join(folder, 'ui.token'), 'utf8').trim()).toBe(second);
    expect(uiToken()).not.toBe(uiToken());
  } finally {
    rmSync(folder, { recursive: true });
  }
});
