import type { Kysely } from 'kysely';
import { type Restored, restoreBackup } from '../database/backup/restore.ts';
import { writeBackup } from '../database/backup/write.ts';
import { connect, connectReading, forMigrations } from '../database/connect.ts';
import { type Prepared, prepareRegister, refuseNewerRegister, type RegisterUrls } from '../database/migrate.ts';
import { type Erased, type Erasure, erasePerson } from '../database/erasure/erase.ts';
import * as retention from '../database/erasure/retention.ts';
import type { PastCase, Removal } from '../database/erasure/retention.ts';
import type { Database } from '../database/schema.ts';
import { readDatabaseUrls, readStackKeys } from '../stack/settings.ts';
import { type BackupFile, checkBackupFile, rowsOf, writeBackupFile } from './backup-file.ts';
import { BesideCases } from './beside-cases.ts';
import { checkErasuresFile, erasedAmong, keepErasure } from './erasures-file.ts';
import { unlessRefused } from './errors.ts';
import { removeKeysOf } from './key-files.ts';
import { proverOf } from './proofs.ts';
import { registerOf, unavailable } from './register.ts';
import { settingsFrom } from './settings.ts';

export type { PastCase } from '../database/erasure/retention.ts';
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
export async function restore(
  file: string,
  urls: RegisterUrls = readDatabaseUrls(),
): Promise<BackupFile & Restored & BroughtBack> {
  const checked = await checkBackupFile(file);
  await prepare(urls);
  const restored = await asOwner(urls, (owner) => restoreBackup(owner, { ...checked, rows: rowsOf(file) }));
  // Tables of an earlier version were made anew.
  await prepare(urls);
  const people = await asOwner(urls, (owner) => owner.selectFrom('people').select('id').orderBy('id').execute());
  return { ...checked, ...restored, broughtBack: erasedAmong(people.map(({ id }) => id)) };
}

/** People who were erased after the backup had been taken, and are in the register again; undefined where that is not known. */
export interface BroughtBack {
  readonly broughtBack: readonly string[] | undefined;
}

/**
 * Puts a pseudonym in the place of a person everywhere on record. It cannot be taken back.
 *
 * @throws {@link RefusedError} if the person is unknown or still needed, or `by` is unknown
 * @throws {@link UsageError} if it cannot be kept who was erased
 * @throws {@link UnavailableError} if Postgres does not answer, or the role may not do this
 */
export async function erase(erasure: Erasure, urls: RegisterUrls = readDatabaseUrls()): Promise<Erased> {
  checkErasuresFile();
  const erased = unlessRefused(
    await asOwner(urls, async (owner) => {
      const { by, ...fields } = erasure;
      const register = registerOf(owner);
      const besideCases = new BesideCases(register, proverOf(settingsFrom(process.env), register));
      const said = { command: 'person erase', about: `person/${erasure.person}`, by, fields } as const;
      return erasePerson(owner, erasure, await besideCases.signed(said));
    }),
  );
  keepErasure(erasure.person, erased.pseudonym);
  const keys = readStackKeys();
  if (keys !== undefined) removeKeysOf(keys, erasure.person);
  return erased;
}

/** Cases that ended before an instant, with those that stay because an open one names them. */
export const pastCases = (before: string, urls: RegisterUrls = readDatabaseUrls()): Promise<readonly PastCase[]> =>
  connected(urls.databaseReaderUrl, connectReading, (db) => retention.pastCases(db, before));

/**
 * Removes cases that ended before an instant, as a whole. It cannot be taken back.
 *
 * @throws {@link RefusedError} if there are none, or `by` is unknown
 * @throws {@link UnavailableError} if Postgres does not answer, or the role may not do this
 */
export async function removePastCases(
  removal: Removal,
  urls: RegisterUrls = readDatabaseUrls(),
): Promise<readonly PastCase[]> {
  return unlessRefused(await asOwner(urls, (owner) => retention.removePastCases(owner, removal)));
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
