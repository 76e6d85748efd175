import { sql } from 'kysely';
import type { BrowserContext, Page } from 'playwright-core';
import { vi } from 'vitest';
import { type Form, post, textIn } from './asked.ts';
import { type Desk, inDays } from './pages.ts';

/** What tests of the desk's pages have at hand. */
export type Here = { readonly desk: Desk } & Pick<
  ReturnType<typeof comingIn>,
  'cookieOf' | 'visitorIn' | 'signedIn' | 'context' | 'forgetAsking'
>;

/** kim coordinates the cases of MOIS, until what comes back is called. */
export async function kimCoordinates({ world: { db } }: Desk): Promise<() => Promise<void>> {
  const role = { person: 'kim', agency: 'mois', by: 'kim', from_day: inDays(-2), until_day: null } as const;
  await db
    .insertInto('roles')
    .values({ ...role, role: 'coordinator' })
    .execute();
  return async () => void (await db.deleteFrom('roles').execute());
}

/** The hidden fields of one form of a page, by something in it. */
export function hiddenIn(page: string, by: string): Form {
  const form = page.split('<form').find((each) => each.includes(by));
  if (!form) throw new Error(`The page has no form with ${by}: ${textIn(page)}`);
  return Object.fromEntries(
    [...form.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, k = '', v = '']) => [k, v]),
  );
}

/** How people come in at the desk, by a browser and without one. */
export function comingIn(desk: Desk) {
  const linksMailedTo = (address: string): readonly string[] =>
    (desk.world.stack.mailbox?.messages({}) ?? [])
      .filter(({ envelope }) => envelope.to.includes(address))
      .flatMap(({ text }) => new RegExp(`${desk.url}/sign-in/[A-Za-z0-9_-]{32}(?![^\\s])`).exec(text) ?? []);

  /** The latest link in the mail, once there are so many. */
  const linkMailedTo = (address: string, count = 1): Promise<string> =>
    vi.waitFor(
      () => {
        const links = linksMailedTo(address);
        if (links.length < count) throw new Error(`${links.length} links were mailed to ${address}.`);
        return links[0] ?? '';
      },
      { timeout: 60_000, interval: 100 },
    );

  const forgetAsking = () => sql`update sign_ins set asked_at = asked_at - interval '2 hours'`.execute(desk.world.db);

  const context = (options: object = {}): Promise<BrowserContext> =>
    desk.browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });

  /** Signs in as an official would: by the form, the mail and the button. */
  async function signedIn(address: string, browser: BrowserContext): Promise<Page> {
    const before = linksMailedTo(address).length;
    const page = await browser.newPage();
    await page.goto(`${desk.url}/desk`);
    await page.locator('#address').fill(address);
    await page.locator('main button').click();
    await page.goto(await linkMailedTo(address, before + 1));
    await page.locator('main button').click();
    await page.waitForURL(`${desk.url}/desk`);
    return page;
  }

  const asking = (address: string, headers: Readonly<Record<string, string>> = {}) =>
    post(`${desk.url}/sign-in`, { address }, headers);

  /** Of somebody who is signed in, without a browser. */
  async function cookieOf(address: string): Promise<string> {
    await forgetAsking();
    const before = linksMailedTo(address).length;
    const browser = cookieIn(await asking(address));
    return cookieIn(await post(await linkMailedTo(address, before + 1), {}, { cookie: browser }));
  }

  /** Shown to somebody who is signed in, without a browser. */
  async function visitorIn(
    address: string,
  ): Promise<(path: string, form?: Form | FormData, headers?: Form) => Promise<Response>> {
    const cookie = await cookieOf(address);
    return (path, form, headers = {}) =>
      form instanceof FormData
        ? fetch(`${desk.url}${path}`, {
            method: 'POST',
            redirect: 'manual',
            headers: { cookie, ...headers },
            body: form,
          })
        : form
          ? post(`${desk.url}${path}`, form, { cookie, ...headers })
          : fetch(`${desk.url}${path}`, { redirect: 'manual', headers: { cookie, ...headers } });
  }

  return { linksMailedTo, linkMailedTo, forgetAsking, context, signedIn, asking, cookieOf, visitorIn };
}

export const cookieIn = (answer: Response): string => (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
