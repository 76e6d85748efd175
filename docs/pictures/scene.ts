import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import type { Kysely } from 'kysely';
import { connectEntente } from '../../client/client.ts';
import { readDirectoryFiles } from '../../client/directory-files.ts';
import { proverOf } from '../../client/proofs.ts';
import { registerOf } from '../../client/register.ts';
import { signingByStack } from '../../client/stack-keys.ts';
import { connect } from '../../database/connect.ts';
import { importDirectory } from '../../database/directory.ts';
import { prepareRegister } from '../../database/migrate.ts';
import type { Database } from '../../database/schema.ts';
import type { Instant } from '../../domain/dates.ts';
import { play } from '../../examples/play.ts';
import { Player } from '../../rehearsal/player.ts';
import { readStory } from '../../examples/story.ts';
import { type Stack, startStack } from '../../stack/stack.ts';
import { superviseWorker } from '../../stack/worker-process.ts';

/** Everything running, at one moment. */
export interface Scene {
  readonly stack: Stack;
  stop(): Promise<void>;
}

const pathOf = (file: string): string => fileURLToPath(new URL(`../../${file}`, import.meta.url));

/** Starts everything on services of its own, whatever the environment names, with the directory of the stories. */
export async function startScene(
  tell: (line: string) => void,
  begin: (stack: Stack, db: Kysely<Database>) => Promise<void>,
): Promise<Scene> {
  const stack = await startStack({ env: withoutServices(process.env), onProgress: tell });
  const logs = mkdtempSync(join(tmpdir(), 'entente-pictures-'));
  await prepareRegister(stack.settings);
  const db = connect(stack.databaseUrl);
  const worker = superviseWorker({
    script: pathOf('worker/main.ts'),
    env: { ...withoutServices(process.env), ...stack.env },
    logFile: join(logs, 'worker.log'),
    guard: stack.guard,
    say: tell,
    onLaunch: () => undefined,
  });
  const stop = async () => {
    await worker.stop();
    await db.destroy();
    await stack.stop();
    rmSync(logs, { recursive: true, force: true });
  };
  try {
    await worker.ready;
    const { directory, faults } = await readDirectoryFiles([pathOf('examples/directory.yaml')]);
    await importDirectory(db, directory, faults, 'kim-minji');
    await begin(stack, db);
  } catch (error) {
    await stop();
    throw error;
  }
  return { stack, stop };
}

/** Everything running, and the Greek story of `examples/` played until `moment`. */
export const startStory = (moment: Instant, tell: (line: string) => void): Promise<Scene> =>
  startScene(tell, async (stack, db) => {
    const connection = await Connection.connect(stack.settings.temporal.connectionOptions);
    const client = new Client({ connection, namespace: stack.temporal.namespace });
    const story = storyUntil(moment);
    const [first] = story.steps.map(({ on }) => on).sort();
    const signing = signingByStack(() => stack.keysFolder);
    const prove = proverOf(signing, registerOf(db));
    await play([story], new Player(client, db, first ?? moment, { prove }), db, tell);
    await makeOperator(stack);
    await connection.close();
  });

/** Whose commands are taken from the Temporal UI. */
async function makeOperator({ settings, keysFolder }: Stack): Promise<void> {
  const { databaseUrl, temporal } = settings;
  const signing = signingByStack(() => keysFolder);
  const entente = connectEntente({ databaseUrl: () => databaseUrl, temporal: () => temporal, ...signing });
  const given = { by: 'kim-minji', from: '2017-01-01' };
  for (const role of ['administrator', 'operator'] as const)
    await entente.roles.give({ person: 'kim-minji', role }, given);
  await entente.close();
}

/** Without what the story expects: to check that is the demo's business. */
function storyUntil(moment: Instant) {
  const story = readStory('greece-2017-2018.yaml');
  return { ...story, until: moment, steps: story.steps.filter((step) => step.on <= moment && !('expect' in step)) };
}

const withoutServices = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => !/^(TEMPORAL_(?!CLI$)|DATABASE_(OWNER_|READER_)?URL$|SMTP_URL$|ENTENTE_)/.test(name),
    ),
  );
