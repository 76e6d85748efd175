import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../stack/ports.ts';
import { textsIn } from '../../web/texts.ts';
import { makeWeb } from '../../web/server.ts';
import { post, textIn } from './asked.ts';
import { cookieIn, type Here } from './coming-in.ts';
import { type OpenIdProvider, startOpenIdProvider } from './openid-provider.ts';
import { isAccessible, isTooWide } from './pages.ts';

/** Who signs in by the ministry's own OpenID Connect provider. */
export function describeByProvider(here: () => Here): void {
  let openid: OpenIdProvider;
  let url: string;
  let web: Hono;
  const said: string[] = [];
  let server: ReturnType<typeof serve>;

  /** As another process would serve them: it has nothing from the one before. */
  const anotherWeb = (): Hono => {
    const { entente } = here().desk;
    const provider = { ...openid.client, issuer: openid.issuer, name: 'Ministry ID' };
    const limits = { pages: 10_000, misses: 1_000, forms: 1_000, signIns: 1_000, allSignIns: 1_000 };
    return makeWeb({ entente, url, behindProxy: false, provider, limits, say: (line) => said.push(line) });
  };

  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    openid = await startOpenIdProvider(`${url}/sign-in/provider`);
    web = anotherWeb();
    server = serve({ fetch: (request, env) => web.fetch(request, env), hostname: '127.0.0.1', port });
  });
  afterAll(async () => {
    server?.close();
    await openid?.stop();
  });

  const who = (email: string | undefined, said: object = { email_verified: true }): void => {
    openid.who = { ...(email && { email }), ...said };
  };
  const sentThere = async (to = '/desk') => {
    const answer = await post(`${url}/sign-in/provider`, { to });
    const [, address = ''] = /<a href="([^"]+)"/.exec(await answer.text()) ?? [];
    return { answer, address: address.replaceAll('&amp;', '&'), cookie: cookieIn(answer) };
  };

  /** At the provider, until it sends people back; where to. */
  async function backFrom(address: string): Promise<string> {
    const jar = new Map<string, string>();
    let at = address;
    while (!at.startsWith(url)) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(at, { redirect: 'manual', headers: { cookie } });
      for (const each of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
        jar.set(name, value);
      }
      const location = answer.headers.get('location');
      if (location === null) throw new Error(`${answer.status} at ${at}: ${textIn(await answer.text())}`);
      at = new URL(location, at).href;
    }
    return at;
  }

  const come = (address: string, cookie: string) => fetch(address, { redirect: 'manual', headers: { cookie } });
  /** All the way; what was answered in the end, and whether anybody is signed in. */
  async function gone(): Promise<{ status: number; text: string; session: string | undefined }> {
    const { address, cookie } = await sentThere();
    const answer = await come(await backFrom(address), cookie);
    const session = answer.headers.getSetCookie().find((each) => each.startsWith('entente-session='));
    return { status: answer.status, text: textIn(await answer.text()), session };
  }

  describe('by the ministry’s own provider', () => {
    it('somebody comes in, without a script and in another process than the one that sent them, and the record says so', async () => {
      const { desk, context } = here();
      who('Park@KLID.example.org');
      const browser = await context({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
      const page = await browser.newPage();
      await page.goto(`${url}/list/cases`);
      await page
        .locator('form', { has: page.locator('text=Sign in with Ministry ID') })
        .locator('button')
        .press('Enter');
      await page.waitForURL(`${url}/list/cases`);
      expect(await page.locator('header').textContent()).toContain('park (test)');
      const { rows } = await sql<{ text: string }>`
        select row_to_json(s)::text as text from sign_ins s where way = 'provider'`.execute(desk.world.db);
      expect(rows.length).toBe(1);
      const secrets = (await browser.cookies()).map(({ value }) => value);
      for (const secret of secrets) expect(rows[0]?.text).not.toContain(secret);
      const caseId = await desk.opened();
      await page.goto(`${url}/case/${caseId}`);
      await page
        .locator('summary', { hasText: /^Take it on$/ })
        .first()
        .press('Enter');
      const form = page.locator('form', { has: page.locator('input[value=accept]') });
      await form.locator('button').first().press('Enter');
      await page.waitForURL(/\?done=/);
      const bySession = { way: 'provider', address: 'park@klid.example.org', codeTo: null };
      expect(await desk.last(caseId)).toMatchObject({ type: 'accepted', by: 'park', bySession });
      await browser.close();
      const { address, cookie } = await sentThere();
      const back = await backFrom(address);
      web = anotherWeb();
      expect((await come(back, cookie)).headers.get('location')).toBe('/desk');
    });

    it('nobody comes in whom the directory has not, who has left, or whose address is not said to be verified', async () => {
      const { db } = here().desk.world;
      const refused = async (says: string) =>
        expect(await gone()).toMatchObject({ status: 403, session: undefined, text: expect.stringContaining(says) });
      who('hun@klid.example.org');
      await refused('nobody with that address');
      for (const said of [{ email_verified: false }, {}]) {
        who('han@klid.example.org', said);
        await refused('does not say that your mail address is verified');
      }
      who(undefined);
      await refused('does not say that your mail address is verified');
      who('han@klid.example.org');
      await sql`update people set left_on = current_date - 1 where id = 'han'`.execute(db);
      await refused('nobody with that address');
      await sql`update people set left_on = null where id = 'han'`.execute(db);
      expect(await gone()).toMatchObject({ status: 303 });
      const { rows } = await sql`select from people where email = 'hun@klid.example.org'`.execute(db);
      expect(rows).toEqual([]);
    });

    it('what is brought back is taken once, in the browser that was sent, for ten minutes, and with its own state', async () => {
      who('han@klid.example.org');
      const { address, cookie } = await sentThere();
      const back = await backFrom(address);
      const other = await sentThere();
      const state = new URL(back).searchParams.get('state') ?? '';
      const changed = (to: string) => back.replace(encodeURIComponent(state), encodeURIComponent(to));
      const wrong = [
        [back, ''],
        [back, other.cookie],
        [changed(`${state}x`), cookie],
        [changed(state.replace(/^[^.]+/, `${(Date.now() - 601_000).toString(36)}-0123456789ab`)), cookie],
        [changed(''), cookie],
        [`${url}/sign-in/provider`, cookie],
        [
          `${url}/sign-in/provider?error=access_denied&state=${encodeURIComponent(new URL(other.address).searchParams.get('state') ?? '')}`,
          other.cookie,
        ],
      ];
      for (const [at = '', by = ''] of wrong) {
        const answer = await come(at, by);
        expect([at, answer.status, answer.headers.getSetCookie()]).toEqual([at, 403, []]);
      }
      const answers = await Promise.all(Array.from({ length: 8 }, () => come(back, cookie)));
      expect(answers.map(({ status }) => status).filter((status) => status !== 403)).toEqual([303]);
      expect((await come(back, cookie)).status).toBe(403);
      expect(said.join('\n')).not.toContain(new URL(back).searchParams.get('code'));
    });

    it.each([
      ['of another issuer', { claims: { iss: 'https://elsewhere.example.org' } }],
      ['for another client', { claims: { aud: 'another' } }],
      ['of another sign-in', { claims: { nonce: 'another' } }],
      ['that is over', { claims: { exp: 1_000_000_000 } }],
      ['that somebody else has signed', { isForeign: true }],
    ])('an ID token %s lets nobody in', async (_, forge) => {
      who('han@klid.example.org');
      openid.forge = forge;
      expect(await gone()).toMatchObject({ status: 403, session: undefined });
      openid.forge = undefined;
    });

    it.each(['https://elsewhere.example.org', '//elsewhere.example.org'])('nobody is led to %s', async (to) => {
      who('han@klid.example.org');
      const { address, cookie } = await sentThere(to);
      expect((await come(await backFrom(address), cookie)).headers.get('location')).toBe('/desk');
    });

    it('nobody is sent there by a page from elsewhere, and no page lets forms go anywhere but to us', async () => {
      const foreign = await post(`${url}/sign-in/provider`, {}, { origin: 'https://elsewhere.example.org' });
      expect(foreign.status).toBe(403);
      const { answer, address } = await sentThere();
      expect(answer.headers.get('content-security-policy')).toContain("form-action 'self';");
      const asked = new URL(address).searchParams;
      expect([asked.get('code_challenge_method'), asked.get('response_type')]).toEqual(['S256', 'code']);
      for (const each of ['state', 'nonce', 'code_challenge'])
        expect((asked.get(each) ?? '').length).toBeGreaterThan(40);
    });

    it.each(['en', 'ko', 'el', 'ro'])(
      'when it is down, the page says so in %s, and offers the link',
      async (locale) => {
        const { context } = here();
        const issuer = openid.issuer;
        web = makeWeb({
          entente: here().desk.entente,
          url,
          behindProxy: false,
          provider: { ...openid.client, issuer: `${issuer}/nowhere`, name: 'Ministry ID' },
          say: () => undefined,
        });
        const browser = await context({ locale, viewport: { width: 360, height: 740 } });
        const page = await browser.newPage();
        await page.goto(`${url}/sign-in`);
        await isAccessible(page);
        expect(await isTooWide(page)).toBe(false);
        await page.locator('main button').first().click();
        await page.locator('main a[href="/sign-in"]').waitFor();
        expect(await page.locator('h1').textContent()).toBe(
          textsIn(locale).say('providerDown', { name: 'Ministry ID' }),
        );
        await isAccessible(page);
        expect(await isTooWide(page)).toBe(false);
        await browser.close();
        web = anotherWeb();
      },
    );

    it('when it goes down in between, nobody is signed in, and it is said', async () => {
      who('han@klid.example.org');
      const { address, cookie } = await sentThere();
      const back = await backFrom(address);
      await openid.stop();
      const answer = await come(back, cookie);
      expect([answer.status, textIn(await answer.text())]).toEqual([503, expect.stringContaining('does not answer')]);
    });
  });
}
