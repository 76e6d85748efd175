import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { announcement } from './announce.ts';
import { holdAgainstTemporal, lookAtCases } from './cases.ts';
import { exampleOn } from './example.ts';
import { beginAnew } from './fresh.ts';
import { type OwnProcess, stopOrphans, writeProcesses } from './orphans.ts';
import { withoutPassword } from './redacted.ts';
import { Refusal } from './refusal.ts';
import { choosePages, keysOfPages, type Pages } from './pages.ts';
import { isFree } from './ports.ts';
import * as running from './running.ts';
import { isAllOurs, type PreferredPorts, type Stack, startStack } from './stack.ts';
import { takeLock } from './start-lock.ts';
import { type SupervisedWorker, superviseWorker } from './worker-process.ts';

const HELP = `Usage: npm start -- [options]

Runs Entente for real work: Temporal, Postgres, a mailbox that catches mail, the
worker, and the pages on which letters are answered. What it stores is kept in
.entente from one start to the next. Ctrl-C stops everything. Services named in
the environment (TEMPORAL_ADDRESS, DATABASE_URL, SMTP_URL ...) are used as they
are instead.

Options:
  --fresh          throw away all that is stored in .entente and begin anew
  --yes            do not ask before that
  -h, --help       show this`;

const DEFAULT_PORTS = { temporal: 7233, temporalUi: 8233, postgres: 54329, smtp: 1025, mailbox: 8025 } as const;
const DEFAULT_WEB_PORT = 8030;

const portsSchema = z.partialRecord(
  z.enum(['temporal', 'temporalUi', 'postgres', 'smtp', 'mailbox', 'web']),
  z.number(),
);

type Options = { fresh: boolean; yes: boolean; help: boolean };

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function readOptions(): Options {
  const flag = { type: 'boolean', default: false } as const;
  try {
    const options = { fresh: flag, yes: flag, help: { ...flag, short: 'h' } } as const;
    return parseArgs({ options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new Refusal(`${(error as Error).message.split('. ')[0]}; see npm start -- --help`, 2);
  }
}

async function main(): Promise<void> {
  // What we and our servers write is for this account alone, whatever the shell says.
  process.umask(0o077);
  const options = readOptions();
  if (options.help) return say(HELP);
  const folder = running.stateFolder();
  const lock = takeLock(folder);
  if ('heldBy' in lock) throw new Refusal(alreadyRunning(folder, lock.heldBy));
  try {
    await stopOrphans(folder);
    if (options.fresh) await beginAnew(folder, options.yes);
    await run(folder);
  } finally {
    lock.release();
  }
}

function alreadyRunning(folder: string, pid: number): string {
  const there = running.readRunning(folder);
  if (!there) return `npm start is starting or stopping here already (process ${pid}); wait for it.`;
  const addresses = [
    there.temporal && `Temporal UI ${there.temporal.uiUrl}`,
    there.mailboxUrl && `mailbox ${there.mailboxUrl}`,
    there.databaseUrl && `database ${withoutPassword(there.databaseUrl)}`,
  ].filter(Boolean);
  return `npm start runs here already (process ${pid}): ${addresses.join(', ') || 'with services of yours'}.`;
}

/** Resolves at the first signal to stop; those that follow change nothing. */
function firstSignal(): Promise<'signal'> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve('signal'));
  });
}

async function run(folder: string): Promise<void> {
  const signal = firstSignal();
  // The terminal may be gone (SIGHUP), which must not keep us from stopping.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  say('Starting Temporal, Postgres and the mailbox …');
  const env = { ...process.env, ...keysOfPages(folder, process.env) };
  const stack = await Promise.race([
    startStack({ folder, env, preferredPorts: preferredPorts(folder), onProgress: say }),
    signal,
  ]);
  // Broken off before all were up: the guard stops those that are.
  if (stack === 'signal') return say('\nStopped.');
  const processes: SupervisedWorker[] = [];
  const ending = new AbortController();
  let failure: string | undefined;
  try {
    const programs = startPrograms({ folder, stack, env, processes, ending: ending.signal });
    const first = await Promise.race([programs, signal, stack.failure]);
    if (typeof first === 'object') sayThatItIsUp(folder, stack, first);
    const end = typeof first === 'object' ? await Promise.race([signal, stack.failure]) : first;
    if (end !== 'signal') failure = end;
  } finally {
    say('\nStopping …');
    ending.abort();
    running.removeRunning(folder);
    await stopAll(processes);
    await stack.stop();
    writeProcesses(folder, []);
  }
  if (failure) throw new Refusal(`${failure} Everything was stopped; start again with npm start.`);
  say('Everything has stopped. Your cases are kept for the next npm start.');
}

function sayThatItIsUp(folder: string, stack: Stack, { url }: Pages): void {
  running.writeRunning(folder, { ...running.runningOf(stack), pagesUrl: url });
  if (isAllOurs(stack)) stack.mailbox?.offer({ ...exampleOn(stack), desk: `${url}/desk` });
  say(announcement(stack, relative(process.cwd(), running.runningFile(folder)), url));
  outliveFaults();
  void sayWhetherCarriedOn(stack);
}

