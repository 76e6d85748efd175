import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { RefusedError } from '../../client/errors.ts';
import { newForm } from '../../web/form.ts';
import { type Form, formIn, post, textIn } from './asked.ts';
import { textsIn } from '../../web/texts.ts';
import { type Desk, isAccessible, isTooWide, startDesk, unfold } from './pages.ts';

/** What binds is confirmed with a code that is mailed to the directory's address of whoever answers; on everything real. */

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

/** An action that park has reported as done: kim is asked to verify it. */
async function reported(by = 'park'): Promise<{ readonly caseId: string; readonly address: string }> {
  const caseId = await desk.opened();
  await desk.entente.command(caseId, 'accept', { by: 'park' });
  await desk.entente.command(caseId, 'reportDone', { by, evidence: 'Printed.' });
  return { caseId, address: await desk.addressIn('kim', caseId) };
}

const sixDigits = /\b(\d{6})\b/;

const mailsAbout = (caseId: string) =>
  (desk.world.stack.mailbox?.messages({ text: caseId }) ?? []).filter(({ text }) => sixDigits.test(text));

/** The code in the nth mail with one. */
const codeIn = (caseId: string, nth = 1): Promise<string> =>
  vi.waitFor(
    () => {
      const codes = mailsAbout(caseId).map(({ text }) => sixDigits.exec(text)?.[1] ?? '');
      if (codes.length < nth) throw new Error(`${codes.length} codes were mailed about ${caseId}.`);
      return codes[0] ?? '';
    },
    { timeout: 60_000, interval: 100 },
  );

const verifying = async (address: string, fields: Form = {}): Promise<Form> => ({
  ...(await formIn(address, 'verify')),
  evidence: 'Seen.',
  ...fields,
});

const sent = async (address: string, form: Form) => {
  const answer = await post(address, form);
  return { status: answer.status, text: textIn(await answer.text()) };
};

