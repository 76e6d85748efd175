import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { cachedBundle } from '../../worker/bundle-cache.ts';

let root: string;
let bundled: number;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'entente-bundle-'));
  for (const folder of ['domain', 'workflows', 'worker', 'node_modules']) mkdirSync(join(root, folder));
  write('domain/mou.ts', 'a rule');
  write('package-lock.json', '{}');
  bundled = 0;
  return () => rmSync(root, { recursive: true });
});

const write = (file: string, text: string): void => writeFileSync(join(root, file), text);
const keptIn = (): string[] => readdirSync(join(root, 'node_modules', '.cache', 'entente'));
const bundle = async () => ({ code: `bundle ${(bundled += 1)}`, sourceMap: 'inline' });
const asked = async (): Promise<string> => (await cachedBundle(bundle, root)).code;

it('the same sources are bundled once', async () => {
  expect([await asked(), await asked()]).toEqual(['bundle 1', 'bundle 1']);
});

it.each([
  ['a changed rule', () => write('domain/mou.ts', 'another rule')],
  ['a new file', () => write('workflows/visit.ts', 'a workflow')],
  ['other packages', () => write('package-lock.json', '{"version":2}')],
  ['a change of how it is bundled', () => write('worker/worker.ts', 'with other options')],
])('%s is bundled anew, and what was kept before is gone an hour later', async (_, change) => {
  await asked();
  const [before = ''] = keptIn();
  change();
  expect(await asked()).toBe('bundle 2');
  expect(keptIn()).toHaveLength(2);
  const earlier = new Date(Date.now() - 2 * 3_600_000);
  utimesSync(join(root, 'node_modules/.cache/entente', before), earlier, earlier);
  write('domain/mou.ts', 'a third rule');
  expect(await asked()).toBe('bundle 3');
  expect(keptIn()).toHaveLength(2);
  expect(keptIn()).not.toContain(before);
});

it('sources that are as they were before are not bundled again', async () => {
  await asked();
  const rule = readFileSync(join(root, 'domain/mou.ts'), 'utf8');
  write('domain/mou.ts', 'another rule');
  await asked();
  write('domain/mou.ts', rule);
  expect(await asked()).toBe('bundle 1');
});

it('what is edited while it is bundled is not kept', async () => {
  const editing = async () => {
    write('domain/mou.ts', 'an edited rule');
    return bundle();
  };
  expect((await cachedBundle(editing, root)).code).toBe('bundle 1');
  expect(await asked()).toBe('bundle 2');
});

it('one that is damaged is made anew', async () => {
  await asked();
  for (const file of keptIn()) write(join('node_modules/.cache/entente', file), '{"code":');
  expect(await asked()).toBe('bundle 2');
  expect(await asked()).toBe('bundle 2');
});

it('where nothing can be written, it is bundled each time', async () => {
  write('node_modules/.cache', 'a file where the folder would be');
  expect([await asked(), await asked()]).toEqual(['bundle 1', 'bundle 2']);
});
