import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

/** A project of its own, with one package that comes from a folder, so that no network is needed. */
const project = mkdtempSync(join(tmpdir(), 'entente-packages-'));
afterAll(() => rmSync(project, { recursive: true, force: true }));
mkdirSync(join(project, 'stack'));
copyFileSync(new URL('../../stack/packages.mjs', import.meta.url), join(project, 'stack', 'packages.mjs'));

function lock(version: string): void {
  mkdirSync(join(project, 'local'), { recursive: true });
  const local = { name: 'local', version };
  writeFileSync(join(project, 'local', 'package.json'), JSON.stringify(local));
  const root = { name: 'tried', version: '1.0.0', dependencies: { local: 'file:local' } };
  writeFileSync(join(project, 'package.json'), JSON.stringify(root));
  const packages = { '': root, local, 'node_modules/local': { resolved: 'local', link: true } };
  const lockfile = { name: 'tried', version: '1.0.0', lockfileVersion: 3, requires: true, packages };
  writeFileSync(join(project, 'package-lock.json'), JSON.stringify(lockfile));
}

function install(): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [join(project, 'stack', 'packages.mjs')], { cwd: tmpdir() });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, stdout, stderr })));
}

test('packages are installed when they are missing, by one of two at once, and nothing is said on standard output', async () => {
  lock('1.0.0');
  const both = await Promise.all([install(), install()]);
  for (const { status, stdout } of both) expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  expect(both.filter(({ stderr }) => stderr.includes('installing them'))).toHaveLength(1);
  expect(existsSync(join(project, 'node_modules', 'local', 'package.json'))).toBe(true);
});

test('nothing is done when they are those of the lock file, and they are installed again when they are not', async () => {
  expect(await install()).toEqual({ status: 0, stdout: '', stderr: '' });
  lock('2.0.0');
  expect((await install()).stderr).toContain('not those of package-lock.json');
  expect(readFileSync(join(project, 'node_modules', '.package-lock.json'), 'utf8')).toContain('2.0.0');
});

test('the lock of an installation that was killed is not waited for', async () => {
  rmSync(join(project, 'node_modules'), { recursive: true });
  // No process can have this id.
  writeFileSync(join(project, '.entente', 'packages.lock'), '4194305');
  expect((await install()).status).toBe(0);
});

test('a damaged lock file is named', async () => {
  writeFileSync(join(project, 'package-lock.json'), '{');
  const { status, stderr } = await install();
  expect(status).toBe(1);
  expect(stderr).toContain('package-lock.json is missing or damaged');
});
