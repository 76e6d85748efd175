import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

type Owner = { uid: number; gid: number };

/** As whom Postgres runs: `prefix` goes before its command, `spawnAs` into the options of spawn. */
export type PostgresAccount = { owner?: Owner; spawnAs: Partial<Owner>; prefix: string[] };

/**
 * Postgres refuses to run as root. Then it runs as `postgres` or else `nobody`, which every system has, and is to own
 * its data in `folder`. Nothing changes for everybody else.
 */
export async function postgresAccount(folder: string, binary: string): Promise<PostgresAccount> {
  if (process.getuid?.() !== 0) return { spawnAs: {}, prefix: [] };
  const owner = await unprivileged(join(folder, 'postgres'));
  if ((await isOpenToAll(folder)) && (await isOpenToAll(dirname(binary)))) return { owner, spawnAs: owner, prefix: [] };
  // A checkout under /root or in a temporary folder of root's: reachable for root alone. Keep root's right to
  // reach files, and nothing else of root; without the last flag access(2), with which Postgres looks for its
  // own executables, would not count that right.
  const ids = [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'];
  const keep = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override', '--securebits=+no_setuid_fixup'];
  return { owner, spawnAs: {}, prefix: ['setpriv', ...ids, ...keep] };
}

/** The command line that runs a program as this account. */
export function asAccount({ prefix }: PostgresAccount, program: string, args: string[]): [string, string[]] {
  const [first = program, ...rest] = [...prefix, program, ...args];
  return [first, rest];
}

async function unprivileged(dataFolder: string): Promise<Owner> {
  const earlier = await stat(dataFolder).catch(() => undefined);
  if (earlier) return { uid: earlier.uid, gid: earlier.gid };
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
