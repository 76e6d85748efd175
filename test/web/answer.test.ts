import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { formIn, post, send, textIn } from './asked.ts';
import { describeByLetter } from './by-letter.ts';
import { describeEvidence } from './evidence.ts';
import { describeGathered } from './gathered.ts';
import { describeInvitations } from './invitations.ts';
import { describePage } from './page.ts';
import { describeTerminal } from './terminal.ts';
import { type Desk, inDays, isAccessible, startDesk } from './pages.ts';

/** Letter to answer to record, on everything real, in a real browser. */

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

describe('the address in a letter', () => {
  it('leads from the letter to an answer on record, with the keyboard alone and without a script', async () => {
    const caseId = await desk.opened();
    const address = await desk.addressIn('park', caseId);
    const context = await desk.browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    await page.goto(address);
    expect(await page.locator('h1').textContent()).toContain('Translate the statute');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('We begin on Monday.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\?done=/);
    expect(await page.locator('h1').textContent()).toBe('Your answer is on record');
    const event = await desk.last(caseId);
    expect(event).toMatchObject({ type: 'accepted', by: 'park', data: { note: 'We begin on Monday.' } });
    expect(await page.locator('main').textContent()).toContain(`No. ${(await desk.entente.view(caseId)).number}`);
    expect(event?.byLink).toMatchObject({ address: 'park@klid.example.org' });
    await context.close();
  });

  it('is behind the button of the letter, on the page of the mailbox', async () => {
    const caseId = await desk.opened();
    const address = await desk.addressIn('park', caseId);
    const { mailbox } = desk.world.stack;
    const letter = mailbox?.messages({ text: address })[0];
    const context = await desk.browser.newContext();
    const page = await context.newPage();
    await page.goto(`${mailbox?.url}/messages/${letter?.id}`);
    const button = page.frameLocator('iframe').getByRole('link', { name: 'Answer' });
    const [answerPage] = await Promise.all([context.waitForEvent('page'), button.click()]);
    await answerPage.locator('summary').first().click();
    await answerPage.locator('form').first().locator('button').click();
    await answerPage.waitForURL(/\?done=/);
    expect((await desk.last(caseId))?.type).toBe('accepted');
    await context.close();
  });

  it('changes nothing when it is opened, as scanners of mail do', async () => {
    const caseId = await desk.opened();
    const address = await desk.addressIn('park', caseId);
    const before = (await desk.events(caseId)).length;
    for (const method of ['GET', 'HEAD', 'GET']) expect((await fetch(address, { method })).status).toBe(200);
    expect((await desk.events(caseId)).length).toBe(before);
  });

  it('stands in no letter that asks its reader for nothing: that leads to the case, where they sign in', async () => {
    const caseId = await desk.opened();
    await desk.entente.command(caseId, 'changeCoordinator', { by: 'kim', coordinator: 'han' });
    const told = await vi.waitFor(
      () => {
        const [letter] = (desk.world.stack.mailbox?.messages({ text: `/case/${caseId}` }) ?? []).filter(
          ({ envelope }) => envelope.to[0]?.startsWith('han@'),
        );
        if (!letter) throw new Error('han has not heard of it yet.');
        return letter;
      },
      { timeout: 60_000, interval: 100 },
    );
    expect(told.text).not.toMatch(/\/a\/|\.\/entente/);
    const page = await desk.browser.newPage();
    await page.goto(/\S+\/case\/\S+/.exec(told.text)?.[0] ?? '');
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(
      `/sign-in?to=${encodeURIComponent(`/case/${caseId}`)}`,
    );
    await page.close();
  });

  it('stands in no log, in no history and in no row: the register has its hash', async () => {
    const caseId = await desk.opened();
    const address = await desk.addressIn('park', caseId);
    const token = address.slice(-32);
    await send(address, 'accept');
    const { rows } = await sql<{ text: string }>`
      select row_to_json(m)::text as text from messages m union all select row_to_json(l)::text from answer_links l
      union all select row_to_json(e)::text from events e union all select row_to_json(c)::text from cases c
      union all select row_to_json(d)::text from digests d`.execute(desk.world.db);
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.filter(({ text }) => text.includes(token))).toEqual([]);
    const history = await desk.world.client.workflow.getHandle(caseId).fetchHistory();
    expect(JSON.stringify(history)).not.toContain(Buffer.from(token).toString('base64').slice(0, 20));
    expect(JSON.stringify(history)).not.toContain(token);
    expect(desk.said.filter((line) => line.includes(token))).toEqual([]);
    const link =
      await sql`select from answer_links where hash = ${createHash('sha256').update(token).digest('hex')}`.execute(
        desk.world.db,
      );
    expect(link.rows.length).toBe(1);
  });

  it('is done once, however often the form is sent, and by ten at the same instant', async () => {
    const caseId = await desk.opened();
    const address = await desk.addressIn('park', caseId);
    const form = await formIn(address, 'accept');
    const sent = await Promise.all(Array.from({ length: 10 }, () => post(address, form)));
    const again = await post(address, form);
    expect([...sent, again].map(({ status }) => status)).toEqual(Array(11).fill(303));
    expect((await desk.events(caseId)).filter(({ type }) => type === 'accepted').length).toBe(1);
  });

  it('says who has answered what meanwhile, and takes nothing', async () => {
    const caseId = await desk.opened();
    const address = await desk.addressIn('park', caseId);
    const form = await formIn(address, 'accept');
    await desk.entente.command(caseId, 'refuse', { by: 'han', reason: 'We have no translators.' });
    const late = await post(address, form);
    expect(late.status).toBe(409);
    const text = textIn(await late.text());
    expect(text).toContain('han (test) has dealt with it');
    expect(text).toContain('We have no translators.');
    expect((await desk.last(caseId))?.type).toBe('ownerRefused');
    const page = await desk.browser.newPage();
    await page.goto(address);
    expect(await page.locator('h1').textContent()).toBe('This is settled');
    await isAccessible(page);
    await page.close();
  });

  it('goes on with the next obligation by the next letter', async () => {
    const caseId = await desk.opened();
    const first = await desk.addressIn('park', caseId);
    await send(first, 'refuse', { reason: 'Not ours.' });
    const address = await desk.addressIn('kim', caseId);
    const form = await formIn(address, 'handOver');
    expect((await post(address, { ...form, to: 'mar', reason: 'It is about Greek law.' })).status).toBe(303);
    expect(await desk.last(caseId)).toMatchObject({ type: 'handedOver', by: 'kim', data: { from: 'klid', to: 'mar' } });
    const page = textIn(await (await fetch(address)).text());
    expect(page).toContain('Handed over. From: KLID, to: Ministry of Administrative Reconstruction.');
    expect(page).not.toContain('It is about Greek law.');
  });

  it('asks for more time, which the coordinator grants by a letter of their own', async () => {
    const caseId = await desk.opened();
    const address = await desk.addressIn('park', caseId);
    await send(address, 'askExtension', { to: inDays(90), reason: 'The data come late.' });
    const asked = (await desk.entente.view(caseId)).waitsFor.map(({ deadline }) => deadline);
    expect(asked.find((name) => name.startsWith('extension:accept'))).toBeDefined();
    const granting = await desk.addressIn('kim', caseId);
    const page = textIn(await (await fetch(granting)).text());
    expect(page).toContain('asks for more time');
    expect(page).toContain('The data come late.');
    await send(granting, 'grantExtension');
    const { waitsFor } = await desk.entente.view(caseId);
    expect(waitsFor.find(({ deadline }) => deadline.startsWith('accept'))).toMatchObject({ due: inDays(90) });
    expect(waitsFor.map(({ deadline }) => deadline)).not.toContain(asked.find((name) => name.startsWith('extension')));
    expect(textIn(await (await fetch(granting)).text())).toContain('is granted');
    const granted = () => desk.world.stack.mailbox?.messages({ text: 'The later date that was asked for' }) ?? [];
    await expect.poll(() => granted().map(({ envelope }) => envelope.to)).toEqual([['park@klid.example.org']]);
  });

  it('is over when the due date moves, the person leaves, or the coordinator takes it back', async () => {
    const moved = await desk.opened();
    const address = await desk.addressIn('park', moved);
    const { waitsFor } = await desk.entente.view(moved);
    const accept = waitsFor.find(({ deadline }) => deadline.startsWith('accept'))?.deadline ?? '';
    await desk.entente.command(moved, 'moveDeadline', {
      by: 'kim',
      reason: 'Holidays',
      deadline: accept,
      to: inDays(30),
    });
    expect(textIn(await (await fetch(address)).text())).toContain('The date has moved');
    expect(
      (await post(address, await formIn(await desk.addressIn('park', await desk.opened()), 'accept'))).status,
    ).toBe(403);

    const revoked = await desk.opened();
    const taken = await desk.addressIn('park', revoked);
    const form = await formIn(taken, 'accept');
    const [link] = await desk.entente.links.list(revoked);
    expect(await desk.entente.links.revoke(link?.message ?? '', { by: 'kim', why: 'Sent on to others.' })).toBe(1);
    expect(textIn(await (await fetch(taken)).text())).toContain('Sent on to others.');
    expect((await post(taken, form)).status).toBe(409);

    const left = await desk.opened();
    const leaver = await desk.addressIn('park', left);
    const open = await formIn(leaver, 'accept');
    await desk.world.db
      .updateTable('people')
      .set({ left_on: inDays(-1), left_by: 'kim' })
      .where('id', '=', 'park')
      .execute();
    expect(textIn(await (await fetch(leaver)).text())).toContain('no longer in service');
    expect((await post(leaver, open)).status).toBe(409);
    await desk.world.db.updateTable('people').set({ left_on: null, left_by: null }).where('id', '=', 'park').execute();
    for (const caseId of [moved, revoked, left]) expect((await desk.last(caseId))?.type).not.toBe('accepted');
  });

  it('of a stand-in is their own, and the record has their name', async () => {
    await desk.entente.people.away({ person: 'park', from: inDays(-1), until: inDays(1), standIn: 'han', by: 'kim' });
    const caseId = await desk.opened();
    const address = await desk.addressIn('han', caseId);
    await send(address, 'accept');
    expect(await desk.last(caseId)).toMatchObject({
      type: 'accepted',
      by: 'han',
      byLink: { address: 'han@klid.example.org' },
    });
    await desk.entente.people.back({ person: 'park', on: inDays(0), by: 'kim' });
  });
});

describeEvidence(() => desk);
describeByLetter(() => desk);
describePage(() => desk);
describeGathered(() => desk);
describeTerminal(() => desk);
describeInvitations(() => desk);
