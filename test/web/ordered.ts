import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Here } from './coming-in.ts';
import { inDays, isTooWide } from './pages.ts';

const count = 60;
const title = (number: number): string => `Ordered ${String(number).padStart(3, '0')}`;

/** Lists in the order of their columns, in the world of the desk. */
export function describeOrdered(here: () => Here): void {
  const path = '/list/actions?search=ordered';

  describe('a list in the order of a column', () => {
    // As many as two pages hold, each later and with an earlier first due date than the one before.
    beforeAll(async () => {
      const caseId = await here().desk.opened('Ordered');
      await sql`insert into cases (id, kind, title, stage, countries, coordinator, owner, opened_at, last_at, number, late, facts, state)
        select 'action/ordered-' || n, kind, 'Ordered ' || lpad(n::text, 3, '0'), stage, countries, coordinator, owner, opened_at,
          last_at, number, late, facts || jsonb_build_object('firstDue', (${inDays(90)}::date - n)::text), state
        from cases, generate_series(1, ${count}) n where id = ${caseId}`.execute(here().desk.world.db);
      await sql`insert into search_texts select 'action/ordered-' || n, number, folded, pieces, ids
        from search_texts, generate_series(1, ${count}) n where case_id = ${caseId}`.execute(here().desk.world.db);
      await sql`delete from search_texts where case_id = ${caseId}`.execute(here().desk.world.db);
    });
    afterAll(async () => {
      await sql`delete from search_texts where case_id like 'action/ordered-%'`.execute(here().desk.world.db);
      await sql`delete from cases where id like 'action/ordered-%'`.execute(here().desk.world.db);
    });

    it('is put so by the address, over its pages and as CSV alike, and the heading says so and leads to the other end', async () => {
      const kim = await here().visitorIn('kim@mois.example.org');
      const titlesIn = (page: string): string[] => [...page.matchAll(/Ordered \d{3}/g)].map(([found]) => found);
      const first = await (await kim(`${path}&sort=firstDue`)).text();
      expect(first).toMatch(/<th scope="col" aria-sort="ascending"><a href="[^"]*sort=-firstDue"/);
      expect(first).toMatch(/<option value="firstDue" selected>/);
      const next = /href="([^"]*after=[^"]*)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
      const all = [...titlesIn(first), ...titlesIn(await (await kim(next)).text())];
      const latestFirst = Array.from({ length: count }, (_, n) => title(count - n));
      expect(all).toEqual(latestFirst);
      expect(titlesIn(await (await kim(`${path}&sort=-firstDue`)).text())).toEqual(
        latestFirst.toReversed().slice(0, 50),
      );
      const csv = await (await kim(`${path}&sort=-firstDue&format=csv`)).text();
      const ids = [...csv.matchAll(/action\/ordered-(\d+)/g)].map(([, id]) => Number(id));
      expect(ids).toEqual(Array.from({ length: count }, (_, n) => n + 1));
    });

    it('is chosen without a script at 360 px by keys, and keeps what it is narrowed to', async () => {
      const { desk, context, forgetAsking, signedIn } = here();
      await forgetAsking();
      const browser = await context({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
      const page = await signedIn('kim@mois.example.org', browser);
      await page.goto(`${desk.url}${path}`);
      await page.locator('#sort').selectOption('-case');
      await page.locator('form.filters button').press('Enter');
      expect(new URL(page.url()).searchParams.get('search')).toBe('ordered');
      expect(await page.locator('tbody a').first().textContent()).toBe(title(count));
      expect(await isTooWide(page)).toBe(false);
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.locator('th[aria-sort=descending] a').press('Enter');
      expect(await page.locator('th[aria-sort=ascending]').count()).toBe(1);
      expect(await page.locator('tbody a').first().textContent()).toBe(title(1));
      await browser.close();
    });

    it.each(['x', '-x', '__proto__', 'percent', '-due-', `due&after=${encodeURIComponent('["x","y"]')}`])(
      'is refused where there is no such order, or no such place in it: %s',
      async (sort) => {
        const kim = await here().visitorIn('kim@mois.example.org');
        const answer = await kim(`${path}&sort=${sort}`);
        expect(answer.status).toBe(400);
      },
    );
  });

  describe('a list of what is on record, in the order of a column', () => {
    beforeAll(async () => {
      const { desk } = here();
      const { db } = desk.world;
      const [one, other] = [await desk.opened(), await desk.opened()];
      // What is accepted before its letter went asks for nothing any more.
      for (const caseId of [one, other]) await desk.addressIn('park', caseId);
      await desk.entente.command(other, 'accept', { by: 'kim' });
      const roles = ['administrator', 'reader', 'coordinator'] as const;
      await db
        .insertInto('roles')
        .values(roles.map((role) => ({ person: 'kim', role, agency: 'mois', by: 'kim', until_day: null })))
        .execute();
      const own = { country: 'GR', kind: 'indicators', recorded_by: 'kim' } as const;
      const none = { superseded_at: null, superseded_by: null, superseded_because: null };
      const indicators = [2018, 2026, 2022].map((year) => ({
        ...own,
        ...none,
        key: `ordered-${year}`,
        data: JSON.stringify({ country: 'GR', indicator: 'EGDI', year, value: 0.8, source: 'x' }),
      }));
      await db.insertInto('country_records').values(indicators).execute();
      const holder = { holder: 'person/ordered', name: 'Somebody', by: 'kim', became: null };
      const changes = ['b', 'c', 'a'].map((was) => ({
        ...holder,
        was: `${was}@ordered.example.org`,
        told_at: inDays(0),
      }));
      await db.insertInto('address_changes').values(changes).execute();
      const done = { command: 'person away', about: 'person/park', by: 'kim', proved: false } as const;
      const days = [inDays(-3), inDays(-1), inDays(-2)];
      await db
        .insertInto('done_beside_cases')
        .values(days.map((at) => ({ ...done, id: `ordered-${at}`, at, digest: null, proof: null, key: null })))
        .execute();
    });
    afterAll(async () => {
      const { db } = here().desk.world;
      await db.deleteFrom('roles').execute();
      await db.deleteFrom('done_beside_cases').where('id', 'like', 'ordered-%').execute();
      const over = { superseded_at: new Date().toISOString(), superseded_by: 'kim' };
      await db.updateTable('country_records').set(over).where('key', 'like', 'ordered-%').execute();
    });

    it.each([
      ['done', 'doneAt'],
      ['links', 'made'],
      ['waiting', 'case'],
      ['waiting', 'stage'],
      ['indicators', 'year'],
      ['roles', 'role'],
      ['directory', 'doneAt'],
      ['addresses', 'was'],
    ])('has the last of %s by %s first where the address says so', async (list, column) => {
      const kim = await here().visitorIn('kim@mois.example.org');
      const of = async (sort: string): Promise<readonly string[]> => {
        const csv = await (await kim(`/list/${list}?sort=${sort}&format=csv`)).text();
        const rows: readonly Readonly<Record<string, string>>[] = parse(csv, { bom: true, columns: true });
        return [...new Set(rows.map((row) => row[column] ?? ''))];
      };
      const [up, down] = [await of(column), await of(`-${column}`)];
      expect(down).toEqual(up.toReversed());
      expect(up.length).toBeGreaterThan(1);
    });
  });

  describe('the line of time of MOUs', () => {
    beforeAll(async () => {
      const { desk } = here();
      const { db } = desk.world;
      const one = await desk.opened();
      await sql`insert into cases (id, kind, title, stage, countries, coordinator, owner, opened_at, last_at, number, late, facts, state)
        select 'mou/ordered-' || n, 'mou', 'Ordered MOU ' || n, 'inEffect', countries, coordinator, null, opened_at, last_at, 1, false,
          jsonb_build_object('inEffectSince', ${inDays(-9)}::text, 'term', 1, 'termEnds', (${inDays(900)}::date + n * 7 % 5)::text,
            'decideBy', (${inDays(700)}::date - n)::text), '{}'
        from cases, generate_series(1, 3) n where id = ${one}`.execute(db);
    });
    afterAll(() => sql`delete from cases where id like 'mou/ordered-%'`.execute(here().desk.world.db));

    it.each([
      ['case', '123'],
      ['decideBy', '321'],
      // The days of their terms, of which the second ends last.
      ['termEnds', '312'],
    ])('is drawn by %s, from either end', async (column, numbers) => {
      const kim = await here().visitorIn('kim@mois.example.org');
      const of = async (sort: string): Promise<string> => {
        const page = await (await kim(`/timeline?sort=${sort}`)).text();
        const list = page.slice(page.indexOf('<ul class="rows">'));
        return [...list.matchAll(/Ordered MOU (\d)/g)].map(([, number]) => number).join('');
      };
      expect(await of(column)).toBe(numbers);
      expect(await of(`-${column}`)).toBe(Array.from(numbers).reverse().join(''));
    });
  });
}
