import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startChromium } from './chromium.ts';
import { withoutServices } from '../../stack/settings.ts';
import { answerAsNewcomer, type Moment } from './newcomer.ts';

/**
 * Takes the pictures of README, "Answer as an official would": does what it tells beside an `npm start` of its own.
 * `npx tsx docs/pictures/first-answer.ts`, by hand, after those pages have changed; it needs Chromium (`CHROMIUM` says where).
 */

const root = fileURLToPath(new URL('../../', import.meta.url));
const pictures = `${root}docs/pictures/first-answer`;
const pictured: readonly Moment[] = ['mailbox', 'answer', 'desk'];
const tell = (line: string): void => void process.stderr.write(`${line}\n`);

async function takeAll(mailboxUrl: string): Promise<void> {
  const browser = await startChromium();
  try {
    const context = await browser.newContext({ viewport: { width: 900, height: 620 } });
    await answerAsNewcomer(context, mailboxUrl, async (page, moment) => {
      if (!pictured.includes(moment)) return;
      await page.screenshot({ path: join(pictures, `${moment}.png`) });
      tell(`Taken: docs/pictures/first-answer/${moment}.png`);
    });
  } finally {
    await browser.close();
  }
}

mkdirSync(pictures, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'entente-pictures-'));
const started = spawn(process.execPath, ['stack/run.mjs', 'stack/start.ts'], {
  cwd: root,
  env: { ...withoutServices(process.env), ENTENTE_FOLDER: folder },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const ended = once(started, 'close');
try {
  for await (const said of started.stdout) if (String(said).includes('Entente is up')) break;
  const { mailboxUrl } = JSON.parse(readFileSync(join(folder, 'running.json'), 'utf8'));
  await takeAll(mailboxUrl);
} finally {
  started.kill('SIGINT');
  await ended;
  rmSync(folder, { recursive: true });
}
