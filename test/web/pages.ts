import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { startChromium } from '../../docs/pictures/chromium.ts';
import { expect, vi } from 'vitest';
import { connectEntente, type Entente } from '../../client/client.ts';
import { signingKey } from '../../client/proofs.ts';
import type { ListedEvent } from '../../database/lists.ts';
import { freePort } from '../../stack/ports.ts';
import { makeWeb } from '../../web/server.ts';
import { startWorld, type World } from '../world.ts';

/** Everything real: stack, worker, the answer pages at their own port, and a browser. */
export interface Desk {
  readonly world: World;
  readonly entente: Entente;
  readonly url: string;
  readonly browser: Browser;
  /** What the server said. */
  readonly said: string[];
  /** An action that klid is asked to accept: its contact park gets the letter. */
  opened(topic?: string): Promise<string>;
  events(caseId: string): Promise<readonly ListedEvent[]>;
  /** The last thing that somebody did. */
  last(caseId: string): Promise<ListedEvent | undefined>;
  /** The address in the last letter to somebody that has one for this case. */
  addressIn(person: string, caseId: string): Promise<string>;
  stop(): Promise<void>;
}

export async function startDesk(): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'entente-web-'));
  const keyFile = join(folder, 'link-key');
  writeFileSync(keyFile, randomBytes(32).toString('base64url'), { mode: 0o600 });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { ENTENTE_WEB_URL: url, ENTENTE_LINK_KEY_FILE: keyFile, ENTENTE_FOLDER: folder };
  const world = await startWorld(new Date().toISOString(), { env });
  const { settings } = world.stack;
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const entente = connectEntente({
    pagesKey: signingKey(pem),
    databaseUrl: () => settings.databaseUrl,
    databaseReaderUrl: () => settings.databaseReaderUrl,
    temporal: () => settings.temporal,
  });
  const said: string[] = [];
  const limits = { pages: 10_000, misses: 1_000, forms: 1_000, signIns: 1_000, allSignIns: 1_000 };
  const app = makeWeb({ entente, url, behindProxy: false, limits, say: (line) => said.push(line) });
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const started = serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, () => resolve(started));
  });
  const browser = await startChromium();
  return {
    world,
    entente,
    url,
    browser,
    said,
    opened: (topic) => opened(entente, topic),
    events: async (caseId) => (await entente.history(caseId)).rows,
    last: async (caseId) => (await entente.history(caseId)).rows.findLast(({ commandId }) => commandId !== null),
    addressIn: (person, caseId) => addressIn(world, url, person, caseId),
    async stop() {
      await browser.close();
      server.close();
      await entente.close();
      await world.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

let made = 0;

async function opened(entente: Entente, topic = 'Translate the statute'): Promise<string> {
  made += 1;
  const id = `web-${made}`;
  await entente.open('action', {
    id,
    by: 'kim',
    title: `Action ${made} <of Georgia> & 그리스`,
    countries: ['KR', 'GR'],
    coordinator: 'kim',
    topic,
    owner: 'klid',
    due: inDays(60),
  });
  return `action/${id}`;
}

const addressIn = (world: World, url: string, person: string, caseId: string): Promise<string> =>
  vi.waitFor(
    () => {
      const letters = world.stack.mailbox?.messages({ text: caseId }) ?? [];
      const addresses = letters
        .filter(({ envelope }) => envelope.to.some((to) => to.startsWith(`${person}@`)))
        .flatMap(({ text }) => new RegExp(`${url}/a/[A-Za-z0-9_-]{32}(?![^\\s])`).exec(text) ?? []);
      const [latest] = addresses;
      if (latest === undefined) throw new Error(`No letter to ${person} about ${caseId} has an address.`);
      return latest;
    },
    { timeout: 60_000, interval: 100 },
  );

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds wrong with a page, by the WCAG 2.2 at level AA and its own best practice. */
export async function faultsOfPage(page: Page): Promise<readonly string[]> {
  // By the debugger, which the page's policy does not bind.
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { axe: there } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    // The one rule that is new in 2.2 is off unless it is asked for.
    return (await there.run({ rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] })).violations;
  });
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

export const isAccessible = async (page: Page): Promise<void> => expect(await faultsOfPage(page)).toEqual([]);

/** Whether a page has to be scrolled to the side. */
export const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');

/** Opens all that is folded up, at once: to click on each takes most of a second of a busy machine. */
export const unfold = (page: Page): Promise<void> =>
  page.evaluate('document.querySelectorAll("details").forEach((each) => { each.open = true; })');

const accepted: Readonly<Record<string, string>> = {
  en: 'Action accepted. Owner: KLID. Reason: “Kept inside.”',
  ko: '후속조치 수락. 담당기관: KLID. 사유: “Kept inside.”',
  el: 'Αποδοχή της δράσης. Φορέας: KLID. Αιτιολογία: «Kept inside.»',
  ro: 'Acțiune acceptată. Instituția: KLID. Motiv: „Kept inside.”',
};

/** That the page of a case says in its reader's language what happened, and nothing of it as the record does. */
export async function tellsItsStory(page: Page, language: string): Promise<void> {
  const story = page.locator('ol.story');
  expect(await story.textContent()).toContain(accepted[language]);
  expect(await story.locator('[lang]').count()).toBe(0);
}
