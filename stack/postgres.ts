import { type ChildProcess, execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Guard } from './guard.ts';
import { freePort } from './ports.ts';
import { asAccount, type PostgresAccount, postgresAccount } from './postgres-account.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import { asClient, inDatabase, type RoleUrls, setUpRoles } from './postgres-roles.ts';
import { commandLine, hasEnded, isAlive, startServer, stopChild, stopOrphan } from './processes.ts';

const run = promisify(execFile);

const NAME = 'entente';
const READY_WITHIN_MS = 60_000;

/** The log tells Postgres's own words; SIGINT is its fast, orderly shutdown. */
const STOP = 'SIGINT';

export type PostgresOptions = {
  /** Where data, log and passwords are kept. */
  folder: string;
  /** Whether what was committed must survive a power cut; false is for data that is thrown away. */
  durable: boolean;
  /** One that was free a moment ago. */
  port: number;
  guard: Guard;
};

export type PostgresServer = {
  /** The register's database, by role. */
  urls: RoleUrls;
  /** Entente itself needs this role for nothing but setting the others up. */
  superuserUrl: string;
  port: number;
  child: ChildProcess;
  stop(): Promise<void>;
};

type Launched = Omit<PostgresServer, 'urls'>;

type Cluster = { data: string; log: string; password: string; postgres: string; account: PostgresAccount };

/** Starts the built-in Postgres on 127.0.0.1, with a database `entente`, and comes back when it answers. */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const cluster = await prepare(options.folder);
  let { port } = options;
  for (let attempt = 1; ; attempt++) {
    const server = await launch(cluster, { ...options, port });
    try {
      await untilReady(server, cluster.log);
      return { ...server, urls: await setUpRoles(server.superuserUrl, NAME, options.folder) };
    } catch (error) {
      const portWasTaken = hasEnded(server.child) && attempt < 3;
      await server.stop();
      if (!portWasTaken) throw error;
      port = await freePort();
    }
  }
}

async function prepare(folder: string): Promise<Cluster> {
  const data = join(folder, 'postgres');
  const binaries = await postgresBinaries();
  const passwordFile = join(folder, 'postgres.password');
  const account = await postgresAccount(folder, binaries.postgres);
  if (!(await exists(data))) await initialise(binaries.initdb, data, passwordFile, account);
  await stopLeftOver(data);
  const password = await readFile(passwordFile, 'utf8').catch(() => {
    throw new Error(
      `${passwordFile} is missing, so the database beside it cannot be opened; put it back or start with --fresh.`,
    );
  });
  return { data, log: join(folder, 'postgres.log'), password, postgres: binaries.postgres, account };
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** In a folder beside the one meant, moved there when it is whole: it may be interrupted at any moment. */
async function initialise(initdb: string, data: string, passwordFile: string, account: PostgresAccount): Promise<void> {
  const draft = `${data}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, randomBytes(18).toString('base64url'), { mode: 0o600 });
  if (account.owner) {
    for (const path of [draft, passwordFile]) await chown(path, account.owner.uid, account.owner.gid);
  }
  // Sorted by the rules of Unicode, so that Greek, Hangul and Latin names stand where readers look for them.
  const sorting = ['--encoding=UTF8', '--no-locale', '--locale-provider=icu', '--icu-locale=und'];
  const access = [`--username=${NAME}`, '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const args = [`--pgdata=${draft}`, ...access, ...sorting];
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  const ran = run(...asAccount(account, initdb, args), { ...account.spawnAs, env });
  await ran.catch((error: { stderr?: string; message: string }) => {
    throw new Error(`Postgres could not set up ${data}: ${error.stderr?.trim() || error.message}`);
  });
  await rename(draft, data);
}

/** A killed run leaves its server or at least its pid file behind; Postgres itself cannot tell whose pid that is now. */
async function stopLeftOver(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid');
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
  if (!pid) return;
  if (isAlive(pid) && commandLine(pid).includes(data)) await stopOrphan(pid, STOP, 10_000);
  await rm(file, { force: true });
}

async function launch(cluster: Cluster, { port, durable, guard }: PostgresOptions): Promise<Launched> {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    fsync: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
    synchronous_commit: durable ? 'on' : 'off',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [command, args] = asAccount(cluster.account, cluster.postgres, ['-D', cluster.data, ...flags]);
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  const child = await startServer({ command, args, logFile: cluster.log, env, ...cluster.account.spawnAs });
  guard.watch(child, STOP);
  const superuserUrl = `postgres://${NAME}:${cluster.password}@127.0.0.1:${port}/${NAME}`;
  return { superuserUrl, port, child, stop: () => stopChild(child, STOP, 15_000) };
}

async function untilReady({ superuserUrl, child }: Launched, log: string): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS;
  let last = 'it has not answered';
  while (Date.now() < until) {
    if (hasEnded(child)) throw new Error(`Postgres ended as soon as it was started: ${await lastLine(log)}`);
    try {
      return await asClient(inDatabase(superuserUrl, 'postgres'), async () => undefined);
    } catch (error) {
      last = (error as Error).message;
      if ((error as { code?: string }).code === '28P01') break;
      await delay(30);
    }
  }
  throw new Error(`Postgres could not be reached: ${last}.`);
}

const lastLine = async (file: string): Promise<string> =>
  (await readFile(file, 'utf8').catch(() => '')).trim().split('\n').at(-1) ?? '';
