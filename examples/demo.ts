import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { Command, Option } from 'commander';
import type { Kysely } from 'kysely';
import { readCountryFiles } from '../client/country-files.ts';
import { readDirectoryFiles } from '../client/directory-files.ts';
import { FileFaultsError } from '../client/errors.ts';
import { type Check, connectEntente } from '../client/client.ts';
import { proverOf } from '../client/proofs.ts';
import { registerOf } from '../client/register.ts';
import { signingByStack } from '../client/stack-keys.ts';
import { connect } from '../database/connect.ts';
import { importCountryProfiles } from '../database/country-profiles.ts';
import { importDirectory } from '../database/directory.ts';
import type { Database } from '../database/schema.ts';
import { writeFiles } from '../documents/write.ts';
import type { Instant } from '../domain/dates.ts';
import { isRefusal } from '../domain/refusal.ts';
import { runningOf, writeRunning } from '../stack/running.ts';
import { withoutServices } from '../stack/settings.ts';
import { type Stack, startStack } from '../stack/stack.ts';
import { superviseWorker } from '../stack/worker-process.ts';
import { play } from './play.ts';
import { Player } from '../rehearsal/player.ts';
import { progressOf } from './progress.ts';
import { readShown, type Shown, shownText } from './shown.ts';
import { readStory, type Story, storyFiles } from './story.ts';
import { type Summary, summarise, summaryText } from './summary.ts';

interface Options {
  readonly keep: boolean;
  readonly verbose: boolean;
  readonly output: 'text' | 'json';
  readonly documents?: string;
}

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

// Progress goes to standard error, so that standard output holds the summary and nothing else.
const tell = (line: string): void => void process.stderr.write(`${line}\n`);

const program = new Command('npm run demo --')
  .description(
    'Plays the stories of examples/ on a real Temporal server, a real Postgres and a real mailbox, and sums them up.',
  )
  .option('--keep', 'leave everything up afterwards, until Ctrl-C', false)
  .option('--verbose', 'tell each step, and each case with its stages', false)
  .addOption(
    new Option('--output <format>', 'how to print the summary; `npm run --silent demo` keeps npm’s lines out of it')
      .choices(['text', 'json'])
      .default('text'),
  )
  .option('--documents <folder>', 'where to write the documents made on the way; a new folder unless said otherwise')
  .addHelpText(
    'after',
    '\nExit status: 0 every step happened as written, and every case is carried on; 1 not so, or a service failed; 2 wrong usage.',
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

async function main(options: Options): Promise<void> {
  const started = performance.now();
  tell('Starting Temporal, Postgres, a mailbox and a worker ...');
  const stack = await startStack({ env: withoutServices(process.env), onProgress: tell });
  const stop = await stoppable(stack);
  let wentWell = false;
  try {
    const folder = options.documents ?? mkdtempSync(join(tmpdir(), 'entente-documents-'));
    const { at, ...played } = await playStories(stack, folder, options);
    const check = await checked(stack, at);
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    show({ ...played, check, seconds }, options);
    if (check.findings.length > 0) throw new Error(whatCheckFound(check));
    wentWell = true;
    if (options.keep) await untilInterrupted(stack);
  } finally {
    await stop(wentWell);
  }
}

/** The worker is a process of its own, as in real life; its log is kept when something went wrong. */
async function stoppable(stack: Stack): Promise<(wentWell: boolean) => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'entente-demo-'));
  const logFile = join(folder, 'worker.log');
  const env = { ...withoutServices(process.env), ...stack.env };
  const worker = superviseWorker({ script: pathOf('../worker/main.ts'), env, logFile, guard: stack.guard, say: tell });
  const stop = async (wentWell: boolean) => {
    await worker.stop();
    await stack.stop();
    if (wentWell) rmSync(folder, { recursive: true });
    else tell(`The worker's log is in ${logFile}`);
  };
  await worker.ready.catch(async (error: unknown) => {
    await stop(false);
    throw error;
  });
  return stop;
}

interface Played {
  readonly stories: readonly Story[];
  readonly summary: Summary;
  readonly shown: Shown;
}

