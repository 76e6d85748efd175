import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import { print, say } from '../output/output.ts';
import type { BackupFile, BroughtBack } from '../upkeep.ts';

/** `./entente backup` and `./entente restore`. */
export function addBackup(program: Command): void {
  program
    .command('backup')
    .description('Write all that is on record at this moment to a new file; everything may go on meanwhile')
    .helpGroup('Register:')
    .argument('<file>', 'a file that is not there yet, such as register-2027-03-01.backup')
    .addHelpText(
      'after',
      '\nThe file holds everything in clear: names, addresses, the text of every letter. Keep it as you keep the register.',
    )
    .action(async (file: string) => {
      const { backup } = await import('../upkeep.ts');
      const written = await backup(file);
      const { size } = await stat(file);
      print(`Written to ${file}, ${(size / 1_000_000).toFixed(1)} MB.`);
      tellContent(written);
    });
  program
    .command('restore')
    .description('Load a backup into an empty register, whole or not at all')
    .helpGroup('Register:')
    .argument('<file>', 'what `./entente backup` has written')
    .option('--dry-run', 'only read the file from end to end and say what it holds')
    .action(restoreFrom);
}

async function restoreFrom(file: string, { dryRun }: { dryRun?: boolean }): Promise<void> {
  const { checkBackupFile, restore } = await import('../upkeep.ts');
  if (dryRun) {
    tellContent(await checkBackupFile(file));
    return say('The file is whole. Nothing was restored.');
  }
  const restored = await restore(file);
  tellContent(restored);
  print(`Restored: ${restored.restoredAt}`);
  if (restored.inDoubt > 0)
    print(`In doubt: ${restored.inDoubt} messages that may have gone since; \`./entente mail check\` lists them.`);
  tellBroughtBack(restored.broughtBack);
  say(`
What to do next:
  ./entente check          says which cases nobody runs, and which know more than
                           the register has now
  ./entente revive --all   starts those that nobody runs, from the register
"Backups" in docs/operating.md says how to decide about the others.`);
}

function tellBroughtBack(people: BroughtBack['broughtBack']): void {
  if (people === undefined)
    return say(
      `
There is no erasures.jsonl that says who was erased since this backup: whoever
was is here again, and has to be erased again before a worker starts.`,
    );
  if (people.length === 0) return;
  print(`Erased before, and here again: ${people.join(', ')}`);
  say('Erase them again before a worker starts: `./entente person erase ID`, as they were erased then.');
  process.exitCode = exitCodes.attention.code;
}

function tellContent({ header, checksum }: BackupFile): void {
  const counts = Object.entries(header.tables).map(([table, { rows }]) => `${rows} ${table.replaceAll('_', ' ')}`);
  print(`Taken:    ${header.takenAt}, from PostgreSQL ${header.postgres}`);
  print(`Holds:    ${counts.filter((count) => !count.startsWith('0 ')).join(', ') || 'nothing'}`);
  print(`Version:  ${header.migrations.at(-1)}`);
  print(`SHA-256:  ${checksum}`);
}
