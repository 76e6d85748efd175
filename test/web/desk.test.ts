import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { mainWith } from '../client/command-line.ts';
import { describeAhead } from './ahead.ts';
import { type Form, textIn } from './asked.ts';
import { comingIn, hiddenIn } from './coming-in.ts';
import { describeFeeds } from './feeds.ts';
import { describeCaseList } from './case-list.ts';
import { describeInvited } from './invited.ts';
import { describeLists } from './lists.ts';
import { describeNarrowed } from './narrowed.ts';
import { describeOnRecord } from './on-record.ts';
import { describeOrdered } from './ordered.ts';
import { describePlaces } from './places.ts';
import { describeOffers } from './offers.ts';
import { describeOpenings } from './openings.ts';
import { describeReadable } from './readable.ts';
import { describeStaff } from './staff.ts';
import { describeStanding } from './standing.ts';
import { describeTables } from './tables.ts';
import { type Desk, inDays, isAccessible, isTooWide, startDesk, tellsItsStory, unfold } from './pages.ts';

/** What those find and do who have signed in; on everything real. */

let desk: Desk;
let { forgetAsking, context, cookieOf, signedIn, visitorIn } = {} as ReturnType<typeof comingIn>;
beforeAll(async () => {
  desk = await startDesk();
  ({ forgetAsking, context, cookieOf, signedIn, visitorIn } = comingIn(desk));
});
afterAll(() => desk.stop());

const commandIn = (page: string, command: string): Form => hiddenIn(page, `name="command" value="${command}"`);

const looks = [
  [1440, 'light'],
  [360, 'dark'],
] as const;

