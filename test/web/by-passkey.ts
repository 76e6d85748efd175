import { serve } from '@hono/node-server';
import { sql } from 'kysely';
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../stack/ports.ts';
import { makeWeb } from '../../web/server.ts';
import { askedWhole, post, textIn, withHost } from './asked.ts';
import { type comingIn, type Here, hiddenIn } from './coming-in.ts';
import { isAccessible, isTooWide } from './pages.ts';

type All = Here & Pick<ReturnType<typeof comingIn>, 'linksMailedTo' | 'linkMailedTo'>;

/** Who signs in by a passkey, with Chromium's own virtual authenticator. */
export function describeByPasskey(here: () => All): void {
  let url: string;
  let server: ReturnType<typeof serve>;
  let browser: BrowserContext;
  let page: Page;
  let keys: CDPSession;
  let authenticatorId: string;

  beforeAll(async () => {
    const port = await freePort();
    // Authenticators take names of hosts alone.
    url = `http://localhost:${port}`;
    const limits = { pages: 10_000, misses: 1_000, forms: 1_000, signIns: 1_000, allSignIns: 1_000 };
    const web = makeWeb({ entente: here().desk.entente, url, behindProxy: false, limits, say: () => undefined });
    server = serve({ fetch: web.fetch, hostname: '127.0.0.1', port });
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  /** By the mail, the first time. */
  async function byMail(address: string): Promise<void> {
    const { forgetAsking, linksMailedTo, linkMailedTo, desk } = here();
    await forgetAsking();
    const before = linksMailedTo(address).length;
    await page.goto(`${url}/sign-in`);
    await page.locator('#address').fill(address);
    await page.locator('#address').press('Enter');
    await page.goto((await linkMailedTo(address, before + 1)).replace(desk.url, url));
    await page.locator('main button').click();
    await page.waitForURL(`${url}/desk`);
  }

  const signOut = async (): Promise<void> => {
    await page.locator('header button').click();
    await page.waitForURL(`${url}/sign-in`);
  };
  const button = () => page.locator('form[data-passkey=get] button');
  /** What the browser sends, without sending it. */
  const held = async (): Promise<string> => {
    let body = '';
    await page.route('**/sign-in/passkey', (route) => {
      body = route.request().postData() ?? '';
      return route.abort();
    });
    await button().click();
    await expect.poll(() => body).not.toBe('');
    await page.unroute('**/sign-in/passkey');
    return new URLSearchParams(body).get('answer') ?? '';
  };
  const errand = async (): Promise<string> =>
    (await browser.cookies()).flatMap(({ name, value }) =>
      name === 'entente-errand' ? [`${name}=${value}`] : [],
    )[0] ?? '';
  const brought = (answer: string, cookie: string) => post(`${url}/sign-in/passkey`, { answer }, { cookie });

  /** What the authenticator has made is held back, and sent as it should not be first. */
  async function addedOnceByWhomItWasMadeFor(): Promise<void> {
    let body = '';
    await page.route('**/keys/passkey', (route) => {
      body = route.request().postData() ?? '';
      return route.abort();
    });
    await page.locator('form[data-passkey=create] button').click();
    await expect.poll(() => body).not.toBe('');
    await page.unroute('**/keys/passkey');
    const form = Object.fromEntries(new URLSearchParams(body));
    const made = JSON.parse(form['answer'] ?? '');
    const data = JSON.parse(Buffer.from(made.response.clientDataJSON, 'base64url').toString());
    const saying = (said: object): string => {
      const clientDataJSON = Buffer.from(JSON.stringify({ ...data, ...said })).toString('base64url');
      return JSON.stringify({ ...made, response: { ...made.response, clientDataJSON } });
    };
    const own = { cookie: (await browser.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ') };
    const theirs = await here().visitorIn('kim@mois.example.org');
    const secret = hiddenIn(await (await theirs('/keys')).text(), '/sign-out');
    const { answer = '' } = form;
    for (const wrong of [
      saying({ origin: 'https://elsewhere.example.org' }),
      saying({ challenge: 'AAAA' }),
      saying({ type: 'webauthn.get' }),
      JSON.stringify({ ...made, more: 1 }),
      '{}',
    ])
      expect([wrong, (await post(`${url}/keys/passkey`, { ...form, answer: wrong }, own)).status]).toEqual([
        wrong,
        422,
      ]);
    // Made for one session, it is nobody else's to add.
    expect((await theirs('/keys/passkey', { ...secret, name: 'Mine', answer })).status).toBe(422);
    expect((await post(`${url}/keys/passkey`, { ...form, secret: 'A'.repeat(43) }, own)).status).toBe(403);
    const kept = () => sql`select person, name from passkeys`.execute(here().desk.world.db);
    expect((await kept()).rows).toEqual([]);
    const statuses = [];
    for (let nth = 0; nth < 2; nth += 1) statuses.push((await post(`${url}/keys/passkey`, form, own)).status);
    expect(statuses).toEqual([303, 422]);
    expect((await kept()).rows).toEqual([{ person: 'han', name: 'My <b>phone</b>' }]);
    await page.goto(`${url}/keys`);
  }

  describe('by a passkey', () => {
    it('somebody signs in who has added one at their page of keys, and it counts', async () => {
      browser = await here().context({ viewport: { width: 360, height: 740 } });
      page = await browser.newPage();
      keys = await browser.newCDPSession(page);
      await keys.send('WebAuthn.enable');
      const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true };
      const added = await keys.send('WebAuthn.addVirtualAuthenticator', {
        options: { ...options, isUserVerified: true, automaticPresenceSimulation: true } as never,
      });
      ({ authenticatorId } = added);
      await byMail('han@klid.example.org');
      await page.goto(`${url}/keys`);
      await page.locator('#passkey-name').fill('My <b>phone</b>');
      await isAccessible(page);
      expect(await isTooWide(page)).toBe(false);
      await addedOnceByWhomItWasMadeFor();
      await page.locator('li', { hasText: 'My <b>phone</b>' }).waitFor();
      await isAccessible(page);
      await signOut();
      await isAccessible(page);
      expect(await isTooWide(page)).toBe(false);
      await button().click();
      await page.waitForURL(`${url}/desk`);
      expect(await page.locator('header').textContent()).toContain('han (test)');
      const { rows } = await sql<{ way: string; counter: string }>`
        select way, counter from sign_ins join passkeys on passkeys.id = passkey`.execute(here().desk.world.db);
      expect(rows).toMatchObject([{ way: 'passkey' }]);
      expect(Number(rows[0]?.counter)).toBeGreaterThan(0);
      await signOut();
    });

    it('what one has signed is taken once, in the browser that was given it, and not for another', async () => {
      const answer = await held();
      const cookie = await errand();
      const changed = JSON.parse(answer);
      const data = JSON.parse(Buffer.from(changed.response.clientDataJSON, 'base64url').toString());
      const saying = (said: object) => {
        const clientDataJSON = Buffer.from(JSON.stringify({ ...data, ...said })).toString('base64url');
        return JSON.stringify({ ...changed, response: { ...changed.response, clientDataJSON } });
      };
      const wrong = [
        [answer, ''],
        [answer, `entente-errand=${'A'.repeat(32)}`],
        [saying({ origin: 'https://elsewhere.example.org' }), cookie],
        [saying({ challenge: 'AAAA' }), cookie],
        [JSON.stringify({ ...changed, id: 'AAAA', rawId: 'AAAA' }), cookie],
        ['{}', cookie],
        ['', cookie],
        ['null', cookie],
      ];
      for (const [each = '', by = ''] of wrong) {
        const refused = await brought(each, by);
        expect([each, refused.status, refused.headers.getSetCookie()]).toEqual([each, 403, []]);
      }
      const answers = await Promise.all(Array.from({ length: 8 }, () => brought(answer, cookie)));
      expect(answers.filter(({ status }) => status === 303).length).toBe(1);
      expect((await brought(answer, cookie)).status).toBe(403);
    });

    it('a copy that counts behind, somebody who is not verified, and somebody who has left are not let in', async () => {
      const { db } = here().desk.world;
      await page.goto(`${url}/sign-in`);
      await sql`update passkeys set counter = counter + 1000`.execute(db);
      expect((await brought(await held(), await errand())).status).toBe(403);
      await sql`update passkeys set counter = 0`.execute(db);
      await page.goto(`${url}/sign-in`);
      const whoLeft = await held();
      await sql`update people set left_on = current_date - 1 where id = 'han'`.execute(db);
      expect((await brought(whoLeft, await errand())).status).toBe(403);
      await sql`update people set left_on = null where id = 'han'`.execute(db);
      await page.goto(`${url}/sign-in`);
      await keys.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
      await button().click();
      await page.locator('form[data-passkey=get] [role=alert]').waitFor();
      await keys.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
    });

    it('is called something else by its person alone, and says when it was last used', async () => {
      await page.goto(`${url}/sign-in`);
      await button().click();
      await page.waitForURL(`${url}/desk`);
      await page.goto(`${url}/keys`);
      const row = page.locator('.rows li', { hasText: 'My <b>phone</b>' });
      expect(await row.textContent()).toContain('last used on');
      await row.locator('summary').click();
      await isAccessible(page);
      expect(await isTooWide(page)).toBe(false);
      const form = row.locator('form[action$="/name"]');
      const to = `${url}${await form.getAttribute('action')}`;
      await form.locator('input[name=name]').fill('Old phone');
      await form.locator('button').click();
      await page.locator('.rows li', { hasText: 'Old phone' }).waitFor();
      const named = () =>
        sql<{ name: string }>`select name from passkeys where removed_at is null`.execute(here().desk.world.db);
      const theirs = await here().visitorIn('kim@mois.example.org');
      const secret = hiddenIn(await (await theirs('/keys')).text(), '/sign-out');
      expect((await theirs(new URL(to).pathname, { ...secret, name: 'Mine now' })).status).toBe(303);
      expect((await theirs(new URL(to).pathname.replace(/name$/, 'remove'), secret)).status).toBe(303);
      for (const name of ['', ' ', 'x'.repeat(61), 'a\nb']) {
        const form = { ...hiddenIn(await page.content(), '/name'), name };
        const refused = await page.request.post(to, { form, headers: { origin: url } });
        expect([name, refused.status()]).toEqual([name, 422]);
      }
      expect((await named()).rows).toEqual([{ name: 'Old phone' }]);
      await sql`update passkeys set name = 'My <b>phone</b>'`.execute(here().desk.world.db);
      await signOut();
    });

    it('one that was removed signs nobody in, and what was begun with it elsewhere is over', async () => {
      await page.goto(`${url}/sign-in`);
      await button().click();
      await page.waitForURL(`${url}/desk`);
      const cookie = (await browser.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
      await byMail('han@klid.example.org');
      await page.goto(`${url}/keys`);
      const removing = 'form[action$="/remove"] button';
      await page.locator('li', { hasText: 'My <b>phone</b>' }).locator(removing).click();
      await page.locator('li', { hasText: 'My <b>phone</b>' }).waitFor({ state: 'detached' });
      expect((await fetch(`${url}/desk`, { redirect: 'manual', headers: { cookie } })).status).toBe(303);
      await signOut();
      await button().click();
      await page.locator('main a[href="/sign-in"]').waitFor();
      expect(textIn(await page.content())).toContain('not signed in');
    });

    it('where pages are at localhost, its address leads there, and takes no form', async () => {
      const byAddress = url.replace('localhost', '127.0.0.1');
      for (const path of ['/a/x?y=1', '//elsewhere.example.org/', '/sign-in']) {
        const led = await fetch(byAddress + path, { redirect: 'manual' });
        expect([path, led.status, led.headers.get('location')]).toEqual([path, 302, url + path]);
      }
      // As a proxy is asked, with the whole address: of whatever length it is, and whoever stands before an @.
      for (const asked of ['http://elsewhere.example.org/desk?x=1', 'http://u:p@elsewhere.example.org/desk?x=1']) {
        const { location } = await askedWhole(byAddress, asked);
        expect([asked, location]).toEqual([asked, `${url}/desk?x=1`]);
      }
      expect((await post(`${byAddress}/sign-in`, { address: 'han@klid.example.org' })).status).toBe(421);
      expect((await withHost(`${byAddress}/sign-in`, `evil.example.org:${new URL(url).port}`)).status).toBe(421);
    });

    it('scripts are ours alone, and on no other page; without one nothing is missing but the button', async () => {
      const policyOf = async (path: string) => (await fetch(url + path)).headers.get('content-security-policy');
      expect(await policyOf('/sign-in')).toContain("script-src 'self';");
      expect(await policyOf('/a/x')).not.toContain('script-src');
      const plain = await here().context({ javaScriptEnabled: false });
      const still = await plain.newPage();
      await still.goto(`${url}/sign-in`);
      expect(await still.locator('form[data-passkey]').isVisible()).toBe(false);
      expect(await still.locator('#address').isVisible()).toBe(true);
      await plain.close();
    });
  });
}
