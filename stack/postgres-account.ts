import { execFile } from 'node:child_process';
import { chown, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

type Owner = { uid: number; gid: number };

/** As whom Postgres runs: `prefix` goes before its command, `spawnAs` into the options of spawn. */
export type PostgresAccount = { owner?: Owner; spawnAs: Partial<Owner>; prefix: string[] };

/**
 * Postgres refuses to run as root. Then it runs as `postgres` or else `nobody`, which every system has, and owns its
 * data folder. Nothing changes for everybody else.
 */
export async function postgresAccount(dataFolder: string, binary: string): Promise<PostgresAccount> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  if (process.getuid?.() !== 0) return { spawnAs: {}, prefix: [] };
  const owner = await unprivileged(dataFolder);
  const { uid, gid } = owner;
  await chown(dataFolder, uid, gid);
  if ((await isOpenToAll(dirname(dataFolder))) && (await isOpenToAll(dirname(binary)))) {
    return { owner, spawnAs: owner, prefix: [] };
  }
  // A checkout under /root or in a temporary folder of root's: reachable for root alone. Keep root's right to
  // reach files, and nothing else of root.
  const keep = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  return { owner, spawnAs: {}, prefix: ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...keep] };
}

/** The command line that runs a program as this account. */
export function asAccount({ prefix }: PostgresAccount, program: string, args: string[]): [string, string[]] {
  const [first = program, ...rest] = [...prefix, program, ...args];
  return [first, rest];
}

async function unprivileged(dataFolder: string): Promise<Owner> {
  const owner = await stat(dataFolder);
  if (owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  for (const name of ['postgres', 'nobody']) {
    try {
      const [uid, gid] = await Promise.all(
        ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, name])).stdout)),
      );
      if (uid && gid) return { uid, gid };
    } catch {
      // No such user: try the next.
    }
  }
  throw new Error(
    'Postgres cannot run as root, and this system has neither a user `postgres` nor `nobody` to run it as.',
  );
}

async function isOpenToAll(folder: string): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    if (((await stat(at)).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}
