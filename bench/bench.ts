import { cpus, totalmem } from 'node:os';
import { Command, Option } from 'commander';
import { compare, type Figures, type Plan } from './compare.ts';
import { fillRegister, startEntente } from './entente.ts';
import { startFloor } from './floor/floor.ts';
import type { Contender } from './job.ts';
import { tell } from './progress.ts';
import { marksOf } from './report/marks.ts';
import { figuresTable, marksTable } from './report/table.ts';
import { Jobs, type RoundSize } from './rounds.ts';
import { type Bench, startServices } from './services.ts';

interface Options {
  readonly short: boolean;
  readonly cases: number;
  readonly rounds: number;
  readonly output: 'text' | 'json';
}

const program = new Command('npm run bench --')
  .description(
    'Lets Entente and others do the same job by turns, on services of this machine alone, and says what it takes.\nThe job is a follow-up action from its opening to its end: five commands, three reminders, five mails.',
  )
  .option('--short', 'a few cases of each, to see that all of it runs', false)
  .option('--cases <number>', 'cases of each contender in a round', (text) => Number(text), 150)
  .option('--rounds <number>', 'rounds of each contender', (text) => Number(text), 3)
  .addOption(new Option('--output <format>', 'how to print the figures').choices(['text', 'json']).default('text'))
  .addHelpText(
    'after',
    '\nExit status: 0 every case came to its end; 1 one did not, or a service failed; 2 wrong usage.',
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

const few: RoundSize = { cases: 4, inFlight: 4 };

const planOf = ({ short, cases, rounds }: Options): Plan =>
  short
    ? { warmUp: few, rounds: 1, busy: few, calm: few, statisticsWithinMs: 0 }
    : {
        warmUp: { cases: 16, inFlight: 8 },
        rounds,
        busy: { cases, inFlight: 48 },
        calm: { cases: Math.ceil(cases / 5), inFlight: 4 },
        statisticsWithinMs: 11_000,
      };

const machine = {
  cores: cpus().length,
  memoryGigabytes: Math.round(totalmem() / 2 ** 30),
  node: process.versions.node,
};

async function main(options: Options): Promise<void> {
  tell('Starting Temporal, Postgres and a relay that takes everything');
  const bench = await startServices();
  const started: Contender[] = [];
  let wentWell = false;
  try {
    const figures = await measure(bench, started, planOf(options));
    print(figures, options);
    wentWell = true;
  } finally {
    for (const contender of started) await contender.stop();
    await bench.stop(wentWell);
  }
}

const mostCases = 10_000;

async function measure(bench: Bench, started: Contender[], plan: Plan): Promise<Figures[]> {
  await fillRegister(bench.stack.settings, mostCases);
  started.push(await startFloor(bench));
  started.push(await startEntente(bench));
  return compare(bench, new Jobs(), started, plan);
}

function print(figures: readonly Figures[], { output }: Options): void {
  const [floor, entente] = figures;
  if (!floor || !entente) throw new Error('Nothing was measured.');
  const marks = marksOf(floor, entente);
  if (output === 'json') {
    process.stdout.write(`${JSON.stringify({ machine, figures, marks }, null, 2)}\n`);
    return;
  }
  const { cores, memoryGigabytes, node } = machine;
  process.stdout.write(`
The same job, by turns; medians of the rounds, in brackets the least and the most.
This machine: ${cores} cores, ${memoryGigabytes} GB, Node ${node}. Elsewhere, believe ratios and counts.

${figuresTable(figures)}

${marksTable(marks)}
`);
}

main(program.parse().opts<Options>()).then(
  () => process.exit(0),
  (error: unknown) => {
    tell(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
