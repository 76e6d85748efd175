import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

/** A project of its own, with one package that comes from a folder, so that no network is needed. */
const project = mkdtempSync(join(tmpdir(), 'entente-packages-'));
afterAll(() => rmSync(project, { recursive: true, force: true }));
mkdirSync(join(project, 'stack'));
const ours = (file: string): URL => new URL(`../../${file}`, import.meta.url);
for (const file of ['.npmrc', 'stack/packages.mjs', 'stack/node-version.mjs'])
  copyFileSync(ours(file), join(project, file));

function lock(version: string, node = '>=20.0'): void {
  mkdirSync(join(project, 'local'), { recursive: true });
  const local = { name: 'local', version };
  writeFileSync(join(project, 'local', 'package.json'), JSON.stringify(local));
  const root = { name: 'tried', version: '1.0.0', engines: { node }, dependencies: { local: 'file:local' } };
  writeFileSync(join(project, 'package.json'), JSON.stringify(root));
  const packages = { '': root, local, 'node_modules/local': { resolved: 'local', link: true } };
  const lockfile = { name: 'tried', version: '1.0.0', lockfileVersion: 3, requires: true, packages };
  writeFileSync(join(project, 'package-lock.json'), JSON.stringify(lockfile));
}

interface Told {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const install = (): Promise<Told> => told(spawn(process.execPath, [join(project, 'stack', 'packages.mjs')]));

/** `npm ci` as somebody types it, and not as the `npm test` around it was told to speak. */
function npmCi(): Promise<Told> {
  const env = Object.entries(process.env).filter(([name]) => !name.startsWith('npm_config_'));
  return told(spawn('npm', ['ci', '--no-audit', '--no-fund'], { cwd: project, env: Object.fromEntries(env) }));
}

function told(child: ChildProcessWithoutNullStreams): Promise<Told> {
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

test('a Node that no tests run on is told of in one line, and refused nothing', async () => {
  lock('2.0.0', '^98.2 || >=99.1');
  const { status, stdout, stderr } = await install();
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  expect(stderr).toMatch(/^This is Node [\d.]+, not one that .*99\.1 or newer.*\n$/);
});

test('npm says what it did, and why it did nothing', async () => {
  lock('3.0.0');
  expect(await npmCi()).toMatchObject({ status: 0, stdout: expect.stringContaining('added 1 package') });
  writeFileSync(join(project, 'package-lock.json'), '{}');
  const { status, stderr } = await npmCi();
  lock('3.0.0');
  expect(status).toBe(1);
  expect(stderr).toContain('Missing: local@3.0.0 from lock file');
});

/** What one package of a lock file asks for. */
interface Locked {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly hasInstallScript?: boolean;
}

const ourLock = JSON.parse(readFileSync(ours('package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, Locked>>;
};

/** Looked for as Node looks for it: in the package's own folder, and in each above it. */
function isLocked(name: string, from: string): boolean {
  if (`${from && `${from}/`}node_modules/${name}` in ourLock.packages) return true;
  return from !== '' && isLocked(name, from.replace(/\/?node_modules\/(@[^/]+\/)?[^/]+$/, ''));
}

test('the lock file has what each system needs, and not only the one that wrote it', () => {
  const needed = Object.entries(ourLock.packages).flatMap(([from, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).map((name) => ({ name, from })),
  );
  expect(needed.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['@esbuild/win32-x64', '@oxlint/binding-darwin-arm64']),
  );
  expect(needed.filter(({ name, from }) => !isLocked(name, from))).toEqual([]);
});

test('of each package that would run a script when it is installed it is said whether it may', () => {
  const { allowScripts } = JSON.parse(readFileSync(ours('package.json'), 'utf8')) as { readonly allowScripts: object };
  const running = Object.entries(ourLock.packages).filter(([, { hasInstallScript }]) => hasInstallScript);
  const names = running.map(([path]) => path.replace(/.*node_modules\//, ''));
  expect(Object.keys(allowScripts).sort()).toEqual([...new Set(names)].sort());
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
