import { describe, expect, it, vi } from 'vitest';
import { formIn, post, send, textIn } from './asked.ts';
import { type Desk, inDays, isAccessible, isTooWide, unfold } from './pages.ts';

/** From the letter of an invitation to what its reader says on record. */
export function describeInvitations(here: () => Desk): void {
  describe('the address of an invitation', () => {
    let talks = 0;

    /** A talk that has been confirmed: park of KLID is invited to it. */
    async function invited(): Promise<string> {
      talks += 1;
      const caseId = `appointment/web-talk-${talks}`;
      const own = { form: 'bilateralTalk', subject: 'the portal', on: inDays(40), owner: 'mois' };
      const who = { host: 'person/papadopoulou', participants: ['park'] };
      const header = { id: `web-talk-${talks}`, by: 'kim', title: `Talk ${talks}`, countries: ['KR', 'GR'] };
      await here().entente.open('appointment', { ...header, coordinator: 'kim', ...own, ...who });
      await here().entente.command(caseId, 'confirm', { by: 'papadopoulou' });
      return caseId;
    }

    it('leads to each of three ways onto the record, the last of which counts; whoever comes instead has their own', async () => {
      const caseId = await invited();
      const address = await here().addressIn('park', caseId);
      const page = await here().browser.newPage({ viewport: { width: 360, height: 740 } });
      await page.goto(address);
      expect(await page.locator('h1').textContent()).toBe(`Do you come? Talk ${talks}`);
      expect(await page.locator('summary').allTextContents()).toEqual([
        'I come',
        'I do not come',
        'Somebody else comes for me',
      ]);
      await unfold(page);
      expect(await isTooWide(page)).toBe(false);
      await isAccessible(page);
      await page.close();
      const about = { entry: 'appointment', who: 'person/park' };
      await send(address, 'willAttend');
      expect(await here().last(caseId)).toMatchObject({ by: 'park', data: { ...about, comes: 'yes' } });
      await send(address, 'willNotAttend', { reason: 'I am ill.' });
      expect(await here().last(caseId)).toMatchObject({ by: 'park', data: { ...about, comes: 'no' } });
      await send(address, 'sendSubstitute', { substitute: 'han' });
      expect(await here().last(caseId)).toMatchObject({ by: 'park', data: { ...about, substitute: 'person/han' } });
      expect(textIn(await (await fetch(address)).text())).toContain('Comes instead: han (test)');
      await send(await here().addressIn('han', caseId), 'willAttend');
      const { attendance } = await here().entente.view(caseId);
      expect(attendance?.[0]?.comes).toMatchObject([{ who: 'person/han', inPlaceOf: 'person/park' }]);
      const told = here().world.stack.mailbox?.messages({ text: 'I am ill.' }) ?? [];
      expect(told.flatMap(({ envelope }) => envelope.to)).toContain('kim@mois.example.org');
    });

    it('is for its person alone, done once, and over as soon as the talk is on another day', async () => {
      const caseId = await invited();
      const address = await here().addressIn('park', caseId);
      const form = await formIn(address, 'willAttend');
      expect((await post(address, { ...form, who: 'person/papadopoulou' })).status).toBe(400);
      const sent = await Promise.all([post(address, form), post(address, form)]);
      expect([...sent, await post(address, form)].map(({ status }) => status)).toEqual([303, 303, 303]);
      const answers = async () => (await here().events(caseId)).filter(({ type }) => type === 'invitationAnswered');
      expect((await answers()).map(({ data }) => data)).toMatchObject([{ who: 'person/park' }]);
      const late = await formIn(address, 'willNotAttend');
      await here().entente.command(caseId, 'postpone', { by: 'kim', to: inDays(50), reason: 'The minister travels.' });
      await here().entente.command(caseId, 'confirm', { by: 'papadopoulou' });
      expect((await post(address, late)).status).toBe(409);
      expect(textIn(await (await fetch(address)).text())).toContain('This is settled');
      expect((await answers()).length).toBe(1);
      expect((await here().entente.view(caseId)).attendance?.[0]?.comes).toEqual([]);
      expect(await anotherThan(address, () => here().addressIn('park', caseId))).not.toBe(address);
    });
  });
}

/** The new letter takes its time. */
const anotherThan = (before: string, now: () => Promise<string>): Promise<string> =>
  vi.waitFor(
    async () => {
      const found = await now();
      if (found === before) throw new Error('There is no new address yet.');
      return found;
    },
    { timeout: 60_000, interval: 100 },
  );
