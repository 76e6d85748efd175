import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { person as personId } from '../domain/fields.ts';
import { SettingsError } from '../stack/settings.ts';
import { type SigningKey, signingKey } from './proofs.ts';

/** Where the private keys of whoever works at this computer lie: ENTENTE_KEYS_FOLDER, else by the rules for settings of one's own. */
export const keysFolder = (env: NodeJS.ProcessEnv): string =>
  env['ENTENTE_KEYS_FOLDER'] || join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'entente');

const keyFileOf = (folder: string, person: string): string => join(folder, `${person}.pem`);

/** Of a key that is to take the place of the one that there is: no person's id has a dot. */
const nextFileOf = (folder: string, person: string): string => keyFileOf(folder, `${person}.next`);

/**
 * The keys of somebody in a folder, if there are any: the one that is to take the other's place first.
 *
 * @throws {@link SettingsError} if others can read one, or it is no key
 */
export const readKeysOf = (folder: string, person: string): readonly SigningKey[] =>
  personId.safeParse(person).success
    ? [nextFileOf(folder, person), keyFileOf(folder, person)].flatMap((file) => readKey(file) ?? [])
    : [];

/** The one with which they sign, of which there may be a next. */
export const readKeyOf = (folder: string, person: string): SigningKey | undefined =>
  personId.safeParse(person).success ? readKey(keyFileOf(folder, person)) : undefined;

function readKey(file: string): SigningKey | undefined {
  const read = readIfThere(file);
  if (read === undefined) return undefined;
  if (process.platform !== 'win32' && (read.mode & 0o077) !== 0)
    throw new SettingsError([
      `Others can read the key in ${file}; log in again (\`./entente login\`), which makes another one.`,
    ]);
  try {
    return signingKey(read.pem);
  } catch {
    throw new SettingsError([`There is no key in ${file}; log in again (\`./entente login\`).`]);
  }
}

function readIfThere(file: string): { readonly pem: string; readonly mode: number } | undefined {
  try {
    return { pem: readFileSync(file, 'utf8'), mode: statSync(file).mode };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Keeps a key, for its owner alone, in place of those before. */
export function writeKeyOf(folder: string, person: string, pem: string): string {
  const file = keyFileOf(folder, person);
  renameSync(draftOf(folder, file, pem), file);
  rmSync(nextFileOf(folder, person), { force: true });
  return file;
}

/**
 * Keeps a key beside the one that there is, whose place it takes by {@link putNextKeyOf}. Whoever is killed before that, or
 * does it twice at the same instant, goes on with the one that is kept already.
 */
export function keepNextKeyOf(folder: string, person: string, pem: string): SigningKey {
  const file = nextFileOf(folder, person);
  const draft = draftOf(folder, file, pem);
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readKey(file) ?? signingKey(pem);
}

/** The next key in the place of the one before. Safe to repeat: it is there then. */
export function putNextKeyOf(folder: string, person: string, id: string): string {
  const file = keyFileOf(folder, person);
  try {
    // Another one may have kept one more since, which is not good yet.
    if (readKey(nextFileOf(folder, person))?.id === id) renameSync(nextFileOf(folder, person), file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return file;
}

/** Removes all that a folder keeps of somebody's keys, drafts of whoever was killed among it. Safe to repeat. */
export function removeKeysOf(folder: string, person: string): void {
  if (!personId.safeParse(person).success) return;
  for (const name of readdirIfThere(folder))
    if (name.startsWith(`${person}.`)) rmSync(join(folder, name), { force: true });
}

function readdirIfThere(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function draftOf(folder: string, file: string, pem: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, pem, { mode: 0o600 });
  return draft;
}
