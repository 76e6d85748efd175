import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { freePort } from '../../stack/ports.ts';
import type { Form } from './asked.ts';
import { comingIn, hiddenIn } from './coming-in.ts';
import type { Desk } from './pages.ts';

const runner = fileURLToPath(new URL('../../stack/run.mjs', import.meta.url));
const program = fileURLToPath(new URL('../../web/main.ts', import.meta.url));

interface Answered {
  readonly status: number;
  readonly text: string;
  readonly cookie: string;
}

/** Two processes of pages on one register, as a proxy asks one or the other; in the world of the pages. */
export function describeSideBySide(here: () => Desk): void {
  describe('the pages as two processes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'entente-two-'));
    const started: { readonly child: ChildProcess; readonly port: number }[] = [];

    /** As the proxy passes it on: with the host that people have asked. */
    const asked = (nth: number, path: string, cookie: string, form?: Form): Promise<Answered> =>
      new Promise((resolve, reject) => {
        const type = form ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
        const headers = { host: new URL(here().url).host, cookie, ...type };
        const method = form ? 'POST' : 'GET';
        const sent = request({ host: '127.0.0.1', port: started[nth]?.port, path, method, headers }, (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (part: string) => (text += part));
          const [given = ''] = response.headers['set-cookie'] ?? [];
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, text, cookie: given.split(';')[0] ?? '' }),
          );
        });
        sent.on('error', reject).end(form ? new URLSearchParams(form).toString() : undefined);
      });

    beforeAll(async () => {
      const keyFile = join(folder, 'web-key.pem');
      const { privateKey } = generateKeyPairSync('ed25519');
      writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
      for (let nth = 0; nth < 2; nth += 1) {
        const port = await freePort();
        const child = spawn(process.execPath, [runner, program], {
          env: {
            PATH: process.env['PATH'],
            ...here().world.stack.env,
            ENTENTE_WEB_URL: here().url,
            ENTENTE_WEB_LISTEN: `127.0.0.1:${port}`,
            ENTENTE_WEB_KEY_FILE: keyFile,
          },
          stdio: 'ignore',
        });
        started.push({ child, port });
      }
      for (const nth of [0, 1])
        await vi.waitFor(async () => expect((await asked(nth, '/readyz', '')).status).toBe(200), {
          timeout: 90_000,
          interval: 200,
        });
    });
    afterAll(() => {
      for (const { child } of started) child.kill('SIGKILL');
      rmSync(folder, { recursive: true });
    });

    it('have one session and one form between them, and one that is killed leaves the other at work', async () => {
      const desk = here();
      const { forgetAsking, linkMailedTo, linksMailedTo } = comingIn(desk);
      const address = 'park@klid.example.org';
      const caseId = await desk.opened();
      await forgetAsking();
      const count = linksMailedTo(address).length;
      const { cookie: browser } = await asked(0, '/sign-in', '', { address });
      const link = new URL(await linkMailedTo(address, count + 1)).pathname;
      const { cookie } = await asked(1, link, browser, {});
      const path = `/case/${caseId}`;
      const form = hiddenIn((await asked(0, path, cookie)).text, 'name="command" value="accept"');
      const both = await Promise.all([asked(0, path, cookie, form), asked(1, path, cookie, form)]);
      expect(both.map(({ status }) => status)).toEqual([303, 303]);
      expect((await desk.events(caseId)).filter(({ type }) => type === 'accepted').length).toBe(1);
      const next = hiddenIn((await asked(0, path, cookie)).text, 'name="command" value="report"');
      started[0]?.child.kill('SIGKILL');
      await vi.waitFor(() => expect(asked(0, '/livez', '')).rejects.toThrow(/./), { timeout: 150_000 });
      expect((await asked(1, path, cookie, { ...next, report: 'Half of it.' })).status).toBe(303);
      expect(await desk.last(caseId)).toMatchObject({ by: 'park', proved: true, bySession: { address } });
    });
  });
}
