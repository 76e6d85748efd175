import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { entente as command, mainWith, type Outcome } from '../client/command-line.ts';
import { comingIn } from './coming-in.ts';
import { type Desk, isAccessible, isTooWide, startDesk } from './pages.ts';

/** Who says at a terminal who they are, confirms it on the pages, and gives commands that are proved; on everything real. */

let desk: Desk;
let env: Readonly<Record<string, string>>;
const config = mkdtempSync(join(tmpdir(), 'entente-keys-'));
beforeAll(async () => {
  desk = await startDesk();
  env = { ...desk.world.stack.env, ENTENTE_WEB_URL: desk.url, XDG_CONFIG_HOME: config };
});
afterAll(async () => {
  await desk?.stop();
  rmSync(config, { recursive: true });
});

const binary = fileURLToPath(new URL('../../client/entente.mjs', import.meta.url));

/** `./entente login`, with the address that it prints, and what it says in the end. */
async function loggingIn(): Promise<{ readonly address: string; readonly ended: Promise<Outcome> }> {
  const child = spawn(process.execPath, [binary, 'login'], {
    env: { PATH: process.env.PATH, TZ: 'UTC', ENTENTE_FOLDER: '/nonexistent', ...env },
  });
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const ended = new Promise<Outcome>((resolve) => child.on('close', (code) => resolve({ code, out: '', err })));
  const address = await vi.waitFor(
    () => {
      const [found] = new RegExp(`${desk.url}/login/[A-Z]{4}-[A-Z]{4}`).exec(err) ?? [];
      if (found === undefined) throw new Error(`It has said: ${err}`);
      return found;
    },
    { timeout: 60_000, interval: 100 },
  );
  return { address, ended };
}

it('somebody logs in, is believed, is shown where they have, and takes it back', async () => {
  const { context, signedIn } = comingIn(desk);
  const browser = await context({ viewport: { width: 360, height: 740 } });
  const page = await signedIn('kim@mois.example.org', browser);
  const caseId = await desk.opened('Keys');
  const { address, ended } = await loggingIn();
  await page.goto(address);
  expect(await page.locator('main').textContent()).toContain(address.slice(-9));
  await isAccessible(page);
  expect(await isTooWide(page)).toBe(false);
  // Looked at, nothing is confirmed yet: programs that look through mail press nothing.
  expect(await desk.entente.keys.list('kim')).toEqual([]);
  await page.locator('main button').click();
  await page.waitForURL(`${desk.url}/keys`);
  await isAccessible(page);
  expect((await ended).err).toContain('You are kim at this computer until');
  const [file = ''] = readdirSync(join(config, 'entente'));
  expect(file).toBe('kim.pem');
  expect(statSync(join(config, 'entente', file)).mode & 0o777).toBe(0o600);

  const note = (text: string) => ['action', 'note', caseId, '--as', 'kim', '--note', text];
  expect((await command(note('proved'), env)).code).toBe(0);
  expect((await desk.last(caseId))?.proved).toBe(true);
  const [key] = await desk.entente.keys.list('kim');
  expect(key).toMatchObject({ used: 1, isGood: true });

  await page.goto(address);
  expect(await page.locator('h1').textContent()).toBe('There is nothing to confirm here');
  await page.goto(`${desk.url}/keys`);
  await page.locator('main button').click();
  await page.waitForURL(`${desk.url}/keys`);
  expect(await page.locator('main li').textContent()).toContain('revoked on');
  const refused = await mainWith(note('too late'), env);
  expect(refused.err).toContain('was revoked; log in again');
  expect(await command(['keys', 'revoke', key!.id, '--reason', 'lost', '--as', 'kim'], env)).toMatchObject({ code: 0 });
  expect((await command(['history', caseId, '-o', 'json'], env)).out).not.toContain('too late');
  await browser.close();
});

it('a code that nobody has asked for, and a key of somebody else, are nobody’s to confirm or revoke', async () => {
  const { visitorIn } = comingIn(desk);
  const visit = await visitorIn('han@klid.example.org');
  expect((await visit('/login/BCDF-GHJK')).status).toBe(410);
  expect((await visit('/login/BCDF-GHJK', { sending: 'x', secret: 'y' })).status).toBe(403);
  const [key] = await desk.entente.keys.list('kim');
  expect((await visit(`/keys/${key!.id}/revoke`, { sending: 'x', secret: 'y' })).status).toBe(403);
});
