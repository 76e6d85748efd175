import { type Command, Option } from 'commander';
import { Temporal } from 'temporal-polyfill';
import { refuse } from '../../domain/refusal.ts';
import { RefusedError, UsageError } from '../errors.ts';
import { momentOf } from '../output/moment.ts';
import { type Column, type Format, printList, say } from '../output/output.ts';
import type { PastCase } from '../upkeep.ts';
import { asOption, outputOption, whoActs } from './session.ts';

const columns: readonly Column<PastCase>[] = [
  { title: 'case', value: ({ id }) => id },
  { title: 'closed', value: ({ closedAt }) => momentOf(closedAt) },
  { title: 'title', value: ({ title }) => title },
  { title: 'stays', value: ({ needed }) => (needed ? 'an open case names it' : '') },
];

interface RetentionOptions {
  readonly olderThan: string;
  readonly reason?: string;
  readonly yes?: boolean;
  readonly as?: string;
  readonly output: Format;
}

export function addRetention(program: Command): void {
  program
    .command('retention')
    .description('List the cases that are over for longer than a period; with --yes, remove them as a whole')
    .helpGroup('Register:')
    .addOption(
      new Option('--older-than <period>', 'how long they are over, as ISO 8601 writes it: P10Y, P18M')
        .env('ENTENTE_RETENTION')
        .makeOptionMandatory(),
    )
    .option('--yes', 'remove them: it cannot be taken back')
    .option('--reason <text>', 'why, such as the rule that asks for it (required with --yes)')
    .addOption(asOption())
    .addOption(outputOption())
    .action(retain);
}

async function retain({ olderThan, reason, yes, as, output }: RetentionOptions): Promise<void> {
  const before = beginOf(olderThan);
  const { pastCases, removePastCases } = await import('../upkeep.ts');
  if (!yes) {
    printList(await pastCases(before), columns, output, `No case is over since before ${momentOf(before)}.`);
    return say('Nothing was removed.');
  }
  const by = whoActs(as);
  if (!reason?.trim())
    throw new RefusedError(refuse('ReasonMissing', '--reason: say why, such as the rule that asks for it.'));
  const removed = await removePastCases({ before, by, reason: reason.trim() });
  printList(removed, columns, output, '');
  say(`Removed: ${removed.length}. Their ids are kept, with who removed them and why.`);
}

/** A period before now, as an instant; of at least a year, since what is over may still be asked about. */
function beginOf(period: string): string {
  try {
    const now = Temporal.Now.zonedDateTimeISO('UTC');
    const before = now.subtract(Temporal.Duration.from(period));
    if (Temporal.ZonedDateTime.compare(before, now.subtract({ years: 1 })) <= 0) return before.toInstant().toString();
  } catch {
    // Told below.
  }
  throw new UsageError(`--older-than ${period}: give a period of at least a year, such as P10Y.`);
}
