import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Here } from './coming-in.ts';
import { type Form, textIn } from './asked.ts';
import { inDays } from './pages.ts';

/** The addresses at which calendar programs read, beside what else the desk has. */
export function describeFeeds(here: () => Here): void {
  const formTo = (page: string, what: string): Form => {
    const form = page.split('<form').find((each) => each.includes(`name="do" value="${what}"`)) ?? '';
    return Object.fromEntries([...form.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, k = '', v = '']) => [k, v]));
  };
  const addressIn = (page: string): string => /http:\S+\/feed\/[A-Za-z0-9_-]{32}\.ics/.exec(textIn(page))?.[0] ?? '';

  describe('a feed of one’s own', () => {
    const made = async (address: string): Promise<string> => {
      const ask = await here().visitorIn(address);
      return addressIn(await (await ask('/feed', formTo(await (await ask('/feed')).text(), 'make'))).text());
    };
    const read = async (address: string): Promise<string> => {
      const answer = await fetch(address);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
      return answer.text();
    };

    it('has what its reader may see and no more, until it is taken back, made anew or its person leaves', async () => {
      const { desk, visitorIn } = here();
      const body = {
        id: 'feeds',
        by: 'kim',
        countries: ['KR', 'GR'],
        coordinator: 'kim',
        title: 'Courtesy call',
        on: inDays(40),
        form: 'bilateralTalk',
        subject: 'taxes',
        place: 'Seoul',
        owner: 'mois',
        host: 'agency/klid',
        participants: ['kim'],
      };
      await desk.entente.open('appointment', body as never);
      await desk.entente.command('appointment/feeds', 'confirm', { by: 'park' });
      const [kim, park, other] = [
        await made('kim@mois.example.org'),
        await made('park@klid.example.org'),
        await made('papadopoulou@mar.example.org'),
      ];
      expect(await read(kim)).toContain('appointment/feeds');
      expect(await read(park)).toContain('appointment/feeds');
      expect(await read(other)).not.toContain('BEGIN:VEVENT');

      const again = await made('kim@mois.example.org');
      const gone = async (address: string): Promise<string> => {
        const answer = await fetch(address);
        expect(answer.status).toBe(404);
        return answer.text();
      };
      const nothing = await gone(`${desk.url}/feed/${'A'.repeat(32)}.ics`);
      expect(await gone(kim)).toBe(nothing);
      expect(await read(again)).toContain('appointment/feeds');
      const ask = await visitorIn('kim@mois.example.org');
      const revoke = formTo(await (await ask('/feed')).text(), 'revoke');
      expect((await ask('/feed', { ...revoke, secret: 'A'.repeat(43) })).status).toBe(403);
      expect((await ask('/feed', revoke, { origin: 'https://elsewhere.example.org' })).status).toBe(403);
      expect(await read(again)).toContain('appointment/feeds');
      expect([(await ask('/feed', revoke)).status, await gone(again)]).toEqual([303, nothing]);

      await sql`update people set left_on = current_date - 1 where id = 'park'`.execute(desk.world.db);
      expect(await gone(park)).toBe(nothing);
      await sql`update people set left_on = null where id = 'park'`.execute(desk.world.db);
      expect(await read(park)).toContain('appointment/feeds');
    });

    it('is made once by a form that is sent twice, and stands nowhere but in the answer', async () => {
      const { desk, visitorIn } = here();
      const ask = await visitorIn('kim@mois.example.org');
      const form = formTo(await (await ask('/feed')).text(), 'make');
      const answers = await Promise.all([ask('/feed', form), ask('/feed', form)]);
      const [one = '', other] = await Promise.all(answers.map(async (each) => addressIn(await each.text())));
      expect(one).toBe(other);
      const token = one.slice(-36, -4);
      expect(token).toMatch(/^[A-Za-z0-9_-]{32}$/);
      const rows = await sql<{ all: string }>`
        select coalesce(string_agg(feed::text, ' '), '') as all from calendar_feeds feed where revoked_at is null and person = 'kim'`.execute(
        desk.world.db,
      );
      expect(rows.rows[0]?.all.match(/[0-9a-f]{64}/g)).toHaveLength(1);
      expect(rows.rows[0]?.all).not.toContain(token);
      expect(await (await ask('/feed')).text()).not.toContain(token);
      expect(desk.said.join(' ')).not.toContain(token);
    });
  });
}
