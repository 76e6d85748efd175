import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The table "Who may import whom" of ARCHITECTURE.md: folder, folders of ours, packages. */
const page = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
const section = page.split('## Who may import whom')[1]?.split('\n## ')[0] ?? '';
const table = section
  .split('\n')
  .filter((line) => /^\| `[a-z]+\/` \|/.test(line))
  .map((line) => {
    const [, folder = [], ours = [], packages = []] = line.split('|').map(namesIn);
    return { folder: folder[0] ?? '', ours, packages };
  });

function namesIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? '');
}

interface Import {
  readonly file: string;
  readonly target: string;
  readonly isType: boolean;
}

const importPattern = /^(import|export)\s+(type\s)?[^'"]*?from\s+'([^']+)'|import\('([^']+)'\)|^import\s+'([^']+)'/gms;

function importsOf(file: string): Import[] {
  const source = readFileSync(join(root, file), 'utf8');
  return [...source.matchAll(importPattern)].map(([, , type, from, dynamic, bare]) => {
    const target = from ?? dynamic ?? bare ?? '';
    const resolved = target.startsWith('.') ? normalize(join(dirname(file), target)) : target;
    return { file, target: resolved, isType: type !== undefined };
  });
}

const sourcesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|mjs)$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));

const packageOf = (target: string): string =>
  target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : (target.split('/')[0] ?? target);

const matches = (allowed: readonly string[], target: string): boolean =>
  allowed.some((entry) => (entry.endsWith('/') ? target.startsWith(entry) : target === entry));

function offences(folder: string, ours: readonly string[], packages: readonly string[]): string[] {
  const isOurs = (target: string) =>
    table.some(({ folder: other }) => target.startsWith(other)) || target === 'package.json';
  return sourcesIn(folder)
    .flatMap(importsOf)
    .filter(({ target }) => !target.startsWith(folder))
    .filter(({ target, isType }) =>
      isOurs(target)
        ? !matches(ours, target) &&
          !(isType && matches(ours, `type ${target}`.replace(/^type ([a-z]+\/).*/, 'type $1')))
        : !packages.includes(target.startsWith('node:') ? 'node:*' : packageOf(target)) && !packages.includes('*'),
    )
    .map(({ file, target }) => `${file} imports ${target}`);
}

describe('who may import whom', () => {
  it('is written down for every folder with sources', () => {
    const folders = readdirSync(root, { withFileTypes: true })
      .filter(
        (entry) =>
          entry.isDirectory() &&
          !entry.name.startsWith('.') &&
          !['node_modules', 'test', 'coverage'].includes(entry.name),
      )
      .filter(({ name }) => sourcesIn(name).length > 0)
      .map(({ name }) => `${name}/`);
    expect(table.map(({ folder }) => folder).sort()).toEqual(folders.sort());
  });

  it.each(table)('$folder keeps to its row', ({ folder, ours, packages }) => {
    expect(offences(folder, ours, packages)).toEqual([]);
  });

  it.each(table)('the row of $folder names nothing that is imported no longer', ({ folder, ours, packages }) => {
    const imported = sourcesIn(folder)
      .flatMap(importsOf)
      .flatMap(({ target }) => [target, target.startsWith('node:') ? 'node:*' : packageOf(target)]);
    const named = [...ours.map((entry) => entry.replace('type ', '')), ...packages.filter((entry) => entry !== '*')];
    expect(named.filter((entry) => !imported.some((target) => matches([entry], target)))).toEqual([]);
  });

  it('keeps zone rules and holidays out of the workflow sandbox', () => {
    const reached = new Set<string>();
    const walk = (file: string): void => {
      if (reached.has(file)) return;
      reached.add(file);
      for (const { target, isType } of importsOf(file)) if (!isType && target.endsWith('.ts')) walk(target);
    };
    walk('workflows/index.ts');
    expect([...reached]).toContain('domain/case/due.ts');
    expect([...reached].filter((file) => file === 'domain/planning.ts' || !/^(domain|workflows)\//.test(file))).toEqual(
      [],
    );
  });
});

describe('a source', () => {
  it('is imported by another or named where it is run from: nothing lies about', () => {
    const sources = [...table.map(({ folder }) => folder), 'test/'].flatMap(sourcesIn);
    const runFrom = ['package.json', 'CONTRIBUTING.md', 'entente', 'entente.cmd', '.ci/run', 'vitest.config.ts'];
    const named = new Set(
      [...sources, ...runFrom].flatMap((file) => {
        const names = readFileSync(join(root, file), 'utf8').match(/[\w.-]+\.(ts|mjs)/g) ?? [];
        return names.filter((name) => name !== basename(file));
      }),
    );
    // The engines of the comparison are found by their folder.
    const own = sources.filter((file) => !/\.test\.ts$|\.d\.mts$|^bench\/others\//.test(file));
    expect(own.filter((file) => !named.has(basename(file)))).toEqual([]);
  });
});

describe('the clock and chance', () => {
  it('are asked neither by rules nor by the effects of a case', () => {
    const asking = [...sourcesIn('domain'), ...sourcesIn('activities')].filter((file) =>
      /Date\.now\(\)|new Date\(\)|Math\.random|Temporal\.Now/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(asking).toEqual([]);
  });

  it('limit no test: it may take as long as the net that all have, whatever else its machine does', () => {
    const limited = sourcesIn('test').flatMap((file) =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .flatMap((line, index) => (/[})], \d+_\d{3}\);$/.test(line) ? `${file}:${index + 1}` : [])),
    );
    expect(limited).toEqual([]);
  });
});
