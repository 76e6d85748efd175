import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeEach, expect, it } from 'vitest';

const { compiled } = (await import(new URL('../../stack/compiled.mjs', import.meta.url).href)) as {
  compiled: (program: string, root?: string) => Promise<URL | undefined>;
};
const compiledMain = (root: string) => compiled('client/main.ts', root);

const folders = [
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

let root: string;
let cache: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'entente-compiled-'));
  cache = join(root, 'node_modules', '.cache', 'entente');
  for (const folder of [...folders, 'node_modules']) mkdirSync(join(root, folder));
  write('client/main.ts', `import { rule } from '../domain/rule.ts';\nexport const main = (): string => rule;`);
  write('domain/rule.ts', `export const rule: string = 'a rule';`);
  return () => rmSync(root, { recursive: true });
});

const write = (file: string, text: string): void => writeFileSync(join(root, file), text);
const said = async (): Promise<string> => {
  const main = await compiledMain(root);
  return ((await import(main?.href ?? '')) as { main: () => string }).main();
};

it.each(['client/main.ts', 'worker/main.ts', 'examples/demo.ts', 'bench/bench.ts', 'test/faults/soak/main.ts'])(
  '%s of this project is compiled: it imports nothing of which no change would be seen',
  async (program) => {
    expect(await compiled(program)).toBeDefined();
  },
);

it('the same sources are compiled once', async () => {
  expect(await said()).toBe('a rule');
  const [first] = readdirSync(cache);
  expect(await said()).toBe('a rule');
  expect(readdirSync(cache)).toEqual([first]);
});

it('what people run is compiled at once, and anew when a source of any of it has changed', async () => {
  mkdirSync(join(root, 'web'));
  write('web/main.ts', `import { rule } from '../domain/rule.ts';\nexport const main = (): string => 'web: ' + rule;`);
  const client = await compiledMain(root);
  const web = (await compiled('web/main.ts', root)) ?? client;
  expect(readdirSync(cache)).toHaveLength(1);
  expect(((await import(web?.href ?? '')) as { main: () => string }).main()).toBe('web: a rule');
  expect(await said()).toBe('a rule');
  write('web/page.ts', 'export const page = 1;');
  expect((await compiledMain(root))?.href).not.toBe(client?.href);
});

it('a changed source is compiled anew, also one of the same length', async () => {
  await said();
  write('domain/rule.ts', `export const rule: string = 'b rule';`);
  expect(await said()).toBe('b rule');
});

it('packages may be linked to from elsewhere, as in a copy of this project', async () => {
  const elsewhere = join(root, 'elsewhere', 'node_modules');
  mkdirSync(join(elsewhere, 'rules'), { recursive: true });
  write('elsewhere/node_modules/rules/index.js', `export const rule = 'a rule of a package';`);
  rmSync(join(root, 'node_modules'), { recursive: true });
  symlinkSync(elsewhere, join(root, 'node_modules'));
  write('domain/rule.ts', `export { rule } from 'rules';`);
  expect(await said()).toBe('a rule of a package');
});

it('several that start at once compile the same', async () => {
  const mains = await Promise.all([compiledMain(root), compiledMain(root), compiledMain(root)]);
  expect(new Set(mains.map((main) => main?.href)).size).toBe(1);
  expect(readdirSync(cache)).toHaveLength(1);
});

it('a source finds what lies beside it', async () => {
  write('domain/rule.ts', `export const rule = new URL('./data.json', import.meta.url).href;`);
  expect(await said()).toBe(pathToFileURL(join(root, 'domain', 'data.json')).href);
});

it('what was compiled of earlier sources goes after a day, since a command may still run from it', async () => {
  mkdirSync(join(cache, 'program-today'), { recursive: true });
  mkdirSync(join(cache, 'program-long-ago'));
  utimesSync(join(cache, 'program-long-ago'), 0, 0);
  await said();
  expect(readdirSync(cache)).toContain('program-today');
  expect(readdirSync(cache)).not.toContain('program-long-ago');
});

it('where nothing can be written there is nothing compiled', async () => {
  write('node_modules/.cache', 'a file where the folder would be');
  expect(await compiledMain(root)).toBeUndefined();
});

it('of a damaged source nothing is left behind', async () => {
  write('domain/rule.ts', 'export const = ;');
  expect(await compiledMain(root)).toBeUndefined();
  expect(readdirSync(cache)).toEqual([]);
});
