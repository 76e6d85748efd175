import { type ChildProcess, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:http';
import { connect, createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChromium } from '../../docs/pictures/chromium.ts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { connectEntente, type Entente } from '../../client/client.ts';
import { readDirectoryFiles } from '../../client/directory-files.ts';
import { settingsFrom } from '../../client/settings.ts';
import { answerAsNewcomer, type Moment } from '../../docs/pictures/newcomer.ts';
import { projectRoot } from '../../stack/running.ts';
import { readSettings } from '../../stack/settings.ts';
import { portsOf, processesWith } from './processes-of.ts';
import { seenWhoActs } from './who-acts.ts';

const waiting = { timeout: 150_000, interval: 50 };

/** One folder for all: to begin anew, and to come up, is what costs. Each test goes on where the one before it ended. */
let folder: string;
const started: Start[] = [];

type Start = { child: ChildProcess; output: () => string; ended: Promise<number | null> };

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'entente-start-'));
});

afterAll(async () => {
  for (const { child, ended } of started) {
    child.kill('SIGTERM');
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

function environment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, ENTENTE_FOLDER: folder };
  for (const name of ['TEMPORAL_ADDRESS', 'TEMPORAL_PROFILE', 'TEMPORAL_CONFIG_FILE', 'DATABASE_URL', 'SMTP_URL'])
    delete env[name];
  return env;
}

/** A fault that nobody catches, made on demand in the process that is started. */
const faultOnSignal = `data:text/javascript,process.on('SIGUSR2',()=>{throw new Error('made on purpose')})`;

/** From a shell that leaves all that is written open to everybody. */
function start(...options: string[]): Start {
  const args = ['--import', faultOnSignal, 'stack/run.mjs', 'stack/start.ts', ...options];
  const child = spawn('sh', ['-c', 'umask 000; exec "$@"', 'sh', process.execPath, ...args], {
    cwd: projectRoot,
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)));
  const ended = new Promise<number | null>((resolve) => child.once('close', (status) => resolve(status)));
  const one = { child, output: () => text, ended };
  started.push(one);
  return one;
}

const untilUp = (one: Start) =>
  vi.waitFor(() => expect(one.output()).toContain('Entente is up'), { ...waiting, timeout: 150_000 });

/** The ids of the servers and of the worker, which comes last. */
const processes = (): number[] =>
  (JSON.parse(readFileSync(join(folder, 'processes.json'), 'utf8')) as { pid: number }[]).map(({ pid }) => pid);

/** What lies in the state folder, besides what Postgres keeps, and can be read or entered by another account. */
const openToOthers = (): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !/^postgres(\/|$)/.test(name) && (statSync(join(folder, name)).mode & 0o077) !== 0)
    .sort();

/** What is answered to a target that `fetch` would not send. */
const rawStatus = (url: string, path: string) =>
  new Promise((resolve, reject) => {
    const asked = request(url, { path }, (answer) => resolve(answer.resume().statusCode));
    asked.on('error', reject).end();
  });

/** The addresses of this machine, but for the one at which all is to listen; on every Linux there is another loopback. */
const elsewhere = (): readonly string[] => [
  '127.0.0.2',
  ...Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .flatMap(({ address, internal }) => (internal || address.startsWith('fe80:') ? [] : address)),
];

/** Ports of these processes that somebody gets through to from another machine, or as if from one. */
async function answeringElsewhere(pids: readonly number[]): Promise<readonly string[]> {
  const ports = pids.flatMap(portsOf);
  // Postgres, the mailbox and its SMTP, the pages, the door of the UI, and seven of Temporal.
  expect(ports.length).toBeGreaterThanOrEqual(12);
  const places = ports.flatMap((port) => elsewhere().map((host) => ({ host, port })));
  const answers = await Promise.all(
    places.map(
      ({ host, port }) =>
        new Promise<readonly string[]>((resolve) => {
          const asked = connect({ host, port, timeout: 5_000 });
          const end = (found: readonly string[]): void => {
            resolve(found);
            asked.destroy();
          };
          asked.once('connect', () => end([`${host}:${port}`]));
          for (const refused of ['error', 'timeout']) asked.once(refused, () => end([]));
        }),
    ),
  );
  return answers.flat();
}