const notThe = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe('an answer that binds', () => {
  it('is given with the code that came by mail, with the keyboard alone and without a script', async () => {
    const { caseId, address } = await reported();
    const context = await desk.browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    await page.goto(address);
    const form = page.locator('form', { has: page.locator('input[value=verify]') });
    await page.locator('summary', { hasText: 'Confirm that it is done' }).click();
    expect(await form.textContent()).toContain('kim@mois.example.org');
    await form.locator('textarea').fill('The printed statute was seen.');
    await form.locator('button').press('Enter');
    expect(await page.locator('[role=status]').textContent()).toContain('has been mailed to kim@mois.example.org');
    expect((await desk.last(caseId))?.type).toBe('reportedDone');
    await form.locator('[name=code]').fill(await codeIn(caseId));
    await form.locator('[name=code]').press('Enter');
    await page.waitForURL(/\?done=/);
    const event = await desk.last(caseId);
    expect(event).toMatchObject({ type: 'verified', by: 'kim', byLink: { codeTo: 'kim@mois.example.org' } });
    expect(event?.data['evidence']).toBe('The printed statute was seen.');
    await context.close();
  });

  it.each(['en', 'ko', 'el', 'ro'])(
    'has its code asked for by a page and a mail that are right for everybody in %s',
    async (language) => {
      const { caseId, address } = await reported();
      await desk.world.db.updateTable('people').set({ language }).where('id', '=', 'kim').execute();
      const context = await desk.browser.newContext({ viewport: { width: 360, height: 740 } });
      const page = await context.newPage();
      await page.goto(address);
      await unfold(page);
      const form = page.locator('form', { has: page.locator('input[value=verify]') });
      await form.locator('textarea').fill('Seen.');
      await form.locator('button').click();
      await page.locator('[role=status]').waitFor();
      expect(await form.locator('textarea').inputValue()).toBe('Seen.');
      await isAccessible(page);
      expect(await isTooWide(page)).toBe(false);
      await form.locator('[name=code]').fill('123');
      await form.locator('button').first().click();
      await page.locator('[role=alert]').waitFor();
      await isAccessible(page);
      await context.close();
      await desk.world.db.updateTable('people').set({ language: 'en' }).where('id', '=', 'kim').execute();
      const mail = await vi.waitFor(() => {
        const [last] = mailsAbout(caseId);
        if (!last) throw new Error('No code was mailed.');
        return last;
      });
      expect(mail.text.replaceAll(/\s+/g, ' ')).toContain(textsIn(language).commands['action.verify']?.label);
    },
  );

  it('puts nothing on record without one, with a wrong one, and with any after five tries', async () => {
    const { caseId, address } = await reported();
    expect(await sent(address, await verifying(address))).toMatchObject({ status: 200 });
    const code = await codeIn(caseId);
    for (const left of [4, 3, 2, 1, 0]) {
      const { status, text } = await sent(address, await verifying(address, { code: notThe(code) }));
      expect(status).toBe(422);
      expect(text).toContain(left === 0 ? 'ask for another one' : left === 1 ? 'one more try' : `${left} more tries`);
    }
    expect(await sent(address, await verifying(address, { code }))).toMatchObject({ status: 422 });
    expect((await desk.last(caseId))?.type).toBe('reportedDone');
    await sent(address, await verifying(address, { again: 'yes' }));
    const another = await codeIn(caseId, 2);
    expect((await sent(address, await verifying(address, { code }))).status).toBe(422);
    expect((await sent(address, await verifying(address, { code: another }))).status).toBe(303);
    expect((await desk.last(caseId))?.type).toBe('verified');
  });

  it('is given once, however often the form is sent, and by ten at the same instant', async () => {
    const { caseId, address } = await reported();
    await sent(address, await verifying(address));
    const form = await verifying(address, { code: await codeIn(caseId) });
    const answers = await Promise.all(Array.from({ length: 12 }, () => post(address, form)));
    expect([...answers, await post(address, form)].map(({ status }) => status)).toEqual(Array(13).fill(303));
    expect((await desk.events(caseId)).filter(({ type }) => type === 'verified').length).toBe(1);
  });

  it('does not count with a code of ten minutes ago, nor with that of another letter', async () => {
    const [one, other] = [await reported(), await reported()];
    for (const { address } of [one, other]) await sent(address, await verifying(address));
    const [code, otherCode] = [await codeIn(one.caseId), await codeIn(other.caseId)];
    expect((await sent(one.address, await verifying(one.address, { code: otherCode }))).status).toBe(422);
    await sql`update answer_codes set asked_at = asked_at - interval '11 minutes'`.execute(desk.world.db);
    const { status, text } = await sent(one.address, await verifying(one.address, { code }));
    expect([status, text]).toMatchObject([422, expect.stringContaining('good no longer')]);
    for (const { caseId } of [one, other]) expect((await desk.last(caseId))?.type).toBe('reportedDone');
  });

  it('is not offered to whoever would be refused, nor a code mailed: who reported it does not verify it', async () => {
    const { caseId, address } = await reported('kim');
    expect(await (await fetch(address)).text()).not.toContain('value="verify"');
    const token = address.slice(-32);
    const { links } = desk.entente;
    const link = await links.open(token);
    if (!link) throw new Error(`${address} is for nothing.`);
    await expect(links.answer(link, 'verify', { evidence: 'Seen.' }, { token, form: newForm() })).rejects.toMatchObject(
      {
        name: 'RefusedError',
        code: 'SamePerson',
      },
    );
    const { rows } = await sql`select from answer_codes c join answer_links l on l.hash = c.hash
      where case_id = ${caseId}`.execute(desk.world.db);
    expect(rows.length).toBe(0);
  });

  it('has five codes mailed within an hour, and no more', async () => {
    const { caseId, address } = await reported();
    const statuses: number[] = [];
    for (let nth = 1; nth <= 6; nth++) statuses.push((await sent(address, await verifying(address))).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    await codeIn(caseId, 5);
    expect(mailsAbout(caseId).length).toBe(5);
  });

  it('has the same lock for scripts on the library', async () => {
    const { caseId, address } = await reported();
    const token = address.slice(-32);
    const { links } = desk.entente;
    const link = await links.open(token);
    if (!link) throw new Error(`${address} is for nothing.`);
    const answering = { token, form: newForm() };
    const verify = (code?: string, form = answering.form) =>
      links.answer(link, 'verify', { evidence: 'Seen.' }, { token, form, ...(code ? { code } : {}) });
    await expect(verify()).rejects.toMatchObject({ name: 'NotConfirmedError', tried: undefined });
    await expect(verify('123456')).rejects.toMatchObject({ tried: { is: 'over' } });
    expect(await links.askForCode(link, 'verify', 'Confirm that it is done')).toBe(true);
    const code = await codeIn(caseId);
    await expect(verify(notThe(code))).rejects.toMatchObject({ tried: { is: 'wrong', triesLeft: 4 } });
    expect((await desk.last(caseId))?.type).toBe('reportedDone');
    expect(await verify(code)).toMatchObject({ stage: 'closed' });
    expect(await verify(code)).toMatchObject({ stage: 'closed' });
    await expect(verify(code, newForm())).rejects.toThrow(RefusedError);
    expect((await desk.events(caseId)).filter(({ type }) => type === 'verified').length).toBe(1);
  });

  it('has its code in the mail alone: nobody who reads the register or a history can confirm with it', async () => {
    const { caseId, address } = await reported();
    await sent(address, await verifying(address));
    const code = await codeIn(caseId);
    const { rows } = await sql<{ hash: string; text: string }>`
      select c.hash, row_to_json(c)::text as text from answer_codes c join answer_links l on l.hash = c.hash
      where case_id = ${caseId}`.execute(desk.world.db);
    expect(rows.length).toBe(1);
    const [{ hash, text } = { hash: '', text: '' }] = rows;
    expect(text.replace(hash, '').replace(/"mac":"[0-9a-f]{64}"/, '')).not.toContain(code);
    const history = await desk.world.client.workflow.getHandle(`answer-code/${hash}/1`).fetchHistory();
    for (const { activityTaskScheduledEventAttributes: scheduled } of history.events ?? [])
      for (const { data } of scheduled?.input?.payloads ?? [])
        expect(
          Buffer.from(data ?? [])
            .toString()
            .replace(hash, ''),
        ).not.toContain(code);
    expect(desk.said.filter((line) => line.includes(code))).toEqual([]);
  });
});
