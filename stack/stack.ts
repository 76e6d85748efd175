import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Guard, startGuard } from './guard.ts';
import { type Mailbox, startMailbox } from './mailbox/mailbox.ts';
import { freePort, freePorts } from './ports.ts';
import { type PostgresServer, startPostgres } from './postgres.ts';
import { shutToOthers } from './private.ts';
import { namedServices, readSettings, type Settings, withStandIns } from './settings.ts';
import { startTemporalServer, type TemporalServer } from './temporal-server.ts';
import { openUiDoor, type UiDoor, uiToken } from './ui-door.ts';

const NO_PREFERENCE = { temporal: [], temporalUi: [], postgres: [], smtp: [], mailbox: [] };

/** Ports to try first, by service; the last one's neighbours come next, then any. */
export type PreferredPorts = Record<keyof typeof NO_PREFERENCE, readonly number[]>;

export type StackOptions = {
  /** Where state is kept from one start to the next; absent: a temporary folder, removed at the end. */
  folder?: string;
  /** Services that this environment points at are used as they are, and not started. */
  env?: NodeJS.ProcessEnv;
  preferredPorts?: PreferredPorts;
  /** Further dynamic settings of our Temporal server, as KEY=VALUE. */
  dynamicConfig?: readonly string[];
  onProgress?: (line: string) => void;
};

/** The services that a worker needs, up and healthy. */
export type Stack = {
  temporal: {
    address: string;
    namespace: string;
    /** With the token that lets in, when the server is ours. */
    uiUrl?: string;
  };
  /** Where its state is. */
  folder: string;
  /** Where it keeps the keys with which it signs for whom its owner names; absent where everybody is to log in. */
  keysFolder?: string;
  /** The worker's; those of the other roles are in `settings`. */
  databaseUrl: string;
  /** When Postgres is ours: for tests and measurements, which need more than a register does. */
  superuserUrl?: string;
  smtpUrl: string;
  mailboxUrl?: string;
  /** The same as `readSettings` gives in a child process that has `env`. */
  settings: Settings;
  /** The mailbox, when it is ours: its messages can be read in process. */
  mailbox?: Mailbox;
  /** What to add to the environment of a child process, so that it uses these services. */
  env: Record<string, string>;
  /** The ports in use and the ids of the server processes, by service. */
  ports: Partial<Record<keyof PreferredPorts, number>>;
  pids: Partial<Record<'temporal' | 'postgres', number>>;
  /** Stops what is given to it before the services, if we are killed. */
  guard: Guard;
  /** Resolves with a sentence when a server of ours ends without having been asked to. */
  failure: Promise<string>;
  /** Stops everything, in order. */
  stop(): Promise<void>;
};

/** Nothing of it is somebody's own: what is tried out there is in nobody's way. */
export const isAllOurs = ({ pids, mailbox }: Pick<Stack, 'pids' | 'mailbox'>): boolean =>
  Boolean(pids.temporal && pids.postgres && mailbox);

type Parts = { mailbox?: Mailbox; temporal?: TemporalServer; uiDoor?: UiDoor; postgres?: PostgresServer };

