import type { Command } from 'commander';
import type { ListedKey } from '../keys.ts';
import { momentOf } from '../output/moment.ts';
import { type Column, type Format, printList, say } from '../output/output.ts';
import { asOption, outputOption, whoActs, withEntente } from './session.ts';

const columns: readonly Column<ListedKey>[] = [
  { title: 'key', value: ({ id }) => id },
  { title: 'whose', value: ({ person, place }) => person ?? place },
  { title: 'computer', value: ({ person, place }) => (person === null ? '' : place) },
  { title: 'from', value: ({ from }) => momentOf(from) },
  { title: 'until', value: untilOf },
  { title: 'used', value: ({ used }) => used },
];

function untilOf({ until, revokedAt, revokedBy }: ListedKey): string {
  if (revokedAt !== null) return `revoked ${momentOf(revokedAt)} by ${revokedBy}`;
  return until === null ? '' : momentOf(until);
}

/** `./entente keys`: with what people, and the pages, prove who gives a command. */
export function addKeys(program: Command): void {
  const keys = program
    .command('keys')
    .description('The keys with which people and the pages prove who gives a command')
    .helpGroup('Directory:');
  keys
    .command('list')
    .description(
      'Whose keys there are, made at which computer, from when to when, and how many commands each has proved',
    )
    .option('--person <person>', 'those of one person')
    .addOption(outputOption())
    .action(async ({ person, output }: { readonly person?: string; readonly output: Format }) =>
      printList(await withEntente((entente) => entente.keys.list(person)), columns, output, 'There are no keys.'),
    );
  keys
    .command('revoke')
    .description('Say that a key proves nothing any more: one’s own, or as an administrator any')
    .argument('<key>', 'its id, as `keys list` shows it')
    .requiredOption('--reason <text>', 'why; it stays on record')
    .addOption(asOption())
    .action(async (id: string, { reason, as }: { readonly reason: string; readonly as?: string }) => {
      const verdict = { by: whoActs(as), why: reason };
      const isNew = await withEntente((entente) => entente.keys.revoke(id, verdict));
      say(isNew ? `The key ${id} proves nothing any more.` : `The key ${id} was revoked before.`);
    });
}
