import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { textIn } from './asked.ts';
import { type Here, kimCoordinates } from './coming-in.ts';
import { casesOfLists, header, sides } from './lists.ts';
import { inDays } from './pages.ts';

/** What stands on a page for a month, a country or all MOUs, of the cases of lists. */
export function describePlaces(here: () => Here): void {
  describe('what takes place', () => {
    beforeAll(() => casesOfLists(here().desk));

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
      const spoken = (language: string) =>
        desk.world.db.updateTable('people').set({ language }).where('id', '=', 'kim').execute();
      await desk.world.db
        .insertInto('calendar_overrides')
        .values({ country: 'GR', agency: null, date: '2027-03-16', kind: 'office closed', note: 'Works.' })
        .execute();
      await spoken('ko');
      const inKorean = await (await kim('/month?month=2027-03')).text();
      await spoken('en');
      expect(inKorean).toContain('KR: 3ㆍ1절<');
      expect(inKorean).toContain('GR: <span lang="en">Independence Day</span>');
      expect(inKorean).toContain('GR: 휴무<');
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
      // As many as two pages of the picture hold.
      await sql`insert into cases (id, kind, title, stage, countries, coordinator, owner, opened_at, last_at, number, late, facts, state)
        select 'mou/drawn-' || n, kind, title, stage, countries, coordinator, owner, opened_at, last_at, number, late, facts, state
        from cases, generate_series(1, 60) n where id = 'mou/term'`.execute(desk.world.db);
      const drawn = async (path: string): Promise<readonly [readonly string[], string]> => {
        const page = await (await kim(path)).text();
        const next = /href="(\/timeline[^"]*after=[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
        return [[...page.matchAll(/<li><a href="\/case\/(mou\/drawn-\d+)"/g)].map(([, id = '']) => id), next];
      };
      const [first, next] = await drawn('/timeline?country=GR&mine=yes');
      const [second, last] = await drawn(next);
      expect([next, last]).toEqual([expect.stringMatching(/country=GR&mine=yes/), '']);
      expect(new Set([...first, ...second]).size).toBe(60);
      expect((await kim('/timeline?after=x')).status).toBe(400);
      await sql`delete from cases where id like 'mou/drawn-%'`.execute(desk.world.db);
      const profile = { indicators: [], plans: [], notes: [] };
      const [indicator, plan, note] = [
        {
          country: 'GR',
          indicator: 'E-Government Index',
          year: 2024,
          value: '0.8',
          rank: 36,
          among: 'UN members',
          source: 'UN',
        },
        { country: 'GR', plan: 'Digital Bible', from: '2020', to: '2025', amount: 7, currency: 'EUR', source: 'GR' },
        { country: 'GR', note: 'Ask for the minister first.', on: '2026-01', source: 'embassy' },
      ];
      const entries = (fields: object) => [{ fields, file: '', line: 0 }];
      await desk.entente.countries.import(
        { ...profile, indicators: entries(indicator), plans: entries(plan), notes: entries(note) } as never,
        'kim',
      );
      const known = textIn(await (await kim('/country/GR')).text());
      expect(known).toMatch(
        /E-Government Index 2024: 0\.8, rank 36 among UN members.*Digital Bible 2020 – 2025, 7 EUR/s,
      );
      expect(known).not.toContain('Ask for the minister');
      const end = await kimCoordinates(desk);
      expect(textIn(await (await kim('/country/GR')).text())).toContain('Ask for the minister');
      await end();
      expect(await (await kim('/list/indicators?country=GR&year=2024&indicator=gov&format=csv')).text()).toContain(
        'GR,E-Government Index,2024,0.8,,36,UN members,UN',
      );
      expect((await kim('/list/indicators?year=24')).status).toBe(400);
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
