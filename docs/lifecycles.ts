import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Arrow, arrowsOf } from '../domain/case/arrows.ts';
import { commandsOf } from '../domain/case/command.ts';
import { kinds, lifecycles } from '../domain/kinds.ts';
import type { Lifecycle } from '../domain/lifecycle.ts';

/** Draws the lifecycles from the code: `npx tsx docs/lifecycles.ts` writes lifecycles.md anew; a test holds it fresh. */

/** Several ways from one stage to another share an arrow. */
function linesOf(arrows: readonly Arrow[]): string[] {
  const labels = new Map<string, Set<string>>();
  for (const { from, to, label } of arrows) {
    const way = `${from} --> ${to}`;
    labels.set(way, (labels.get(way) ?? new Set()).add(label));
  }
  return [...labels].map(([way, names]) => `  ${way}: ${[...names].join(', ')}`);
}

function diagramOf(lifecycle: Lifecycle): string {
  const [first = ''] = Object.keys(lifecycle.stages);
  const ends = Object.keys(lifecycle.finalStages).map((stage) => `  ${stage} --> [*]`);
  return ['```mermaid', 'stateDiagram-v2', `  [*] --> ${first}`, ...linesOf(arrowsOf(lifecycle)), ...ends, '```'].join(
    '\n',
  );
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

function commandTable(lifecycle: Lifecycle): string {
  const rows = Object.entries(commandsOf(lifecycle)).map(([name, command]) => [
    `\`${name}\``,
    command.says + (command.isPart ? ' (given by `./entente person`)' : ''),
    command.by.join(', '),
    command.from.length > 0 ? command.from.join(', ') : 'any',
    command.to?.join(', ') ?? '',
  ]);
  return table(['command', 'what it does', 'by', 'at', 'leads to'], rows);
}

const passingTable = (lifecycle: Lifecycle): string =>
  table(
    ['due date', 'what the case does by itself when it passes', 'at', 'leads to'],
    Object.entries(lifecycle.whenPassed ?? {}).map(([what, { says, from, to }]) => [
      `\`${what}\``,
      says,
      from.join(', '),
      to?.join(', ') ?? '',
    ]),
  );

const sectionOf = (lifecycle: Lifecycle): string =>
  [
    `## ${lifecycle.kind}`,
    `${lifecycle.says}.`,
    diagramOf(lifecycle),
    table(
      ['stage', 'means'],
      Object.entries(lifecycle.stages).map(([stage, means]) => [`\`${stage}\``, means]),
    ),
    commandTable(lifecycle),
    ...(Object.keys(lifecycle.whenPassed ?? {}).length > 0 ? [passingTable(lifecycle)] : []),
  ].join('\n\n');

/** The whole page. */
export const lifecyclesPage = (): string =>
  [
    '# Lifecycles',
    'Drawn from `domain/` by `npx tsx docs/lifecycles.ts`; do not edit by hand. Every case can besides be cancelled, at any stage but an end.',
    ...kinds.map((kind) => sectionOf(lifecycles[kind])),
    '',
  ].join('\n\n');

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(new URL('lifecycles.md', import.meta.url), lifecyclesPage());
