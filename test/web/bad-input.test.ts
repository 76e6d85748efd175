import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tokenOf } from '../../activities/mail/answer-link.ts';
import { connectEntente } from '../../client/client.ts';
import { findLink, hashOf } from '../../database/answer-links.ts';
import { newForm, secretOf } from '../../web/form.ts';
import { usualLimits } from '../../web/rate.ts';
import { makeWeb } from '../../web/server.ts';
import { type Form, formIn, post, raw, textIn, withHost } from './asked.ts';
import { describeAttempts } from './attempts.ts';
import { comingIn } from './coming-in.ts';
import { describeOutside } from './outside.ts';
import { type Desk, startDesk } from './pages.ts';
import { describeSideBySide } from './side-by-side.ts';

/** What nobody should send, and what the pages do while something is down, on everything real. */

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
}, 180_000);
afterAll(() => desk.stop());

describe('bad input is refused with one sentence, and nothing is stored', () => {
  let caseId = '';
  let address = '';
  let good: Form = {};
  let moreTime: Form = {};
  /** As the page of somebody else makes one. */
  const formOf = async (person: string): Promise<Form> => {
    const other = await desk.opened();
    await desk.entente.command(other, 'refuse', { by: 'park', reason: 'Not ours.' });
    const { form = '', secret = '' } = await formIn(await desk.addressIn(person, other), 'handOver');
    return { form, secret };
  };
  beforeAll(async () => {
    caseId = await desk.opened();
    address = await desk.addressIn('park', caseId);
    good = await formIn(address, 'refuse');
    moreTime = await formIn(address, 'askExtension');
  }, 60_000);

  const nothingThere = /nothing at this address.*copy it whole from the letter/;
  const notOfThisPage = /did not come from this page, or the page was open for too long/;
  const notTaken = /not taken; nothing has been put on record/;
  const marked = (what: string) => new RegExp(`correct what is marked.*Nothing has been put on record yet.*${what}`);
  const bad: readonly (readonly [string, number, RegExp, () => Promise<Response>])[] = [
    ['a token that is cut', 404, nothingThere, () => fetch(address.slice(0, -1))],
    ['a token that is forged', 404, nothingThere, () => fetch(`${desk.url}/a/${'A'.repeat(32)}`)],
    [
      'a token of another key',
      404,
      nothingThere,
      async () => fetch(`${desk.url}/a/${await tokenOfAnotherKey(address)}`),
    ],
    ['a token that climbs folders', 404, nothingThere, () => fetch(`${desk.url}/a/..%2F..%2Fetc%2Fpasswd`)],
    ['no secret', 403, notOfThisPage, () => post(address, { ...good, secret: '' })],
    [
      'a secret of another form',
      403,
      notOfThisPage,
      () => post(address, { ...good, sending: 'lxxxxxxx-0123456789ab' }),
    ],
    [
      'a form that is eight days old',
      403,
      notOfThisPage,
      () => post(address, { ...good, ...formMadeAt(address, Date.now() - 8 * day) }),
    ],
    ['a form of another person', 403, notOfThisPage, async () => post(address, { ...good, ...(await formOf('kim')) })],
    [
      'another origin',
      403,
      /did not come from a page of yours/,
      () => post(address, good, { origin: 'https://elsewhere.example.org' }),
    ],
    [
      'a hidden origin across sites',
      403,
      /did not come from a page of yours/,
      () => post(address, good, { origin: 'null', 'sec-fetch-site': 'cross-site' }),
    ],
    [
      'a field too many',
      400,
      /A field was sent that this form does not have/,
      () => post(address, { ...good, by: 'kim' }),
    ],
    [
      'half a character',
      400,
      /not text in UTF-8/,
      () => raw(address, `${new URLSearchParams(good).toString()}&reason=%ED%A0%80`),
    ],
    [
      'JSON',
      400,
      /What was sent is no form/,
      () => raw(address, JSON.stringify(good), { 'content-type': 'application/json' }),
    ],
    ['no reason', 422, marked('Please fill this in'), () => post(address, { ...good, reason: '' })],
    [
      'a control character',
      422,
      marked('cannot be taken as it is'),
      () => post(address, { ...good, reason: 'a\u0000b' }),
    ],
    [
      'a reason too long',
      422,
      marked('cannot be taken as it is'),
      () => post(address, { ...good, reason: 'x'.repeat(10_001) }),
    ],
    [
      'a day that is none',
      422,
      marked('cannot be taken as it is'),
      () => post(address, { ...moreTime, to: 'tomorrow', reason: 'Late.' }),
    ],
    [
      'a day that no calendar has',
      422,
      marked('cannot be taken as it is'),
      () => post(address, { ...moreTime, to: '2027-02-30', reason: 'Late.' }),
    ],
    ['an answer that is no choice', 409, notTaken, () => post(address, { ...good, command: 'accept\n' })],
    [
      'a megabyte',
      413,
      /too large.*Nothing has been put on record/,
      () => post(address, { ...good, reason: 'x'.repeat(1_000_000) }, { connection: 'close' }),
    ],
    ['a command of another obligation', 409, notTaken, () => post(address, { ...good, command: 'drop', reason: 'x' })],
    ['a command that there is not', 409, notTaken, () => post(address, { ...good, command: '__proto__' })],
  ];

  it.each(bad)('%s: %i', async (_, status, says, ask) => {
    const answer = await ask();
    expect([answer.status, textIn(await answer.text())]).toEqual([status, expect.stringMatching(says)]);
    expect((await desk.events(caseId)).at(-1)?.type).toBe('planned');
  });

  it('an address that is used from two places: the second is told who has answered what, and takes nothing', async () => {
    const twice = await desk.opened();
    const at = await desk.addressIn('park', twice);
    const [one, other] = [await formIn(at, 'accept'), await formIn(at, 'refuse')];
    expect((await post(at, one, { 'user-agent': 'One' })).status).toBe(303);
    const late = await post(at, { ...other, reason: 'No.' }, { 'user-agent': 'Other' });
    expect([late.status, textIn(await late.text())]).toEqual([409, expect.stringContaining('park (test) has dealt')]);
    expect((await desk.last(twice))?.type).toBe('accepted');
  });

  it('a Host header that is not ours, and no redirect out', async () => {
    const { status, location } = await withHost(address, 'evil.example.org');
    expect({ status, location }).toEqual({ status: 421, location: undefined });
    expect((await fetch(`${desk.url}//evil.example.org/`, { redirect: 'manual' })).status).toBe(404);
  });

  it('the id of an answer by link, from anybody else', async () => {
    const commandId = `link-${'a'.repeat(64)}-1`;
    await expect(desk.entente.command(caseId, 'accept', { by: 'kim' }, { commandId })).rejects.toThrow('link-');
  });

  it('too much in a minute, also of tokens that are tried', async () => {
    const limits = { ...usualLimits, pages: 30, misses: 5 };
    const app = makeWeb({ entente: desk.entente, url: desk.url, behindProxy: true, limits, say: () => undefined });
    const headers = { host: new URL(desk.url).host, 'x-forwarded-for': '192.0.2.1, 198.51.100.7' };
    const ask = async (path: string, from = headers) => (await app.request(path, { headers: from })).status;
    const tried = [];
    for (let n = 0; n < 7; n += 1) tried.push(await ask(`/a/${String(n).repeat(32)}`));
    expect(tried).toEqual([404, 404, 404, 404, 404, 429, 429]);
    expect(await ask(new URL(address).pathname)).toBe(429);
    expect(await ask(new URL(address).pathname, { ...headers, 'x-forwarded-for': '198.51.100.8' })).toBe(200);
  });
});

