import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { pageLists } from '../../web/lists.ts';
import { textsIn } from '../../web/texts.ts';
import { textIn } from './asked.ts';
import type { Here } from './coming-in.ts';
import { type Desk, inDays, isAccessible, isTooWide } from './pages.ts';

export const header = { by: 'kim', countries: ['KR', 'GR'], coordinator: 'kim' };
export const sides = {
  sides: ['mois', 'mar'],
  coChairs: ['mute', 'papadopoulou'],
  secretaries: ['kim', 'papadopoulou'],
};

/** One case for each list, all of them kim's. */
const opened: readonly (readonly [list: string, kind: string, body: Readonly<Record<string, unknown>>])[] = [
  [
    'requests',
    'request',
    {
      title: 'Request of Greece',
      subject: 'e-government',
      how: 'noteVerbale',
      noteNumber: 'F.4711/26',
      dated: inDays(-3),
      receivedOn: inDays(-1),
      requester: 'agency/mar',
      requestingCountry: 'GR',
    },
  ],
  ['mous', 'mou', { title: 'MOU on archives', subject: 'archives', sides: sides.sides }],
  ['committees', 'committee', { title: 'Joint committee', mou: 'mou/lists', since: inDays(-30), ...sides }],
  [
    'workshops',
    'workshop',
    {
      title: 'Workshop on archives',
      subject: 'Archives',
      hosts: ['klid'],
      country: 'KR',
      place: 'Seoul',
      from: inDays(200),
      invited: ['GR'],
      focalPoints: ['agency/mar'],
      places: 20,
    },
  ],
  [
    'visits',
    'visit',
    {
      title: 'Delegation to Greece',
      from: inDays(100),
      to: inDays(104),
      senders: ['mois'],
      agencies: ['klid'],
      aim: 'to seek cooperation',
      usualChecklist: false,
    },
  ],
  [
    'programmes',
    'programme',
    {
      title: 'Archives programme',
      sinceYear: 2011,
      period: 'P1Y',
      nextStart: inDays(300),
      opensOn: inDays(200),
      editionsHeld: 7,
      organisers: ['mois', 'klid'],
      funding: 'the Government of the Republic of Korea',
      purpose: 'to share experience',
      audience: 'civil servants',
      invited: ['GR'],
      focalPoints: ['agency/mar'],
      places: 20,
      days: 5,
    },
  ],
];

const paths = [
  '/list',
  '/feed',
  '/people',
  '/person/kim',
  ...Object.keys(pageLists).map((name) => `/list/${name}`),
  '/list/actions?sort=-due',
  `/month?month=${inDays(100).slice(0, 7)}`,
  `/agenda?from=${inDays(90)}`,
  '/timeline',
  '/country',
  '/country/GR',
];

/** What stands there in the reader's language, and what of it stands there for sure. */
const told = [
  ['/list/due?days=400', 'request.deadlines.acknowledge'],
  ['/list/waiting', 'request.deadlines.acknowledge'],
  ['/list/quiet?days=400', 'request.events.opened'],
  ['/list/done', 'mou.events.opened'],
] as const;

const atDesks = new WeakMap<Desk, Promise<void>>();

/** Opens one case for each list: once at a desk, whichever of those that show them comes first. */
export function casesOfLists(desk: Desk): Promise<void> {
  const open = async () => {
    for (const [, kind, body] of opened)
      await desk.entente.open(kind as 'mou', { id: 'lists', ...header, ...body } as never);
  };
  const kept = atDesks.get(desk) ?? open();
  atDesks.set(desk, kept);
  return kept;
}

