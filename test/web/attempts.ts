import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { hashOf, keepLink, macOf } from '../../database/answer-links.ts';
import { askForCode, keepCode, mostTries, tryCode } from '../../database/answer-codes.ts';
import { newForm, secretOf } from '../../web/form.ts';
import { usualLimits } from '../../web/rate.ts';
import { makeWeb } from '../../web/server.ts';
import { type Form, post, textIn } from './asked.ts';
import { comingIn } from './coming-in.ts';
import type { Desk } from './pages.ts';

/** What is tried often, from many places, or by several at the same instant; in the world of the pages. */
export function describeAttempts(here: () => Desk): void {
  const typed = { 'content-type': 'application/x-www-form-urlencoded' };

  /** The pages with the limits that they have, and a form to sign in that is sent to them. */
  const asking = (desk: Desk, limits = usualLimits) => {
    const app = makeWeb({ entente: desk.entente, url: desk.url, behindProxy: true, limits, say: () => undefined });
    return async (address: string, from: string): Promise<number> => {
      const headers = { host: new URL(desk.url).host, 'x-forwarded-for': from, ...typed };
      const body = new URLSearchParams({ address }).toString();
      return (await app.request('/sign-in', { method: 'POST', headers, body })).status;
    };
  };
  const countOf = (statuses: readonly number[], status: number): number =>
    statuses.filter((each) => each === status).length;
  const rowsIn = async (desk: Desk): Promise<number> =>
    (await sql`select from sign_ins`.execute(desk.world.db)).rows.length;

  describe('a thousand', () => {
    it('links to sign in that one network asks for within a second are ten, and five in the mail of one person', async () => {
      const desk = here();
      await earlyInAMinute();
      const [ask, before] = [asking(desk), await rowsIn(desk)];
      const statuses = await Promise.all(
        Array.from({ length: 1_000 }, (_, nth) => ask('han@klid.example.org', `2001:db8:0:1:${nth.toString(16)}::1`)),
      );
      expect([countOf(statuses, 200), countOf(statuses, 429)]).toEqual([10, 990]);
      expect(await rowsIn(desk)).toBe(before + 10);
      const { rows } = await sql`select from sign_ins where person = 'han'`.execute(desk.world.db);
      expect(rows.length).toBe(5);
    });

    it('that as many networks ask for are as many as all together may have, and five in the mail of one person', async () => {
      const desk = here();
      await earlyInAMinute();
      const [ask, before] = [asking(desk, { ...usualLimits, allSignIns: 20 }), await rowsIn(desk)];
      const statuses = await Promise.all(
        Array.from({ length: 1_000 }, (_, nth) =>
          ask('park@klid.example.org', `198.51.${Math.floor(nth / 250)}.${nth % 250}`),
        ),
      );
      expect([countOf(statuses, 200), countOf(statuses, 429)]).toEqual([20, 980]);
      expect(await rowsIn(desk)).toBe(before + 20);
      const { rows } = await sql`select from sign_ins where person = 'park'`.execute(desk.world.db);
      expect(rows.length).toBe(5);
    });

    it('pages are as many for each who is signed in, though all ask from one address, and as many for all others there', async () => {
      const desk = here();
      const limits = { ...usualLimits, pages: 12 };
      const app = makeWeb({ entente: desk.entente, url: desk.url, behindProxy: true, limits, say: () => undefined });
      const { cookieOf } = comingIn(desk);
      const [kim, park] = [await cookieOf('kim@mois.example.org'), await cookieOf('park@klid.example.org')];
      await earlyInAMinute();
      const from = { host: new URL(desk.url).host, 'x-forwarded-for': '198.51.100.77' };
      const opened = async (cookie: string): Promise<readonly number[]> => {
        const one = async () => (await app.request('/keys', { headers: { ...from, cookie } })).status;
        const statuses = await Promise.all(Array.from({ length: 40 }, one));
        return [200, 303, 429].map((status) => countOf(statuses, status));
      };
      expect(await opened(kim)).toEqual([12, 0, 28]);
      expect(await opened(park)).toEqual([12, 0, 28]);
      expect(await opened(`entente-session=${'A'.repeat(64)}`)).toEqual([0, 12, 28]);
    });

    it('codes that are tried, twenty at a time, are five, after which the right one is good for nothing', async () => {
      const { db } = here().world;
      const { hash, token } = await linkOf(here(), { caseId: await here().opened(), person: 'park', deadline: 'any' });
      const number = await askForCode(db, { hash, command: 'verify', says: 'Verify' });
      const kept = { mac: macOf(token, 'verify', '123456'), address: 'park@klid.example.org', code_key: null };
      await keepCode(db, { hash, number: number ?? 0 }, kept);
      const tried = (code: string) =>
        tryCode(db, { hash, command: 'verify', form: newForm(), mac: macOf(token, 'verify', code) });
      const tries: string[] = [];
      for (let begun = 0; begun < 1_000; begun += 20) {
        const atOnce = Array.from({ length: 20 }, (_, nth) => tried(String(200_000 + begun + nth)));
        tries.push(...(await Promise.all(atOnce)).map(({ is }) => is));
      }
      expect(tries.filter((is) => is === 'wrong').length).toBe(mostTries);
      expect(tries.filter((is) => is === 'right')).toEqual([]);
      expect(await tried('123456')).toEqual({ is: 'over' });
    });
  });

  describe('two who answer at the same instant', () => {
    it('are one who is taken and one who is told who it was and what they said, each time', async () => {
      const desk = here();
      // By rounds of several cases at once, since a round mostly waits.
      const cases = await Promise.all(Array.from({ length: 10 }, () => desk.opened()));
      const told = (await Promise.all(cases.map((caseId) => roundsOf(desk, caseId, times / 10)))).flat();
      expect(told).toEqual(Array(times).fill('as it should be'));
      const { rows } = await sql`select from events where type = 'reportedDone' and case_id = any(${cases})`.execute(
        desk.world.db,
      );
      expect(rows.length).toBe(times);
    });
  });
}

