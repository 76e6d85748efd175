import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sayLetterPages } from '../../database/letter-pages.ts';
import { textsIn } from '../../web/texts.ts';
import { post, textIn, withHost } from './asked.ts';
import { describeByPasskey } from './by-passkey.ts';
import { describeByProvider } from './by-provider.ts';
import { comingIn, cookieIn } from './coming-in.ts';
import { describeOverTls } from './over-tls.ts';
import { type Desk, isAccessible, isTooWide, startDesk } from './pages.ts';

/** Who signs in by a link that is mailed to them; on everything real. */

let desk: Desk;
let { linksMailedTo, linkMailedTo, forgetAsking, context, signedIn, asking } = {} as ReturnType<typeof comingIn>;
beforeAll(async () => {
  desk = await startDesk();
  ({ linksMailedTo, linkMailedTo, forgetAsking, context, signedIn, asking } = comingIn(desk));
});
afterAll(() => desk.stop());

describeByPasskey(() => ({ ...comingIn(desk), desk }));
describeByProvider(() => ({ ...comingIn(desk), desk }));
describeOverTls(() => ({ ...comingIn(desk), desk }));

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('where workers know of no pages', () => {
  it.each(['en', 'ko', 'el', 'ro'])('nobody is promised a link that nobody can make, in %s', async (language) => {
    const askedBy = async () =>
      (await sql`select from sign_ins where person = 'han'`.execute(desk.world.db)).rows.length;
    const before = await askedBy();
    await sayLetterPages(desk.world.db, null);
    const headers = { 'accept-language': language };
    const page = await fetch(`${desk.url}/sign-in`, { headers });
    const sent = await asking('han@klid.example.org', headers);
    await sayLetterPages(desk.world.db, desk.url);
    expect([page.status, sent.status]).toEqual([200, 503]);
    for (const html of [await page.text(), await sent.text()]) {
      expect(html).toContain('ENTENTE_WEB_URL');
      expect(html).not.toContain('name="address"');
    }
    expect(await askedBy()).toBe(before);
    expect(await (await fetch(`${desk.url}/sign-in`)).text()).toContain('name="address"');
  });
});

