import type { Command } from 'commander';
import { counted } from '../../domain/derived.ts';
import type { Revived, ReviveOptions } from '../client.ts';
import { UsageError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { type Column, type Format, printList, say } from '../output/output.ts';
import { asOption, outputOption, whoActs, withEntente } from './session.ts';

type Outcome = Revived['outcome'];

const outcomes: Record<Outcome, { readonly would: string; readonly did: string }> = {
  revived: { would: 'would be started again', did: 'started again' },
  caughtUp: { would: 'would be told to catch up', did: 'has caught up' },
  leftAlone: { would: 'runs, and lacks nothing', did: 'runs, and lacks nothing' },
  failed: { would: '', did: 'failed' },
};

interface CommandOptions {
  readonly all?: boolean;
  readonly dryRun?: boolean;
  readonly as?: string;
  readonly output: Format;
}

/** `./entente revive`: cases that nobody runs go on from the register. */
export function addRevive(program: Command): void {
  program
    .command('revive')
    .description('Start cases that nobody runs again from the register, with their state; no letter is repeated')
    .helpGroup('Lists:')
    .argument('[cases...]', 'their ids, such as mou/kr-gr-2017')
    .option('--all', 'all that `check` finds not to be running, or to lack what the register has')
    .option('--dry-run', 'say what would be done, and do nothing')
    .addOption(asOption())
    .addOption(outputOption())
    .addHelpText(
      'after',
      `
Who has it done stands in each case as a note. Asked twice it is done once: a case
that runs and lacks nothing is left alone. What is over in Temporal and open on
record is not among --all: put the newer register back, or name it.

Exit code ${exitCodes.attention.code} when some of them could not be started again.`,
    )
    .action(revive);
}

async function revive(cases: readonly string[], { all, dryRun, as, output }: CommandOptions): Promise<void> {
  if (Boolean(all) === cases.length > 0) throw new UsageError('Say which: the ids of cases, or --all.');
  let done = 0;
  const options: ReviveOptions = {
    by: whoActs(as),
    dryRun,
    onRevived: () => ++done % progressEach === 0 && say(`${done} …`),
  };
  const revived = await withEntente(async (entente) => {
    const ids = await Promise.all(cases.map((given) => entente.caseNamed(given)));
    return entente.health.revive(all ? 'all' : ids, options);
  });
  const word = dryRun ? 'would' : 'did';
  const columns: readonly Column<Revived>[] = [
    { title: 'case', value: (each) => each.case },
    { title: 'what', value: ({ outcome, because }) => because ?? outcomes[outcome][word] },
  ];
  printList(revived, columns, output, 'Every case that is open on record runs.');
  if (dryRun) return say('Nothing was done.');
  const failed = revived.filter(({ outcome }) => outcome === 'failed').length;
  if (failed === 0) return;
  say(`${counted(failed, 'case')} could not be started again.`);
  process.exitCode = exitCodes.attention.code;
}

const progressEach = 500;
