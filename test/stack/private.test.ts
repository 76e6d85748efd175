import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { shutToOthers } from '../../stack/private.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'entente-private-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const modeOf = (path: string): string => (statSync(join(folder, path)).mode & 0o777).toString(8);

it('what earlier starts left open is shut, and Postgres sees to its own', () => {
  const me = process.getuid?.();
  for (const name of ['mail', 'postgres']) mkdirSync(join(folder, name));
  for (const name of ['temporal.db', 'temporal.db-wal', 'worker.log', 'mail/1.eml', 'postgres/base'])
    writeFileSync(join(folder, name), '');
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) chmodSync(join(folder, name), 0o755);
  shutToOthers(folder, me);
  expect(['temporal.db', 'temporal.db-wal', 'worker.log', 'mail/1.eml'].map(modeOf)).toEqual(Array(4).fill('600'));
  expect(['mail', 'postgres', 'postgres/base'].map(modeOf)).toEqual(['700', '755', '755']);
});

it('the folder itself is for its owner, and to be passed through where Postgres runs under another account', () => {
  shutToOthers(folder, 1000);
  expect(modeOf('.')).toBe('700');
  shutToOthers(folder, 0);
  expect(modeOf('.')).toBe('711');
});
