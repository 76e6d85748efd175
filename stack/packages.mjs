// Runs before everything else, so: plain Node, no packages.
// Makes node_modules agree with package-lock.json, by `npm ci`. Whether it has to is looked up here in a few milliseconds:
// `npm ci` looks at nothing, and puts everything in its place anew each time.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { saidOfOtherNode } from './node-version.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const lockFile = join(root, '.entente', 'packages.lock');

const say = (line) => process.stderr.write(`${line}\n`);
const readJson = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
};

/** Why packages have to be installed, or undefined when what is there is what the lock file says. */
function reason() {
  const wanted = readJson(join(root, 'package-lock.json'));
  if (!wanted)
    throw new Error('package-lock.json is missing or damaged; restore it with `git checkout package-lock.json`.');
  // npm leaves a record of what it installed; it is removed with the folder and rewritten by every install.
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'));
  if (!installed) return 'missing';
  for (const [path, entry] of Object.entries(wanted.packages)) {
    if (path === '') continue;
    const there = installed.packages[path];
    if (there ? there.version !== entry.version : !entry.optional) return 'not those of package-lock.json';
  }
  return undefined;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Takes the lock, or returns false when another process that is still alive has it. */
function takeLock() {
  mkdirSync(dirname(lockFile), { recursive: true });
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const holder = Number(readFileSync(lockFile, { encoding: 'utf8', flag: 'a+' }));
  // An empty file is one that is being written at this moment, unless it stays empty.
  const abandoned = holder ? !isAlive(holder) : Date.now() - statSync(lockFile).mtimeMs > 5_000;
  if (abandoned) rmSync(lockFile, { force: true });
  return false;
}

async function withLock(work) {
  let told = false;
  while (!takeLock()) {
    if (!told) say('Another process is installing the packages; waiting for it …');
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  try {
    work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

function install(why) {
  say(`The packages are ${why}: installing them with npm (once, about half a minute) …`);
  const args = ['ci', '--loglevel=error', '--no-audit', '--no-fund'];
  const npm = process.env.npm_execpath?.endsWith('.js')
    ? { command: process.execPath, args: [process.env.npm_execpath, ...args] }
    : { command: 'npm', args };
  // Standard output stays clean: `npm run --silent demo -- --output json` prints one document there and nothing else.
  const done = spawnSync(npm.command, npm.args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (done.error) throw new Error(`npm could not be run (${done.error.message}); install npm 10 or newer.`);
  if (done.status !== 0)
    throw new Error('npm could not install the packages; its own words are above. Is the network up?');
}

async function main() {
  const other = saidOfOtherNode();
  if (other) say(`This is Node ${process.versions.node}, ${other}`);
  if (!reason()) return;
  await withLock(() => {
    // Whoever held the lock before us may have done the work.
    const why = reason();
    if (why) install(why);
  });
}

main().catch((error) => {
  say(error.message);
  process.exitCode = 1;
});
