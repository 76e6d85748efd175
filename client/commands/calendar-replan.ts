import type { Command } from 'commander';
import type { Move } from '../../database/replanning.ts';
import { counted } from '../../domain/derived.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Entente } from '../client.ts';
import { RefusedError } from '../errors.ts';
import { type Column, type Format, print, printList, say } from '../output/output.ts';
import { jsonOf } from '../output/plain.ts';
import { momentIn } from '../output/moment.ts';
import { asOption, outputOption, whoActs, withEntente } from './session.ts';

const moveColumns: readonly Column<Move>[] = [
  { title: 'case', value: ({ caseId }) => caseId },
  { title: 'due date', value: ({ deadline }) => deadline },
  { title: 'what', value: ({ what }) => what },
  { title: 'is planned for', value: ({ from, zone }) => momentIn(from, zone) },
  { title: 'would be', value: ({ to, zone }) => momentIn(to, zone) },
];

interface ReplanOptions {
  readonly country?: string;
  readonly agency?: string;
  readonly yes?: boolean;
  readonly reason?: string;
  readonly as?: string;
  readonly output: Format;
}

/** `./entente calendar replan`: what stands in plans of open cases, and would stand there by the calendars of today. */
export function addReplan(calendar: Command): void {
  calendar
    .command('replan')
    .description('What would move in open cases by the calendars of today; with --yes, plan them anew')
    .option('--country <code>', 'only what counts by the calendar of this country: KR')
    .option('--agency <id>', 'only what counts by the days of this agency: klid')
    .option('--yes', 'plan anew what is shown')
    .option('--reason <text>', 'why; it goes on record in every case (required with --yes)')
    .addOption(asOption())
    .addOption(outputOption())
    .action((options: ReplanOptions) => withEntente((entente) => replan(entente, options)));
}

async function replan(entente: Entente, { country, agency, yes, reason, as, output }: ReplanOptions): Promise<void> {
  const moves = await entente.calendarMoves({ country, agency });
  if (output === 'json') print(jsonOf(moves));
  else printList(moves, moveColumns, output, 'Nothing would move: all plans are as the calendars of today say.');
  if (moves.length === 0) return;
  if (!yes) return say('Nothing was changed. To plan them anew: the same with --yes --reason "WHY".');
  if (!reason?.trim())
    throw new RefusedError(refuse('ReasonMissing', '--reason: say why; it goes on record in every case.'));
  const by = whoActs(as);
  const cases = [...new Set(moves.map(({ caseId }) => caseId))];
  for (const id of cases) {
    const deadlines = moves.filter(({ caseId }) => caseId === id).map(({ deadline }) => deadline);
    await entente.command(id, 'replan', { by, reason, deadlines: [...new Set(deadlines)] });
  }
  say(`Planned anew: ${counted(cases.length, 'case')}.`);
}
