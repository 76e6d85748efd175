import { describe, expect, it } from 'vitest';
import { type Desk, isAccessible, isTooWide, unfold } from './pages.ts';

/** Whatever its reader sees it on, and in whatever language. */
export function describePage(here: () => Desk): void {
  describe('the page', () => {
    it('is made within 300 ms, in less than 50 KB with its style', async () => {
      const address = await here().addressIn('park', await here().opened());
      const style = await (await fetch(`${here().url}/style.css`)).arrayBuffer();
      const asked = async (): Promise<number> => {
        const from = performance.now();
        const page = await (await fetch(address)).arrayBuffer();
        expect(page.byteLength + style.byteLength).toBeLessThan(50_000);
        return performance.now() - from;
      };
      // Half of twenty, at some moment: a machine that does other things as well is no page.
      const median = async (): Promise<number> => {
        const times: number[] = [];
        for (let nth = 0; nth < 20; nth += 1) times.push(await asked());
        return times.toSorted((one, other) => one - other)[10] ?? 0;
      };
      await expect.poll(median, { timeout: 90_000, interval: 1_000 }).toBeLessThan(300);
    });

    it.each(['en', 'ko', 'el', 'ro'])(
      'is right for everybody in %s, from the letter to the record: at both widths, light and dark',
      async (language) => {
        await here().world.db.updateTable('people').set({ language }).where('id', '=', 'park').execute();
        const caseId = await here().opened('<script>alert(1)</script>');
        const address = await here().addressIn('park', caseId);
        const answer = await fetch(address);
        const { headers } = answer;
        expect(await answer.text()).not.toContain('<script');
        expect(headers.get('content-security-policy')).toContain("default-src 'none'");
        expect(headers.get('content-security-policy')).not.toContain('unsafe');
        expect([headers.get('referrer-policy'), headers.get('cache-control')]).toEqual(['no-referrer', 'no-store']);
        for (const [width, colorScheme] of [
          [360, 'light'],
          [1440, 'dark'],
        ] as const) {
          const context = await here().browser.newContext({ viewport: { width, height: 900 }, colorScheme });
          const page = await context.newPage();
          let bytes = 0;
          page.on(
            'response',
            (response) =>
              void response.body().then(
                (body) => (bytes += body.length),
                () => undefined,
              ),
          );
          await page.goto(address);
          expect(await page.getAttribute('html', 'lang')).toBe(language);
          await unfold(page);
          expect(await isTooWide(page)).toBe(false);
          expect(bytes).toBeLessThan(50_000);
          // The form that lacks what it needs says so where it is lacking.
          if (width === 360) await page.locator('form').nth(1).locator('button').click();
          expect(await page.locator('[aria-invalid=true]').count()).toBe(width === 360 ? 1 : 0);
          await isAccessible(page);
          await context.close();
        }
        const page = await here().browser.newPage();
        await page.goto(address);
        await unfold(page);
        await page.locator('form').first().locator('button').click();
        await page.waitForURL(/\?done=/);
        const answered = await here().last(caseId);
        expect(answered).toMatchObject({ type: 'accepted', by: 'park' });
        expect(await page.getAttribute('html', 'lang')).toBe(language);
        expect(await page.locator('main').textContent()).toContain(String(answered?.number));
        await isAccessible(page);
        await page.close();
        await here().world.db.updateTable('people').set({ language: 'en' }).where('id', '=', 'park').execute();
      },
    );
  });
}
