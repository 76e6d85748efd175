import { spawn } from 'node:child_process';
import { isKind, kinds } from '../../domain/kinds.ts';

/**
 * `npm run kind KIND`: draws, formats and checks all that a kind of case needs, and says what is missing where. Of the tests
 * that hold kinds to what is said of them it runs those that name no other kind.
 */

const tests = `
  architecture docs/lifecycles docs/operating web/form web/story web/texts
  activities/mail/beliefs activities/mail/message-files activities/mail/texts
  domain/cancelled-heard domain/correction domain/fact-types domain/faults domain/glossary domain/happened domain/otherwise
  domain/outcome-heard domain/permission domain/plain-words domain/properties domain/reasons domain/successors domain/told-late
  domain/working-due-days`;

const [kind = ''] = process.argv.slice(2);
if (!isKind(kind)) {
  console.error(`domain/kinds.ts has no kind "${kind}"; it has ${kinds.join(', ')}.`);
  process.exit(1);
}

// Whatever else is missing, tests need to know what is said of each kind.
try {
  await import('./said.ts');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

/** What a program says, where it is not content. */
function complaintOf(program: string, ...options: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(`node_modules/.bin/${program}`, options, { stdio: ['ignore', 'pipe', 'pipe'] });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => said.push(text));
    child.on('close', (code) => resolve(code === 0 ? '' : said.join('').trim()));
  });
}

const others = kinds.filter((each) => each !== kind).join('|');
const namesNoOther = `^(?!.*\\b(${others})\\b)`;

// What is drawn is made of the rules, and looked at by the tests.
const first = [
  await complaintOf('tsx', 'docs/lifecycles.ts'),
  await complaintOf('tsx', 'docs/permissions.ts'),
  await complaintOf('biome', 'format', '--write'),
];
const then = await Promise.all([
  complaintOf('tsc'),
  complaintOf('oxlint', '--type-aware', 'domain', 'test/kinds'),
  complaintOf(
    'vitest',
    'run',
    '--reporter=dot',
    '-t',
    namesNoOther,
    ...tests
      .trim()
      .split(/\s+/)
      .map((name) => `test/${name}`),
  ),
]);
const complaints = [...first, ...then].filter((each) => each !== '');
console.log(complaints.join('\n\n') || `All that holds a ${kind} to what is said of it is content.`);
process.exitCode = complaints.length > 0 ? 1 : 0;
