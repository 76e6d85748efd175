import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { lookAtCases } from './cases.ts';
import { lookAtRoles } from './database-roles.ts';
import { lookAtLetterPages } from './letter-pages.ts';
import { saidOfOtherNode } from './node-version.mjs';
import { postgresBinaries } from './postgres-binaries.ts';
import { type Reached, reachDatabase, reachSmtp, reachTemporal } from './reach.ts';
import { withoutPassword } from './redacted.ts';
import { readRunning, stateFolder } from './running.ts';
import { databaseWire, smtpWire, temporalWire } from './settings-clear-text.ts';
import { namedServices, readSettings, type Settings, SettingsError, withStandIns } from './settings.ts';
import { lookAtServiceRoles } from './service-roles.ts';
import { OLDEST_CLI, presentTemporalCli } from './temporal-cli.ts';

const run = promisify(execFile);

/** One thing that was looked for. `needed` is true when `npm run demo`, or what is kept here, cannot do without it. */
export type Finding = { name: string; ok: boolean; needed: boolean; says: string };

/** The finding that speaks of what is kept here, not of what this machine has. */
export const casesFinding = 'Cases';

/** Looks for everything that Entente uses, on this machine and where the settings point. */
export async function lookAround(env: NodeJS.ProcessEnv): Promise<Finding[]> {
  const named = namedServices(env);
  const programs = await Promise.all([
    lookForPython(),
    lookForTemporal(env, !named.temporal),
    lookForPostgres(!named.database),
    lookForChromium(),
  ]);
  return [lookForNode(), ...programs, lookForStart(env), ...(await lookAtServices(env))];
}

function lookForNode(): Finding {
  const other = saidOfOtherNode();
  const says = [process.versions.node, ...(other ? [other] : [])].join(', ');
  return { name: 'Node', ok: !other, needed: false, says };
}

const firstLine = async (command: string, args: string[]): Promise<string | undefined> => {
  try {
    return (await run(command, args, { timeout: 15_000 })).stdout.trim().split('\n')[0];
  } catch {
    return undefined;
  }
};

async function lookForPython(): Promise<Finding> {
  const version = await firstLine('python3', ['-m', 'pip', '--version']);
  const says = version
    ? version.replace(/^pip (\S+) .*\(python (.*)\)$/, '$2 with pip $1')
    : 'python3 with pip is missing; one of the ways to fetch a Temporal server needs it.';
  return { name: 'Python', ok: Boolean(version), needed: false, says };
}

async function lookForTemporal(env: NodeJS.ProcessEnv, needed: boolean): Promise<Finding> {
  const name = 'Temporal CLI';
  try {
    const cli = await presentTemporalCli(env);
    if (cli) return { name, ok: true, needed, says: `${cli.version}, ${cli.path} (${cli.source})` };
    const says = `none of ${OLDEST_CLI} or newer is here yet; it is fetched once, at the first start.`;
    return { name, ok: false, needed: false, says };
  } catch (error) {
    return { name, ok: false, needed, says: (error as Error).message };
  }
}

async function lookForPostgres(needed: boolean): Promise<Finding> {
  const name = 'Postgres';
  try {
    const { postgres } = await postgresBinaries();
    const version = await firstLine(postgres, ['--version']);
    if (!version) throw new Error(`${postgres} does not run on this machine; set DATABASE_URL to a Postgres of yours.`);
    return { name, ok: true, needed, says: `built in, ${version.replace(/^.*\) /, '')}` };
  } catch (error) {
    return { name, ok: false, needed, says: (error as Error).message };
  }
}

async function lookForChromium(): Promise<Finding> {
  const version = await firstLine('chromium', ['--version']);
  const says = version ?? 'not here; only the pictures for the guide need it.';
  return { name: 'Chromium', ok: Boolean(version), needed: false, says };
}

function lookForStart(env: NodeJS.ProcessEnv): Finding {
  const running = readRunning(stateFolder(env));
  const says = running ? `runs, as process ${running.pid}` : 'does not run; the demo needs none.';
  return { name: 'npm start', ok: Boolean(running), needed: false, says };
}

/** The settings, and whether what they name can be reached. A service that nobody names is ours to start. */
async function lookAtServices(env: NodeJS.ProcessEnv): Promise<Finding[]> {
  const named = namedServices(env);
  const running = readRunning(stateFolder(env));
  let settings: Settings;
  try {
    settings = readSettings(running ? env : withStandIns(env));
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.faults.map((says) => ({ name: 'Settings', ok: false, needed: true, says }));
  }
  const { address, tls } = settings.temporal.connectionOptions;
  const temporal = `${address}, ${temporalWire(address, tls)}`;
  const database = `${withoutPassword(settings.databaseUrl)}, ${databaseWire(settings.databaseUrl)}`;
  const relay = `${withoutPassword(settings.smtpUrl)}, ${smtpWire(settings.smtpUrl)}`;
  const looks: Promise<Finding>[] = [];
  if (named.temporal || running)
    looks.push(finding('Temporal', temporal, named.temporal, reachTemporal(settings.temporal)));
  if (named.database || running)
    looks.push(
      finding('Database', database, named.database, reachDatabase(settings.databaseUrl)),
      lookAtRoles(settings).then((roles) => ({ name: 'Database roles', needed: false, ...roles })),
    );
  if (named.smtp || running) looks.push(finding('Mail relay', relay, named.smtp, reachSmtp(settings.smtpUrl)));
  const says = `mail is sent as ${settings.mailFrom}`;
  const services = await Promise.all(looks);
  const answers = (service: string) => services.some(({ name, ok }) => name === service && ok);
  const roles = answers('Database') ? await lookAtServiceRoles(settings) : undefined;
  const pages = answers('Database') ? await lookAtLetterPages(settings) : undefined;
  const cases = answers('Temporal') && answers('Database') ? await lookAtCases(settings) : undefined;
  return [
    { name: 'Settings', ok: true, needed: true, says },
    ...services,
    ...(roles ? [{ name: 'Who may act', needed: false, ...roles }] : []),
    ...(named.database || running ? [{ name: 'Proofs', ...proofsFinding(settings) }] : []),
    ...(pages ? [{ name: 'Pages', needed: false, ...pages }] : []),
    ...(cases ? [{ name: casesFinding, needed: true, ...cases }] : []),
  ];
}

async function finding(name: string, where: string, needed: boolean, reached: Promise<Reached>): Promise<Finding> {
  const { ok, says } = await reached;
  return { name, ok, needed, says: `${where}: ${says}` };
}

/** Whether a worker with these settings believes whoever gives a command. */
function proofsFinding({ unproved }: Settings): Pick<Finding, 'ok' | 'needed' | 'says'> {
  const says = {
    anybody: 'nothing has to be proved',
    operators: 'what comes without a proof is taken of operators alone (ENTENTE_UNPROVED=operators)',
    nobody: 'every command comes with a proof of who gives it; ./entente login',
  }[unproved];
  return { ok: unproved === 'nobody', needed: false, says };
}
