import { describe, expect, it } from 'vitest';
import { textIn } from './asked.ts';
import { type Here, hiddenIn } from './coming-in.ts';
import { inDays } from './pages.ts';

/** Lists of what cases wait for, what was done and sent, and of the directory’s record, in the world of the desk. */
export function describeOnRecord(here: () => Here): void {
  describe('a list of what is on record', () => {
    it('has what cases wait for, what was done, letters and their addresses, of whoever keeps or reads the cases, as a page and as CSV', async () => {
      const { desk, visitorIn } = here();
      const caseId = await desk.opened();
      await desk.addressIn('park', caseId);
      await desk.entente.command(caseId, 'note', { by: 'kim', note: 'Seen by us.' });
      const [kim, park] = [await visitorIn('kim@mois.example.org'), await visitorIn('park@klid.example.org')];
      const lists: readonly (readonly [path: string, says: RegExp])[] = [
        ['/list/waiting?search=statute', /Takes? |accept|Waits for/],
        ['/list/done', /Seen by us/],
        [`/list/done?by=kim&since=${inDays(-1)}&until=${inDays(1)}`, /Seen by us/],
        [`/list/mail?case=${caseId}&standing=sent`, /Sent/],
        [`/list/links?case=${caseId}`, /park@klid\.example\.org/],
      ];
      for (const [path, says] of lists) {
        const [page, csv] = [await kim(path), await kim(`${path}${path.includes('?') ? '&' : '?'}format=csv`)];
        expect([path, page.status, csv.status]).toEqual([path, 200, 200]);
        const [shown, lines] = [await page.text(), await csv.text()];
        expect([path, shown]).toEqual([path, expect.stringContaining(caseId)]);
        expect([path, lines]).toEqual([path, expect.stringContaining(caseId)]);
        expect([path, textIn(shown)]).toEqual([path, expect.stringMatching(says)]);
        const others = await park(path);
        expect([path, await others.text()]).toEqual([path, expect.not.stringContaining('<td')]);
      }
      expect(await (await kim(`/list/mail?case=${caseId}&standing=failed`)).text()).not.toContain(caseId + '/');
      expect(await (await kim(`/list/done?until=${inDays(-3)}`)).text()).not.toContain(`href="/case/${caseId}"`);
      const letter = /href="(\/case\/[^"]*\/letter\?key=[^"]*)"/.exec(
        await (await kim(lists[3]?.[0] ?? '')).text(),
      )?.[1];
      expect((await kim(letter?.replaceAll('&amp;', '&') ?? '')).status).toBe(200);
    });

    it('names letters that are not written yet in the language of whoever looks', async () => {
      const { desk, visitorIn } = here();
      const { db } = desk.world;
      const caseId = await desk.opened();
      await desk.addressIn('park', caseId);
      const asked = db.updateTable('messages').where('case_id', '=', caseId);
      await asked.set({ state: 'withdrawn', subject: null, body_text: null, body_html: null }).execute();
      const kim = await visitorIn('kim@mois.example.org');
      const path = `/list/mail?case=${caseId}`;
      await db.updateTable('people').set({ language: 'ko' }).where('id', '=', 'kim').execute();
      const page = textIn(await (await kim(path)).text());
      await db.updateTable('people').set({ language: 'en' }).where('id', '=', 'kim').execute();
      expect(page).toMatch(/철회됨 .*\[.*까지 수락 요청\] Translate the statute/);
    });

    it('is of roles and of the directory for administrators alone, whom no other list tells of them', async () => {
      const { desk, visitorIn } = here();
      const { db } = desk.world;
      const kim = await visitorIn('kim@mois.example.org');
      const paths = ['/list/roles', '/list/directory', '/list/addresses'];
      const role = { person: 'kim', role: 'reader', agency: 'mois', by: 'kim' } as const;
      await db.insertInto('roles').values(role).execute();
      for (const path of paths) expect([path, (await kim(path)).status]).toEqual([path, 400]);
      expect(await (await kim('/list')).text()).not.toContain('/list/roles');
      await db.updateTable('roles').set({ role: 'administrator' }).execute();
      for (const path of paths) expect([path, (await kim(path)).status]).toEqual([path, 200]);
      expect(await (await kim('/list')).text()).toContain('/list/roles');
      expect(textIn(await (await kim('/list/roles')).text())).toMatch(/kim.*Administrator/s);
      expect(await (await kim('/list/roles?format=csv')).text()).toContain('person/kim,administrator,agency/mois');
      await db
        .insertInto('done_beside_cases')
        .values([
          { id: 'on-record', command: 'role give', about: 'person/kim, administrator', by: 'kim', proved: false },
          { id: 'brought-in', command: 'directory import', about: '1 country, 3 agencies, 14 people', proved: false },
        ] as never)
        .execute();
      const shown = textIn(await (await kim('/list/directory')).text());
      expect(shown).toContain('A role was given');
      expect(shown).toMatch(/kim \(test\), Administrator/);
      await db.updateTable('people').set({ language: 'el' }).where('id', '=', 'kim').execute();
      const inGreek = textIn(await (await kim('/list/directory')).text());
      expect(inGreek).toContain('χώρες: 1, υπηρεσίες: 3, πρόσωπα: 14');
      expect(inGreek).not.toMatch(/administrator|people/i);
      await db.updateTable('people').set({ language: 'en' }).where('id', '=', 'kim').execute();
      await db.deleteFrom('roles').execute();
    });

    it.each([
      'done?by=nobody',
      'done?by=park',
      'done?since=2027-02-31',
      'mail?standing=lost',
      'mail?case=action/no-such-case',
      'links?case=x',
      'waiting?owner=nothing',
      'mail?sort=goes',
      'mail?after=1',
    ])('refuses what there is not, and what its reader may not see: %s', async (query) => {
      const kim = await here().visitorIn('kim@mois.example.org');
      expect((await kim(`/list/${query}`)).status).toBe(400);
    });
  });
  describe('the addresses in a letter', () => {
    it('are taken back on its page by whoever keeps the case, once, with a reason, and by nobody else', async () => {
      const { desk, visitorIn } = here();
      const caseId = await desk.opened();
      const address = await desk.addressIn('park', caseId);
      const [kim, park] = [await visitorIn('kim@mois.example.org'), await visitorIn('park@klid.example.org')];
      const links = await (await kim(`/list/links?case=${caseId}`)).text();
      const path = /href="(\/case\/[^"]*\/letter\?key=[^"]*)"/.exec(links)?.[1] ?? '';
      const form = hiddenIn(await (await kim(path)).text(), 'name="key"');
      expect(await (await park(path)).text()).not.toContain('name="key"');
      const to = `/case/${caseId}/letter`;
      const reason = 'Sent on to others.';
      const own = hiddenIn(await (await park('/person/park')).text(), 'value="away"');
      const theirs = { key: form['key'] ?? '', sending: own['sending'] ?? '', secret: own['secret'] ?? '' };
      const refused = [
        await kim(to, { ...form, reason: ' ' }),
        await kim(to, { ...form, reason, secret: 'A'.repeat(43) }),
        await kim(to, { ...form, reason, key: 'no/such/letter' }),
        await park(to, { ...theirs, reason }),
      ];
      expect(refused.map(({ status }) => status)).toEqual([422, 403, 404, 409]);
      expect((await desk.entente.links.list(caseId)).map(({ revoked_at: at }) => at)).toEqual([null]);
      const twice = await Promise.all(Array.from({ length: 3 }, () => kim(to, { ...form, reason })));
      expect(twice.map(({ status }) => status)).toEqual([303, 303, 303]);
      expect(await desk.entente.links.list(caseId)).toMatchObject([{ revoked_by: 'kim', revoked_because: reason }]);
      const done = await (await kim(twice[0]?.headers.get('location') ?? '')).text();
      expect(done).toMatch(/role="status"/);
      expect(done).not.toContain('name="key"');
      expect(textIn(await (await fetch(address)).text())).toContain(reason);
      const { rows } = await desk.entente.besideCases.list();
      expect(rows.filter(({ command, about }) => command === 'link revoke' && about === form['key'])).toMatchObject([
        { by: 'kim', proved: true, provedAt: 'pages' },
      ]);
    });
  });

  describe('a case that was closed too early', () => {
    it('is opened again by its coordinator on its page, once, with a reason, after a look', async () => {
      const { desk, visitorIn } = here();
      const caseId = await desk.opened();
      const give = (name: string, body: object) => desk.entente.command(caseId, name, body as never);
      await give('accept', { by: 'park' });
      await give('reportDone', { by: 'park', evidence: 'Printed.' });
      await give('verify', { by: 'kim', evidence: 'Seen.' });
      const [kim, park] = [await visitorIn('kim@mois.example.org'), await visitorIn('park@klid.example.org')];
      const path = `/case/${caseId}`;
      expect(await (await park(`${path}?do=reopen`)).text()).not.toContain('value="reopen"');
      const form = hiddenIn(await (await kim(`${path}?do=reopen`)).text(), 'value="reopen"');
      expect((await kim(path, { ...form, sure: 'yes' })).status).toBe(422);
      expect((await kim(path, { ...form, reason: 'A page is missing.' })).status).toBe(200);
      expect((await desk.last(caseId))?.type).toBe('verified');
      const sent = { ...form, reason: 'A page is missing.', sure: 'yes' };
      expect([(await kim(path, sent)).status, (await kim(path, sent)).status]).toEqual([303, 303]);
      expect((await desk.events(caseId)).filter(({ type }) => type === 'reopened')).toMatchObject([
        { by: 'kim', reason: 'A page is missing.' },
      ]);
    });
  });
}
