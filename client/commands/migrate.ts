import type { Command } from 'commander';
import { print } from '../output/output.ts';

export function addMigrate(program: Command): void {
  program
    .command('migrate')
    .description('Bring the register to this version as its owner, and grant to the other roles what they may')
    .helpGroup('Register:')
    .action(async () => {
      const { prepare } = await import('../upkeep.ts');
      const { migrated, granted } = await prepare();
      print(migrated.length > 0 ? `Migrated: ${migrated.join(', ')}.` : 'The register is of this version.');
      print(
        granted.length > 0
          ? `Granted what each may: ${granted.join(', ')}.`
          : 'One role does for all: it owns the tables, so nothing was granted.',
      );
    });
}