async function playStories(
  stack: Stack,
  folder: string,
  { verbose }: Options,
): Promise<Played & { readonly at: Instant }> {
  const stories = storyFiles.map(readStory);
  const db = connect(stack.databaseUrl);
  const connection = await Connection.connect(stack.settings.temporal.connectionOptions);
  try {
    const { directory, faults } = await readDirectoryFiles([pathOf('directory.yaml')]);
    await importDirectory(db, directory, faults);
    await importProfiles(db);
    const client = new Client({ connection, namespace: stack.temporal.namespace });
    const begin = stories.flatMap(({ steps }) => steps.map(({ on }) => on)).sort()[0] ?? '';
    tell(`Playing: ${stories.map(({ story }) => story).join('; ')}`);
    const documents = new Set<string>();
    const signing = signingByStack(() => stack.keysFolder);
    const prove = proverOf(signing, registerOf(db));
    const player = new Player(client, db, begin, { prove });
    const progress = progressOf(stepsOf(stories), verbose);
    await play(stories, player, db, progress.step, async (made) => {
      const files = made.flatMap((document) => document.files);
      for (const path of await writeFiles(folder, files, true)) documents.add(path);
    });
    progress.over();
    const shown = await readShown(db, stories, [...documents]);
    return { stories, shown, summary: await summarise(db, [...documents]), at: player.at };
  } finally {
    await connection.close();
    await db.destroy();
  }
}

/** Whether every case that the stories have left open is carried on, by the time that they have reached. */
async function checked(stack: Stack, at: Instant): Promise<Check> {
  const { databaseUrl, temporal } = stack.settings;
  const entente = connectEntente({ databaseUrl: () => databaseUrl, temporal: () => temporal });
  try {
    return await entente.health.check(at);
  } finally {
    await entente.close();
  }
}

const whatCheckFound = ({ findings }: Check): string =>
  `The check after the stories found:\n${findings.map(({ kind, case: id, says }) => `  ${kind} ${id ?? ''}: ${says}`).join('\n')}`;

/** What is known of the countries: whoever writes to the press needs it. */
async function importProfiles(db: Kysely<Database>): Promise<void> {
  const { profiles, faults } = await readCountryFiles([pathOf('country-profiles.yaml')]);
  const imported = await importCountryProfiles(db, profiles, 'kim-minji', faults);
  if (isRefusal(imported)) throw new Error(imported.because);
  if ('faults' in imported) throw new FileFaultsError('No country profile was imported', imported.faults);
}

const stepsOf = (stories: readonly Story[]): number => stories.reduce((sum, { steps }) => sum + steps.length, 0);

function show(
  { stories, summary, shown, check, seconds }: Played & { readonly check: Check; readonly seconds: number },
  { output, verbose }: Options,
): void {
  if (output === 'json') {
    process.stdout.write(`${JSON.stringify({ ...summary, check, seconds }, null, 2)}\n`);
    return;
  }
  const width = Math.max(80, process.stdout.columns ?? 80);
  const happened = `All ${stepsOf(stories)} steps of ${stories.length} stories happened as written, in ${seconds} s.`;
  const stages = verbose ? `\n${summaryText(summary, width)}\n` : '';
  process.stdout.write(`${stages}\n${happened}\n${shownText(summary, shown, check, Math.min(width, 100))}\n`);
}

async function untilInterrupted(stack: Stack): Promise<void> {
  const { temporal, mailboxUrl, folder } = stack;
  writeRunning(folder, runningOf(stack));
  tell(`\nEverything stays up until Ctrl-C:\n  Temporal UI  ${temporal.uiUrl}\n  Mailbox      ${mailboxUrl}\n`);
  tell(`To use ./entente with it, in another terminal:\n  export ENTENTE_FOLDER='${folder}'`);
  // npm passes on the Ctrl-C that we get ourselves: the second one must not cut the stopping short.
  const signals = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map(
    (signal) => new Promise((resolve) => process.on(signal, resolve)),
  );
  await Promise.race([...signals, stack.failure.then((sentence) => tell(sentence))]);
}

main(program.parse().opts<Options>()).then(
  () => process.exit(0),
  (error: unknown) => {
    tell(
      error instanceof Error
        ? `${error.name === 'StoryError' ? 'The story did not happen as written: ' : ''}${error.message}`
        : String(error),
    );
    process.exit(1);
  },
);
