import type { Kysely } from 'kysely';
import { type Restored, restoreBackup } from '../database/backup/restore.ts';
import { writeBackup } from '../database/backup/write.ts';
import { connect, connectReading, forMigrations } from '../database/connect.ts';
import { type Prepared, prepareRegister, refuseNewerRegister, type RegisterUrls } from '../database/migrate.ts';
import type { Database } from '../database/schema.ts';
import { readDatabaseUrls } from '../stack/settings.ts';
import { type BackupFile, checkBackupFile, rowsOf, writeBackupFile } from './backup-file.ts';
import { unavailable } from './register.ts';

export { RestoreError } from '../database/backup/restore.ts';
export { type BackupFile, checkBackupFile } from './backup-file.ts';

/**
 * Brings the register to this version as its owner, and grants to the roles of the worker and the reader what they may.
 *
 * @throws {@link UnavailableError} if Postgres does not answer, or the role may not do this
 */
export const prepare = (urls: RegisterUrls = readDatabaseUrls()): Promise<Prepared> =>
  explained(urls.databaseOwnerUrl, () => prepareRegister(urls));

/**
 * Writes all that is on record at one moment to a new file, while everything goes on. Any role that reads will do.
 *
 * @throws {@link UsageError} if the file is there already or cannot be written
 * @throws {@link UnavailableError} if Postgres does not answer
 */
export const backup = (file: string, urls: RegisterUrls = readDatabaseUrls()): Promise<BackupFile> =>
  connected(urls.databaseReaderUrl, connectReading, (db) => writeBackupFile(file, (write) => writeBackup(db, write)));

/**
 * Restores a backup into an empty register, as a whole or not at all.
 *
 * Afterwards `./entente check` says which cases nobody runs, and reviving them starts them from the register.
 *
 * @throws `RestoreError` if the file is damaged or of a newer version, or the register is not empty
 * @throws {@link UnavailableError} if Postgres does not answer, or the role may not do this
 */
export async function restore(file: string, urls: RegisterUrls = readDatabaseUrls()): Promise<BackupFile & Restored> {
  const checked = await checkBackupFile(file);
  await prepare(urls);
  const restored = await asOwner(urls, (owner) => restoreBackup(owner, { ...checked, rows: rowsOf(file) }));
  // Tables of an earlier version were made anew.
  await prepare(urls);
  return { ...checked, ...restored };
}

const asOwner = <T>(urls: RegisterUrls, act: (owner: Kysely<Database>) => Promise<T>): Promise<T> =>
  connected(urls.databaseOwnerUrl, connect, act);

const connected = <T>(url: string, open: typeof connect, act: (db: Kysely<Database>) => Promise<T>): Promise<T> =>
  explained(url, async () => {
    const db = open(url, 1, forMigrations);
    try {
      await refuseNewerRegister(db);
      return await act(db);
    } finally {
      await db.destroy();
    }
  });

async function explained<T>(url: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw unavailable(error, url) ?? error;
  }
}