/** The lists of the pages, beside what else the desk has. */
export function describeLists(here: () => Here): void {
  describe('a list', () => {
    beforeAll(() => casesOfLists(here().desk));

    it('shows the cases of whoever keeps them and of their agency, as a page and as CSV, and of nobody else', async () => {
      const { visitorIn } = here();
      const [kim, other] = [await visitorIn('kim@mois.example.org'), await visitorIn('papadopoulou@mar.example.org')];
      for (const [list, kind] of opened) {
        const path = `/list/${list}?mine=yes&country=GR&search=`;
        expect(await (await kim(path)).text()).toContain(`<a href="/case/${kind}/lists">`);
        expect(await (await kim(`${path}&format=csv`)).text()).toContain(`${kind}/lists`);
        expect(await (await other(`/list/${list}`)).text()).not.toContain(`${kind}/lists`);
      }
      expect(textIn(await (await kim('/list/due?days=400')).text())).toMatch(/request\/lists/);
      expect(textIn(await (await kim('/list/dates?search=archives')).text())).toContain('workshop/lists');
    });

    it('is read, with its cases, by whoever is a reader of that agency in these days, and who may do nothing there', async () => {
      const { desk, visitorIn } = here();
      const { db } = desk.world;
      const reader = { person: 'papadopoulou', role: 'reader', agency: 'mois', by: 'kim' } as const;
      await db
        .insertInto('roles')
        .values({ ...reader, from_day: inDays(-2), until_day: null })
        .execute();
      const other = await visitorIn('papadopoulou@mar.example.org');
      const shown = async (path: string): Promise<string> => (await other(path)).text();
      expect(await shown('/list/visits')).toContain('/case/visit/lists');
      expect(await shown('/list/cases?search=archives')).toContain('/case/mou/lists');
      expect(await shown('/case/visit/lists')).toContain('id="caseFacts"');
      expect(await shown('/case/visit/lists')).not.toContain('?do=');
      await db
        .updateTable('roles')
        .set({ until_day: inDays(-2) })
        .execute();
      expect(await shown('/list/visits')).not.toContain('/case/visit/lists');
      expect((await other('/case/visit/lists')).status).toBe(404);
      await db.deleteFrom('roles').execute();
    });

    it('leads to cases, and a case to those that it hangs together with, as a tree', async () => {
      const { desk, visitorIn } = here();
      const opener = (id: string, from: string) =>
        sql`update cases set opener = ${from}, state = jsonb_set(state::jsonb, '{opener}', to_jsonb(${from}::text))
          where id = ${id}`.execute(desk.world.db);
      await opener('mou/lists', 'request/lists');
      await opener('committee/lists', 'mou/lists');
      await opener('visit/lists', 'request/lists');
      const kim = await visitorIn('kim@mois.example.org');
      const tree = /<ul class="tree">.*<\/ul>/s.exec(await (await kim('/case/mou/lists')).text())?.[0] ?? '';
      const [branches = ''] = tree.split('</section>');
      const order = [...branches.matchAll(/<ul|<\/ul|case\/(\w+)|aria-current/g)].map(([all, kind]) => kind ?? all);
      const mou = ['aria-current', 'mou', '<ul', 'committee', '</ul'];
      expect(order).toEqual(['<ul', 'request', '<ul', ...mou, 'visit', '</ul', '</ul']);
    });

    it('is there in every language', async () => {
      const { desk, visitorIn } = here();
      const kim = await visitorIn('kim@mois.example.org');
      const role = { person: 'kim', role: 'administrator', agency: 'mois', by: 'kim' } as const;
      await desk.world.db.insertInto('roles').values(role).execute();
      const quiet = sql<string>`now() - interval '500 days'`;
      await desk.world.db.updateTable('cases').set({ acted_at: quiet }).where('id', '=', 'request/lists').execute();
      for (const language of ['ko', 'el', 'ro', 'en']) {
        await desk.world.db.updateTable('people').set({ language }).where('id', '=', 'kim').execute();
        for (const path of paths) {
          const answer = await kim(path);
          expect([path, answer.status]).toEqual([path, 200]);
          expect(await answer.text()).toContain(`<html lang="${language}">`);
        }
        for (const [path, said] of told) {
          const page = await (await kim(path)).text();
          expect([path, page.includes('<q lang="en">')]).toEqual([path, false]);
          expect(page).toContain(textsIn(language).story.get(said)?.split('{')[0]);
        }
      }
      await desk.world.db.deleteFrom('roles').execute();
    });

    it('fits any screen, and is readable for everybody', async () => {
      const { desk, signedIn, context, forgetAsking } = here();
      await desk.addressIn('park', await desk.opened());
      await forgetAsking();
      const browser = await context();
      const page = await signedIn('kim@mois.example.org', browser);
      const { SHOTS } = process.env;
      // With every form that a page of a person can have.
      const { db } = desk.world;
      const role = { person: 'kim', role: 'administrator', agency: 'mois', by: 'kim' } as const;
      await db.insertInto('roles').values(role).execute();
      const leaves = (on: string | null) =>
        db.updateTable('people').set({ left_on: on }).where('id', '=', 'kim').execute();
      await leaves(inDays(300));
      await page.goto(`${desk.url}/list/links`);
      const letter = (await page.locator('td a[href*="/letter?"]').first().getAttribute('href')) ?? '';
      for (const path of [...paths, letter]) {
        await page.goto(`${desk.url}${path}`);
        for (const width of [360, 1440]) {
          await page.setViewportSize({ width, height: 900 });
          expect([path, width, await isTooWide(page)]).toEqual([path, width, false]);
          if (SHOTS)
            await page.screenshot({ path: `${SHOTS}/${width}${path.replaceAll('/', '-')}.png`, fullPage: true });
        }
        await isAccessible(page);
      }
      await leaves(null);
      await db.deleteFrom('roles').execute();
      await browser.close();
    });

    it.each([
      '/list/cases?kind=x',
      '/list/cases?country=gr',
      '/list/cases?after=1',
      '/list/cases?page=1',
      '/people?x=1',
      '/list/cases?sort=drop',
      '/list/cases?x=1',
      '/list/cases?format=xml',
      "/list/cases?kind='",
      '/list/nothing',
      '/list/__proto__',
      '/list/mous?x=1',
      '/list/mous?after=1',
      '/list/mous?coordinators=park',
      '/list/due?days=-1',
      '/list/mous?search=a b c d e f g h i j kk',
      '/list/cases?search=%00x',
      '/list/cases?search=x',
    ])('that there is not, or what it cannot be asked, is refused: %s', async (path) => {
      const kim = await here().visitorIn('kim@mois.example.org');
      expect((await kim(path)).status).toBe(400);
    });

    it('is not searched for 10,000 characters', async () => {
      const kim = await here().visitorIn('kim@mois.example.org');
      expect((await kim(`/list/mous?search=${'a'.repeat(10_000)}`)).status).toBe(400);
    });
  });
}