const day = 86_400_000;

/** What a page that was opened then has in its form. */
function formMadeAt(address: string, at: number): Form {
  const form = newForm(at);
  return { form, secret: secretOf(address.slice(-32), form) };
}

/** Of the very letter, by another key than the workers have. */
async function tokenOfAnotherKey(address: string): Promise<string> {
  const link = await findLink(desk.world.db, hashOf(address.slice(-32)));
  if (!link) throw new Error(`${address} is for nothing.`);
  return tokenOf(randomBytes(32).toString('base64url'), link);
}

describe('the pages, while something does not answer', () => {
  it('says what is down, and that nothing is lost', async () => {
    const caseId = await desk.opened();
    const address = await desk.addressIn('park', caseId);
    const { settings } = desk.world.stack;
    const nowhere = { connectionOptions: { address: '127.0.0.1:1' }, namespace: 'default' };
    const said: string[] = [];
    const withoutTemporal = connectEntente({ databaseUrl: () => settings.databaseUrl, temporal: () => nowhere });
    const web = makeWeb({ entente: withoutTemporal, url: desk.url, behindProxy: true, say: (line) => said.push(line) });
    const headers = { host: new URL(desk.url).host, 'x-forwarded-for': '198.51.100.9' };
    const path = new URL(address).pathname;
    expect((await web.request(path, { headers })).status).toBe(200);
    const form = await formIn(address, 'accept');
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams(form).toString();
    const unanswered = await web.request(path, { method: 'POST', headers: { ...headers, ...type }, body });
    expect(unanswered.status).toBe(503);
    expect(textIn(await unanswered.text())).toMatch(/the case management.*Nothing is lost/);
    const saysOf = async (app: typeof web, at: string, options: RequestInit = {}) => {
      const answer = await app.request(at, options);
      return [answer.status, textIn(await answer.text())];
    };
    // Anybody may ask: where it is stands in the log alone, and so many at once are one who looks.
    const looks = await Promise.all(Array.from({ length: 100 }, () => saysOf(web, '/readyz')));
    expect(looks).toEqual(Array(100).fill([503, 'Temporal does not answer. ']));
    expect(said.filter((line) => /^Not ready: .*127\.0\.0\.1/.test(line)).length).toBe(1);
    expect((await web.request('/livez')).status).toBe(200);
    const toSignIn = { method: 'POST', headers: { ...headers, ...type }, body: 'address=kim%40mois.example.org' };
    expect(await saysOf(web, '/sign-in', toSignIn)).toEqual([
      503,
      expect.stringMatching(/the case management.*Nothing is lost/),
    ]);

    const gone = () => 'postgres://nobody@127.0.0.1:1/none';
    const withoutPostgres = connectEntente({ databaseUrl: gone, temporal: () => settings.temporal });
    const blind = makeWeb({
      entente: withoutPostgres,
      url: desk.url,
      behindProxy: true,
      say: (line) => said.push(line),
    });
    const shown = await blind.request(path, { headers });
    expect([shown.status, textIn(await shown.text())]).toEqual([
      503,
      expect.stringMatching(/the register.*Nothing is lost/),
    ]);
    const down = [503, expect.stringMatching(/the register.*Nothing is lost/)];
    const cookie = `entente-session=${'A'.repeat(64)}`;
    expect(await saysOf(blind, '/readyz')).toEqual([503, 'Postgres does not answer. ']);
    expect((await blind.request('/readyz')).headers.get('cache-control')).toBe('no-store');
    expect(await saysOf(blind, '/sign-in', toSignIn)).toEqual(down);
    for (const at of ['/desk', '/list/cases', `/feed/${'A'.repeat(32)}.ics`])
      expect([at, await saysOf(blind, at, { headers: { ...headers, cookie } })]).toEqual([at, down]);
    const sent = { method: 'POST', headers: { ...headers, ...type }, body };
    expect(await saysOf(blind, path, sent)).toEqual(down);
    expect(said.join(' ')).not.toContain(address.slice(-32));
    // The same form, once they are back, and once more.
    expect([(await post(address, form)).status, (await post(address, form)).status]).toEqual([303, 303]);
    expect((await desk.events(caseId)).filter((event) => event.type === 'accepted').length).toBe(1);
    await Promise.all([withoutTemporal.close(), withoutPostgres.close()]);
  });
});

