import { parseArgs } from 'node:util';
import { casesFinding, type Finding, lookAround } from './findings.ts';
import { Refusal } from './refusal.ts';

const HELP = `Usage: npm run doctor -- [--output text|json]

Says what Entente finds on this machine and what is missing, and whether all open
cases are carried on where its settings point. Exit status 0 when \`npm run demo\`
could run and they are, else 1. With \`npm run --silent doctor\` npm adds no lines.`;

const WIDTH = 80;
const INDENT = 4;

function readOptions(): { output: 'text' | 'json'; help: boolean } {
  const options = {
    output: { type: 'string', short: 'o', default: 'text' },
    help: { type: 'boolean', short: 'h', default: false },
  } as const;
  try {
    const { output, help } = parseArgs({ options, strict: true, allowPositionals: false }).values;
    if (output !== 'text' && output !== 'json') throw new Error(`--output takes text or json, not ${output}`);
    return { output, help };
  } catch (error) {
    throw new Refusal(`${(error as Error).message.split('. ')[0]}; see npm run doctor -- --help`, 2);
  }
}

/** ✓ is there, ✗ is missing and needed, – is missing and not needed. */
function lineOf({ name, ok, needed, says }: Finding): string {
  const mark = ok ? '✓' : needed ? '✗' : '–';
  return wrap(`${mark} ${name.padEnd(15)}${says}`);
}

function wrap(text: string): string {
  const lines = [''];
  for (const word of text.split(/(?<= )/)) {
    const line = lines.at(-1) ?? '';
    if (line.trimEnd().length > INDENT && line.length + word.trimEnd().length > WIDTH)
      lines.push(' '.repeat(INDENT) + word);
    else lines[lines.length - 1] = line + word;
  }
  return lines.map((line) => line.trimEnd()).join('\n');
}

async function main(): Promise<number> {
  const options = readOptions();
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const findings = await lookAround(process.env);
  const isWell = ({ ok, needed }: Finding) => ok || !needed;
  const canRun = findings.filter(({ name }) => name !== casesFinding).every(isWell);
  const carriesOn = findings.filter(({ name }) => name === casesFinding).every(isWell);
  if (options.output === 'json') console.log(JSON.stringify({ canRun, carriesOn, findings }, null, 2));
  else {
    for (const finding of findings) console.log(lineOf(finding));
    console.log(
      canRun
        ? '\nEverything that `npm run demo` needs is here.'
        : '\nSomething that is needed is missing: see ✗ above.',
    );
    if (!carriesOn) console.log('Not all open cases are carried on: `./entente check` says which, and what to do.');
  }
  return canRun && carriesOn ? 0 : 1;
}

main().then(
  (status) => process.exit(status),
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(error instanceof Refusal ? error.exitStatus : 1);
  },
);
