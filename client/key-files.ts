import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { person as personId } from '../domain/fields.ts';
import { SettingsError } from '../stack/settings.ts';
import { type SigningKey, signingKey } from './proofs.ts';

/** Where the private keys of whoever works at this computer lie: ENTENTE_KEYS_FOLDER, else by the rules for settings of one's own. */
const folderOf = (env: NodeJS.ProcessEnv): string =>
  env['ENTENTE_KEYS_FOLDER'] || join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'entente');

export const keyFileOf = (env: NodeJS.ProcessEnv, person: string): string => join(folderOf(env), `${person}.pem`);

/**
 * The key of somebody at this computer, if they have logged in here.
 *
 * @throws {@link SettingsError} if others can read it, or it is no key
 */
export function readKeyOf(env: NodeJS.ProcessEnv, person: string): SigningKey | undefined {
  if (!personId.safeParse(person).success) return undefined;
  const file = keyFileOf(env, person);
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

/** Keeps a key, for its owner alone, in place of the one before. */
export function writeKeyOf(env: NodeJS.ProcessEnv, person: string, pem: string): string {
  const file = keyFileOf(env, person);
  mkdirSync(folderOf(env), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, pem, { mode: 0o600 });
  renameSync(draft, file);
  return file;
}
