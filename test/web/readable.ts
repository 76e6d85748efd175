import { describe, expect, it } from 'vitest';
import type { Here } from './coming-in.ts';
import { isAccessible, isTooWide } from './pages.ts';

/** Pages that people come to seldom are right for everybody as well; in the world of the desk. */
export function describeReadable(here: () => Here): void {
  describe('a page that people come to seldom', () => {
    const dark = { viewport: { width: 360, height: 740 }, colorScheme: 'dark' };

    it('is readable for everybody: a letter as it was sent, and what would follow before something is sent', async () => {
      const { desk, context, forgetAsking, signedIn } = here();
      const caseId = await desk.opened();
      await desk.addressIn('park', caseId);
      await forgetAsking();
      const browser = await context(dark);
      const page = await signedIn('park@klid.example.org', browser);
      await page.goto(`${desk.url}/case/${caseId}`);
      await page.locator('#caseLetters ~ ul a').first().click();
      await page.locator('pre.letter').waitFor();
      expect(await isTooWide(page)).toBe(false);
      await isAccessible(page);
      await page.goBack();
      const refusing = page.locator('details', { has: page.locator('input[value=refuse]') });
      await refusing.locator('summary').click();
      const form = refusing.locator('form');
      await form.locator('textarea').fill('No staff.');
      await form.locator('button[name=look]').click();
      await page.locator('[role=status]').waitFor();
      expect(await page.locator('main').textContent()).toContain('Nothing has been put on record yet');
      expect(await isTooWide(page)).toBe(false);
      await isAccessible(page);
      await browser.close();
    });

    it('is readable for everybody: one that says what is wrong', async () => {
      const { desk, context, forgetAsking, signedIn } = here();
      await forgetAsking();
      const browser = await context(dark);
      const page = await signedIn('park@klid.example.org', browser);
      const wrong = [
        ['/nothing', 404],
        ['/case/action/no-such-case', 404],
        [`/a/${'A'.repeat(32)}`, 404],
        ['/list/cases?kind=x', 400],
        ['/login/BCDF-GHJK', 410],
        ['/open/action', 403],
      ] as const;
      for (const [path, status] of wrong) {
        const answer = await page.goto(`${desk.url}${path}`);
        expect([path, answer?.status(), await isTooWide(page)]).toEqual([path, status, false]);
        await isAccessible(page);
      }
      await browser.close();
    });

    it.each([
      '/case/action/..%2F..',
      "/case/action/'or'1",
      '/case/nothing/x',
      `/case/action/${'a'.repeat(65)}`,
      '/case/action/%00',
    ])('is not found at %s', async (path) => {
      const park = await here().visitorIn('park@klid.example.org');
      expect((await park(path)).status).toBe(404);
    });
  });
}
