import { describe, expect, it } from 'vitest';
import { longDay } from '../../activities/mail/days.ts';
import { dayIn } from '../../domain/dates.ts';
import type { Here } from './coming-in.ts';

/** The cases in which somebody has a part. */
export function describeCaseList(here: () => Here): void {
  describe('the list of cases', () => {
    it('has those that somebody has a part in, by the filters in the address, as a page and as CSV', async () => {
      const { desk, visitorIn } = here();
      const caseId = await desk.opened();
      const [kim, other] = [await visitorIn('kim@mois.example.org'), await visitorIn('papadopoulou@mar.example.org')];
      const shown = async (ask: typeof kim, query = ''): Promise<string> => (await ask(`/list/cases${query}`)).text();
      expect(await shown(kim, '?sort=id')).toContain(`/case/${caseId}"`);
      expect(await shown(kim, '?kind=action&country=GR&mine=yes&search=')).toContain(`/case/${caseId}"`);
      for (const query of ['?kind=mou', '?country=FR', '?late=yes'])
        expect(await shown(kim, query)).not.toContain('/case/action');
      expect(await shown(other)).not.toContain('/case/action');
      const csv = await kim('/list/cases?sort=id&format=csv');
      const bytes = Buffer.from(await csv.arrayBuffer()).toString();
      expect(bytes.startsWith('\ufeffid,kind,title,')).toBe(true);
      expect(bytes).toContain(`\r\n${caseId},action,Action `);
    });

    it('says who coordinates by name, and by which day something is due where it is owed, though that ends on another day here', async () => {
      const { desk, visitorIn } = here();
      const caseId = await desk.opened();
      const kim = await visitorIn('kim@mois.example.org');
      const { due, passes_at: passesAt } = await desk.world.db
        .selectFrom('deadlines')
        .select(['due', 'passes_at'])
        .where('case_id', '=', caseId)
        .orderBy('passes_at')
        .executeTakeFirstOrThrow();
      expect(dayIn(passesAt, 'Asia/Seoul')).not.toBe(due);
      const page = await (await kim('/list/cases?sort=id')).text();
      const row = page.split('<li>').find((each) => each.includes(`/case/${caseId}"`));
      expect(row).toContain(`due ${longDay(due, 'en')} · ${caseId}`);
      expect(row).toContain('Republic of Korea, Greece · Coordinated by kim (test) · ');
      const csv = await (await kim('/list/cases?sort=id&format=csv')).text();
      expect(csv).toMatch(new RegExp(`\r\n${caseId},[^\r]*,kim,${due},`));
    });

    it('finds words in any script in what somebody reads whole, over or not, and nothing for whoever may not read it', async () => {
      const { desk, visitorIn } = here();
      const caseId = await desk.opened('Ψηφιοποίηση 기록물');
      await desk.entente.command(caseId, 'accept', { by: 'park' });
      await desk.entente.command(caseId, 'note', { by: 'kim', note: 'Entre nous, à Genève.' });
      const [kim, park] = [await visitorIn('kim@mois.example.org'), await visitorIn('park@klid.example.org')];
      const found = async (ask: typeof kim, words: string, more = ''): Promise<boolean> =>
        (await (await ask(`/list/cases?search=${encodeURIComponent(words)}${more}`)).text()).includes(
          `/case/${caseId}"`,
        );
      for (const words of ['ψηφιοποιηση', '기록물', '기록', 'GENEVE nous', caseId]) {
        expect([words, await found(kim, words)]).toEqual([words, true]);
        expect([words, await found(park, words)]).toEqual([words, false]);
      }
      await desk.entente.command(caseId, 'cancel', { by: 'kim', reason: 'Not needed.' });
      expect([await found(kim, 'geneve'), await found(kim, 'geneve', '&over=yes')]).toEqual([false, true]);
    });
  });
}
