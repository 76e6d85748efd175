import { beforeAll, describe, expect, it } from 'vitest';
import { textIn } from './asked.ts';
import type { Here } from './coming-in.ts';
import { casesOfLists } from './lists.ts';
import { inDays } from './pages.ts';

/** `GR=Greece` of each option of a control. */
const optionsIn = (page: string, control: RegExp): readonly string[] =>
  [...(control.exec(page)?.[1] ?? '').matchAll(/<option value="([^"]*)"([^>]*)>([^<]*)/g)].map(
    ([, value, more, label]) => `${value}=${label}${more?.includes('selected') ? ' (selected)' : ''}`,
  );

/** What lists are narrowed to. */
export function describeNarrowed(here: () => Here): void {
  describe('a list', () => {
    beforeAll(() => casesOfLists(here().desk));

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

    it('offers the countries that there are, by their names in the language of its reader, with that of the address chosen', async () => {
      const { desk, visitorIn } = here();
      const kim = await visitorIn('kim@mois.example.org');
      const reads = (language: string) =>
        desk.world.db.updateTable('people').set({ language }).where('id', '=', 'kim').execute();
      const countries = async (path: string) =>
        optionsIn(await (await kim(path)).text(), /<select id="country"[^>]*>(.*?)<\/select>/s);
      for (const list of ['/list/cases', '/list/mous', '/timeline', '/month', '/agenda'])
        expect([list, await countries(list)]).toEqual([list, ['=All (selected)', 'GR=Greece', 'KR=South Korea']]);
      await reads('ro');
      expect(await countries('/list/cases')).toEqual(['=Toate (selected)', 'KR=Coreea de Sud', 'GR=Grecia']);
      await reads('en');
      expect(await countries('/list/cases?country=KR')).toEqual(['=All', 'GR=Greece', 'KR=South Korea (selected)']);
    });

    it('suggests agencies, and of coordinators and cases those that its reader may see, so many at most', async () => {
      const { desk, visitorIn } = here();
      const [kim, park] = [await visitorIn('kim@mois.example.org'), await visitorIn('park@klid.example.org')];
      const suggested = async (visitor: typeof kim, path: string, name: string) => {
        const page = await (await visitor(path)).text();
        expect([name, page.includes(`list="of-${name}"`)]).toEqual([name, page.includes(`<datalist id="of-${name}">`)]);
        return optionsIn(page, new RegExp(`<datalist id="of-${name}">(.*?)</datalist>`, 's'));
      };
      expect(await suggested(kim, '/list/actions', 'owner')).toContain('klid=KLID');
      expect(await suggested(kim, '/list/due', 'agency')).toContain('mois=MOIS');
      expect(await suggested(kim, '/list/actions', 'coordinator')).toEqual(['kim=kim (test)']);
      expect(await suggested(kim, '/list/actions', 'committee')).toContain('lists=Joint committee');
      expect(await suggested(kim, '/list/editions', 'programme')).toContain('lists=Archives programme');
      expect(await suggested(park, '/list/actions', 'owner')).toContain('klid=KLID');
      for (const name of ['coordinator', 'committee']) expect(await suggested(park, '/list/actions', name)).toEqual([]);
      const more = Array.from({ length: 220 }, (_, index) => ({ id: `more-${index}`, name: `More ${index}` }));
      await desk.world.db
        .insertInto('agencies')
        .values(more.map((each) => ({ ...each, country: 'GR', email: null, contact: null })))
        .execute();
      expect(await suggested(kim, '/list/actions', 'owner')).toHaveLength(200);
      expect((await kim('/list/actions?owner=silent')).status).toBe(200);
      await desk.world.db.deleteFrom('agencies').where('id', 'like', 'more-%').execute();
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