describe('a search that takes too long', () => {
  it('is broken off and says what to do; whoever asks for less is answered meanwhile', async () => {
    const { settings } = desk.world.stack;
    const databaseUrl = () => settings.databaseUrl;
    const impatient = connectEntente({ databaseUrl, temporal: () => settings.temporal, longestQuestion: 300 });
    const web = makeWeb({ entente: impatient, url: desk.url, behindProxy: true, say: () => undefined });
    const cookie = await comingIn(desk).cookieOf('kim@mois.example.org');
    const headers = { host: new URL(desk.url).host, 'x-forwarded-for': '198.51.100.10', cookie };
    const asked = async (path: string) => {
      const answer = await web.request(path, { headers });
      return [answer.status, textIn(await answer.text())];
    };
    await desk.world.db.transaction().execute(async (trx) => {
      await sql`lock table search_texts in access exclusive mode`.execute(trx);
      const brokenOff = [503, expect.stringMatching(/takes too long.*search for a longer or rarer word/)];
      for (const path of [
        '/list/cases?search=action',
        '/list/cases?search=action&format=csv',
        '/list/actions?search=action',
      ])
        expect([path, await asked(path)]).toEqual([path, brokenOff]);
      expect(await asked('/list/cases')).toEqual([200, expect.stringContaining('Open cases')]);
    });
    expect((await asked('/list/cases?search=action'))[0]).toBe(200);
    await impatient.close();
  });
});

describeAttempts(() => desk);
describeOutside(() => desk);
describeSideBySide(() => desk);
