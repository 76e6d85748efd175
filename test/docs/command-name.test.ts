import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

const textsIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    const isNotOurs = ['node_modules', '.git', '.entente', 'histories', 'package-lock.json'].includes(entry.name);
    if (entry.isDirectory()) return isNotOurs ? [] : textsIn(path);
    return isNotOurs || /\.(png|log)$/.test(entry.name) ? [] : [relative(root, path)];
  });

const linesThat = (wrong: RegExp, files: readonly string[]): string[] =>
  files.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, index) => (wrong.test(line) ? `${file}:${index + 1}: ${line.trim()}` : [])),
  );

it('no text, page or letter names a command that npx would fetch from a stranger', () => {
  const files = textsIn(root);
  for (const file of ['README.md', 'docs/operating.md', 'activities/mail/texts/el/mou.json', 'client/main.ts'])
    expect(files).toContain(file);
  expect(linesThat(/npx\s+(-\S+\s+)*entente\b/, files)).toEqual([]);
});

it('what is to be typed is named by its place, which nobody else can give', () => {
  const pages = textsIn(root).filter((file) => !/^(test\/|CHANGELOG)/.test(file));
  expect(linesThat(/`entente [a-zA-Z]/, pages)).toEqual([]);
});

it('the command works from any folder, by its place or by a link to it', async () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const elsewhere = mkdtempSync(join(tmpdir(), 'entente-link-'));
  try {
    symlinkSync(join(root, 'entente'), join(elsewhere, 'linked'));
    for (const command of [join(root, 'entente'), './linked']) {
      const { stdout } = await promisify(execFile)(command, ['--version'], { cwd: elsewhere });
      expect([command, stdout.trim()]).toEqual([command, version]);
    }
  } finally {
    rmSync(elsewhere, { recursive: true });
  }
});

it('the command is there for Windows too', () => {
  expect(readFileSync(join(root, 'entente.cmd'), 'utf8')).toBe('@node "%~dp0client\\entente.mjs" %*\r\n');
});
