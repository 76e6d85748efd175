import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';

/** Copies of the project that share their packages keep their bundles side by side: none may take away what another still reads. */
const keptForMs = 3_600_000;

/** All that a bundle is made of: the folders that the sandbox may import, and the packages as npm has installed them. */
const sources = ['domain', 'workflows', 'worker', 'node_modules/.package-lock.json', 'package-lock.json'];

/**
 * The bundle that was made of the very sources that are here now, or a new one, which is kept in its place.
 *
 * Several processes may ask at once: a bundle is written whole, and each reads it whole. Where nothing can be kept, each
 * makes its own.
 */
export async function cachedBundle(
  bundle: () => Promise<WorkflowBundleWithSourceMap>,
  root: string,
): Promise<WorkflowBundleWithSourceMap> {
  const file = fileFor(root);
  const kept = readBundle(file);
  if (kept) return kept;
  const made = await bundle();
  // What was edited meanwhile may or may not be in it.
  if (fileFor(root) === file) keep(file, made);
  return made;
}

const fileFor = (root: string): string =>
  join(root, 'node_modules', '.cache', 'entente', `workflows-${fingerprint(root)}.json`);

function fingerprint(root: string): string {
  const hash = createHash('sha256').update(process.version);
  for (const file of sources.flatMap((source) => filesIn(join(root, source)))) {
    const content = readFileSync(file);
    hash.update(`\n${relative(root, file)} ${content.length}\n`).update(content);
  }
  return hash.digest('hex').slice(0, 32);
}

function filesIn(path: string): string[] {
  if (path.endsWith('.json')) return existsSync(path) ? [path] : [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function readBundle(file: string): WorkflowBundleWithSourceMap | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as WorkflowBundleWithSourceMap;
  } catch {
    return undefined;
  }
}

const isOld = (file: string): boolean => Date.now() - statSync(file).mtimeMs > keptForMs;

function keep(file: string, bundle: WorkflowBundleWithSourceMap): void {
  const folder = dirname(file);
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(draft, JSON.stringify(bundle));
    renameSync(draft, file);
    for (const other of readdirSync(folder))
      if (/^workflows-.*\.json$/.test(other) && isOld(join(folder, other)))
        rmSync(join(folder, other), { force: true });
  } catch {
    // A folder that is not ours to write to: it was bundled all the same.
    if (existsSync(draft)) rmSync(draft);
  }
}