/** Starts Temporal, Postgres and the mailbox side by side, but for those that the environment names. */
export async function startStack({
  folder,
  env = process.env,
  preferredPorts = NO_PREFERENCE,
  dynamicConfig = [],
  onProgress,
}: StackOptions = {}): Promise<Stack> {
  // Faults in what the environment names are told before anything is started.
  readSettings(withStandIns(env));
  const temporary = folder === undefined;
  const home = folder ?? mkdtempSync(join(tmpdir(), 'entente-'));
  mkdirSync(home, { recursive: true });
  shutToOthers(home);
  const guard = startGuard(temporary ? home : undefined);
  const parts: Parts = {};
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= stopParts(parts, guard));
  try {
    await startParts(parts, {
      home,
      durable: !temporary,
      env,
      preferredPorts,
      dynamicConfig,
      guard,
      onProgress: onProgress ?? (() => {}),
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return describe(parts, { home, env, guard, stop, isStopping: () => stopping !== undefined });
}

type StartContext = Required<Pick<StackOptions, 'env' | 'preferredPorts' | 'dynamicConfig' | 'onProgress'>> & {
  home: string;
  durable: boolean;
  guard: Guard;
};

async function startParts(
  parts: Parts,
  { home, durable, env, preferredPorts, dynamicConfig, guard, onProgress }: StartContext,
): Promise<void> {
  const named = namedServices(env);
  const kept = durable ? home : undefined;
  const ports = await freePorts(preferredPorts);
  const starts = {
    async postgres() {
      parts.postgres = await startPostgres({ folder: home, durable, port: ports.postgres, guard });
    },
    async temporal() {
      const own = { server: ports.temporal, ui: await freePort([], Object.values(ports)) };
      parts.temporal = await startTemporalServer({ folder: kept, ports: own, dynamicConfig, env, guard, onProgress });
      const { namespace } = parts.temporal;
      const { uiHost, ports: taken } = parts.temporal;
      const door = { uiHost, uiPort: taken.ui, port: ports.temporalUi };
      parts.uiDoor = await openUiDoor({ ...door, token: uiToken(kept), namespace });
    },
    async mailbox() {
      const own = { smtp: ports.smtp, web: ports.mailbox };
      parts.mailbox = await startMailbox({ folder: kept && join(kept, 'mail'), ports: own, onDamaged: onProgress });
    },
  };
  // All must have come to an end, well or badly, before what did start can be stopped.
  const results = await Promise.allSettled(
    [
      named.database ? undefined : starts.postgres(),
      named.temporal ? undefined : starts.temporal(),
      named.smtp ? undefined : starts.mailbox(),
    ].filter((start) => start !== undefined),
  );
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

async function stopParts({ mailbox, temporal, uiDoor, postgres }: Parts, guard: Guard): Promise<void> {
  await mailbox?.stop();
  await uiDoor?.stop();
  await temporal?.stop();
  await postgres?.stop();
  await guard.release();
}

type Running = Pick<StartContext, 'home' | 'env' | 'guard'> & { stop: () => Promise<void>; isStopping: () => boolean };

function describe(parts: Parts, { home, env, guard, stop, isStopping }: Running): Stack {
  const { mailbox, temporal, uiDoor, postgres } = parts;
  const ours = environmentOf(parts, env);
  const settings = readSettings({ ...env, ...ours });
  const failure = new Promise<string>((resolve) => {
    const watch = (name: string, server: TemporalServer | PostgresServer | undefined) =>
      server?.child.once('exit', (code, signal) => {
        if (!isStopping()) resolve(`${name} has ended unasked (${signal ?? `exit status ${code}`}).`);
      });
    watch('The Temporal server', temporal);
    watch('Postgres', postgres);
  });
  return {
    temporal: {
      address: settings.temporal.connectionOptions.address,
      namespace: settings.temporal.namespace,
      uiUrl: settings.uiUrl,
    },
    folder: home,
    ...(temporal && postgres && settings.unproved !== 'nobody' && { keysFolder: join(home, 'keys') }),
    databaseUrl: settings.databaseUrl,
    ...(postgres && { superuserUrl: postgres.superuserUrl }),
    smtpUrl: settings.smtpUrl,
    mailboxUrl: settings.mailboxUrl,
    settings,
    mailbox,
    env: ours,
    ports: {
      temporal: temporal?.ports.server,
      temporalUi: uiDoor?.port,
      postgres: postgres?.port,
      smtp: mailbox?.ports.smtp,
      mailbox: mailbox?.ports.web,
    },
    pids: { temporal: temporal?.child.pid, postgres: postgres?.child.pid },
    guard,
    failure,
    stop,
  };
}

function environmentOf({ mailbox, temporal, uiDoor, postgres }: Parts, env: NodeJS.ProcessEnv): Record<string, string> {
  const variables: Record<string, string> = {};
  if (temporal) {
    // A key, a certificate or a profile in the user's environment is for another server than ours.
    for (const name of Object.keys(env))
      if (name.startsWith('TEMPORAL_') && name !== 'TEMPORAL_CLI') variables[name] = '';
    variables.TEMPORAL_ADDRESS = temporal.address;
    variables.TEMPORAL_NAMESPACE = temporal.namespace;
  }
  if (temporal && postgres && !env.ENTENTE_UNPROVED) variables.ENTENTE_UNPROVED = 'operators';
  if (uiDoor) variables.ENTENTE_UI_URL = uiDoor.url;
  if (postgres) {
    variables.DATABASE_URL = postgres.urls.worker;
    variables.DATABASE_OWNER_URL = postgres.urls.owner;
    variables.DATABASE_READER_URL = postgres.urls.reader;
  }
  if (mailbox) {
    variables.SMTP_URL = mailbox.smtpUrl;
    variables.ENTENTE_MAILBOX_URL = mailbox.url;
  }
  return variables;
}
