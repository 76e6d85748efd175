import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { usualLimits } from '../../web/rate.ts';
import { makeWeb } from '../../web/server.ts';
import { pdf } from '../client/documents-by-hand.ts';
import { type Form, formIn, post, textIn } from './asked.ts';
import { comingIn, hiddenIn } from './coming-in.ts';
import type { Desk } from './pages.ts';

/** What those find who have nothing, or who have nothing to do with what they ask for; in the world of bad input. */
export function describeOutside(here: () => Desk): void {
  type Visit = Awaited<ReturnType<ReturnType<typeof comingIn>['visitorIn']>>;
  let [kim, other] = [] as unknown as [Visit, Visit];
  beforeAll(async () => {
    const { visitorIn } = comingIn(here());
    [kim, other] = [await visitorIn('kim@mois.example.org'), await visitorIn('papadopoulou@mar.example.org')];
  });

  describe('whoever has no link and no session', () => {
    it('reads and changes nothing, whatever the page', async () => {
      const desk = here();
      const caseId = await desk.opened();
      const kept = async () => {
        const tables = [
          'events',
          'commands',
          'documents',
          'sign_ins',
          'calendar_feeds',
          'proof_keys',
          'done_beside_cases',
        ];
        const counts = tables.map((table) => sql`(select count(*) from ${sql.table(table)}) as ${sql.ref(table)}`);
        return (await sql`select ${sql.join(counts)}`.execute(desk.world.db)).rows;
      };
      const before = await kept();
      const app = makeWeb({ entente: desk.entente, url: desk.url, behindProxy: false, say: () => undefined });
      const open = ['/', '/livez', '/readyz', '/style.css', '/sign-in', '/sign-in/:token', '/sign-out', '/a/:token'];
      // The script of the page to sign in, and what it sends.
      open.push('/passkey.js', '/sign-in/passkey');
      // Whatever is added to the pages is asked, too, and by methods that it is not made for.
      const routes = new Set(app.routes.map(({ path }) => path).filter((path) => !path.endsWith('*')));
      const asked = [...routes].flatMap((route) => ['GET', 'POST', 'PUT', 'DELETE'].map((method) => [method, route]));
      const found: string[] = [];
      for (const [method = '', route = ''] of asked) {
        if (open.includes(route)) continue;
        const [kind, id] = caseId.split('/');
        const params: Form = { kind: kind ?? '', id: id ?? '', token: 'A'.repeat(32), name: 'cases', code: 'GR' };
        const path = route.replaceAll(/:(\w+)/g, (_, name: string) => params[name] ?? 'a'.repeat(64));
        const answer = await fetch(`${desk.url}${path}`, {
          method,
          redirect: 'manual',
          ...(method === 'GET' ? {} : { body: new URLSearchParams({ command: 'accept' }) }),
        });
        const text = await answer.text();
        const isRefused = answer.headers.get('location')?.startsWith('/sign-in') === true || answer.status === 404;
        if (!isRefused || text.includes(caseId)) found.push(`${method} ${route}: ${answer.status}`);
      }
      expect([routes.size > 25, found]).toEqual([true, []]);
      expect(await kept()).toEqual(before);
    });

    it('finds a case by no id, nor what belongs to it, if it is not theirs', async () => {
      const desk = here();
      const caseId = await desk.opened('Hidden from others');
      await desk.addressIn('park', caseId);
      const sha256 = 'a'.repeat(64);
      const letter = /letter\?key=([^"]+)/.exec(await (await kim(`/case/${caseId}`)).text())?.[1] ?? '';
      const guesses = [`/case/${caseId}`, `/case/${caseId}/letter?key=${letter}`, `/case/${caseId}/paper/${sha256}`];
      for (const path of guesses) expect([path, (await other(path)).status]).toEqual([path, 404]);
      const lists = ['/desk', '/list/cases', '/list/cases?search=hidden', '/list/actions', '/list/due?days=400'];
      const pages = [
        ...lists,
        '/list/cases?format=csv',
        '/list/actions?format=csv',
        '/timeline',
        '/month',
        '/agenda',
        '/country/KR',
      ];
      for (const path of pages) {
        const [theirs, whole] = [await (await other(path)).text(), await (await kim(path)).text()];
        expect([path, theirs.includes(caseId), theirs.includes('Hidden from others')]).toEqual([path, false, false]);
        expect([path, whole.length > 0]).toEqual([path, true]);
      }
      expect(await (await kim('/list/actions?format=csv')).text()).toContain(caseId);
    });
  });

  describe('a search', () => {
    it.each(['.*', '(a+)+$', '%%', '__', '[a-z]+', '\\d\\d', "' or 1=1 --", '^web'])(
      'takes %s by its letters, as no pattern',
      async (words) => {
        await here().opened('Translate');
        const answer = await kim(`/list/cases?search=${encodeURIComponent(words)}`);
        expect([200, 400]).toContain(answer.status);
        expect(await answer.text()).not.toContain('href="/case/action/');
      },
    );
  });

  describe('behind a proxy that ends TLS', () => {
    const secure = (behindProxy = true) =>
      makeWeb({
        entente: here().entente,
        url: 'https://entente.example.org',
        behindProxy,
        limits: { ...usualLimits, misses: 2 },
        say: () => undefined,
      });
    const host = { host: 'entente.example.org', 'x-forwarded-for': '198.51.100.20' };
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams({ address: 'nobody@mois.example.org' }).toString();

    it('cookies are of this host alone, and forms of this origin', async () => {
      const app = secure();
      const ask = (headers: Form) =>
        app.request('/sign-in', { method: 'POST', headers: { ...host, ...form, ...headers }, body });
      const taken = await ask({ origin: 'https://entente.example.org' });
      expect(taken.headers.get('set-cookie')).toMatch(
        /^__Host-entente-browser=[^;]+;.*Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      );
      expect(taken.headers.get('strict-transport-security')).toContain('max-age');
      expect(taken.headers.get('set-cookie')).not.toMatch(/domain/i);
      for (const origin of ['http://entente.example.org', 'https://entente.example.org.evil.example.org'])
        expect((await ask({ origin })).status).toBe(403);
      for (const other of ['127.0.0.1:8030', 'evil.example.org', 'entente.example.org:8443'])
        expect((await ask({ host: other })).status).toBe(421);
      // A neighbour’s cookie has another name, and is none of ours.
      const session = { cookie: `entente-session=${'A'.repeat(64)}` };
      expect((await app.request('/desk', { headers: { ...host, ...session } })).status).toBe(303);
    });

    it('who asks is what that proxy has added last, and is believed of nobody else', async () => {
      const app = secure();
      const ask = async (from: string) =>
        (await app.request(`/a/${'B'.repeat(32)}`, { headers: { ...host, 'x-forwarded-for': from } })).status;
      const tried = [];
      for (const made of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) tried.push(await ask(`${made}, 198.51.100.30`));
      expect(tried).toEqual([404, 404, 429]);
      const direct = [];
      for (const made of ['192.0.2.1', '192.0.2.2', '192.0.2.3'])
        direct.push((await post(`${here().url}/sign-in`, { address: 'x' }, { 'x-forwarded-for': made })).status);
      expect(direct).toEqual([422, 422, 422]);
    });
  });

  describe('a file that is sent', () => {
    it.each<[string, string, Buffer | string, number, RegExp]>([
      ['with a name that climbs folders', '../../etc/draft.pdf', pdf, 422, /without a path/],
      ['of another type than it says', 'draft.pdf', '<html><script>alert(1)</script></html>', 422, /is no PDF/],
      ['that is a page', 'draft.html', '<script>alert(1)</script>', 422, /a document ends in/],
      ['that is a picture with a script', 'draft.svg', '<svg onload="alert(1)"/>', 422, /a document ends in/],
      ['that is empty but for its name', 'draft.pdf', '', 422, /is empty/],
      ['of more than 10 MB', 'draft.pdf', Buffer.concat([pdf, Buffer.alloc(10_000_001)]), 422, /at most 10 MB/],
      ['of 11 MB', 'draft.pdf', Buffer.concat([pdf, Buffer.alloc(11_000_000)]), 413, /large/],
    ])('%s is refused, and not kept', async (_, name, content, status, says) => {
      const path = await draftingAt();
      const secrets = hiddenIn(await (await kim(`${path}?do=sendDraft`)).text(), 'name="command" value="sendDraft"');
      const sent = new FormData();
      for (const [field, value] of Object.entries({ ...secrets, from: 'mois' })) sent.set(field, value);
      sent.set('document', new Blob([typeof content === 'string' ? content : new Uint8Array(content)]), name);
      const kept = () => here().world.db.selectFrom('documents').select('sha256').execute();
      const before = await kept();
      const answer = await kim(path, sent);
      expect([answer.status, await kept()]).toEqual([status, before]);
      expect(textIn(await answer.text())).toMatch(says);
    });
  });

  it('a good file is not kept where what it comes with is refused', async () => {
    const path = await draftingAt();
    const secrets = hiddenIn(await (await kim(`${path}?do=sendDraft`)).text(), 'name="command" value="sendDraft"');
    const sent = new FormData();
    const fields = { ...secrets, from: 'mois', replyBy: '2020-01-31', sure: 'yes' };
    for (const [field, value] of Object.entries(fields)) sent.set(field, value);
    sent.set('document', new Blob([new Uint8Array(pdf)]), 'draft.pdf');
    const kept = () => here().world.db.selectFrom('documents').select('sha256').execute();
    const before = await kept();
    const answer = await kim(path, sent);
    expect([answer.status, await kept()]).toEqual([409, before]);
    expect(textIn(await answer.text())).toContain('nothing has been put on record');
  });

  let drafting: string | undefined;
  /** An MOU that waits for its first draft. */
  async function draftingAt(): Promise<string> {
    if (drafting) return drafting;
    const { entente } = here();
    const header = { id: 'upload', by: 'kim', countries: ['KR', 'GR'], coordinator: 'kim', title: 'MOU to be drafted' };
    await entente.open('mou', { ...header, subject: 'archives', sides: ['mois', 'mar'] } as never);
    await entente.command('mou/upload', 'takeUp', { by: 'kim', drafter: 'mois' });
    drafting = '/case/mou/upload';
    return drafting;
  }

  it('an address of a case that is over says so, and answers nothing', async () => {
    const desk = here();
    const caseId = await desk.opened();
    const address = await desk.addressIn('park', caseId);
    const form = await formIn(address, 'accept');
    await desk.entente.command(caseId, 'cancel', { by: 'kim', reason: 'Not needed.', told: 'No longer needed.' });
    const late = await post(address, form);
    expect([late.status, (await desk.last(caseId))?.type]).toEqual([409, 'cancelled']);
    expect(await (await fetch(address)).text()).not.toContain('<form');
  });
}
