import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { type ComparisonOptions, comparisonText, machine, measureComparison } from './comparison.ts';
import { tell } from './progress.ts';
import { growthPicture } from './report/growth.ts';
import { cpuPicture } from './report/picture.ts';
import { measureScale, parts, type ScaleOptions, scaleText } from './scale/scale.ts';

interface Options extends ComparisonOptions {
  readonly scale: ScaleOptions['parts'] | true | undefined;
  readonly size: number;
  readonly output: 'text' | 'json';
  readonly picture?: string;
}

const program = new Command('npm run bench --')
  .description(
    `Lets Entente and others do the same job by turns, on services of this machine alone, and says what it takes.
The job is a follow-up action from its opening to its end: five commands, three reminders, five mails.`,
  )
  .option('--short', 'a few cases of each, to see that all of it runs', false)
  .option('--cases <number>', 'cases of each contender in a round', Number, 150)
  .option('--rounds <number>', 'rounds of each contender', Number, 3)
  .option('--no-others', 'Entente and the workflow written by hand alone')
  .addOption(
    new Option('--scale [parts...]', 'in place of that, large registers and many cases at once').choices(parts),
  )
  .option('--size <portion>', 'with --scale: of a million actions, 100,000 cases, 10,000 reminders', Number, 1)
  .addOption(new Option('--output <format>', 'how to print the figures').choices(['text', 'json']).default('text'))
  .option('--picture <file>', 'draws the figures as SVG as well')
  .addHelpText(
    'after',
    '\nExit status: 0 every case came to its end; 1 one did not, or a service failed; 2 wrong usage.',
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

interface Report {
  readonly figures: object;
  readonly text: string;
  readonly picture: string;
}

async function comparison(options: Options): Promise<Report> {
  const figures = await measureComparison(options);
  const { floor, entente, others } = figures;
  return { figures, text: comparisonText(figures), picture: cpuPicture([floor, entente, ...others]) };
}

async function scale(wanted: ScaleOptions['parts'], size: number): Promise<Report> {
  const figures = await measureScale({ parts: wanted, size });
  return { figures, text: scaleText(figures), picture: growthPicture(figures.registers, figures.asleep) };
}

async function main(options: Options): Promise<void> {
  const { scale: wanted, size, output, picture } = options;
  const report = wanted ? await scale(wanted === true ? parts : wanted, size) : await comparison(options);
  process.stdout.write(
    output === 'json' ? `${JSON.stringify({ machine, ...report.figures }, null, 2)}\n` : `\n${report.text}\n`,
  );
  if (picture) writeFileSync(picture, report.picture);
}

main(program.parse().opts<Options>()).then(
  () => process.exit(0),
  (error: unknown) => {
    tell(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
