import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './ports.ts';
import { writePrivately } from './running.ts';

/** Where the answer pages of `npm start` listen, and what everything else has to know of that. */
export interface Pages {
  readonly url: string;
  /** Of our own choice; absent when the environment says where they are. */
  readonly port?: number;
  readonly env: Readonly<Record<string, string>>;
}

/** The keys of the pages' addresses and of what they sign, made at the first start. */
export const keysOfPages = (folder: string, env: NodeJS.ProcessEnv): Readonly<Record<string, string>> => ({
  ENTENTE_LINK_KEY_FILE: env.ENTENTE_LINK_KEY_FILE || ownKey(folder),
  ENTENTE_WEB_KEY_FILE: env.ENTENTE_WEB_KEY_FILE || ownSigningKey(folder),
});

/** Chooses where the answer pages listen, unless the environment does: at a port that is free at this moment. */
export async function choosePages(env: NodeJS.ProcessEnv, preferred: readonly number[]): Promise<Pages> {
  if (env.ENTENTE_WEB_URL) return { url: env.ENTENTE_WEB_URL, env: {} };
  const port = await freePort(preferred);
  // A name: authenticators make no passkey for an address.
  const url = `http://localhost:${port}`;
  return { url, port, env: { ENTENTE_WEB_URL: url, ENTENTE_WEB_LISTEN: `127.0.0.1:${port}` } };
}

/** Kept from one start to the next: letters that wait, or are sent once more, keep their addresses. */
function ownKey(folder: string): string {
  const file = join(folder, 'link-key');
  if (!existsSync(file)) writePrivately(file, `${randomBytes(32).toString('base64url')}\n`);
  return file;
}

/** With which the pages sign what is given by them; another file is another key, and the register then has both. */
function ownSigningKey(folder: string): string {
  const file = join(folder, 'web-key.pem');
  if (existsSync(file)) return file;
  const { privateKey } = generateKeyPairSync('ed25519');
  writePrivately(file, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  return file;
}
