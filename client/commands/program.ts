import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { kinds, lifecycles } from '../../domain/kinds.ts';
import { exitCodesText } from '../exit-codes.ts';
import { terminalWidth } from '../output/output.ts';
import { addBackup } from './backup.ts';
import { addCalendar } from './calendar.ts';
import { addCases } from './cases.ts';
import { addCheck } from './check.ts';
import { addCompare } from './compare.ts';
import { addCountry } from './country.ts';
import { addDirectory } from './directory.ts';
import { addDocument } from './document.ts';
import { addForecast } from './forecast.ts';
import { addImport } from './import.ts';
import { addGroup, addKind } from './kinds.ts';
import { addKeys } from './keys.ts';
import { addLink } from './link.ts';
import { addLogin } from './login.ts';
import { addMigrate } from './migrate.ts';
import { addMail } from './mail.ts';
import { addOpenFile } from './open-file.ts';
import { addPerson } from './person.ts';
import { addRole } from './role.ts';
import { addReassign } from './reassign.ts';
import { addQuiet } from './quiet.ts';
import { addRehearse } from './rehearse.ts';
import { addRegisters } from './registers.ts';
import { addRetention } from './retention.ts';
import { addRevive } from './revive.ts';
import { readAs } from './session.ts';
import { addVisits } from './visits.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const others = [
  addRegisters,
  addVisits,
  addForecast,
  addCompare,
  addRehearse,
  addCheck,
  addRevive,
  addMail,
  addLink,
  addDocument,
  addDirectory,
  addCountry,
  addPerson,
  addRole,
  addLogin,
  addKeys,
  addCalendar,
  addBackup,
  addRetention,
  addMigrate,
];

/**
 * Every command of `entente`; for a command line, those of the kinds that it names: with their options they are thousands,
 * and all of them take a tenth of a second.
 */
export function createProgram(words?: readonly string[]): Command {
  const program = new Command('entente')
    .description('Carries international cooperation from the first request to the last follow-up measure.')
    .version(version)
    .exitOverride()
    .configureOutput({ getOutHelpWidth: terminalWidth, getErrHelpWidth: terminalWidth })
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .hook('preAction', (_, command) => readAs(command))
    .showHelpAfterError('Try --help after the command for what it takes.')
    .addHelpText(
      'after',
      `
Examples:
  ./entente next --coordinator kim-minji    what your cases wait for
  ./entente due --days 14 --agency klid     what an agency owes
  ./entente action report-done --help       what a command takes
  ./entente mou open kr-gr-2017 --dry-run … whether it would be accepted

Environment:
  ENTENTE_AS        who acts, where --as is left out; moments are on the clocks
                    of whoever is named, else on those of the terminal (TZ)
  DATABASE_URL      the register; TEMPORAL_ADDRESS (or a profile) for giving
                    commands. Without them, a running \`npm start\` is used.
                    DATABASE_READER_URL and DATABASE_OWNER_URL, for a role that
                    only reads and for the one whose the tables are.

Exit codes:
${exitCodesText()}`,
    );
  addOpenFile(program);
  addImport(program, kinds);
  for (const kind of kinds) (words && !words.includes(kind) ? addGroup : addKind)(program, lifecycles[kind]);
  addCases(program, kinds);
  addQuiet(program, kinds);
  addReassign(program, kinds);
  for (const add of others) add(program);
  return program;
}