/** Last of all, so that it stays on the screen: a register beside an empty Temporal looks well in every list. At once by a quick look, and then case by case. */
async function sayWhetherCarriedOn({ settings }: Stack): Promise<void> {
  for (const look of [lookAtCases(settings, true), holdAgainstTemporal(settings)]) {
    const cases = await look;
    if (cases) say(cases.ok ? `\nCases: ${cases.says}.` : `\nATTENTION: ${cases.says}`);
  }
}

/** What a handler of ours lets slip ends nothing: Temporal, Postgres and the worker are processes of their own. */
function outliveFaults(): void {
  process.on('uncaughtException', (error) => say(`A fault of npm start itself, which goes on:\n${error.stack}`));
}

/** Pages need no key of addresses, no relay and no tables of their own. */
const forPages = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...env,
  ENTENTE_LINK_KEY_FILE: '',
  DATABASE_OWNER_URL: '',
  SMTP_URL: '',
});

interface Programs {
  readonly folder: string;
  readonly stack: Stack;
  readonly env: NodeJS.ProcessEnv;
  /** Those that run at any moment, for whoever has to stop them. */
  readonly processes: SupervisedWorker[];
  /** Nothing is started any more from then on. */
  readonly ending: AbortSignal;
}

const attempts = 3;

/** Comes back when both take work. Where somebody has taken the pages' port since it was found free, both begin anew with another. */
async function startPrograms({ folder, stack, env, processes, ending }: Programs): Promise<Pages> {
  for (let attempt = 1; ; attempt++) {
    const pages = await choosePages(env, portsFor('web', DEFAULT_WEB_PORT, lastPorts(folder)));
    rememberPorts(folder, { ...stack.ports, web: pages.port });
    say('Starting the worker and the answer pages …');
    ending.throwIfAborted();
    const { ready, started } = startProcesses(folder, stack, { ...env, ...pages.env, ...stack.env });
    processes.push(...started);
    try {
      await ready;
      return pages;
    } catch (error) {
      await stopAll(processes);
      if (attempt === attempts || pages.port === undefined || (await isFree(pages.port))) throw error;
      say(`Somebody else has taken port ${pages.port} meanwhile.`);
    }
  }
}

const stopAll = (processes: SupervisedWorker[]): Promise<unknown> =>
  Promise.all(processes.splice(0).map((each) => each.stop()));

interface Processes {
  /** Resolves when both are up for the first time. */
  readonly ready: Promise<void>;
  readonly started: readonly SupervisedWorker[];
}

/** The worker last, so that it is the first to be stopped: it is what others would miss least. */
function startProcesses(folder: string, { pids, guard }: Stack, env: NodeJS.ProcessEnv): Processes {
  const own = new Map<string, OwnProcess>();
  if (pids.temporal) own.set('temporal', { pid: pids.temporal, mark: join(folder, 'temporal.db') });
  if (pids.postgres) own.set('postgres', { pid: pids.postgres, mark: join(folder, 'postgres') });
  const supervised = (name: string, file: string, logFile: string): SupervisedWorker => {
    const script = join(running.projectRoot, file, 'main.ts');
    const onLaunch = (pid: number) => {
      own.set(name, { pid, mark: script });
      writeProcesses(folder, [...own.values()]);
    };
    return superviseWorker({
      name,
      script,
      env: file === 'web' ? forPages(env) : { ...env, ENTENTE_WEB_KEY_FILE: '', OIDC_CLIENT_SECRET: '' },
      logFile: join(folder, logFile),
      guard,
      say,
      onLaunch,
    });
  };
  const started = [supervised('page server', 'web', 'web.log'), supervised('worker', 'worker', 'worker.log')];
  return { started, ready: Promise.all(started.map(({ ready }) => ready)).then(() => undefined) };
}

const portsFile = (folder: string): string => join(folder, 'ports.json');

type Ports = z.infer<typeof portsSchema>;

function lastPorts(folder: string): Ports | undefined {
  const file = portsFile(folder);
  return existsSync(file) ? portsSchema.safeParse(running.parseJson(readFileSync(file, 'utf8'))).data : undefined;
}

/** The ports of the last time come first, so that bookmarks stay good. */
const portsFor = (name: keyof Ports, usual: number, last: Ports | undefined): readonly number[] => [
  ...new Set([last?.[name] ?? usual, usual]),
];

function preferredPorts(folder: string): PreferredPorts {
  const last = lastPorts(folder);
  const list = (name: keyof PreferredPorts) => portsFor(name, DEFAULT_PORTS[name], last);
  return {
    temporal: list('temporal'),
    temporalUi: list('temporalUi'),
    postgres: list('postgres'),
    smtp: list('smtp'),
    mailbox: list('mailbox'),
  };
}

const rememberPorts = (folder: string, ports: Partial<Record<keyof Ports, number | undefined>>): void =>
  running.writePrivately(portsFile(folder), `${JSON.stringify(ports)}\n`);

/** A fault of the program itself is told with the place where it happened; everything else is a sentence already. */
function tell(error: Error): void {
  const ours = error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
  process.stderr.write(`${ours ? error.stack : error.message}\n`);
}

main().then(
  () => process.exit(0),
  (error: Error) => {
    tell(error);
    process.exit(error instanceof Refusal ? error.exitStatus : 1);
  },
);
