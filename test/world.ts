import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { Kysely } from 'kysely';
import { readDirectoryFiles } from '../client/directory-files.ts';
import { connect } from '../database/connect.ts';
import { importDirectory } from '../database/directory.ts';
import { prepareRegister } from '../database/migrate.ts';
import type { Database } from '../database/schema.ts';
import { Player } from '../rehearsal/player.ts';
import { type Stack, type StackOptions, startStack } from '../stack/stack.ts';
import { registerSearchAttributes } from '../worker/search-attributes.ts';
import { bundleWorkflows, createWorkers } from '../worker/worker.ts';
import { quietRuntime } from './quiet-runtime.ts';
import { newDatabase, newNamespace } from './servers/shared.ts';
import { shareWorkflowThreads } from './workflow-threads.ts';

/** Everything running, for one test file: a real Temporal, a real Postgres, a real mailbox, a worker, and a player of years. */
export interface World {
  readonly stack: Stack;
  readonly client: Client;
  /** The owner's: to set things up, to look and to clean up. The worker connects by its own role. */
  readonly db: Kysely<Database>;
  readonly player: Player;
  /** Lets all mail go that waits for its readers to be at work. */
  delivered(): Promise<void>;
  stop(): Promise<void>;
}

export interface WorldOptions extends Pick<StackOptions, 'env' | 'dynamicConfig'> {
  /** Servers that nobody shares: for what stops them, or has no run of tests around it. */
  readonly alone?: boolean;
  /** Files of people and agencies in the place of the usual few. */
  readonly directory?: readonly string[];
}

/** Files follow one another in a process, and none changes what it is made of. */
let bundled: ReturnType<typeof bundleWorkflows> | undefined;

export async function startWorld(
  startsAt: string,
  { env = {}, dynamicConfig = [], alone = false, directory: files }: WorldOptions = {},
): Promise<World> {
  quietRuntime();
  shareWorkflowThreads();
  const started = await (alone ? startStack({ env, dynamicConfig }) : stackOnSharedServers({ env, dynamicConfig }));
  // Whoever is played here has no key.
  const stack = { ...started, settings: { ...started.settings, unproved: 'anybody' as const } };
  const { settings } = stack;
  await prepareRegister(settings);
  const db = connect(settings.databaseOwnerUrl);
  const workerDb = connect(settings.databaseUrl);
  await (files ? readIn(db, files) : seedDirectory(db));
  const native = await NativeConnection.connect(settings.temporal.connectionOptions);
  await registerSearchAttributes(native, settings.temporal.namespace);
  const worker = await createWorkers({
    connection: native,
    db: workerDb,
    settings,
    workflowBundle: await (bundled ??= bundleWorkflows()),
  });
  const running = worker.run();
  const connection = await Connection.connect(settings.temporal.connectionOptions);
  const client = new Client({ connection, namespace: settings.temporal.namespace });
  const player = new Player(client, db, startsAt);
  return {
    stack,
    client,
    db,
    player,
    delivered: () => delivered(player, db),
    async stop() {
      worker.shutdown();
      await running;
      await connection.close();
      await native.close();
      await db.destroy();
      await workerDb.destroy();
      await stack.stop();
    },
  };
}

/** With a database, a namespace and a mailbox of its own; and a Temporal, where that is set otherwise or named. */
export async function stackOnSharedServers({ env = {}, dynamicConfig = [] }: StackOptions): Promise<Stack> {
  const hasTemporal = dynamicConfig.length > 0 || env['TEMPORAL_ADDRESS'] !== undefined;
  const [database, namespace] = await Promise.all([newDatabase(), hasTemporal ? undefined : newNamespace()]);
  const named = { ...database.env, ...namespace?.env };
  const stack = await startStack({ env: { ...env, ...named }, dynamicConfig });
  return {
    ...stack,
    superuserUrl: database.superuserUrl,
    env: { ...named, ...stack.env },
    pids: { ...stack.pids, postgres: database.pid, ...(namespace ? { temporal: namespace.pid } : {}) },
    async stop() {
      await stack.stop();
      await database.drop();
    },
  };
}

async function delivered(player: Player, db: Kysely<Database>): Promise<void> {
  for (;;) {
    await player.settled();
    const { last } = await db
      .selectFrom('messages')
      .select(({ fn }) => fn.max('send_at').as('last'))
      .where('state', '=', 'planned')
      .executeTakeFirstOrThrow();
    if (!last) return;
    await player.advanceTo(last);
  }
}

async function readIn(db: Kysely<Database>, files: readonly string[]): Promise<void> {
  const { directory, faults } = await readDirectoryFiles(files);
  await importDirectory(db, directory, faults, 'kim-minji');
}

export async function seedDirectory(db: Kysely<Database>): Promise<void> {
  await db
    .insertInto('countries')
    .values([
      { code: 'KR', name: 'Republic of Korea', zone: 'Asia/Seoul', language: 'ko' },
      { code: 'GR', name: 'Greece', zone: 'Europe/Athens', language: 'el' },
    ])
    .execute();
  const person = (id: string, agency: string, zone: string, superior: string | null) => ({
    id,
    name: `${id} (test)`,
    email: `${id}@${agency}.example.org`,
    agency,
    office: null,
    language: 'en',
    zone,
    superior,
  });
  await db
    .insertInto('agencies')
    .values([
      { id: 'silent', country: 'KR', name: 'An agency without an address', email: null, contact: null },
      { id: 'klid', country: 'KR', name: 'KLID', email: 'office@klid.example.org', contact: null },
      { id: 'mois', country: 'KR', name: 'MOIS', email: 'office@mois.example.org', contact: null },
      {
        id: 'mar',
        country: 'GR',
        name: 'Ministry of Administrative Reconstruction',
        email: 'office@mar.example.org',
        contact: null,
      },
    ])
    .execute();
  await db
    .insertInto('people')
    .values([
      { ...person('mute', 'mois', 'Asia/Seoul', null), email: null },
      person('han', 'klid', 'Asia/Seoul', null),
      person('park', 'klid', 'Asia/Seoul', 'han'),
      person('kim', 'mois', 'Asia/Seoul', null),
      person('papadopoulou', 'mar', 'Europe/Athens', null),
    ])
    .execute();
  await db.updateTable('agencies').set({ contact: 'park' }).where('id', '=', 'klid').execute();
}
