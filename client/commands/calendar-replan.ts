import type { Command } from 'commander';
import type { Move } from '../../database/replanning.ts';
import { counted } from '../../domain/derived.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Entente } from '../client.ts';
import { RefusedError } from '../errors.ts';
import type { WouldGive } from '../forecast/previews.ts';
import { type Column, print, printList, say } from '../output/output.ts';
import { jsonOf } from '../output/plain.ts';
import { momentIn } from '../output/moment.ts';
import { isToBeDone, type PreviewOptions, previewOptions } from './preview.ts';
import { asOption, outputOption, whoActs, withEntente } from './session.ts';

const moveColumns: readonly Column<Move>[] = [
  { title: 'case', value: ({ caseId }) => caseId },
  { title: 'due date', value: ({ deadline }) => deadline },
  { title: 'what', value: ({ what }) => what },
  { title: 'is planned for', value: ({ from, zone }) => momentIn(from, zone) },
  { title: 'would be', value: ({ to, zone }) => momentIn(to, zone) },
];

interface ReplanOptions extends PreviewOptions {
  readonly country?: string;
  readonly agency?: string;
  readonly reason?: string;
  readonly as?: string;
}

/** `./entente calendar replan`: what stands in plans of open cases, and would stand there by the calendars of today. */
export function addReplan(calendar: Command): void {
  const command = calendar
    .command('replan')
    .description('What would move in open cases by the calendars of today; with --yes, plan them anew')
    .option('--country <code>', 'only what counts by the calendar of this country: KR')
    .option('--agency <id>', 'only what counts by the days of this agency: klid')
    .option('--reason <text>', 'why; it goes on record in every case (required with --yes)')
    .addOption(asOption())
    .addOption(outputOption())
    .action((options: ReplanOptions) => withEntente((entente) => replan(entente, options)));
  previewOptions(command, 'plan anew what is shown');
}

async function replan(entente: Entente, options: ReplanOptions): Promise<void> {
  const { country, agency, preview, yes, reason, output } = options;
  const moves = await entente.calendarMoves({ country, agency });
  if (preview && moves.length > 0) {
    if (!(await isToBeDone(entente, { commands: async () => plannedAnew(moves, options) }, options))) return;
  } else if (output === 'json') print(jsonOf(moves));
  else printList(moves, moveColumns, output, 'Nothing would move: all plans are as the calendars of today say.');
  if (moves.length === 0) return;
  if (!yes) return say('Nothing was changed. To plan them anew: the same with --yes --reason "WHY".');
  if (!reason?.trim())
    throw new RefusedError(refuse('ReasonMissing', '--reason: say why; it goes on record in every case.'));
  const commands = plannedAnew(moves, options);
  const notTheirs = await planAnew(entente, commands);
  say(`Planned anew: ${counted(commands.length - notTheirs.length, 'case')}.`);
  const [first] = notTheirs;
  if (!first) return;
  say(`Left as they are, being others’ to plan anew: ${notTheirs.map(({ id }) => id).join(', ')}.`);
  throw first.refused;
}

/** One after the other; what is somebody else's does not keep the others from it. */
async function planAnew(entente: Entente, commands: readonly WouldGive[]) {
  const notTheirs: { readonly id: string; readonly refused: RefusedError }[] = [];
  for (const { case: id, name, body } of commands)
    try {
      await entente.command(id, name, body);
    } catch (error) {
      if (!(error instanceof RefusedError && error.code === 'NotYours')) throw error;
      notTheirs.push({ id, refused: error });
    }
  return notTheirs;
}

/** What each case is told; a preview needs no reason yet. */
function plannedAnew(moves: readonly Move[], { reason = 'preview', as }: ReplanOptions): readonly WouldGive[] {
  const by = whoActs(as);
  return [...new Set(moves.map(({ caseId }) => caseId))].map((id) => {
    const deadlines = moves.filter(({ caseId }) => caseId === id).map(({ deadline }) => deadline);
    return { case: id, name: 'replan', body: { by, reason, deadlines: [...new Set(deadlines)] } };
  });
}
