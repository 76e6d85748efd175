import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeFiles } from '../../documents/write.ts';

let folder: string;
let umask: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'entente-papers-'));
  umask = process.umask(0);
});
afterEach(() => {
  process.umask(umask);
  rmSync(folder, { recursive: true });
});

const modeOf = (path: string): number => statSync(path).mode & 0o777;

it('papers are for whoever made them alone, whatever the shell says', async () => {
  const paper = { name: 'minutes.md', content: Buffer.from('Agreed.') };
  const [path = ''] = await writeFiles(join(folder, 'papers', 'of today'), [paper], false);
  expect([path, join(path, '..'), join(path, '../..')].map(modeOf)).toEqual([0o600, 0o700, 0o700]);
});

it('a paper that is replaced is shut as well', async () => {
  writeFileSync(join(folder, 'minutes.md'), 'Draft.', { mode: 0o644 });
  const [path = ''] = await writeFiles(folder, [{ name: 'minutes.md', content: Buffer.from('Agreed.') }], true);
  expect(modeOf(path)).toBe(0o600);
});