const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}`);

/** Servers and the worker; the guard goes a moment after its start does. */
const leftOver = (pids: readonly number[]) => [
  ...processesWith(`${folder}/`).filter((line) => !line.includes('start.ts')),
  ...pids.filter(isAlive),
];

/** The library, on what runs in the folder. */
const library = (): Entente => connectEntente(settingsFrom(environment()));

async function openAction(): Promise<void> {
  const entente = library();
  const { directory } = await readDirectoryFiles([join(projectRoot, 'examples/directory.yaml')]);
  await entente.importDirectory(directory, [], 'kim-minji');
  const place = { countries: ['KR'], coordinator: 'kim-minji', by: 'kim-minji' };
  const due = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
  await entente.open('action', { id: 'a1', title: 'A portal', topic: 'A portal', owner: 'klid', due, ...place });
  await entente.close();
}

/** What README tells a newcomer to do in a browser, and what is on record then. */
async function answered(mailboxUrl: string): Promise<readonly Moment[]> {
  const browser = await startChromium();
  const seen: Moment[] = [];
  try {
    await answerAsNewcomer(await browser.newContext(), mailboxUrl, async (_, moment) => seen.push(moment));
  } finally {
    await browser.close();
  }
  return seen;
}

/** What the test before has left up. */
function running(): Start {
  const last = started.at(-1);
  if (!last || last.child.exitCode !== null) throw new Error('Run the tests of this file together.');
  return last;
}

test('options: an unknown one is told, --fresh needs --yes where nobody can be asked', async () => {
  const unknown = start('--frehs');
  expect(await unknown.ended).toBe(2);
  expect(unknown.output()).toMatch(/^Unknown option '--frehs'.*\n$/);
  const help = start('--help');
  expect(await help.ended).toBe(0);
  for (const line of help.output().split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  expect(existsSync(join(folder, 'start.lock'))).toBe(false);
  writeFileSync(join(folder, 'temporal.db'), 'cases');
  const fresh = start('--fresh');
  expect(await fresh.ended).toBe(1);
  expect(fresh.output()).toContain('--yes');
  expect(readFileSync(join(folder, 'temporal.db'), 'utf8')).toBe('cases');
  rmSync(join(folder, 'temporal.db'));
});

test('it comes up, refuses a second one, keeps a worker running, and Ctrl-C stops it all', async () => {
  // As an earlier version, or a copy of the folder, may have left them.
  mkdirSync(join(folder, 'mail'), { mode: 0o755 });
  for (const name of ['mail/1.json', 'worker.log', 'temporal.log'])
    writeFileSync(join(folder, name), '', { mode: 0o644 });
  const first = start();
  await untilUp(first);
  await vi.waitFor(() => expect(first.output()).toContain('\nCases: no case is open.'), waiting);
  expect(first.output()).toContain(`its files stay in ${join(folder, 'mail')}: 1.`);
  const running = JSON.parse(readFileSync(join(folder, 'running.json'), 'utf8'));
  expect(statSync(join(folder, 'running.json')).mode & 0o777).toBe(0o600);
  for (const address of [running.temporal.uiUrl, running.mailboxUrl]) expect(first.output()).toContain(address);
  expect(first.output()).not.toContain(new URL(running.databaseUrl).password);
  expect(/http\S+/.exec(first.output())?.[0]).toBe(`${running.pagesUrl}/desk`);
  expect(readSettings(environment())).toMatchObject({ databaseUrl: running.databaseUrl, smtpUrl: running.smtpUrl });

  for (const second of [start(), start('--fresh', '--yes')]) {
    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(/^npm start runs here already/);
    expect(second.output()).toContain(running.temporal.uiUrl);
  }

  expect(await answeringElsewhere([Number(first.child.pid), ...processes()])).toEqual([]);
  expect((await fetch(running.temporal.uiUrl, { redirect: 'manual' })).status).toBe(200);
  expect(openToOthers()).toEqual([]);
  expect(statSync(folder).mode & 0o777).toBe(process.getuid?.() === 0 ? 0o711 : 0o700);

  expect(await rawStatus(running.mailboxUrl, '//[')).toBe(400);
  process.kill(Number(first.child.pid), 'SIGUSR2');
  await vi.waitFor(() => expect(first.output()).toContain('which goes on:\nError: made on purpose'), waiting);
  expect((await fetch(running.mailboxUrl)).status).toBe(200);

  expect(await answered(running.mailboxUrl)).toContain('verified');
  const asked = library();
  const { rows: story } = await asked.history('action/first-answer');
  expect(story.at(-1)).toMatchObject({ type: 'verified', by: 'kim-minji' });
  await asked.close();
  expect(await (await fetch(running.mailboxUrl)).text()).not.toContain('Begin the example');
  expect((await fetch(`${running.mailboxUrl}/example`, { method: 'POST', redirect: 'manual' })).status).toBe(303);

  process.kill(Number(processes().at(-1)), 'SIGKILL');
  await vi.waitFor(() => expect(first.output()).toContain('The worker is ready again.'), waiting);
  expect(first.output()).toContain('The worker has ended (SIGKILL)');
  await openAction();
  await seenWhoActs(folder, running.temporal);

  const pids = processes();
  first.child.kill('SIGINT');
  first.child.kill('SIGINT');
  expect(await first.ended).toBe(0);
  expect(leftOver(pids)).toEqual([]);
  expect(existsSync(join(folder, 'running.json'))).toBe(false);
  expect(() => readSettings(environment())).toThrow(/npm start/);
});

test('pages whose port somebody takes before they do have another one, and letters lead there', async () => {
  // What the next test finds then.
  for (const file of readdirSync(folder)) if (file.startsWith('temporal.db')) rmSync(join(folder, file));
  const { web } = JSON.parse(readFileSync(join(folder, 'ports.json'), 'utf8'));
  const other = createServer();
  const again = start();
  // As the pages do a moment later, and as another start at the same instant would.
  again.child.stdout?.on('data', (chunk) => {
    if (String(chunk).includes('the answer pages …') && !other.listening) other.listen(web, '127.0.0.1');
  });
  await untilUp(again);
  expect(again.output()).toContain(`Somebody else has taken port ${web} meanwhile.`);
  const { pagesUrl } = JSON.parse(readFileSync(join(folder, 'running.json'), 'utf8'));
  expect(new URL(pagesUrl).port).not.toBe(String(web));
  expect((await fetch(`${pagesUrl}/livez`)).status).toBe(200);
  const asked = library();
  expect(await asked.sessions.linksLeadTo()).toBe(pagesUrl);
  await asked.close();
  expect(JSON.parse(readFileSync(join(folder, 'ports.json'), 'utf8')).web).toBe(Number(new URL(pagesUrl).port));
  await new Promise((resolve) => other.close(resolve));
});

test('a Temporal that knows nothing beside a register with open cases is said loudly, and reviving mends it', async () => {
  const second = running();
  await vi.waitFor(
    () => expect(second.output()).toMatch(/\nATTENTION: None of 1 open case is running.*`\.\/entente revive --all`/),
    waiting,
  );
  const again = library();
  // What has moved within ten seconds is not judged: Temporal's lists follow after a moment.
  await vi.waitFor(async () => expect((await again.health.check()).findings).toHaveLength(1), waiting);
  expect(await again.health.revive('all', { by: 'kim-minji' })).toEqual([{ case: 'action/a1', outcome: 'revived' }]);
  await vi.waitFor(async () => expect((await again.health.check()).findings).toEqual([]), waiting);
  await again.close();
  const held = '\nCases: each was held against Temporal: 1 open case, all carried on.';
  await vi.waitFor(() => expect(second.output()).toContain(held), waiting);
});

test('when it is killed its guard stops everything, and when both are killed the next one does', async () => {
  const first = running();
  const ports = readFileSync(join(folder, 'ports.json'), 'utf8');
  const pids = processes();
  expect(pids).toHaveLength(4);
  const guard = readFileSync(`/proc/${first.child.pid}/task/${first.child.pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('guard.mjs'));
  process.kill(Number(guard), 'SIGKILL');
  first.child.kill('SIGKILL');
  await first.ended;
  const second = start();
  await untilUp(second);
  expect(readFileSync(join(folder, 'ports.json'), 'utf8')).toBe(ports);
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
  const again = processes();
  second.child.kill('SIGKILL');
  await vi.waitFor(() => expect(leftOver(again)).toEqual([]), waiting);
});
