import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tokenOf } from '../../activities/mail/answer-link.ts';
import { findLink, hashOf } from '../../database/answer-links.ts';
import { newForm, secretOf } from '../../web/form.ts';
import { usualLimits } from '../../web/rate.ts';
import { makeWeb } from '../../web/server.ts';
import { type Form, formIn, post, raw, textIn, withHost } from './asked.ts';
import { describeAttempts } from './attempts.ts';
import { describeNotAnswering } from './not-answering.ts';
import { describeOutside } from './outside.ts';
import { type Desk, startDesk } from './pages.ts';
import { describeSideBySide } from './side-by-side.ts';

/** What nobody should send, and what the pages do while something is down, on everything real. */

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
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
  });

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

describeNotAnswering(() => desk);
describeAttempts(() => desk);
describeOutside(() => desk);
describeSideBySide(() => desk);
