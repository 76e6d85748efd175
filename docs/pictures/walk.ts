import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sayTakenUnproved } from '../../database/beside-cases.ts';
import { startChromium } from './chromium.ts';
import { startScene } from './scene.ts';

/**
 * Takes the pictures of README, "See the years ahead": gives the first commands of it on a stack of its own, and looks at
 * the pages that they make. `npx tsx docs/pictures/walk.ts`, by hand, after those pages have changed; it needs Chromium.
 */

const root = fileURLToPath(new URL('../../', import.meta.url));
const tell = (line: string): void => void process.stderr.write(`${line}\n`);

function firstCommands(): string {
  const readme = readFileSync(`${root}/README.md`, 'utf8');
  const [, block] = /### See the years ahead[^]*?```sh\n([^]*?)```/.exec(readme) ?? [];
  if (block === undefined) throw new Error('README has no walk "See the years ahead".');
  return `set -eu\n${block}\nprintf '\n%s' "$AHEAD"\n`;
}

async function takeAll(folder: string): Promise<void> {
  const browser = await startChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1_000, height: 700 } });
    for (const [file, name] of [
      ['romania', 'forecast'],
      ['two', 'compare'],
    ] as const) {
      await page.goto(`file://${folder}/${file}.html`);
      await page.screenshot({ path: `${root}/docs/pictures/ahead/${name}.png` });
      tell(`Taken: docs/pictures/ahead/${name}.png`);
    }
  } finally {
    await browser.close();
  }
}

const scene = await startScene(tell, async ({ env }, db) => {
  // The stack of a picture is found by its services and not by its folder, so whoever is played at a terminal has no key.
  await sayTakenUnproved(db, 'anybody');
  const { stdout } = await promisify(execFile)('bash', ['-c', firstCommands()], {
    cwd: root,
    env: { ...process.env, ...env, ENTENTE_AS: 'kim-minji' },
  });
  await takeAll(stdout.split('\n').at(-1) ?? '');
});
await scene.stop();