const times = 100;

/** What is counted begins anew with each minute: none is to end while it is looked at. */
const earlyInAMinute = () =>
  expect.poll(() => Date.now() % 60_000, { timeout: 20_000, interval: 200 }).toBeLessThan(45_000);

interface Addressed {
  readonly caseId: string;
  readonly person: string;
  readonly deadline: string;
  readonly version?: number;
}

let made = 0;

/** The address of a letter that was never written. */
async function linkOf(desk: Desk, { caseId, person, deadline, version = 1 }: Addressed) {
  made += 1;
  const token = randomBytes(24).toString('base64url');
  const link = { hash: hashOf(token), message: `by hand ${made}`, person, address: `${person}@klid.example.org` };
  await keepLink(desk.world.db, { ...link, case_id: caseId, deadline, version, level: 'owner' });
  return { token, hash: link.hash };
}

/** Two of one agency report the same action as done, and it is sent back to them, so many times. */
async function roundsOf(desk: Desk, caseId: string, count: number): Promise<readonly string[]> {
  await desk.entente.command(caseId, 'accept', { by: 'park' });
  const told: string[] = [];
  for (let nth = 1; nth <= count; nth++) {
    const { deadline, version } = await desk.world.db
      .selectFrom('deadlines')
      .select(['name as deadline', 'version'])
      .where('case_id', '=', caseId)
      .where('owed_by', '=', 'agency/klid')
      .executeTakeFirstOrThrow();
    const sent = async (person: string, other: string) => {
      const { token } = await linkOf(desk, { caseId, person, deadline, version });
      const form = newForm();
      const fields: Form = {
        sending: form,
        secret: secretOf(token, form),
        command: 'reportDone',
        evidence: `Round ${nth}, ${person}.`,
      };
      const answer = await post(`${desk.url}/a/${token}`, fields);
      return { person, other, status: answer.status, text: textIn(await answer.text()) };
    };
    const both = await Promise.all([sent('park', 'han'), sent('han', 'park')]);
    told.push(toldIn(both, nth));
    await desk.entente.command(caseId, 'return', { by: 'kim', reason: 'Once more.' });
  }
  return told;
}

function toldIn(both: readonly { person: string; other: string; status: number; text: string }[], nth: number): string {
  const [taken, late] = [both.find(({ status }) => status === 303), both.find(({ status }) => status === 409)];
  if (!taken || !late) return `answered ${both.map(({ status, text }) => `${status} ${text}`).join(' and ')}`;
  const names = late.text.includes(`${late.other} (test) has dealt with it`);
  return names && late.text.includes(`Round ${nth}, ${late.other}.`) ? 'as it should be' : late.text;
}