describe('the desk', () => {
  it('shows what is owed and takes its answer, which stands on record as done by that person at the desk', async () => {
    const caseId = await desk.opened();
    const browser = await context({ javaScriptEnabled: false });
    await forgetAsking();
    const page = await signedIn('park@klid.example.org', browser);
    const item = page.locator('article', { hasText: caseId });
    await item.locator('summary', { hasText: /^Take it on$/ }).press('Enter');
    await item
      .locator('form', { has: page.locator('input[value=accept]') })
      .locator('button')
      .first()
      .press('Enter');
    await page.waitForURL(/\?done=/);
    expect(await page.locator('[role=status]').textContent()).toContain('on record');
    expect(await desk.last(caseId)).toMatchObject({
      type: 'accepted',
      by: 'park',
      byLink: null,
      bySession: { way: 'link', address: 'park@klid.example.org', codeTo: null },
    });
    expect(await desk.entente.links.list(caseId)).toEqual(
      expect.not.arrayContaining([expect.objectContaining({ message: expect.stringContaining('sign-in/') })]),
    );
    await browser.close();
  });

  it.each(['en', 'ko', 'el', 'ro'])('and the page of a case are right for everybody in %s', async (language) => {
    const caseId = await desk.opened();
    await desk.entente.command(caseId, 'accept', { by: 'park', reason: 'Kept inside.' });
    await desk.entente.command(caseId, 'reportDone', { by: 'park', evidence: 'Printed.' });
    await desk.world.db.updateTable('people').set({ language }).where('id', '=', 'kim').execute();
    const role = { person: 'kim', role: 'coordinator', agency: 'mois', by: 'kim' } as const;
    await desk.world.db
      .insertInto('roles')
      .values({ ...role, from_day: inDays(-2), until_day: null })
      .execute();
    await forgetAsking();
    const browser = await context();
    const page = await signedIn('kim@mois.example.org', browser);
    const paths = [
      '/desk',
      '/list/cases',
      '/open/programme',
      '/import',
      ...['', '?do=correct', '?do=suspend'].map((ask) => `/case/${caseId}${ask}`),
    ];
    for (const path of paths) {
      const answer = await page.goto(`${desk.url}${path}`);
      expect([path, answer?.status()]).toEqual([path, 200]);
      expect((await answer?.body())?.length).toBeLessThan(50_000);
      await unfold(page);
      for (const [width, colorScheme] of looks) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        expect(await isTooWide(page)).toBe(false);
        const { SHOTS } = process.env;
        const name = `${language}-${width}${path.replaceAll(/[/?=]/g, '-')}.png`;
        if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}`, fullPage: true });
        // Colours are the same whatever the words.
        if (width === 360 || language === 'en') await isAccessible(page);
      }
    }
    await tellsItsStory(page, language);
    await browser.close();
    await desk.world.db.deleteFrom('roles').execute();
    await desk.world.db.updateTable('people').set({ language: 'en' }).where('id', '=', 'kim').execute();
  });

  it('asks for a code where an answer binds, and takes it once', async () => {
    const caseId = await desk.opened();
    await desk.entente.command(caseId, 'accept', { by: 'park' });
    await desk.entente.command(caseId, 'reportDone', { by: 'park', evidence: 'Printed.' });
    const kim = await visitorIn('kim@mois.example.org');
    const path = `/case/${caseId}`;
    const form = { ...commandIn(await (await kim(path)).text(), 'verify'), evidence: 'Seen.' };
    const asked = await kim(path, form);
    expect([asked.status, (await desk.last(caseId))?.type]).toEqual([200, 'reportedDone']);
    const code = await vi.waitFor(
      () => {
        const mails = desk.world.stack.mailbox?.messages({ text: caseId }) ?? [];
        const [found] = mails.flatMap(({ text }) => /\b(\d{6})\b/.exec(text)?.[1] ?? []);
        if (found === undefined) throw new Error('No code was mailed.');
        return found;
      },
      { timeout: 60_000, interval: 100 },
    );
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    expect((await kim(path, { ...form, code: wrong })).status).toBe(422);
    const answers = await Promise.all(Array.from({ length: 8 }, () => kim(path, { ...form, code })));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(303));
    expect((await desk.events(caseId)).filter(({ type }) => type === 'verified').length).toBe(1);
    expect(await desk.last(caseId)).toMatchObject({ by: 'kim', bySession: { codeTo: 'kim@mois.example.org' } });
  });

  it('shows what would follow before anything is sent', async () => {
    const caseId = await desk.opened();
    const park = await visitorIn('park@klid.example.org');
    const path = `/case/${caseId}`;
    const form = { ...commandIn(await (await park(path)).text(), 'refuse'), reason: 'No staff.' };
    const shown = await park(path, { ...form, look: 'yes' });
    expect([shown.status, textIn(await shown.text())]).toEqual([
      200,
      expect.stringMatching(
        /what would follow.*not take the action on: KLID\. Reason: “No staff\.”.*Mail to kim .*kim@mois.*acceptance of the action, KLID.*Owed from then on.*a new owner for the action, kim.*Nothing has been put on record yet/s,
      ),
    ]);
    expect(await desk.last(caseId)).toMatchObject({ type: 'opened' });
  });
});

describe('a case', () => {
  it('takes from its coordinator what answers nothing, once what would follow was seen, and from nobody else', async () => {
    const caseId = await desk.opened();
    const [kim, park] = [await visitorIn('kim@mois.example.org'), await visitorIn('park@klid.example.org')];
    const path = `/case/${caseId}`;
    const menu = await (await kim(path)).text();
    expect(menu).toContain(`${path}?do=suspend#caseCan`);
    expect(menu).not.toContain('value="suspend"');
    const shown = await (await kim(`${path}?do=suspend`)).text();
    expect(shown).toMatch(/<option value="person\/park" [^>]*>park/);
    expect(await (await park(`${path}?do=suspend`)).text()).not.toMatch(/value="suspend"|person\/kim/);
    const rest = { until: inDays(20), whoWaits: 'agency/klid', forWhom: 'person/kim', reason: 'The budget.' };
    const form = { ...commandIn(shown, 'suspend'), ...rest };
    const seen = await kim(path, form);
    expect([seen.status, textIn(await seen.text())]).toEqual([200, expect.stringContaining('Suspended until')]);
    expect(await desk.last(caseId)).toMatchObject({ type: 'opened' });
    const twice = await Promise.all([kim(path, { ...form, sure: 'yes' }), kim(path, { ...form, sure: 'yes' })]);
    expect(twice.map(({ status }) => status)).toEqual([303, 303]);
    expect(await desk.last(caseId)).toMatchObject({ type: 'caseSuspended', by: 'kim', reason: 'The budget.' });
    const right = commandIn(await (await kim(`${path}?do=correct`)).text(), 'correct');
    const mended = { ...right, 'right.topic': 'Translate the new statute', reason: 'Misread.', sure: 'yes' };
    expect((await kim(path, mended)).status).toBe(303);
    expect(await desk.last(caseId)).toMatchObject({ type: 'factsCorrected', by: 'kim' });
  });

  it('is shown whole to its coordinator, without what is for the record alone to whoever has a part, and to nobody else', async () => {
    const caseId = await desk.opened();
    await desk.entente.command(caseId, 'accept', { by: 'park', reason: 'Kept inside.' });
    await desk.entente.command(caseId, 'note', { by: 'kim', note: 'Between us.' });
    const path = `/case/${caseId}`;
    const [kim, park, other] = [
      await visitorIn('kim@mois.example.org'),
      await visitorIn('park@klid.example.org'),
      await visitorIn('papadopoulou@mar.example.org'),
    ];
    const whole = await (await kim(path)).text();
    expect(whole).toContain('Kept inside.');
    expect(whole).toContain('Between us.');
    const outline = await (await park(path)).text();
    expect(outline).not.toMatch(/Kept inside|Between us|id="caseFacts"/);
    expect(whole).toContain('id="caseFacts"');
    expect(outline).toContain('Report it as done');
    expect(outline).not.toContain('value="verify"');
    const nothing = [await other(path), await other('/case/action/no-such-case')];
    expect(nothing.map(({ status }) => status)).toEqual([404, 404]);
    const [one = '', none = ''] = await Promise.all(nothing.map((answer) => answer.text()));
    expect(one).toBe(none);
    const letters = [...whole.matchAll(/letter\?key=([^"]+)/g)].map(([, key = '']) => key);
    expect(letters.length).toBeGreaterThan(0);
    const address = `${path}/letter?key=${letters[0]}`;
    expect([(await kim(address)).status, (await other(address)).status]).toEqual([200, 404]);
    expect(await (await kim(address)).text()).not.toMatch(/\/a\/[A-Za-z0-9_-]{32}/);
    const showAs = (person: string, ...more: readonly string[]) =>
      mainWith(['show', caseId, '--as', person, ...more], desk.world.stack.env);
    const [byKim, byPark] = [await showAs('kim', '-o', 'json'), await showAs('park', '-o', 'json')];
    expect(byKim.out).toMatch(/Kept inside(.|\n)*Between us/);
    expect(byPark.out).not.toMatch(/Kept inside|Between us/);
    const [all, some] = [JSON.parse(byKim.out), JSON.parse(byPark.out)];
    expect(all.letters.map(({ key }: { key: string }) => encodeURIComponent(key))).toEqual(letters);
    expect([all.part, Object.keys(all.facts).length > 0]).toEqual(['coordinator', true]);
    expect(some).toMatchObject({ part: 'party', facts: {}, papers: [], neighbours: [] });
    expect([some.accepts.includes('reportDone'), some.accepts.includes('verify')]).toEqual([true, false]);
    expect((await showAs('park')).out).toContain('as park');
    expect((await showAs('papadopoulou')).err).toContain('pages say that there is no such case');
    expect((await showAs('nobody')).err).toContain('There is no person "nobody"');
  });

  it('takes nothing that it does not offer, from elsewhere, without its secret, of another case, or from who has left', async () => {
    const [caseId, another] = [await desk.opened(), await desk.opened()];
    const park = await visitorIn('park@klid.example.org');
    const other = await visitorIn('papadopoulou@mar.example.org');
    const path = `/case/${caseId}`;
    const form = commandIn(await (await park(path)).text(), 'accept');
    const before = (await desk.events(caseId)).length;
    const statuses = async () => [
      (await park(path, { ...form, command: 'verify' })).status,
      (await park(path, { ...form, about: 'nothing' })).status,
      (await park(path, { ...form, by: 'kim' })).status,
      (await park(path, { ...form, secret: 'A'.repeat(43) })).status,
      (await park(`/case/${another}`, form)).status,
      (await park(path, form, { origin: 'https://elsewhere.example.org' })).status,
      (await other(path, form)).status,
      (await fetch(`${desk.url}${path}`, { method: 'POST', redirect: 'manual', body: new URLSearchParams(form) }))
        .status,
    ];
    expect(await statuses()).toEqual([409, 409, 400, 403, 403, 403, 404, 303]);
    await sql`update people set left_on = current_date - 1 where id = 'park'`.execute(desk.world.db);
    expect((await park(path, form)).headers.get('location')).toContain('/sign-in');
    await sql`update people set left_on = null where id = 'park'`.execute(desk.world.db);
    for (const id of [caseId, another]) expect((await desk.events(id)).length).toBe(before);
    const twice = await Promise.all(Array.from({ length: 5 }, () => park(path, form)));
    expect(twice.map(({ status }) => status)).toEqual(Array(5).fill(303));
    expect((await desk.events(caseId)).filter(({ type }) => type === 'accepted').length).toBe(1);
  });
});

const here = () => ({ desk, cookieOf, visitorIn, signedIn, context, forgetAsking });
describeOpenings(here);
describeAhead(here);
describeTables(here);
describeCaseList(here);
describeLists(here);
describeNarrowed(here);
describeOrdered(here);
describeOnRecord(here);
describePlaces(here);
describeFeeds(here);
describeStaff(here);
describeStanding(here);
describeInvited(here);
describeReadable(here);
describeOffers(here);