describe('whoever is in the directory', () => {
  it('signs in by the keyboard alone and without a script, and out again', async () => {
    const browser = await context({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
    const page = await browser.newPage();
    await page.goto(desk.url);
    await page.locator('#address').fill(' Park@KLID.example.org ');
    await page.keyboard.press('Enter');
    await page.locator('#address').waitFor({ state: 'detached' });
    expect(await page.locator('h1').textContent()).toBe('Please look at your mail');
    await page.goto(await linkMailedTo('park@klid.example.org'));
    await page.locator('main button').press('Enter');
    await page.waitForURL(`${desk.url}/desk`);
    expect(await page.locator('header').textContent()).toContain('park (test)');
    const cookies = await browser.cookies();
    expect(cookies.map(({ name, httpOnly, sameSite }) => [name, httpOnly, sameSite])).toEqual([
      ['entente-browser', true, 'Lax'],
      ['entente-session', true, 'Lax'],
    ]);
    await page.locator('header button').click();
    await page.waitForURL(`${desk.url}/sign-in`);
    await page.goto(`${desk.url}/desk`);
    expect(page.url()).toBe(`${desk.url}/sign-in?to=%2Fdesk`);
    await browser.addCookies(cookies);
    await page.goto(`${desk.url}/desk`);
    expect(page.url()).toBe(`${desk.url}/sign-in?to=%2Fdesk`);
    await browser.close();
  });

  it.each(['en', 'ko', 'el', 'ro'])('finds pages and a mail that are right for everybody in %s', async (language) => {
    await forgetAsking();
    await desk.world.db.updateTable('people').set({ language }).where('id', '=', 'kim').execute();
    const browser = await context({ locale: language, viewport: { width: 360, height: 740 } });
    const page = await browser.newPage();
    const before = linksMailedTo('kim@mois.example.org').length;
    await page.goto(`${desk.url}/sign-in`);
    await isAccessible(page);
    await page.locator('#address').fill('kim');
    await page.keyboard.press('Enter');
    await page.locator('.wrong').waitFor();
    await isAccessible(page);
    await page.locator('#address').fill('kim@mois.example.org');
    await page.keyboard.press('Enter');
    await page.locator('#address').waitFor({ state: 'detached' });
    await isAccessible(page);
    await page.goto(await linkMailedTo('kim@mois.example.org', before + 1));
    await isAccessible(page);
    expect(await isTooWide(page)).toBe(false);
    await page.locator('main button').click();
    await page.waitForURL(`${desk.url}/desk`);
    expect(await page.locator('h1').textContent()).toBe(textsIn(language).say('desk'));
    await browser.close();
    await desk.world.db.updateTable('people').set({ language: 'en' }).where('id', '=', 'kim').execute();
  });
});

describe('a link to sign in', () => {
  it('is mailed to nobody whose address the directory does not have, and the answer is the same', async () => {
    await forgetAsking();
    const [known, unknown] = [await asking('han@klid.example.org'), await asking('hun@klid.example.org')];
    const said = async (answer: Response, address: string) => textIn(await answer.text()).replaceAll(address, '…');
    expect(known.status).toBe(200);
    expect([unknown.status, await said(unknown, 'hun@klid.example.org')]).toEqual([
      known.status,
      await said(known, 'han@klid.example.org'),
    ]);
    await linkMailedTo('han@klid.example.org');
    expect(linksMailedTo('hun@klid.example.org')).toEqual([]);
  });

  it('works once, in the browser that asked, for a quarter of an hour; opening it does nothing', async () => {
    await forgetAsking();
    const before = linksMailedTo('han@klid.example.org').length;
    const cookie = cookieIn(await asking('han@klid.example.org'));
    const link = await linkMailedTo('han@klid.example.org', before + 1);
    const elsewhere = await post(link, {});
    expect([elsewhere.status, elsewhere.headers.get('set-cookie')]).toEqual([410, null]);
    expect(textIn(await (await fetch(link)).text())).toContain('asked for in another browser');
    const foreign = await post(link, {}, { cookie, origin: 'https://elsewhere.example.org' });
    expect(foreign.status).toBe(403);
    for (let nth = 0; nth < 3; nth++) expect((await fetch(link, { headers: { cookie } })).status).toBe(200);
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(link, {}, { cookie })));
    expect(answers.filter(({ status }) => status === 303).length).toBe(1);
    expect((await post(link, {}, { cookie })).status).toBe(410);
    const late = cookieIn(await asking('han@klid.example.org'));
    const lateLink = await linkMailedTo('han@klid.example.org', before + 2);
    await sql`update sign_ins set asked_at = asked_at - interval '16 minutes' where session is null`.execute(
      desk.world.db,
    );
    expect((await post(lateLink, {}, { cookie: late })).status).toBe(410);
  });

  it('is mailed five times an hour to one person, however often it is asked for, and nobody sees that', async () => {
    await forgetAsking();
    const before = linksMailedTo('papadopoulou@mar.example.org').length;
    const statuses = [];
    for (let nth = 0; nth < 8; nth++) statuses.push((await asking('papadopoulou@mar.example.org')).status);
    expect(statuses).toEqual(Array(8).fill(200));
    await linkMailedTo('papadopoulou@mar.example.org', before + 5);
    const { rows } =
      await sql`select from sign_ins where person = 'papadopoulou' and asked_at > clock_timestamp() - interval '1 hour'`.execute(
        desk.world.db,
      );
    expect(rows.length).toBe(5);
  });

  it('stands in the mail alone, and what lets in afterwards in the browser alone', async () => {
    await forgetAsking();
    const browser = await context();
    await signedIn('kim@mois.example.org', browser);
    const session = (await browser.cookies()).find(({ name }) => name === 'entente-session')?.value ?? '';
    const token = session.slice(-32);
    const { rows } = await sql<{ text: string; id: string }>`
      select id::text, row_to_json(s)::text as text from sign_ins s where session = ${sha256(session)}`.execute(
      desk.world.db,
    );
    const [{ text, id } = { text: '', id: '' }] = rows;
    expect(rows.length).toBe(1);
    for (const secret of [session.slice(0, 32), token]) expect(text).not.toContain(secret);
    const history = JSON.stringify(await desk.world.client.workflow.getHandle(`sign-in/${id}`).fetchHistory());
    expect(history).not.toContain(Buffer.from(token).toString('base64'));
    expect(desk.said.filter((line) => line.includes(token))).toEqual([]);
    await browser.close();
  });

  it.each([
    ['an address that is none', 'address=kim', 422],
    ['nothing', '', 422],
    ['half a character', 'address=%ED%A0%80', 400],
    ['a character that no address has', 'address=kim%00@mois.example.org', 422],
    ['10,000 characters', `address=${'a'.repeat(10_000)}@mois.example.org`, 422],
    ['an address twice', 'address=a@example.org&address=b@example.org', 400],
    ['100,000 characters', `address=${'a'.repeat(100_000)}`, 413],
  ])('is not asked for with %s', async (_, body, status) => {
    const count = () => sql`select from sign_ins`.execute(desk.world.db).then(({ rows }) => rows.length);
    const before = await count();
    const answer = await fetch(`${desk.url}/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    });
    expect([answer.status, await count()]).toEqual([status, before]);
  });

  it('is not asked for by a page from elsewhere, nor under another host', async () => {
    expect((await asking('kim@mois.example.org', { origin: 'https://elsewhere.example.org' })).status).toBe(403);
    expect((await asking('kim@mois.example.org', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await withHost(`${desk.url}/sign-in`, 'elsewhere.example.org')).status).toBe(421);
  });

  it.each(['https://elsewhere.example.org', '//elsewhere.example.org', '/desk/../../x', '/\\elsewhere.example.org'])(
    'never leads to %s',
    async (to) => {
      await forgetAsking();
      const before = linksMailedTo('kim@mois.example.org').length;
      const page = await (await fetch(`${desk.url}/sign-in?to=${encodeURIComponent(to)}`)).text();
      expect(page).toContain('name="to" value="/desk"');
      const cookie = cookieIn(await post(`${desk.url}/sign-in`, { address: 'kim@mois.example.org', to }));
      const answer = await post(await linkMailedTo('kim@mois.example.org', before + 1), {}, { cookie });
      expect(answer.headers.get('location')).toBe('/desk');
    },
  );
});

describe('a session', () => {
  it('is over when it is signed out, after twelve hours, and when its person leaves, and kept for a day; a made-up one is none', async () => {
    await forgetAsking();
    const browser = await context();
    const page = await signedIn('han@klid.example.org', browser);
    const asked = async (): Promise<string> => {
      await page.goto(`${desk.url}/desk`);
      return new URL(page.url()).pathname;
    };
    expect(await asked()).toBe('/desk');
    const { db } = desk.world;
    await sql`update people set left_on = current_date - 1 where id = 'han'`.execute(db);
    expect(await asked()).toBe('/sign-in');
    await sql`update people set left_on = null where id = 'han'`.execute(db);
    expect(await asked()).toBe('/desk');
    await sql`update sign_ins set started_at = started_at - interval '12 hours' where person = 'han'`.execute(db);
    expect(await asked()).toBe('/sign-in');
    const kept = () =>
      sql`select from sign_ins where person = 'han' and session is not null`
        .execute(db)
        .then(({ rows }) => rows.length);
    await asking('nobody@mois.example.org');
    expect(await kept()).toBeGreaterThan(0);
    await sql`insert into proof_keys (id, public_key, owner, place, code, asked_at)
      select left(md5(code), 16), rpad(code, 43, 'A'), 'person', code, code, clock_timestamp() - hours * interval '1 hour'
      from (values ('BCDF-GHJK', 25), ('BCDF-GHJL', 23)) each (code, hours)`.execute(db);
    await sql`update sign_ins set started_at = started_at - interval '1 day', ended_at = ended_at - interval '2 days'
      where person = 'han'`.execute(db);
    await asking('nobody@mois.example.org');
    expect(await kept()).toBe(0);
    const { rows: unconfirmed } = await sql`delete from proof_keys where from_at is null returning code`.execute(db);
    expect(unconfirmed).toEqual([{ code: 'BCDF-GHJL' }]);
    for (const value of ['', 'x', 'A'.repeat(64), `${'A'.repeat(63)}%00`, "' or 1=1"]) {
      const answer = await fetch(`${desk.url}/desk`, {
        redirect: 'manual',
        headers: { cookie: `entente-session=${value}` },
      });
      expect([value, answer.status, answer.headers.get('location')]).toEqual([value, 303, '/sign-in?to=%2Fdesk']);
    }
    await browser.close();
  });

  it('is not ended by a page from elsewhere, nor without the secret of its own', async () => {
    await forgetAsking();
    const browser = await context();
    await signedIn('kim@mois.example.org', browser);
    const session = (await browser.cookies()).find(({ name }) => name === 'entente-session')?.value ?? '';
    const cookie = `entente-session=${session}`;
    const out = (headers = {}) => post(`${desk.url}/sign-out`, { sending: 'x', secret: 'y' }, { cookie, ...headers });
    expect((await out({ origin: 'https://elsewhere.example.org' })).status).toBe(403);
    expect((await out()).status).toBe(403);
    expect((await fetch(`${desk.url}/desk`, { redirect: 'manual', headers: { cookie } })).status).toBe(200);
    await browser.close();
  });
});
