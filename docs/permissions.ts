import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { commandsOf } from '../domain/case/command.ts';
import { isOfCases, type Lifecycle } from '../domain/lifecycle.ts';
import { directoryCommands, type DirectoryPosition, directoryPositions } from '../domain/directory-command.ts';
import { kinds, lifecycles } from '../domain/kinds.ts';
import { type Position, positions } from '../domain/position.ts';

/** Who may do what, from the code: `npx tsx docs/permissions.ts` writes permissions.md anew; a test holds it fresh. */

const columns = Object.keys(positions).filter((each): each is Position => each !== 'case');

const table = (rows: readonly (readonly string[])[]): string => {
  const head = ['command', ...columns];
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
};

const toldOfDirectory = Object.entries(commandsOf(lifecycles.action))
  .filter(([, { isPart }]) => isPart)
  .map(([name]) => `\`${name}\``);

const rowOf = (name: string, { by }: Lifecycle['commands'][string]): readonly string[] => [
  `\`${name}\``,
  ...columns.map((position) => (by.includes(position) ? 'yes' : '')),
];

function sectionOf(lifecycle: Lifecycle): string {
  const own = Object.entries(lifecycle.commands);
  const told = own.filter(([, definition]) => isOfCases(definition)).map(([name]) => `\`${name}\``);
  return [
    `## ${lifecycle.kind}`,
    table(own.filter(([, definition]) => !isOfCases(definition)).map(([name, each]) => rowOf(name, each))),
    ...(told.length > 0 ? [`Given by other cases alone: ${told.join(', ')}.`] : []),
  ].join('\n\n');
}

const ofAll = (): string => {
  const { action } = lifecycles;
  const common = Object.entries(commandsOf(action)).filter(([name]) => !Object.hasOwn(action.commands, name));
  return ['## Cases of every kind', table(common.map(([name, each]) => rowOf(name, each)))].join('\n\n');
};

const besideCases = (): string => {
  const held = Object.keys(directoryPositions) as DirectoryPosition[];
  const head = ['command', ...held];
  const rows = Object.entries(directoryCommands).map(([name, { by }]) => [
    `\`${name}\``,
    ...held.map((position) => ((by as readonly DirectoryPosition[]).includes(position) ? 'yes' : '')),
  ]);
  return [
    '## Beside the cases',
    'What is about a case (*keeper*), always. The others once roles are given: until then they are anybody’s at a terminal.',
    held.map((position) => `- **${position}**: ${directoryPositions[position]}`).join('\n'),
    [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n'),
  ].join('\n\n');
};

/** The whole page. */
export const permissionsPage = (): string =>
  [
    '# Who may do what',
    'Made from `domain/` by `npx tsx docs/permissions.ts`; do not edit by hand. [security.md](security.md#who-may-do-what) says how it is held.',
    Object.entries(positions)
      .map(([position, says]) => `- **${position}**: ${says}`)
      .join('\n'),
    'Whoever stands in for one of these on that day may do the same, except look at what the absent one did.',
    `It is held to whether or not roles have been given; without them nobody is a colleague, an operator or an administrator, but what cases are told of a change of the directory (${toldOfDirectory.join(', ')}) is said by whoever changes it.`,
    ofAll(),
    ...kinds.map((kind) => sectionOf(lifecycles[kind])),
    besideCases(),
    '',
  ].join('\n\n');

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(new URL('permissions.md', import.meta.url), permissionsPage());
