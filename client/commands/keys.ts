import type { Command } from 'commander';
import type { ProvedBy } from '../../database/lists/proved.ts';
import { UsageError } from '../errors.ts';
import { readStackKeys } from '../../stack/settings.ts';
import type { Keys, ListedKey } from '../keys.ts';
import { momentOf } from '../output/moment.ts';
import { type Column, type Format, printList, say } from '../output/output.ts';
import { asOption, type ListOptions, listOptions, outputOption, showPage, whoActs, withEntente } from './session.ts';

const columns: readonly Column<ListedKey>[] = [
  { title: 'key', value: ({ id }) => id },
  { title: 'whose', value: ({ person, place }) => person ?? place },
  { title: 'computer', value: ({ person, place }) => (person === null ? '' : place) },
  { title: 'from', value: ({ from }) => momentOf(from) },
  { title: 'until', value: untilOf },
  { title: 'used', value: ({ used }) => used },
];

const usedColumns: readonly Column<ProvedBy>[] = [
  { title: 'when', value: ({ at }) => momentOf(at) },
  { title: 'who', value: ({ by }) => by },
  { title: 'key', value: ({ key, place }) => `${key} (${place})` },
  { title: 'command', value: ({ command }) => command ?? 'NOT SIGNED WITH THIS KEY' },
  { title: 'case', value: ({ caseId }) => caseId },
  { title: 'what', value: ({ says }) => says },
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
  addUsed(keys);
  keys
    .command('rotate')
    .description('Make another key at this computer, which takes the place of one’s own there in one step')
    .addHelpText(
      'after',
      '\nIt is signed with the key that it replaces, and is good up to the same day, one that the stack here keeps for a year;\nwhat that one has proved stays proved. Killed on the way, either key is good, and the same command again goes on.',
    )
    .addOption(asOption())
    .action(async ({ as }: { readonly as?: string }) => rotate(whoActs(as)));
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

/** `./entente keys used`: what each key stands for on record, for whoever has lost one or wants to know who used it. */
function addUsed(keys: Command): void {
  listOptions(
    keys
      .command('used')
      .description('The commands on record that a key has proved, or that somebody gave with any, the latest first')
      .argument('[key]', 'its id, as `keys list` shows it'),
  )
    .option('--by <person>', 'those that this person gave')
    .action((key: string | undefined, { by, ...page }: ListOptions & { readonly by?: string }) => {
      if (key === undefined && by === undefined) throw new UsageError('Say a key, or somebody with --by.');
      return showPage(page, usedColumns, 'Nothing was proved so.', (entente, at) => entente.keys.used({ key, by }, at));
    });
}

/** First the key is kept, then the register changes, then it takes the file: whenever this ends, one of the two is good. */
async function rotate(person: string): Promise<void> {
  const { newPem } = await import('../proofs.ts');
  const { keepNextKeyOf, putNextKeyOf } = await import('../key-files.ts');
  const { id, file } = await withEntente(async ({ keys }) => {
    const folder = await folderOf(person, keys);
    const next = keepNextKeyOf(folder, person, newPem());
    const before = await keys.standingOf(next.id);
    // It is good where it was made so before somebody was killed.
    if (before !== 'good')
      try {
        await keys.rotate(next, person);
      } catch (error) {
        // Another one did the same at the same instant, with the same key; it may even have had a successor since.
        if (before === 'over' || (await keys.standingOf(next.id)) === 'unknown') throw error;
      }
    return { id: next.id, file: putNextKeyOf(folder, person, next.id) };
  });
  say(`The key ${id} has taken the place of the one before. It is in ${file}`);
}

/** Where the key is with which somebody signs: their own, if the register has ever known one, else the one that the stack keeps. */
async function folderOf(person: string, keys: Keys): Promise<string> {
  const { keysFolder, readKeyOf, readKeysOf } = await import('../key-files.ts');
  const own = keysFolder(process.env);
  for (const { id } of readKeysOf(own, person)) if ((await keys.standingOf(id)) !== 'unknown') return own;
  const ofStack = readStackKeys(process.env);
  if (ofStack !== undefined && readKeyOf(ofStack, person)) return ofStack;
  throw new UsageError(
    `${person} has not logged in at this computer: there is no key to rotate (\`./entente login\`).`,
  );
}
