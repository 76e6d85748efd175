import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { freePort } from '../../stack/ports.ts';
import { Provider, ProviderDownError } from '../../web/provider.ts';
import { ownCertificate } from './certificate.ts';
import type { Here } from './coming-in.ts';
import { type OpenIdProvider, startOpenIdProvider } from './openid-provider.ts';

const runner = fileURLToPath(new URL('../../stack/run.mjs', import.meta.url));
const program = fileURLToPath(new URL('../../web/main.ts', import.meta.url));

/** A proxy that ends TLS, as one stands before the pages. What whoever asks says of being passed on goes on, too. */
async function startProxy(port: number, to: number): Promise<Server> {
  const proxy = createServer(ownCertificate, (asked, reply) => {
    const { method, url: path, headers, socket } = asked;
    const forwarded = [headers['x-forwarded-for'], socket.remoteAddress].filter(Boolean).join(', ');
    const passedOn = request(
      { host: '127.0.0.1', port: to, method, path, headers: { ...headers, 'x-forwarded-for': forwarded } },
      (answer) => answer.pipe(reply.writeHead(answer.statusCode ?? 502, answer.headers)),
    );
    passedOn.on('error', () => reply.writeHead(502).end());
    asked.pipe(passedOn);
  });
  await new Promise<void>((resolve) => proxy.listen(port, '127.0.0.1', resolve));
  return proxy;
}

/** Pages as a process of their own behind a proxy that ends TLS, and a provider with a certificate of one's own authority. */
export function describeOverTls(here: () => Here): void {
  const folder = mkdtempSync(join(tmpdir(), 'entente-tls-'));
  let url: string;
  let openid: OpenIdProvider;
  let proxy: Server;
  let pages: ChildProcess;
  let browser: BrowserContext;
  let said = '';

  beforeAll(async () => {
    const [port, own] = [await freePort(), await freePort()];
    url = `https://localhost:${port}`;
    openid = await startOpenIdProvider(`${url}/sign-in/provider`, ownCertificate);
    writeFileSync(join(folder, 'authority.pem'), ownCertificate.cert);
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(join(folder, 'web-key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    pages = spawn(process.execPath, [runner, program], {
      env: {
        PATH: process.env['PATH'],
        ...here().desk.world.stack.env,
        NODE_EXTRA_CA_CERTS: join(folder, 'authority.pem'),
        ENTENTE_WEB_URL: url,
        ENTENTE_WEB_LISTEN: `127.0.0.1:${own}`,
        ENTENTE_WEB_PROXY: 'yes',
        ENTENTE_WEB_KEY_FILE: join(folder, 'web-key.pem'),
        OIDC_ISSUER: openid.issuer,
        OIDC_CLIENT_ID: openid.client.clientId,
        OIDC_CLIENT_SECRET: openid.client.clientSecret,
      },
    });
    for (const stream of [pages.stdout, pages.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
    proxy = await startProxy(port, own);
    await vi.waitFor(() => expect(said).toContain(`page server ready at ${url}`), { timeout: 60_000, interval: 100 });
    browser = await here().context({ ignoreHTTPSErrors: true });
  });
  afterAll(async () => {
    await browser?.close();
    proxy?.closeAllConnections();
    proxy?.close();
    pages?.kill();
    await openid?.stop();
    rmSync(folder, { recursive: true });
  });

  describe('over TLS', () => {
    it('somebody comes in by a provider with a certificate of our own authority, and keeps cookies of this host alone', async () => {
      openid.who = { email: 'park@klid.example.org', email_verified: true };
      const page = await browser.newPage();
      const first = await page.goto(`${url}/desk`);
      expect(first?.headers()['strict-transport-security']).toBe('max-age=31536000');
      const byProvider = page.locator('form[action="/sign-in/provider"] button');
      await byProvider.click();
      await page.waitForURL(`${url}/desk`);
      expect(await page.locator('header').textContent()).toContain('park (test)');
      const kept = (await browser.cookies(url)).filter(({ name }) => name.includes('entente'));
      expect(kept).toMatchObject([
        {
          name: '__Host-entente-session',
          domain: 'localhost',
          path: '/',
          secure: true,
          httpOnly: true,
          sameSite: 'Lax',
        },
      ]);
      await page.close();
    });

    it('what a browser, or a proxy, says of other hosts and of TLS changes nothing; nor does a cookie without the prefix', async () => {
      const [session] = await browser.cookies(url);
      const asked = (cookie: string, more: Readonly<Record<string, string>> = {}) =>
        browser.request.get(`${url}/desk`, { maxRedirects: 0, headers: { cookie, ...more } });
      const forwarded = {
        'x-forwarded-host': 'evil.example.org',
        'x-forwarded-proto': 'http',
        forwarded: 'for=1.2.3.4;host=evil.example.org;proto=http',
      };
      await browser.clearCookies();
      const led = await asked('', forwarded);
      expect([led.status(), led.headers()['location']]).toEqual([303, '/sign-in?to=%2Fdesk']);
      expect((await asked(`entente-session=${session?.value}`)).status()).toBe(303);
      const shown = await asked(`__Host-entente-session=${session?.value}`, forwarded);
      expect([shown.status(), await shown.text()]).toEqual([200, expect.not.stringContaining('evil.example.org')]);
      expect((await browser.request.get(`${url}/desk`, { headers: { host: 'evil.example.org' } })).status()).toBe(421);
    });

    it('a provider whose certificate nobody here has vouched for sends and lets nobody in', async () => {
      const provider = new Provider({ ...openid.client, issuer: openid.issuer, name: '' }, `${url}/sign-in/provider`);
      const checks = { state: 'x', nonce: 'x', verifier: 'x'.repeat(43) };
      await expect(provider.address(checks)).rejects.toThrow(ProviderDownError);
      await expect(provider.vouched('?code=x&state=x', checks)).rejects.toThrow(ProviderDownError);
    });
  });
}
