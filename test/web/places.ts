import { describe, expect, it } from 'vitest';
import { textIn } from './asked.ts';
import type { Here } from './coming-in.ts';
import { header, sides } from './lists.ts';
import { inDays } from './pages.ts';

/** What stands on a page for a month, a country or all MOUs, of the cases that lists have. */
export function describePlaces(here: () => Here): void {
  describe('what takes place', () => {
    it('is a month with days off, MOUs are a line of time, a country is a page; each of the cases that are theirs', async () => {
      const { desk, visitorIn } = here();
      const [kim, other] = [await visitorIn('kim@mois.example.org'), await visitorIn('papadopoulou@mar.example.org')];
      const inEffect = { title: 'MOU in effect', subject: 'archives', sides: sides.sides, signedOn: inDays(-400) };
      const term = { inEffectSince: inDays(-400), duration: 'P3Y', renewal: 'express', notice: 'P6M' };
      await desk.entente.open('mou', { id: 'term', ...header, ...inEffect, ...term } as never);
      const month = `/month?month=${inDays(100).slice(0, 7)}&country=KR`;
      const shown = textIn(await (await kim(month)).text());
      expect(shown).toMatch(/Off: KR/);
      expect(await (await kim(month)).text()).toContain('href="/case/visit/lists"');
      expect(textIn(await (await kim('/month?month=2027-03')).text())).toContain('KR: Independence Movement Day');
      expect(await (await kim(month)).text()).toContain('href="/agenda?country=KR&amp;from=');
      const [visit] = (await desk.entente.comingDates({}, { limit: 500 })).rows.filter(
        ({ id }) => id === 'visit/lists',
      );
      const agenda = await (await kim(`/agenda?from=${visit?.day}`)).text();
      expect(agenda).toMatch(/<h2><time datetime="[\d-]+">.*<li><a href="\/case\/visit\/lists">.*until /s);
      const [due] = (await desk.entente.due({ days: 400, from: inDays(0) })).rows;
      const owed = await (await kim(`/agenda?from=${due?.due}`)).text();
      expect(owed).toMatch(new RegExp(`<time datetime="${due?.due}">.*Due:`, 's'));
      expect(textIn(await (await kim('/agenda?from=2190-01-01')).text())).toContain('Nothing takes place');
      expect(await (await kim('/timeline')).text()).toMatch(
        /<circle class="moment" .*href="\/case\/mou\/term".*To be decided by/s,
      );
      const greece = await (await kim('/country/GR')).text();
      for (const id of ['mou/term', 'committee/lists', 'visit/lists']) expect(greece).toContain(`href="/case/${id}"`);
      expect(textIn(greece)).toMatch(/Holidays of the next half year \d/);
      expect(textIn(greece)).not.toContain('papadopoulou (test)');
      expect(textIn(await (await other('/country/GR')).text())).toContain('papadopoulou (test)');
      for (const path of [month, `/agenda?from=${visit?.day}`, '/timeline', '/country/GR'])
        expect(await (await other(path)).text()).not.toMatch(/href="\/case\/\w+\/(term|lists)"/);
      expect((await kim('/country/XX')).status).toBe(404);
      for (const path of [
        '/month?month=2027-13',
        '/month?month=0000-01',
        '/month?x=1',
        '/agenda?from=2027-02-31',
        '/agenda?from=x',
        '/timeline?country=g',
      ])
        expect([path, (await kim(path)).status]).toEqual([path, 400]);
    });
  });
}
