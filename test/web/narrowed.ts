import { describe, expect, it } from 'vitest';
import { textIn } from './asked.ts';
import type { Here } from './coming-in.ts';
import { inDays } from './pages.ts';

/** What lists are narrowed to, among the cases of `describeLists`. */
export function describeNarrowed(here: () => Here): void {
  describe('a list', () => {
    it('is narrowed by what narrows it at the terminal', async () => {
      const { desk, visitorIn } = here();
      const caseId = await desk.opened();
      const kim = await visitorIn('kim@mois.example.org');
      const shows = async (path: string): Promise<boolean> =>
        (await (await kim(path)).text()).includes(`/case/${caseId}"`);
      for (const [path, has, hasNot] of [
        ['/list/cases', 'stage=recorded&owner=klid&coordinator=kim', ['stage=closed', 'owner=mar']],
        ['/list/actions', 'owner=agency/klid&coordinator=kim', ['owner=mar', 'committee=lists']],
        ['/list/due', 'days=90&agency=klid&coordinator=kim', ['days=90&agency=mar', 'days=1&agency=klid']],
      ] as const) {
        expect([path, await shows(`${path}?${has}`)]).toEqual([path, true]);
        for (const query of hasNot)
          expect([path, query, await shows(`${path}?${query}`)]).toEqual([path, query, false]);
      }
      expect((await kim('/list/editions?programme=lists')).status).toBe(200);
      await desk.world.db
        .updateTable('cases')
        .set({ acted_at: `${inDays(-9)}T00:00:00.000Z` })
        .where('id', '=', caseId)
        .execute();
      const quiet = ['days=8&kind=action&owner=klid&coordinator=kim', 'days=8&kind=mou', 'days=8&owner=mar', 'days=10'];
      expect(await Promise.all(quiet.map((query) => shows(`/list/quiet?${query}`)))).toEqual([
        true,
        false,
        false,
        false,
      ]);
    });

    it('is narrowed by nothing that its reader may not see: what there is and what there is not are answered alike', async () => {
      const { desk, visitorIn } = here();
      const caseId = await desk.opened();
      const park = await visitorIn('park@klid.example.org');
      const answered = async (query: string) => {
        const answer = await park(`/list/${query}`);
        return [answer.status, textIn(await answer.text())];
      };
      for (const [one, none] of [
        ['actions?committee=lists', 'actions?committee=nothing'],
        ['editions?programme=programme/lists', 'editions?programme=nothing'],
        ['actions?owner=person/kim', 'actions?owner=person/nobody'],
        ['cases?coordinator=kim', 'cases?coordinator=nobody'],
        ['due?coordinator=kim', 'due?coordinator=nobody'],
      ] as const) {
        expect([one, ...(await answered(one))]).toEqual([one, ...(await answered(none))]);
        expect([one, (await answered(one))[0]]).toEqual([one, 400]);
      }
      const refused = [
        'cases?stage=x',
        'cases?kind=mou&stage=recorded',
        'actions?owner=nothing',
        'actions?owner=case/klid',
        'actions?meeting=mou/lists',
        'due?agency=nothing',
        'quiet?days=0',
      ];
      for (const query of refused) expect([query, (await answered(query))[0]]).toEqual([query, 400]);
      expect((await answered('cases?sort=id'))[1]).toContain(caseId);
      expect((await answered('cases?owner=klid'))[1]).not.toContain(caseId);
    });
  });
}
