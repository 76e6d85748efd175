import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addCompletion } from '../../client/commands/completion.ts';
import { createProgram } from '../../client/commands/program.ts';
import { kinds, lifecycles } from '../../domain/kinds.ts';
import { uiLinks } from '../../stack/ui-links.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const operating = read('docs/operating.md');

const pagesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return /^(node_modules|\..*)$/.test(entry.name) ? [] : pagesIn(path);
    return entry.name.endsWith('.md') ? [relative(root, path)] : [];
  });

const pages = pagesIn(root);

/** Headings have the anchors that forges give them. */
const anchorsOf = (page: string): string[] =>
  [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

function faultOfLink(page: string, link: string): string | undefined {
  if (/^[a-z]+:/.test(link)) return undefined;
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : relative(root, resolve(root, dirname(page), path));
  if (!existsSync(join(root, target))) return `${page}: ${link}: there is no ${target}`;
  if (anchor !== undefined && !anchorsOf(target).includes(anchor)) return `${page}: ${link}: no such heading`;
  return undefined;
}

describe('the documents', () => {
  it('link to what is there', () => {
    const faults = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) => faultOfLink(page, link) ?? []),
    );
    expect(pages).toContain('docs/operating.md');
    expect(faults).toEqual([]);
  });

  it('name only commands and options that entente has', () => {
    const program = createProgram();
    addCompletion(program);
    const faults = pages.flatMap((page) =>
      calls(read(page)).flatMap((call) => faultsOfCall(program, call).map((fault) => `${page}: ${call}: ${fault}`)),
    );
    expect(calls(operating)).toContain(
      "action note kr-gr-2-technology --note 'The ministry has called.' --as kim-minji",
    );
    expect(faults).toEqual([]);
    expect(faultsOfCall(program, 'mail chekc'), 'a wrong command is found').toHaveLength(1);
    expect(faultsOfCall(program, 'KIND cancel CASE --raeson x'), 'a wrong option is found').not.toEqual([]);
  });
});

describe('the guide for operators', () => {
  it('gives the queries behind the links that npm start prints', () => {
    const [, from = ''] = /NextDue>="([^"]+)"/.exec(operating) ?? [];
    const links = uiLinks('http://ui.example.org', 'default', new Date(from));
    const said = links.map(({ title, url }) => ({ title, query: new URL(url).searchParams.get('query') ?? '' }));
    const isOfKind = ({ query }: { readonly query: string }) => query.startsWith('Kind=');
    // One stands for all of these.
    expect(said.filter(isOfKind)).toEqual(
      kinds.map((kind) => ({ title: lifecycles[kind].plural, query: `Kind="${kind}"` })),
    );
    expect(operating).toContain(`| ${lifecycles.action.plural}, and so each kind of case | \`Kind="action"\` |`);
    const rows = said.filter((each) => !isOfKind(each)).map(({ title, query }) => `| ${title} | \`${query}\` |`);
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter((row) => !operating.includes(row))).toEqual([]);
  });

  it('shows every picture that was taken, and none that is too big to load', () => {
    const pictures = readdirSync(join(root, 'docs/pictures')).filter((name) => name.endsWith('.png'));
    const shown = [...operating.matchAll(/\]\(pictures\/([^)]+)\)/g)].map(([, name]) => name);
    expect(new Set(shown)).toEqual(new Set(pictures));
    const tooBig = pictures.filter((name) => statSync(join(root, 'docs/pictures', name)).size >= 150_000);
    expect(tooBig).toEqual([]);
  });
});

/** What follows `entente` in code, up to the end of the line or of the command. */
const calls = (text: string): string[] =>
  [...codeIn(text.replaceAll(/\\\n\s*/g, ' ')).matchAll(/(?:^|\s)\.\/entente ([a-zA-Z-][^;&|>\n]*)/gm)].map(
    ([, call = '']) => call,
  );

const codeIn = (text: string): string =>
  [...text.matchAll(/```sh\n([\s\S]*?)```|`([^`\n]+)`/g)].map(([, block, span]) => block ?? span).join('\n');

function faultsOfCall(program: Command, call: string): string[] {
  const words = call.replaceAll(/'[^']*'|"[^"]*"/g, 'TEXT').split(/\s+/);
  if (words[0] === 'KIND') return kinds.flatMap((kind) => faultsOfCall(program, [kind, ...words.slice(1)].join(' ')));
  const { command, rest } = found(program, words);
  const [next = ''] = rest;
  const unknown =
    command.commands.length > 0 && /^[a-z]/.test(next) ? [`"${command.name()}" has no command "${next}"`] : [];
  const known = ['--help', '--version', ...command.options.flatMap(({ long }) => long ?? [])];
  const options = rest.flatMap((word) => /^--[a-z][a-z-]*/.exec(word) ?? []).filter((name) => !known.includes(name));
  return [...unknown, ...options.map((name) => `"${command.name()}" has no option ${name}`)];
}

function found(program: Command, words: readonly string[]): { command: Command; rest: readonly string[] } {
  const [word = '', ...rest] = words;
  const command = program.commands.find((each) => each.name() === word || each.aliases().includes(word));
  return command ? found(command, rest) : { command: program, rest: words };
}
