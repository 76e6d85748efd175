import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { connectEntente } from '../../client/client.ts';
import { makeWeb } from '../../web/server.ts';
import { formIn, post, textIn } from './asked.ts';
import { comingIn } from './coming-in.ts';
import type { Desk } from './pages.ts';

/** What the pages say while something does not answer, or takes too long; in the world of bad input. */
export function describeNotAnswering(here: () => Desk): void {
  describe('the pages, while something does not answer', () => {
    it('says what is down, and that nothing is lost', async () => {
      const caseId = await here().opened();
      const address = await here().addressIn('park', caseId);
      const { settings } = here().world.stack;
      const nowhere = { connectionOptions: { address: '127.0.0.1:1' }, namespace: 'default' };
      const said: string[] = [];
      const withoutTemporal = connectEntente({ databaseUrl: () => settings.databaseUrl, temporal: () => nowhere });
      const web = makeWeb({
        entente: withoutTemporal,
        url: here().url,
        behindProxy: true,
        say: (line) => said.push(line),
      });
      const headers = { host: new URL(here().url).host, 'x-forwarded-for': '198.51.100.9' };
      const path = new URL(address).pathname;
      expect((await web.request(path, { headers })).status).toBe(200);
      const form = await formIn(address, 'accept');
      const type = { 'content-type': 'application/x-www-form-urlencoded' };
      const body = new URLSearchParams(form).toString();
      const unanswered = await web.request(path, { method: 'POST', headers: { ...headers, ...type }, body });
      expect(unanswered.status).toBe(503);
      expect(textIn(await unanswered.text())).toMatch(/the case management.*Nothing is lost/);
      const saysOf = async (app: typeof web, at: string, options: RequestInit = {}) => {
        const answer = await app.request(at, options);
        return [answer.status, textIn(await answer.text())];
      };
      // Anybody may ask: where it is stands in the log alone, and so many at once are one who looks.
      const looks = await Promise.all(Array.from({ length: 100 }, () => saysOf(web, '/readyz')));
      expect(looks).toEqual(Array(100).fill([503, 'Temporal does not answer. ']));
      expect(said.filter((line) => /^Not ready: .*127\.0\.0\.1/.test(line)).length).toBe(1);
      expect((await web.request('/livez')).status).toBe(200);
      const toSignIn = { method: 'POST', headers: { ...headers, ...type }, body: 'address=kim%40mois.example.org' };
      expect(await saysOf(web, '/sign-in', toSignIn)).toEqual([
        503,
        expect.stringMatching(/the case management.*Nothing is lost/),
      ]);

      const gone = () => 'postgres://nobody@127.0.0.1:1/none';
      const withoutPostgres = connectEntente({ databaseUrl: gone, temporal: () => settings.temporal });
      const blind = makeWeb({
        entente: withoutPostgres,
        url: here().url,
        behindProxy: true,
        say: (line) => said.push(line),
      });
      const shown = await blind.request(path, { headers });
      expect([shown.status, textIn(await shown.text())]).toEqual([
        503,
        expect.stringMatching(/the register.*Nothing is lost/),
      ]);
      const down = [503, expect.stringMatching(/the register.*Nothing is lost/)];
      const cookie = `entente-session=${'A'.repeat(64)}`;
      expect(await saysOf(blind, '/readyz')).toEqual([503, 'Postgres does not answer. ']);
      expect((await blind.request('/readyz')).headers.get('cache-control')).toBe('no-store');
      expect(await saysOf(blind, '/sign-in', toSignIn)).toEqual(down);
      for (const at of ['/desk', '/list/cases', `/feed/${'A'.repeat(32)}.ics`])
        expect([at, await saysOf(blind, at, { headers: { ...headers, cookie } })]).toEqual([at, down]);
      const sent = { method: 'POST', headers: { ...headers, ...type }, body };
      expect(await saysOf(blind, path, sent)).toEqual(down);
      expect(said.join(' ')).not.toContain(address.slice(-32));
      // The same form, once they are back, and once more.
      expect([(await post(address, form)).status, (await post(address, form)).status]).toEqual([303, 303]);
      expect((await here().events(caseId)).filter((event) => event.type === 'accepted').length).toBe(1);
      await Promise.all([withoutTemporal.close(), withoutPostgres.close()]);
    });
  });

  describe('a search that takes too long', () => {
    it('is broken off and says what to do; whoever asks for less is answered meanwhile', async () => {
      const { settings } = here().world.stack;
      const databaseUrl = () => settings.databaseUrl;
      const impatient = connectEntente({ databaseUrl, temporal: () => settings.temporal, longestQuestion: 300 });
      const web = makeWeb({ entente: impatient, url: here().url, behindProxy: true, say: () => undefined });
      const cookie = await comingIn(here()).cookieOf('kim@mois.example.org');
      const headers = { host: new URL(here().url).host, 'x-forwarded-for': '198.51.100.10', cookie };
      const asked = async (path: string) => {
        const answer = await web.request(path, { headers });
        return [answer.status, textIn(await answer.text())];
      };
      await here()
        .world.db.transaction()
        .execute(async (trx) => {
          await sql`lock table search_texts in access exclusive mode`.execute(trx);
          const brokenOff = [503, expect.stringMatching(/takes too long.*search for a longer or rarer word/)];
          for (const path of [
            '/list/cases?search=action',
            '/list/cases?search=action&format=csv',
            '/list/actions?search=action',
          ])
            expect([path, await asked(path)]).toEqual([path, brokenOff]);
          expect(await asked('/list/cases')).toEqual([200, expect.stringContaining('Open cases')]);
        });
      expect((await asked('/list/cases?search=action'))[0]).toBe(200);
      await impatient.close();
    });
  });
}
